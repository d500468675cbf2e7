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
}

export function newTuples(width: u32): Tuples {
  const tuples = changetype<Tuples>(reserve(offsetof<Tuples>()));
  tuples.length = width << 2;
  tuples.rows = reserve(ROOM * (width << 2));
  tuples.places = reserve(MOST_PLACES << 2);
  tuples.mask = FIRST_PLACES - 1;
  return tuples;
}

export function isFullOfTuples(tuples: Tuples): bool {
  return tuples.count > MOST;
}

export function clearTuples(tuples: Tuples): void {
  tuples.count = 0;
  memory.fill(tuples.places, 0, (tuples.mask + 1) << 2);
}

/** The number of the row at an offset. */
export function numberOfTuple(tuples: Tuples, row: usize): u32 {
  const hash = hashOfRow(row, tuples.length);
  let place = hash & tuples.mask;
  while (true) {
    const entry = load<u32>(tuples.places + (place << 2));
    if (entry === 0) break;
    if (((entry ^ hash) & TAG) === 0 && isRow(tuples, entry & ~TAG, row)) return entry & ~TAG;
    place = (place + 1) & tuples.mask;
  }
  return keepTuple(tuples, place, hash, row);
}

function isRow(tuples: Tuples, number: u32, row: usize): bool {
  return isSame(row, tuples.rows + <usize>(number - 1) * tuples.length, tuples.length);
}

function keepTuple(tuples: Tuples, place: u32, hash: u32, row: usize): u32 {
  if (tuples.count >= ROOM) unreachable();
  memory.copy(tuples.rows + <usize>tuples.count * tuples.length, row, tuples.length);
  const number = ++tuples.count;
  store<u32>(tuples.places + (place << 2), (hash & TAG) | number);
  if (number * 2 > tuples.mask + 1) rehashTuples(tuples);
  return number;
}

function rehashTuples(tuples: Tuples): void {
  const mask = (tuples.mask + 1) * 2 - 1;
  memory.fill(tuples.places, 0, (mask + 1) << 2);
  for (let number: u32 = 1; number <= tuples.count; number++) {
    const hash = hashOfRow(tuples.rows + <usize>(number - 1) * tuples.length, tuples.length);
    let place = hash & mask;
    while (load<u32>(tuples.places + (place << 2)) !== 0) place = (place + 1) & mask;
    store<u32>(tuples.places + (place << 2), (hash & TAG) | number);
  }
  tuples.mask = mask;
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
