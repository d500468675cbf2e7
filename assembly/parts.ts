/** Numbers for the parts of records; see src/intake/sign-ins/scan/part-numbers.ts, whose rules these are. */

import { restNumber } from './device-rests';
import { PLACED, starts } from './numbers';
import { device, MOST_MEMBERS, protection, width } from './plan';
import { reserve } from './room';
import { clearTuples, isFullOfTuples, newTuples, numberOfTuple, Tuples } from './tuples';

const MOST_PARTS: usize = 32;
const MOST_PART_MEMBERS: usize = 16;

export let partCount: i32 = 0;
/** How many members each part has, which ones, also as bits, and what numbers it. */
const sizes = reserve(MOST_PARTS << 2);
const members = reserve((MOST_PARTS * MOST_PART_MEMBERS) << 2);
const bits = reserve(MOST_PARTS << 3);
const tables = reserve(MOST_PARTS << 2);
const protectedDevices = newTuples(2);
const gathered = reserve(MOST_PART_MEMBERS << 2);

/** The numbers of the values and of the parts of the sign-in before: a part is the same where all of its values are. */
const valuesBefore = reserve(MOST_MEMBERS << 2);
const partsBefore = reserve((MOST_PARTS + 1) << 2);
let isFirst = true;

/** Begins a part of so many members. */
export function tellPart(size: u32): void {
  if (<usize>partCount === MOST_PARTS || <usize>size > MOST_PART_MEMBERS) unreachable();
  store<u32>(sizes + (partCount << 2), size);
  store<u32>(tables + (partCount << 2), <u32>changetype<usize>(newTuples(size)));
  partCount++;
}

/** A member of the part that was begun last. */
export function tellPartMember(position: u32, member: i32): void {
  const part = partCount - 1;
  store<i32>(membersOf(part) + (position << 2), member);
  store<u64>(bits + (part << 3), load<u64>(bits + (part << 3)) | ((<u64>1) << member));
}

function membersOf(part: i32): usize {
  return members + ((<usize>part * MOST_PART_MEMBERS) << 2);
}

function tableOf(part: i32): Tuples {
  return changetype<Tuples>(<usize>load<u32>(tables + (part << 2)));
}

export function arePartsFull(): bool {
  for (let part: i32 = 0; part < partCount; part++) if (isFullOfTuples(tableOf(part))) return true;
  return isFullOfTuples(protectedDevices);
}

export function clearParts(): void {
  for (let part: i32 = 0; part < partCount; part++) clearTuples(tableOf(part));
  clearTuples(protectedDevices);
  isFirst = true;
}

/** Puts the numbers of the parts behind those of the values, which begin at `row`. */
export function takeParts(row: usize): void {
  const changed = changedIn(row);
  const to = row + ((<usize>width) << 2);
  for (let part: i32 = 0; part < partCount; part++) {
    const before = partsBefore + (part << 2);
    if ((load<u64>(bits + (part << 3)) & changed) !== 0) store<u32>(before, numberOfPart(part, row));
    store<u32>(to + (part << 2), load<u32>(before));
  }
  store<u32>(to + (partCount << 2), deviceNumber(row));
}

/** Bits of the members whose values have other numbers than those of the sign-in before. */
function changedIn(row: usize): u64 {
  let changed: u64 = 0;
  for (let member: i32 = 0; member < width; member += 4) {
    const values = v128.load(row + (member << 2));
    const before = valuesBefore + (member << 2);
    changed |= (<u64>i32x4.bitmask(i32x4.ne(values, v128.load(before)))) << member;
    v128.store(before, values);
  }
  if (!isFirst) return changed;
  isFirst = false;
  return ~(<u64>0);
}

function numberOfPart(part: i32, row: usize): u32 {
  const size = load<u32>(sizes + (part << 2));
  const places = membersOf(part);
  for (let at: u32 = 0; at < size; at++) {
    const number = load<i32>(row + ((<usize>load<u32>(places + (at << 2))) << 2));
    if (number >= PLACED) return 0;
    store<i32>(gathered + (at << 2), number);
  }
  return numberOfTuple(tableOf(part), gathered);
}

function deviceNumber(row: usize): u32 {
  const start: usize = load<u32>(starts + (device << 2));
  const protectionNumber = load<i32>(row + ((<usize>protection) << 2));
  if (start === 0 || protectionNumber >= PLACED) return 0;
  const rest = restNumber(start, load<i32>(row + ((<usize>device) << 2)));
  if (rest === 0) return 0;
  store<i32>(gathered, protectionNumber);
  store<u32>(gathered, rest, 4);
  return numberOfTuple(protectedDevices, gathered);
}
