/** Numbers for the parts of records; see src/intake/sign-ins/scan/part-numbers.ts, whose rules these are. */

import { restNumber } from './device-rests';
import { PLACED } from './numbers';
import { ends, starts } from './places';
import { device, MOST_MEMBERS, protection, width } from './plan';
import { reserve } from './room';
import { clearTuples, isFullOfTuples, newTuples, numberOfTuple, Tuples } from './tuples';

const MOST_PARTS: usize = 32;
const MOST_PART_PLACES: usize = 16;

export let partCount: i32 = 0;
/** By how many values and parts each part is numbered, their places in a row, bits of all values in it, and its table. */
const sizes = reserve(MOST_PARTS << 2);
const places = reserve((MOST_PARTS * MOST_PART_PLACES) << 2);
const bits = reserve(MOST_PARTS << 3);
const tables = reserve(MOST_PARTS << 2);
const protectedDevices = newTuples(2);
const gathered = reserve(MOST_PART_PLACES << 2);

/** The numbers of the values and of the parts of the sign-in before: a part is the same where all of its values are. */
const valuesBefore = reserve(MOST_MEMBERS << 2);
const partsBefore = reserve(MOST_PARTS << 2);
let isFirst = true;

/** Begins a part that is numbered by so many values and parts. */
export function tellPart(size: u32): void {
  if (<usize>partCount === MOST_PARTS || <usize>size > MOST_PART_PLACES) unreachable();
  store<u32>(sizes + (partCount << 2), size);
  store<u32>(tables + (partCount << 2), <u32>changetype<usize>(newTuples(size)));
  partCount++;
}

/** By what the part that was begun last is numbered: the place in a row of a value, or of a part before it. */
export function tellPartPlace(position: u32, place: i32): void {
  const part = partCount - 1;
  store<i32>(placesOf(part) + (position << 2), place);
  const more = place < width ? (<u64>1) << place : load<u64>(bits + ((place - width) << 3));
  store<u64>(bits + (part << 3), load<u64>(bits + (part << 3)) | more);
}

function placesOf(part: i32): usize {
  return places + ((<usize>part * MOST_PART_PLACES) << 2);
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

/**
 * Puts the numbers of the parts of so many rows behind those of their values: one part of all after the other, as none of them waits
 * for another row. `changed`: of each row what `changedIn` tells.
 */
export function takeParts(rows: usize, changed: usize, count: u32): void {
  for (let part: i32 = 0; part < partCount; part++) {
    const own = load<u64>(bits + (part << 3));
    let number = load<u32>(partsBefore + (part << 2));
    for (let at: u32 = 0; at < count; at++) {
      const row: usize = load<u32>(rows + (at << 2));
      if ((own & load<u64>(changed + (at << 3))) !== 0) number = numberOfPart(part, row);
      store<u32>(row + ((width + part) << 2), number);
    }
    store<u32>(partsBefore + (part << 2), number);
  }
}

/** Bits of the values that have other numbers than those of the sign-in before. */
export function changedIn(row: usize): u64 {
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
  const from = placesOf(part);
  for (let at: u32 = 0; at < size; at++) {
    const place = load<i32>(from + (at << 2));
    const number = load<i32>(row + (place << 2));
    if (number >= PLACED || (number === 0 && place >= width)) return 0;
    store<i32>(gathered + (at << 2), number);
  }
  return numberOfTuple(tableOf(part), gathered);
}

/** Puts the number of what is the same for many devices behind those of the parts. */
export function takeDevice(row: usize): void {
  store<u32>(row + ((width + partCount) << 2), deviceNumber(row));
}

function deviceNumber(row: usize): u32 {
  const start: usize = load<u32>(starts + (device << 2));
  const protectionNumber = load<i32>(row + ((<usize>protection) << 2));
  if (start === 0 || protectionNumber >= PLACED) return 0;
  const end: usize = load<u32>(ends + (device << 2));
  const rest = restNumber(start, end, load<i32>(row + ((<usize>device) << 2)));
  if (rest === 0) return 0;
  store<i32>(gathered, protectionNumber);
  store<u32>(gathered, rest, 4);
  return numberOfTuple(protectedDevices, gathered);
}
