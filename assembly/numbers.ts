/** Numbers for the values of members; see src/intake/sign-ins/scan/value-numbers.ts, of which each part has its name here. */
import { isSame } from './bytes';
import { overDevice } from './device-rests';
import {
  BACKSLASH,
  byteAt,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  overBlanks,
  overColon,
  overString,
  overValue,
} from './json';
import { ends, numbers, starts } from './places';
import {
  device,
  isRead,
  LARGEST_BLOCK,
  listed,
  MOST_MEMBERS,
  placedMembers,
  steps,
  TIMED,
  TIMED_LENGTH,
  width,
  window,
} from './plan';
import { reserve } from './room';
import { clear, isFull, lengthOf, newValues, numberByHash, numberOf, standing } from './values';

/** From here on a number is the place of a value (value-places.ts). */
export const PLACED: i32 = 1 << 30;
export const SHORTEST_PLACED: u32 = 5;

/** As in seldom-repeated.ts. */
const REST: i32 = 8;
const SELDOM: u32 = 5;

export const texts = newValues(16 << 20, 300_000, LARGEST_BLOCK, LARGEST_BLOCK / 2);
/** A list of nothing takes a name of some thirty bytes, a step one of more. */
export const lists = newValues(4 << 20, 65_536, LARGEST_BLOCK * 2, LARGEST_BLOCK / 32);
const rests = newValues(4 << 20, 65_536, LARGEST_BLOCK, LARGEST_BLOCK / 32);
const stepLists = newValues(4 << 20, 65_536, LARGEST_BLOCK, LARGEST_BLOCK / 32);
const reduced = reserve((65_536 + LARGEST_BLOCK / 32 + 1) << 2);
const scratch = reserve(LARGEST_BLOCK * 2 + 64);
let length: usize = 0;

/** Values of each member since it was looked at, less than 0 where it rests, and how many of them were new. */
const seen = reserve(MOST_MEMBERS << 2);
const fresh = reserve(MOST_MEMBERS << 2);
/** Bits of the members whose values are not worth a number. */
let seldom: u64 = 0;
/** Bits of the members of which enough values went by. */
export let full: u64 = 0;

/** The number of the value that was gone over last; 0: it was not known before. */
export let found: i32 = 0;

export function areFull(): bool {
  return isFull(texts) || isFull(lists) || isFull(rests) || isFull(stepLists);
}

export function clearAll(): void {
  clear(texts);
  clear(lists);
  // The lists of steps are known no longer, and what was made of them is not either.
  memory.fill(reduced, 0, (stepLists.count + 1) << 2);
  clear(rests);
  clear(stepLists);
}

/** Goes over the value of a member: quickly over one that is known. */
export function over(member: i32, at: usize): usize {
  found = 0;
  const byte = byteAt(at);
  if (byte !== OPEN_BRACKET && byte !== OPEN_BRACE) return overValue(at, 1);
  if (member === listed && byte === OPEN_BRACKET) return overListed(at);
  if (member === steps && byte === OPEN_BRACKET) return overSteps(at);
  // A device is looked for later, with others, unless it is left at its place where it is not known.
  if (member === device && ((seldom >> device) & 1) === 0) {
    const end = overDevice(at);
    if (end !== 0) return end;
  }
  found = standing(texts, at);
  return found > 0 ? at + lengthOf(texts, found) : overValue(at, 1);
}

/** Bits of the members whose values are left at their places. */
export function seldomOf(): u64 {
  return seldom | placedMembers;
}

/** Counts the values of all members of a record; bits of those whose numbers are not known. */
export function seeAll(): u64 {
  let unnumbered: u64 = 0;
  full = 0;
  const none = i32x4.splat(0);
  const most = i32x4.splat(window);
  for (let member: i32 = 0; member < width; member += 4) {
    const at = member << 2;
    // -1 for each.
    const areThere = i32x4.ne(v128.load(starts + at), none);
    const areKnown = i32x4.ne(v128.load(numbers + at), none);
    unnumbered |= (<u64>i32x4.bitmask(v128.andnot(areThere, areKnown))) << member;
    const counts = i32x4.sub(v128.load(seen + at), areThere);
    v128.store(seen + at, counts);
    full |= (<u64>i32x4.bitmask(i32x4.ge_s(counts, most))) << member;
  }
  const numbered = ((<u64>1) << width) - 1;
  full &= numbered;
  return unnumbered & numbered;
}

/** Looks at the members of which enough values went by. */
export function look(): void {
  for (let members = full; members !== 0; members &= members - 1) {
    const at = (<i32>ctz(members)) << 2;
    const bit = members & (~members + 1);
    if ((seldom & bit) !== 0) {
      seldom ^= bit;
      store<i32>(seen + at, 0);
      continue;
    }
    if (load<u32>(fresh + at) * 8 > window * SELDOM) seldom ^= bit;
    store<i32>(seen + at, (seldom & bit) !== 0 ? <i32>window * (1 - REST) : 0);
    store<u32>(fresh + at, 0);
  }
}

/** The number of the value of a member, which has a hash. */
export function numberAt(member: i32, hash: u32): u32 {
  const start: usize = load<u32>(starts + (member << 2));
  const end: usize = load<u32>(ends + (member << 2));
  if (member === steps && byteAt(start) === OPEN_BRACKET) return reduce(start, end);
  const before = texts.count;
  const number = numberByHash(texts, hash, start, <u32>(end - start));
  if (number > before) store<u32>(fresh + (member << 2), load<u32>(fresh + (member << 2)) + 1);
  return number;
}

function overListed(from: usize): usize {
  length = 0;
  let at = overBlanks(from + 1);
  if (byteAt(at) === CLOSE_BRACKET) return endListed(at + 1);
  while (true) {
    at = overElement(at);
    if (at === 0) return 0;
    at = overBlanks(at);
    const byte = byteAt(at++);
    if (byte === CLOSE_BRACKET) return endListed(at);
    if (byte !== COMMA) return 0;
    at = overBlanks(at);
  }
}

function endListed(end: usize): usize {
  found = -(<i32>numberOf(lists, scratch, <u32>length));
  return end;
}

function putNumber(number: u32): void {
  store<u32>(scratch + length, number);
  length += 4;
}

function overElement(at: usize): usize {
  const known = standing(texts, at);
  const end = known > 0 ? at + lengthOf(texts, known) : overValue(at, 2);
  if (end !== 0) putNumber(known > 0 ? known : numberOf(texts, at, <u32>(end - at)));
  return end;
}

function overSteps(from: usize): usize {
  const end = overRests(from);
  if (end === 0) return overValue(from, 1);
  const number = numberOf(stepLists, scratch, <u32>length);
  const known = load<u32>(reduced + (number << 2));
  if (known !== 0) found = known;
  else {
    found = reduce(from, end);
    store<u32>(reduced + (number << 2), found);
  }
  return end;
}

function overRests(from: usize): usize {
  length = 0;
  let at = from + 1;
  while (true) {
    if (!isSame(at, TIMED, TIMED_LENGTH)) return 0;
    const rest = overString(at + TIMED_LENGTH);
    if (rest === 0) return 0;
    const known = standing(rests, rest);
    const end = known > 0 ? rest + lengthOf(rests, known) : overValue(at, 2);
    if (end === 0) return 0;
    putNumber(known > 0 ? known : numberOf(rests, rest, <u32>(end - rest)));
    const byte = byteAt(end);
    if (byte === CLOSE_BRACKET) return end + 1;
    if (byte !== COMMA) return 0;
    at = end + 1;
  }
}

/** The number of the steps with nothing but what is read; of the list as it is where it holds anything else than objects. */
function reduce(start: usize, end: usize): u32 {
  length = 0;
  put(OPEN_BRACKET);
  let at = overBlanks(start + 1);
  while (byteAt(at) !== CLOSE_BRACKET) {
    if (length > 1) put(COMMA);
    at = overStep(at);
    if (at === 0) return numberOf(texts, start, <u32>(end - start));
    at = overBlanks(at);
    if (byteAt(at) === COMMA) at = overBlanks(at + 1);
  }
  put(CLOSE_BRACKET);
  return numberOf(texts, scratch, <u32>length);
}

/** Puts what is read of a step; 0 where it is no object, or has a name with an escape. */
function overStep(from: usize): usize {
  if (byteAt(from) !== OPEN_BRACE) return 0;
  put(OPEN_BRACE);
  let hasPut = false;
  let at = overBlanks(from + 1);
  while (byteAt(at) !== CLOSE_BRACE) {
    const nameEnd = overString(at + 1);
    const value = overColon(nameEnd);
    const end = overValue(value, 0);
    if (hasEscape(at, nameEnd)) return 0;
    if (isRead(at, nameEnd - at)) {
      if (hasPut) put(COMMA);
      hasPut = true;
      putAll(at, nameEnd);
      put(COLON);
      putAll(value, end);
    }
    at = overBlanks(end);
    if (byteAt(at) === COMMA) at = overBlanks(at + 1);
  }
  put(CLOSE_BRACE);
  return at + 1;
}

function put(byte: u32): void {
  store<u8>(scratch + length, byte);
  length++;
}

function putAll(from: usize, to: usize): void {
  memory.copy(scratch + length, from, to - from);
  length += to - from;
}

function hasEscape(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (byteAt(at) === BACKSLASH) return true;
  return false;
}
