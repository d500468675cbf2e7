/** Texts that are as they stand; see src/intake/sign-ins/scan/plain-text.ts. An offset of 0 is none. */
import { byteAt, QUOTE } from './json';

/** Whether a value is an instant that is written in another way than most; asked once for each. */
declare function isOtherInstant(start: usize, end: usize): bool;

export function isPlainText(start: usize, end: usize): bool {
  if (start === 0 || byteAt(start) !== QUOTE || end - start < 3) return false;
  let at = start;
  for (; at + 16 <= end; at += 16) if (otherBytes(at) !== 0) return false;
  return (otherBytes(at) & ((1 << (<i32>(end - at))) - 1)) === 0;
}

/** Bits of those of sixteen bytes that are a backslash or no ASCII. */
function otherBytes(at: usize): i32 {
  const text = v128.load(at);
  return i8x16.bitmask(v128.or(text, i8x16.eq(text, i8x16.splat(0x5c))));
}

/** `2026-06-15T09:56:49Z` in its quotes, or what reads as an instant otherwise. */
export function isInstant(start: usize, end: usize): bool {
  if (start === 0) return false;
  return isPlainInstant(start, end) || isOtherInstant(start, end);
}

function isPlainInstant(start: usize, end: usize): bool {
  return end - start === 22 && isClock(start) && byteAt(start + 20) === 0x5a && byteAt(start + 21) === QUOTE;
}

/** Whether a date and a time of day stand there: `"0000-00-00T00:00:00`. */
function isClock(start: usize): bool {
  const separators =
    byteAt(start) === QUOTE &&
    byteAt(start + 5) === 0x2d &&
    byteAt(start + 8) === 0x2d &&
    byteAt(start + 11) === 0x54 &&
    byteAt(start + 14) === 0x3a &&
    byteAt(start + 17) === 0x3a;
  if (!separators) return false;
  const century = two(start + 1);
  const month = two(start + 6);
  const day = two(start + 9);
  const year = two(start + 3);
  if (century < 1 || century > 99 || year > 99) return false;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year === 0 ? century : year)) return false;
  return two(start + 12) < 24 && two(start + 15) < 60 && two(start + 18) < 60;
}

/** `year`: its last two digits, or those before them where these are zeros: a fourth of both have a day more. */
function daysIn(month: u32, year: u32): u32 {
  if (month === 2) return (year & 3) === 0 ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

/** A number of two digits; more than any where there are none. */
function two(at: usize): u32 {
  const tens = byteAt(at) - 0x30;
  const ones = byteAt(at + 1) - 0x30;
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}
