/** Numbers for the parts of records; see src/intake/sign-ins/scan/part-numbers.ts, whose rules these are. */

import { restNumber } from './device-rests';
import { starts } from './numbers';
import { device, protection, width } from './plan';
import { reserve } from './room';
import { clearTuples, isFullOfTuples, newTuples, numberOfTuple, Tuples } from './tuples';

/** From here on a number is the place of a value (value-places.ts). */
const PLACED: i32 = 1 << 30;

const MOST_PARTS: usize = 32;
const MOST_PART_MEMBERS: usize = 16;

export let partCount: i32 = 0;
/** How many members each part has, which ones, and what numbers it. */
const sizes = reserve(MOST_PARTS << 2);
const members = reserve((MOST_PARTS * MOST_PART_MEMBERS) << 2);
const tables = reserve(MOST_PARTS << 2);
const protectedDevices = newTuples(2);
const gathered = reserve(MOST_PART_MEMBERS << 2);

/** Begins a part of so many members. */
export function tellPart(size: u32): void {
  if (<usize>partCount === MOST_PARTS || <usize>size > MOST_PART_MEMBERS) unreachable();
  store<u32>(sizes + (partCount << 2), size);
  store<u32>(tables + (partCount << 2), <u32>changetype<usize>(newTuples(size)));
  partCount++;
}

/** A member of the part that was begun last. */
export function tellPartMember(position: u32, member: i32): void {
  store<i32>(membersOf(partCount - 1) + (position << 2), member);
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
}

/** Puts the numbers of the parts behind those of the values, which begin at `row`. */
export function takeParts(row: usize): void {
  const to = row + ((<usize>width) << 2);
  for (let part: i32 = 0; part < partCount; part++) store<u32>(to + (part << 2), numberOfPart(part, row));
  store<u32>(to + (partCount << 2), deviceNumber(row));
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
  const rest = restNumber(start);
  if (rest === 0) return 0;
  store<i32>(gathered, protectionNumber);
  store<u32>(gathered, rest, 4);
  return numberOfTuple(protectedDevices, gathered);
}
