/**
 * Numbers for values as they stand in the text, each kept once; see src/intake/sign-ins/scan/raw-values.ts. Tables have room for
 * all that one block can bring after `isFull` has said that it is time to forget.
 */
import { BEGINNING, hashOf, hashOfBeginning, isSame } from './bytes';
import { byteAt, QUOTE } from './json';
import { reserve } from './room';

const BEGINNINGS: u32 = 32_768;

/** Values with the same beginning that are tried. */
const MOST_TRIED: u32 = 8;

/** Bytes that memory comes in. */
const LINE: usize = 64;

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
  /** The hash and the number of values, by their hash; a number of 0 where none is. */
  places: usize;
  mask: u32;
  /** The hash of a beginning and a number, by that hash: of the last one that was kept, and from each of the one before. */
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
  values.before = reserve((values.roomCount + 3) << 3);
  let places = FIRST_PLACES;
  while (places < values.roomCount * 2) places *= 2;
  values.places = reserve(places << 3);
  values.mask = FIRST_PLACES - 1;
  values.beginnings = reserve(BEGINNINGS << 3);
  return values;
}

export function isFull(values: Values): bool {
  return values.used > values.mostBytes || values.count > values.mostCount;
}

export function clear(values: Values): void {
  values.used = 0;
  values.count = 0;
  memory.fill(values.places, 0, (values.mask + 1) << 3);
  memory.fill(values.beginnings, 0, BEGINNINGS << 3);
}

function startOf(values: Values, number: u32): u32 {
  return load<u32>(values.starts + (number << 2));
}

/** Bytes of a value. */
export function lengthOf(values: Values, number: u32): u32 {
  return startOf(values, number + 1) - startOf(values, number);
}

/** The number of a value, other than a text, that stands at an offset byte by byte; 0 where none is found. */
export function standing(values: Values, at: usize): u32 {
  const hash = hashOfBeginning(at);
  let entry = beginningOf(values, hash);
  for (let tried: u32 = 0; tried < MOST_TRIED; tried++) {
    const number = load<u32>(entry, 4);
    if (number === 0) return 0;
    if (load<u32>(entry) === hash && isValue(values, number, at)) return number;
    entry = values.before + (number << 3);
  }
  return 0;
}

function isValue(values: Values, number: u32, at: usize): bool {
  const start = startOf(values, number);
  return isSame(at, values.bytes + start, startOf(values, number + 1) - start);
}

/** The number of the value of some length at an offset. */
export function numberOf(values: Values, at: usize, length: u32): u32 {
  return numberByHash(values, hashOf(at, length), at, length);
}

/** The same of a value whose hash is known. */
export function numberByHash(values: Values, hash: u32, at: usize, length: u32): u32 {
  const place = placeOf(values, hash, at, length);
  const number = load<u32>(values.places + (place << 3), 4);
  return number !== 0 ? number : keep(values, hash, place, at, length);
}

/** The number that a value with a hash has, unless another one stands at its place; 0 where none does. */
export function likelyNumber(values: Values, hash: u32): u32 {
  return load<u32>(values.places + ((hash & values.mask) << 3), 4);
}

/** Asks for a value, for who soon compares it. */
export function askForValue(values: Values, number: u32): u32 {
  const start = values.bytes + startOf(values, number);
  const end = values.bytes + startOf(values, number + 1);
  let all: u32 = 0;
  for (let at = start; at < end; at += LINE) all ^= load<u8>(at);
  return all;
}

/** The number of the value of some length that is kept; 0 where it is not. */
export function findNumber(values: Values, at: usize, length: u32): u32 {
  return load<u32>(values.places + (placeOf(values, hashOf(at, length), at, length) << 3), 4);
}

/** Where the number of the value is, or would be. */
function placeOf(values: Values, hash: u32, at: usize, length: u32): u32 {
  let place = hash & values.mask;
  while (true) {
    const entry = values.places + (place << 3);
    const number = load<u32>(entry, 4);
    if (number === 0) return place;
    if (load<u32>(entry) === hash && lengthOf(values, number) === length && isValue(values, number, at)) return place;
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
  putEntry(values.places + (place << 3), hash, number);
  if (<usize>length >= BEGINNING && byteAt(at) !== QUOTE) keepBeginning(values, number, at);
  if (number * 2 > values.mask + 1) rehash(values);
  return number;
}

function keepBeginning(values: Values, number: u32, at: usize): void {
  const hash = hashOfBeginning(at);
  const beginning = beginningOf(values, hash);
  store<u64>(values.before + (number << 3), load<u64>(beginning));
  putEntry(beginning, hash, number);
}

function putEntry(entry: usize, hash: u32, number: u32): void {
  store<u32>(entry, hash);
  store<u32>(entry, number, 4);
}

function rehash(values: Values): void {
  const mask = (values.mask + 1) * 2 - 1;
  memory.fill(values.places, 0, (mask + 1) << 3);
  for (let number: u32 = 1; number <= values.count; number++) {
    const hash = load<u32>(values.hashes + (number << 2));
    let place = hash & mask;
    while (load<u32>(values.places + (place << 3), 4) !== 0) place = (place + 1) & mask;
    putEntry(values.places + (place << 3), hash, number);
  }
  values.mask = mask;
}

/** Where the values are found that begin with bytes of this hash. */
function beginningOf(values: Values, hash: u32): usize {
  return values.beginnings + ((hash & (BEGINNINGS - 1)) << 3);
}
