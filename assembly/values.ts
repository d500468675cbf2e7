/**
 * Numbers for values as they stand in the text, each kept once; see src/intake/sign-ins/scan/raw-values.ts. Tables have room for
 * all that one block can bring after `isFull` has said that it is time to forget.
 */
import { hashOf, isSame } from './bytes';
import { reserve } from './room';

/** Bytes by which a value is looked for before it is known where it ends. */
const BEGINNING: usize = 32;
const BEGINNINGS: u32 = 16384;

/** Values with the same beginning that are tried. */
const MOST_TRIED: u32 = 8;

const FIRST_PLACES: u32 = 8192;

@unmanaged
export class Values {
  mostBytes: u32;
  mostCount: u32;
  /** Bytes and values that there is room for. */
  roomBytes: u32;
  roomCount: u32;
  used: u32;
  count: u32;
  bytes: usize;
  /** Where each value begins among the bytes, by its number; the next one begins where it ends. */
  starts: usize;
  hashes: usize;
  /** Numbers of values by their hash; 0 where none is. */
  places: usize;
  mask: u32;
  /** Numbers by the hash of their beginning: the last one that was kept, and from each the one before. */
  beginnings: usize;
  before: usize;
}

/** Forgets after so many bytes and values; one block brings `moreBytes` and `moreCount` at most. */
export function newValues(mostBytes: u32, mostCount: u32, moreBytes: u32, moreCount: u32): Values {
  const values = changetype<Values>(reserve(offsetof<Values>()));
  values.mostBytes = mostBytes;
  values.mostCount = mostCount;
  values.roomBytes = mostBytes + moreBytes;
  values.roomCount = mostCount + moreCount;
  values.bytes = reserve(values.roomBytes);
  values.starts = reserve((values.roomCount + 3) << 2);
  values.hashes = reserve((values.roomCount + 3) << 2);
  values.before = reserve((values.roomCount + 3) << 2);
  let places = FIRST_PLACES;
  while (places < values.roomCount * 2) places *= 2;
  values.places = reserve(places << 2);
  values.mask = FIRST_PLACES - 1;
  values.beginnings = reserve(BEGINNINGS << 2);
  return values;
}

export function isFull(values: Values): bool {
  return values.used > values.mostBytes || values.count > values.mostCount;
}

export function clear(values: Values): void {
  values.used = 0;
  values.count = 0;
  memory.fill(values.places, 0, (values.mask + 1) << 2);
  memory.fill(values.beginnings, 0, BEGINNINGS << 2);
}

function startOf(values: Values, number: u32): u32 {
  return load<u32>(values.starts + (number << 2));
}

/** Bytes of a value. */
export function lengthOf(values: Values, number: u32): u32 {
  return startOf(values, number + 1) - startOf(values, number);
}

/** The number of a value that stands at an offset byte by byte; 0 where none is found. */
export function standing(values: Values, at: usize): u32 {
  let number = load<u32>(values.beginnings + beginningOf(at));
  for (let tried: u32 = 0; number !== 0 && tried < MOST_TRIED; tried++) {
    const start = startOf(values, number);
    if (isSame(at, values.bytes + start, startOf(values, number + 1) - start)) return number;
    number = load<u32>(values.before + (number << 2));
  }
  return 0;
}

/** The number of the value of some length at an offset. */
export function numberOf(values: Values, at: usize, length: u32): u32 {
  const hash = hashOf(at, length);
  const place = placeOf(values, hash, at, length);
  const number = load<u32>(values.places + (place << 2));
  return number !== 0 ? number : keep(values, hash, place, at, length);
}

/** The same of a value that is kept; 0 where it is not. */
export function findNumber(values: Values, at: usize, length: u32): u32 {
  return load<u32>(values.places + (placeOf(values, hashOf(at, length), at, length) << 2));
}

/** Where the number of the value is, or would be. */
function placeOf(values: Values, hash: u32, at: usize, length: u32): u32 {
  let place = hash & values.mask;
  while (true) {
    const number = load<u32>(values.places + (place << 2));
    if (number === 0) return place;
    if (load<u32>(values.hashes + (number << 2)) === hash) {
      const start = startOf(values, number);
      if (startOf(values, number + 1) - start === length && isSame(at, values.bytes + start, length)) return place;
    }
    place = (place + 1) & values.mask;
  }
}

function keep(values: Values, hash: u32, place: u32, at: usize, length: u32): u32 {
  const start = values.used;
  if (start + length > values.roomBytes || values.count >= values.roomCount) unreachable();
  memory.copy(values.bytes + start, at, length);
  const number = ++values.count;
  values.used = start + length;
  store<u32>(values.starts + (number << 2), start);
  store<u32>(values.starts + ((number + 1) << 2), start + length);
  store<u32>(values.hashes + (number << 2), hash);
  store<u32>(values.places + (place << 2), number);
  if (<usize>length >= BEGINNING) keepBeginning(values, number, at);
  if (number * 2 > values.mask + 1) rehash(values);
  return number;
}

function keepBeginning(values: Values, number: u32, at: usize): void {
  const beginning = values.beginnings + beginningOf(at);
  store<u32>(values.before + (number << 2), load<u32>(beginning));
  store<u32>(beginning, number);
}

function rehash(values: Values): void {
  const mask = (values.mask + 1) * 2 - 1;
  memory.fill(values.places, 0, (mask + 1) << 2);
  for (let number: u32 = 1; number <= values.count; number++) {
    let place = load<u32>(values.hashes + (number << 2)) & mask;
    while (load<u32>(values.places + (place << 2)) !== 0) place = (place + 1) & mask;
    store<u32>(values.places + (place << 2), number);
  }
  values.mask = mask;
}

/** An offset for the bytes with which a value begins. */
function beginningOf(at: usize): usize {
  return (hashOf(at, BEGINNING) & (BEGINNINGS - 1)) << 2;
}
