/** Numbers for rows of numbers; see src/intake/sign-ins/scan/tuples.ts. */
import { isSame } from './bytes';
import { LARGEST_BLOCK } from './plan';
import { reserve } from './room';

/** As in part-numbers.ts. */
const MOST: u32 = 65_536;
/** A sign-in takes more than so many bytes: no block brings more rows than that. */
const SHORTEST_SIGN_IN: u32 = 48;
const ROOM: u32 = MOST + LARGEST_BLOCK / SHORTEST_SIGN_IN + 1;
const FIRST_PLACES: u32 = 1024;
const MOST_PLACES: u32 = 262_144;

/** First numbers of pairs up to which the pairs stand at them: those of most values. */
const FIRSTS: u32 = 393_216;

/** Bits of a place that are the same in the hash of its row; the others are a number. */
const TAG: u32 = ~(131_072 - 1);

const FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

@unmanaged
export class Tuples {
  /** Bytes of a row. */
  length: u32;
  count: u32;
  rows: usize;
  /** Numbers by the hash of their row; 0 where none is. */
  places: usize;
  mask: u32;
  /** How many rows have a place. */
  placed: u32;
  /** Of pairs, by the first number of each, the second one and the number of the first pair with it, which has no place; else 0. */
  firsts: usize;
}

export function newTuples(width: u32): Tuples {
  const tuples = changetype<Tuples>(reserve(offsetof<Tuples>()));
  tuples.length = width << 2;
  tuples.rows = reserve(ROOM * (width << 2));
  tuples.places = reserve(MOST_PLACES << 2);
  tuples.mask = FIRST_PLACES - 1;
  if (width === 2) tuples.firsts = reserve(FIRSTS << 3);
  return tuples;
}

export function isFullOfTuples(tuples: Tuples): bool {
  return tuples.count > MOST;
}

export function clearTuples(tuples: Tuples): void {
  if (tuples.firsts !== 0) clearFirsts(tuples);
  tuples.count = 0;
  tuples.placed = 0;
  memory.fill(tuples.places, 0, (tuples.mask + 1) << 2);
}

function clearFirsts(tuples: Tuples): void {
  for (let number: u32 = 1; number <= tuples.count; number++) {
    const first = load<u32>(rowOf(tuples, number));
    if (first < FIRSTS) store<u64>(tuples.firsts + ((<usize>first) << 3), 0);
  }
}

/** The number of the row at an offset. */
export function numberOfTuple(tuples: Tuples, row: usize): u32 {
  if (tuples.firsts === 0 || load<u32>(row) >= FIRSTS) return numberByHash(tuples, row);
  const first = tuples.firsts + ((<usize>load<u32>(row)) << 3);
  const number = load<u32>(first, 4);
  if (number !== 0) return load<u32>(first) === load<u32>(row, 4) ? number : numberByHash(tuples, row);
  store<u32>(first, load<u32>(row, 4));
  store<u32>(first, keepTuple(tuples, row), 4);
  return tuples.count;
}

function numberByHash(tuples: Tuples, row: usize): u32 {
  const hash = hashOfRow(row, tuples.length);
  let place = hash & tuples.mask;
  while (true) {
    const entry = load<u32>(tuples.places + (place << 2));
    if (entry === 0) break;
    if (((entry ^ hash) & TAG) === 0 && isSame(row, rowOf(tuples, entry & ~TAG), tuples.length)) return entry & ~TAG;
    place = (place + 1) & tuples.mask;
  }
  const number = keepTuple(tuples, row);
  store<u32>(tuples.places + (place << 2), (hash & TAG) | number);
  if (++tuples.placed * 2 > tuples.mask + 1) rehashTuples(tuples);
  return number;
}

function rowOf(tuples: Tuples, number: u32): usize {
  return tuples.rows + <usize>(number - 1) * tuples.length;
}

function keepTuple(tuples: Tuples, row: usize): u32 {
  if (tuples.count >= ROOM) unreachable();
  const number = ++tuples.count;
  memory.copy(rowOf(tuples, number), row, tuples.length);
  return number;
}

function rehashTuples(tuples: Tuples): void {
  const mask = (tuples.mask + 1) * 2 - 1;
  memory.fill(tuples.places, 0, (mask + 1) << 2);
  for (let number: u32 = 1; number <= tuples.count; number++) {
    if (isFirst(tuples, number)) continue;
    const hash = hashOfRow(rowOf(tuples, number), tuples.length);
    let place = hash & mask;
    while (load<u32>(tuples.places + (place << 2)) !== 0) place = (place + 1) & mask;
    store<u32>(tuples.places + (place << 2), (hash & TAG) | number);
  }
  tuples.mask = mask;
}

/** Whether a row stands at its first number. */
function isFirst(tuples: Tuples, number: u32): bool {
  if (tuples.firsts === 0) return false;
  const first = load<u32>(rowOf(tuples, number));
  return first < FIRSTS && load<u32>(tuples.firsts + ((<usize>first) << 3), 4) === number;
}

/** The numbers are multiplied side by side, each by a factor of its own, so that none waits for another. */
function hashOfRow(row: usize, length: u32): u32 {
  let hash: u64 = length;
  let factor = FACTOR;
  for (let at: u32 = 0; at < length; at += 4) {
    hash += <u64>load<u32>(row + at) * factor;
    factor = rotl<u64>(factor, 7);
  }
  hash ^= hash >> 29;
  return <u32>((hash * FACTOR) >> 32);
}
