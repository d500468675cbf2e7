/** Numbers for what is the same for many devices; see src/intake/sign-ins/scan/device-rests.ts. */
import { isSame } from './bytes';
import { BACKSLASH, byteAt, CLOSE_BRACE, QUOTE } from './json';
import { DEVICE_ID, DEVICE_ID_LENGTH, DEVICE_NAME, DEVICE_NAME_LENGTH } from './plan';
import { findNumber, newValues, numberOf } from './values';

/** Rests that have a number, and the longest one. */
const MOST: u32 = 4096;
const LONGEST: u32 = 1024;
const rests = newValues(MOST * LONGEST, MOST, LONGEST, 1);

/** The number, from 1, of the rest of the device that stands at an offset; 0: it begins otherwise, is long, or one too many. */
export function restNumber(at: usize): u32 {
  const from = behindNames(at);
  if (from === 0) return 0;
  let to = from;
  while (byteAt(to) !== CLOSE_BRACE) to++;
  const length = <u32>(to - from);
  if (length > LONGEST) return 0;
  return rests.count === MOST ? findNumber(rests, from, length) : numberOf(rests, from, length);
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
