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

@unmanaged
export class Tuples {
  /** Bytes of a row. */
  length: u32;
  count: u32;
  /** The number that was found last. */
  last: u32;
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
  tuples.last = 0;
  memory.fill(tuples.places, 0, (tuples.mask + 1) << 2);
}

/** The number of the row at an offset. */
export function numberOfTuple(tuples: Tuples, row: usize): u32 {
  if (tuples.last !== 0 && isRow(tuples, tuples.last, row)) return tuples.last;
  let place = hashOfRow(row, tuples.length) & tuples.mask;
  while (true) {
    const number = load<u32>(tuples.places + (place << 2));
    if (number === 0) break;
    if (isRow(tuples, number, row)) {
      tuples.last = number;
      return number;
    }
    place = (place + 1) & tuples.mask;
  }
  tuples.last = keepTuple(tuples, place, row);
  return tuples.last;
}

function isRow(tuples: Tuples, number: u32, row: usize): bool {
  return isSame(row, tuples.rows + <usize>(number - 1) * tuples.length, tuples.length);
}

function keepTuple(tuples: Tuples, place: u32, row: usize): u32 {
  if (tuples.count >= ROOM) unreachable();
  memory.copy(tuples.rows + <usize>tuples.count * tuples.length, row, tuples.length);
  const number = ++tuples.count;
  store<u32>(tuples.places + (place << 2), number);
  if (number * 2 > tuples.mask + 1) rehashTuples(tuples);
  return number;
}

function rehashTuples(tuples: Tuples): void {
  const mask = (tuples.mask + 1) * 2 - 1;
  memory.fill(tuples.places, 0, (mask + 1) << 2);
  for (let number: u32 = 1; number <= tuples.count; number++) {
    let place = hashOfRow(tuples.rows + <usize>(number - 1) * tuples.length, tuples.length) & mask;
    while (load<u32>(tuples.places + (place << 2)) !== 0) place = (place + 1) & mask;
    store<u32>(tuples.places + (place << 2), number);
  }
  tuples.mask = mask;
}

function hashOfRow(row: usize, length: u32): u32 {
  let hash = length;
  for (let at: u32 = 0; at < length; at += 4) {
    hash = (hash ^ load<u32>(row + at)) * 0x9e3779b1;
    hash ^= hash >> 15;
  }
  return hash;
}
