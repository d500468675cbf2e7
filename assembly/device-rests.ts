/** Numbers for what is the same for many devices; see src/intake/sign-ins/scan/device-rests.ts. */
import { isSame } from './bytes';
import { BACKSLASH, byteAt, QUOTE } from './json';
import { PLACED, texts } from './numbers';
import { DEVICE_ID, DEVICE_ID_LENGTH, DEVICE_NAME, DEVICE_NAME_LENGTH } from './plan';
import { reserve } from './room';
import { findNumber, newValues, numberOf } from './values';

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

/**
 * The number, from 1, of the rest of the device that stands at an offset and whose value has a number; 0: it begins otherwise, is
 * long, or one too many.
 */
export function restNumber(at: usize, value: i32): u32 {
  if (value >= PLACED) return restAt(at);
  const place = known + ((<usize>value) << 1);
  const kept: u32 = load<u16>(place);
  if (kept !== 0) return kept - 1;
  const rest = restAt(at);
  store<u16>(place, rest + 1);
  return rest;
}

function restAt(at: usize): u32 {
  const from = behindNames(at);
  if (from === 0) return 0;
  const length = <u32>(nextBrace(from) - from);
  if (length > LONGEST) return 0;
  return rests.count === MOST ? findNumber(rests, from, length) : numberOf(rests, from, length);
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
  let at = start + DEVICE_ID_LENGTH;
  const id = at;
  while (isOfId(byteAt(at))) at++;
  if (byteAt(at) !== QUOTE) return 0;
  if (at === id) return at - 1;
  const behind = at + 1;
  if (!isSame(behind, DEVICE_NAME, DEVICE_NAME_LENGTH)) return behind;
  at = behind + DEVICE_NAME_LENGTH;
  while (isPlain(byteAt(at))) at++;
  return byteAt(at) === QUOTE ? at + 1 : behind;
}

function isOfId(byte: u32): bool {
  return byte - 0x30 <= 9 || (byte | 0x20) - 0x61 <= 5 || byte === 0x2d;
}

function isPlain(byte: u32): bool {
  return byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH;
}
