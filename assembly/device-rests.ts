/** Numbers for what is the same for many devices; see src/intake/sign-ins/scan/device-rests.ts. */
import { isSame } from './bytes';
import { byteAt, CLOSE_BRACE, nextStop, QUOTE } from './json';
import { PLACED, texts } from './numbers';
import { DEVICE_ID, DEVICE_ID_LENGTH, DEVICE_NAME, DEVICE_NAME_LENGTH } from './plan';
import { reserve } from './room';
import { findNumber, lengthOf, newValues, numberOf, standing } from './values';

/** Rests that have a number, and the longest one. */
const MOST: u32 = 4096;
const LONGEST: u32 = 1024;
const rests = newValues(MOST * LONGEST, MOST, LONGEST, 1);

/** One more than the number of the rest of each device, by the number of its value; 0: not looked for. */
const known = reserve((<usize>(texts.roomCount + 1)) << 1);

/** The numbers of all values hold no longer. */
export function forgetRests(): void {
  memory.fill(known, 0, (<usize>(texts.count + 1)) << 1);
}

/** 1 for each rest, by its number, with which a device has ended: then every device with it ends so. */
const whole = reserve(MOST + 1);

/** Goes over a device, of which only the names are looked at, as its rest is known; 0 where it is not. */
export function overDevice(at: usize): usize {
  const from = behindNames(at);
  const rest = from === 0 ? 0 : standingRest(from);
  return rest !== 0 && load<u8>(whole + rest) === 1 ? from + lengthOf(rests, rest) + 1 : 0;
}

/**
 * The number, from 1, of the rest of the device that stands between two offsets and whose value has a number; 0: it begins otherwise,
 * is long, or one too many.
 */
export function restNumber(start: usize, end: usize, value: i32): u32 {
  if (value >= PLACED) return restIn(start, end);
  const place = known + ((<usize>value) << 1);
  const kept: u32 = load<u16>(place);
  if (kept !== 0) return kept - 1;
  const rest = restIn(start, end);
  store<u16>(place, rest + 1);
  return rest;
}

function restIn(start: usize, end: usize): u32 {
  const from = behindNames(start);
  if (from === 0) return 0;
  const standing = standingRest(from);
  if (standing !== 0) return standing;
  const length = <u32>(nextBrace(from) - from);
  if (length > LONGEST) return 0;
  const rest = rests.count === MOST ? findNumber(rests, from, length) : numberOf(rests, from, length);
  if (from + length + 1 === end) store<u8>(whole + rest, 1);
  return rest;
}

/** The number of the rest that stands at an offset up to a brace; 0 where none is found. */
function standingRest(from: usize): u32 {
  const rest = standing(rests, from);
  return rest !== 0 && byteAt(from + lengthOf(rests, rest)) === CLOSE_BRACE ? rest : 0;
}

/** The next closing brace; that of the device is one, so that there always is. */
function nextBrace(from: usize): usize {
  let at = from;
  while (true) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x7d)));
    if (mask !== 0) return at + <usize>ctz(mask);
    at += 16;
  }
}

/** Behind the id, and behind the name where one follows; at an id that is empty. 0: it begins otherwise. */
function behindNames(start: usize): usize {
  if (!isSame(start, DEVICE_ID, DEVICE_ID_LENGTH)) return 0;
  const id = start + DEVICE_ID_LENGTH;
  const idEnd = behindId(id);
  if (byteAt(idEnd) !== QUOTE) return 0;
  if (idEnd === id) return id - 1;
  const behind = idEnd + 1;
  if (!isSame(behind, DEVICE_NAME, DEVICE_NAME_LENGTH)) return behind;
  const nameEnd = nextStop(behind + DEVICE_NAME_LENGTH);
  return byteAt(nameEnd) === QUOTE ? nameEnd + 1 : behind;
}

/** The first byte that is no digit or letter of an id, and no dash. */
function behindId(from: usize): usize {
  let at = from;
  while (true) {
    const text = v128.load(at);
    const digits = i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10));
    const letters = i8x16.lt_u(i8x16.sub(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(6));
    const mask = ~i8x16.bitmask(v128.or(v128.or(digits, letters), i8x16.eq(text, i8x16.splat(0x2d)))) & 0xffff;
    if (mask !== 0) return at + <usize>ctz(mask);
    at += 16;
  }
}
