/** Finds the members that are read in a record; see src/intake/sign-ins/scan/record-scan.ts, whose rules these are. */
import { alike } from './bytes';
import {
  byteAt,
  CLOSE_BRACE,
  COMMA,
  isBehindValue,
  OPEN_BRACKET,
  overBlanks,
  overColon,
  overString,
  overValue,
  QUOTE,
} from './json';
import { found, over } from './numbers';
import { AS_BEFORE, clearPlaces, ends, goToNext, numbers, numbersBefore, starts } from './places';
import { isObject, kindOf, LARGEST_BLOCK, MOST_MEMBERS, SUBJECT, width } from './plan';
import { reserve } from './room';
import { clear, isFull, newValues, numberOf } from './values';

/** What the name of a member, in its quotes, is to the scan: a place from 0, or one of the two below; asked once a name. */
declare function meaningOf(name: usize, length: u32): i32;

const DOUBT: i32 = -2;

/** Members of one record that are remembered, to be looked for in the next one. */
const MOST_REMEMBERED: usize = 256;

/** Members of the record before that are passed over where the next one lacks them. */
const MOST_LACKING: i32 = 2;

/** A member that is remembered: where its name and its value begin, where it ends, what it means. */
const ENTRY: usize = 16;

/** Names that are known: more than any export has. */
const MOST_NAMES: u32 = 16_384;
const names = newValues(1 << 20, MOST_NAMES, LARGEST_BLOCK, 1);
/** What each name is, by its number, counted from 1; 0: not asked. */
const meanings = reserve((MOST_NAMES + 2) << 2);

/** The entries of the record before and of the one that is scanned, and behind the last of each. */
let before = reserve(MOST_REMEMBERED * ENTRY);
let current = reserve(MOST_REMEMBERED * ENTRY);
let beforeEnd = before;
let currentEnd = current;
/** Where the record before ends. */
let beforeTo: usize = 0;
let expected: usize = 0;

let isWhole = false;

/** The record before is not there any longer, or is no sign-in, whose values have numbers. */
export function forgetRecord(): void {
  currentEnd = current;
  beforeEnd = before;
  isWhole = false;
}

/** From the opening brace to behind the closing one; 0 where anything is unusual. */
export function scanRecord(from: usize): usize {
  begin();
  let at = overBlanks(from + 1);
  if (byteAt(at) === CLOSE_BRACE) return 0;
  while (true) {
    at = member(at);
    if (at === 0) return 0;
    at = overBlanks(at);
    const byte = byteAt(at++);
    if (byte === CLOSE_BRACE) {
      isWhole = true;
      recordTo = at;
      return at;
    }
    if (byte !== COMMA) return 0;
    at = overBlanks(at);
  }
}

let recordTo: usize = 0;

/** Whether the record is about anybody. */
export function hasSubject(): bool {
  for (let member: i32 = 0; member < MOST_MEMBERS; member++) {
    if ((kindOf(member) & SUBJECT) !== 0 && load<u32>(starts + (member << 2)) !== 0) return true;
  }
  return false;
}

function begin(): void {
  if (isWhole) {
    const other = before;
    before = current;
    current = other;
    beforeEnd = currentEnd;
    beforeTo = recordTo;
    goToNext();
  }
  isWhole = false;
  currentEnd = current;
  expected = before;
  clearPlaces();
}

/** Goes over a member, from the first byte of its name to behind its value; over all that follow as in the record before, too. */
function member(at: usize): usize {
  let entry = expected;
  for (let lacking: i32 = 0; lacking <= MOST_LACKING && entry < beforeEnd; lacking++) {
    const name: usize = load<u32>(entry);
    const until = name + alike(name, at, beforeTo - name);
    if (until >= load<u32>(entry, 4)) return asBefore(entry, at, until);
    entry += ENTRY;
  }
  const meaning = meaningAt(at);
  if (meaning === DOUBT) return 0;
  const behind = overColon(nameEnd);
  return behind === 0 ? 0 : value(meaning, at, behind);
}

/** Goes over members that stand as in the record before, which is the same up to `until`, and over the value that differs. */
function asBefore(first: usize, at: usize, until: usize): usize {
  let entry = first;
  const shift = <u32>(at - load<u32>(entry));
  let end: usize = 0;
  while (entry < beforeEnd) {
    const to: usize = load<u32>(entry, 8);
    if (to > until || (to === until && !isBehindValue(byteAt(to + shift)))) break;
    end = to + shift;
    const meaning = load<i32>(entry, 12);
    if (meaning >= 0) {
      if (!put(meaning, load<u32>(entry, 4) + shift, end)) return 0;
      const number = load<i32>(numbersBefore + (meaning << 2));
      store<i32>(numbers + (meaning << 2), number !== 0 ? number : AS_BEFORE);
    }
    // As many as there were in the record before fit in.
    v128.store(currentEnd, i32x4.add(v128.load(entry), i32x4.replace_lane(i32x4.splat(shift), 3, 0)));
    currentEnd += ENTRY;
    entry += ENTRY;
  }
  expected = entry;
  if (entry >= beforeEnd) return end;
  const behind: usize = load<u32>(entry, 4);
  if (behind > until) return end;
  expected = entry + ENTRY;
  return value(load<i32>(entry, 12), load<u32>(entry) + shift, behind + shift);
}

function value(meaning: i32, name: usize, at: usize): usize {
  const isNumbered = meaning >= 0 && meaning < width;
  const end = isNumbered ? over(meaning, at) : byteAt(at) === QUOTE ? overString(at + 1) : overValue(at, 1);
  if (end === 0) return 0;
  if (meaning >= 0 && ((isObject(meaning) && beginsWithText(at)) || !put(meaning, at, end))) return 0;
  if (isNumbered) store<i32>(numbers + (meaning << 2), found);
  if (currentEnd - current < MOST_REMEMBERED * ENTRY) {
    store<u32>(currentEnd, <u32>name);
    store<u32>(currentEnd, <u32>at, 4);
    store<u32>(currentEnd, <u32>end, 8);
    store<i32>(currentEnd, meaning, 12);
    currentEnd += ENTRY;
  }
  return end;
}

/** Whether there is text where an object belongs: perhaps what became of one. */
function beginsWithText(start: usize): bool {
  return byteAt(byteAt(start) === OPEN_BRACKET ? overBlanks(start + 1) : start) === QUOTE;
}

/** False for a member that stands twice: `JSON.parse` takes the last one. */
function put(place: i32, start: usize, end: usize): bool {
  if (load<u32>(starts + (place << 2)) !== 0) return false;
  store<u32>(starts + (place << 2), <u32>start);
  store<u32>(ends + (place << 2), <u32>end);
  return true;
}

let nameEnd: usize = 0;

function meaningAt(at: usize): i32 {
  if (byteAt(at) !== QUOTE) return DOUBT;
  const end = overString(at + 1);
  if (end === 0) return DOUBT;
  nameEnd = end;
  if (isFull(names)) {
    memory.fill(meanings, 0, (MOST_NAMES + 2) << 2);
    clear(names);
  }
  const number = numberOf(names, at, <u32>(end - at));
  const known = meanings + (number << 2);
  const kept = load<i32>(known);
  if (kept !== 0) return kept - ASKED;
  const meaning = meaningOf(at, <u32>(end - at));
  store<i32>(known, meaning + ASKED);
  return meaning;
}

/** What is added to a meaning that is kept, so that 0 is none. */
const ASKED: i32 = 3;
