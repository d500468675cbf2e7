/** Scans the lines of a block into rows of numbers; see src/intake/sign-ins/scan/line-scanner.ts, whose rules these are. */

import { byteAt, OPEN_BRACE, overBlanks } from './json';
import { areFull, clearAll, ends, starts } from './numbers';
import { isInstant, isPlainText } from './plain-text';
import { correlation, id, LARGEST_BLOCK, time, width } from './plan';
import { forgetRecord, hasSubject, scanRecord, takeNumbers } from './record';
import { reserve } from './room';

const LINE_FEED: u32 = 0x0a;

/** Numbers of a line before those of its values (`LINE` in line-scanner.ts). */
const BEFORE_VALUES: i32 = 9;

/** Rows that a slot has, each of up to so many numbers: more than sign-ins fit into most blocks. */
const MOST_ROWS: i32 = 1024;
const WIDEST: usize = 160;
const ROWS: usize = <usize>MOST_ROWS * WIDEST * 4;

export const SLOTS: u32 = 6;
/** A block, and what is looked at behind it. */
const SLOT: usize = <usize>LARGEST_BLOCK + 4096;
const slots = reserve(<usize>SLOTS * SLOT);

const allRows = reserve(<usize>SLOTS * ROWS);

let rows: usize = 0;
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

/** Begins a block of so many bytes in a slot: whole lines, all of them UTF-8. True where all numbers were forgotten. */
export function begin(number: u32, length: u32): bool {
  if (length > LARGEST_BLOCK) unreachable();
  rows = rowsOf(number);
  block = slot(number);
  blockEnd = block + length;
  next = block;
  lineFeeds = 0;
  forgetRecord();
  const isAnew = areFull();
  if (isAnew) clearAll();
  return isAnew;
}

/** Scans more lines, as many as there are rows, into these; how many there were, 0 at the end. */
export function scan(): i32 {
  let count: i32 = 0;
  while (next < blockEnd && count < MOST_ROWS) {
    if (line(rows + <usize>count * <usize>(BEFORE_VALUES + width) * 4)) count++;
  }
  return count;
}

/** Whether all lines of the block were scanned. */
export function isDone(): bool {
  return next >= blockEnd;
}

/** False for a blank line. */
function line(row: usize): bool {
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
  if (byteAt(start) === OPEN_BRACE) {
    const to = scanRecord(start);
    if (to !== 0) {
      end = endAt(overBlanks(to));
      if (end !== 0) {
        store<u32>(row, <u32>(end - block), 4);
        signIn(start, to, row);
        goOn(end);
        return true;
      }
    }
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

function signIn(start: usize, to: usize, row: usize): void {
  if (!hasSubject()) return;
  const idFrom = startOf(id);
  const timeFrom = startOf(time);
  if (!isPlainText(idFrom, endOf(id)) || !isInstant(timeFrom, endOf(time))) return;
  store<u32>(row, <u32>(start - block));
  store<u32>(row, <u32>(to - block), 4);
  store<u32>(row, <u32>(idFrom - block), 12);
  store<u32>(row, <u32>(endOf(id) - block), 16);
  store<u32>(row, <u32>(timeFrom - block), 20);
  store<u32>(row, <u32>(endOf(time) - block), 24);
  const correlationFrom = startOf(correlation);
  store<i32>(row, correlationFrom === 0 ? -1 : <i32>(correlationFrom - block), 28);
  store<u32>(row, correlationFrom === 0 ? 0 : <u32>(endOf(correlation) - block), 32);
  takeNumbers(block, row + BEFORE_VALUES * 4);
}

function startOf(member: i32): usize {
  return load<u32>(starts + (member << 2));
}

function endOf(member: i32): usize {
  return load<u32>(ends + (member << 2));
}
