/** Scans the lines of a block into rows of numbers; see src/intake/sign-ins/scan/line-scanner.ts, whose rules these are. */

import { putAddress } from './addresses';
import { forgetRests } from './device-rests';
import { putIdBits } from './id-bits';
import { byteAt, OPEN_BRACE, overBlanks } from './json';
import { areFull, clearAll } from './numbers';
import { arePartsFull, clearParts, partCount } from './parts';
import { ends, starts } from './places';
import { isInstant, isPlainText } from './plain-text';
import { ADDRESSES, addressAt, correlation, id, LARGEST_BLOCK, time, width } from './plan';
import { forgetRecord, hasSubject, scanRecord } from './record';
import { reserve } from './room';
import { takeWaiting, wait } from './waiting';

const LINE_FEED: u32 = 0x0a;

/** Numbers of a line before those of its values (`LINE` in line-scanner.ts). */
const BEFORE_VALUES: i32 = 11;

/** Bytes of an address in a row of words (`ADDRESS_WIDTH` in numbered-attempt.ts). */
const ADDRESS: usize = 20;

/** Rows that a slot has, each of up to so many numbers: more than sign-ins fit into most blocks. */
const MOST_ROWS: i32 = 1024;
const WIDEST: usize = 160;
const ROWS: usize = <usize>MOST_ROWS * WIDEST * 4;

export const SLOTS: u32 = 6;
/** A block, and what is looked at behind it. */
const SLOT: usize = <usize>LARGEST_BLOCK + 4096;
const slots = reserve(<usize>SLOTS * SLOT);

const allRows = reserve(<usize>SLOTS * ROWS);

const WORDS: usize = <usize>MOST_ROWS * <usize>ADDRESSES * ADDRESS;
const allWords = reserve(<usize>SLOTS * WORDS);

let rows: usize = 0;
let words: usize = 0;
let block: usize = 0;
let blockEnd: usize = 0;
let next: usize = 0;

/** Line feeds that were gone over. */
export let lineFeeds: i32 = 0;

/** Where a block of up to {@link LARGEST_BLOCK} bytes is put, and a 0 behind them. */
export function slot(number: u32): usize {
  if (number >= SLOTS) unreachable();
  return slots + <usize>number * SLOT;
}

/** Where the rows of the block in a slot are put. */
export function rowsOf(number: u32): usize {
  return allRows + <usize>number * ROWS;
}

/** Where their words are put. */
export function wordsOf(number: u32): usize {
  return allWords + <usize>number * WORDS;
}

/** Whether all numbers were forgotten at the beginning of the block, and whether those of the parts were. */
export let isAnew: bool = false;
export let arePartsAnew: bool = false;

/** Begins a block of so many bytes in a slot: whole lines, all of them UTF-8. */
export function begin(number: u32, length: u32): void {
  if (length > LARGEST_BLOCK) unreachable();
  rows = rowsOf(number);
  words = wordsOf(number);
  block = slot(number);
  blockEnd = block + length;
  next = block;
  lineFeeds = 0;
  isAnew = areFull();
  if (isAnew) {
    forgetRests();
    clearAll();
  }
  arePartsAnew = isAnew || arePartsFull();
  if (arePartsAnew) clearParts();
}

/** Scans more lines, as many as there are rows, into these; how many there were, 0 at the end. */
export function scan(): i32 {
  let count: i32 = 0;
  forgetRecord();
  while (next < blockEnd && count < MOST_ROWS) {
    if (line(count)) count++;
  }
  takeWaiting();
  return count;
}

/** Whether all lines of the block were scanned. */
export function isDone(): bool {
  return next >= blockEnd;
}

/** False for a blank line. `position`: of its row among the rows. */
function line(position: i32): bool {
  const row = rows + ((<usize>position * <usize>(BEFORE_VALUES + width + partCount + 1)) << 2);
  const from = next;
  const start = overBlanks(from);
  let end = endAt(start);
  if (end !== 0) {
    goOn(end);
    return false;
  }
  store<u32>(row, <u32>(from - block));
  store<u32>(row, <u32>lineFeeds, 8);
  store<i32>(row, -1, 12);
  const to = byteAt(start) === OPEN_BRACE ? scanRecord(start) : 0;
  if (to !== 0) {
    end = endAt(overBlanks(to));
    if (end !== 0 && signIn(start, to, row, words + <usize>position * <usize>ADDRESSES * ADDRESS)) {
      goOn(end);
      return true;
    }
    forgetRecord();
  }
  end = lineEnd(start);
  store<u32>(row, <u32>(end - block), 4);
  goOn(end);
  return true;
}

/** The offset, where a line ends there; else 0. */
function endAt(at: usize): usize {
  return at >= blockEnd || byteAt(at) === LINE_FEED ? min(at, blockEnd) : 0;
}

function goOn(end: usize): void {
  if (end < blockEnd) lineFeeds++;
  next = end + 1;
}

/** The next line feed, or the end of the block. */
function lineEnd(from: usize): usize {
  let at = from;
  while (at < blockEnd) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x0a)));
    if (mask !== 0) return min(at + <usize>ctz(mask), blockEnd);
    at += 16;
  }
  return blockEnd;
}

/** Whether the record is a sign-in; then its row will have its numbers. */
function signIn(start: usize, to: usize, row: usize, rowOfWords: usize): bool {
  if (!hasSubject()) return false;
  const idFrom = startOf(id);
  const timeFrom = startOf(time);
  if (!isPlainText(idFrom, endOf(id)) || !isInstant(timeFrom, endOf(time))) return false;
  store<u32>(row, <u32>(start - block));
  store<u32>(row, <u32>(to - block), 4);
  store<u32>(row, <u32>(idFrom - block), 12);
  store<u32>(row, <u32>(endOf(id) - block), 16);
  store<u32>(row, <u32>(timeFrom - block), 20);
  store<u32>(row, <u32>(endOf(time) - block), 24);
  const correlationFrom = startOf(correlation);
  store<i32>(row, correlationFrom === 0 ? -1 : <i32>(correlationFrom - block), 28);
  store<u32>(row, correlationFrom === 0 ? 0 : <u32>(endOf(correlation) - block), 32);
  putIdBits(idFrom + 1, endOf(id) - 1, row + (9 << 2));
  for (let place: i32 = 0; place < ADDRESSES; place++) {
    const member = addressAt(place);
    putAddress(startOf(member), endOf(member), rowOfWords + <usize>place * ADDRESS);
  }
  wait(block, row + BEFORE_VALUES * 4);
  return true;
}

function startOf(member: i32): usize {
  return load<u32>(starts + (member << 2));
}

function endOf(member: i32): usize {
  return load<u32>(ends + (member << 2));
}
