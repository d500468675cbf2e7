/**
 * Walks over JSON as src/intake/sign-ins/scan/json-scan.ts does, which says what holds here too: all take the offset of a first
 * byte and give the one behind the last, or 0 for what is no such thing; a byte 0 stands behind the text. A line feed is no blank
 * here: it ends a line, and with it the record.
 */

const MOST_DEEP: i32 = 60;

export const QUOTE: u32 = 0x22;
export const BACKSLASH: u32 = 0x5c;
export const COMMA: u32 = 0x2c;
export const COLON: u32 = 0x3a;
export const OPEN_BRACE: u32 = 0x7b;
export const CLOSE_BRACE: u32 = 0x7d;
export const OPEN_BRACKET: u32 = 0x5b;
export const CLOSE_BRACKET: u32 = 0x5d;

const SPACE: u32 = 0x20;
const TAB: u32 = 0x09;
const CARRIAGE_RETURN: u32 = 0x0d;

export function byteAt(at: usize): u32 {
  return load<u8>(at);
}

function isBlank(byte: u32): bool {
  return byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN;
}

export function overBlanks(from: usize): usize {
  let at = from;
  while (isBlank(byteAt(at))) at++;
  return at;
}

/** Whether a number or a word cannot go on with this byte. */
export function isBehindValue(byte: u32): bool {
  return byte === COMMA || byte === CLOSE_BRACE || isBlank(byte);
}

/** Goes from behind the opening quote of a text to behind the closing one. */
export function overString(from: usize): usize {
  let at = from;
  while (true) {
    at = nextStop(at);
    const byte = byteAt(at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return 0;
    at = overEscape(at + 1);
    if (at === 0) return 0;
  }
}

/** The first quote, backslash or control character; a 0 is one, so that there is always one. */
export function nextStop(from: usize): usize {
  let at = from;
  while (true) {
    const text = v128.load(at);
    const stops = v128.or(
      v128.or(i8x16.eq(text, i8x16.splat(0x22)), i8x16.eq(text, i8x16.splat(0x5c))),
      i8x16.lt_u(text, i8x16.splat(0x20)),
    );
    const mask = i8x16.bitmask(stops);
    if (mask !== 0) return at + <usize>ctz(mask);
    at += 16;
  }
}

function overEscape(at: usize): usize {
  switch (byteAt(at)) {
    case 0x22:
    case 0x5c:
    case 0x2f: // slash
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 1;
    case 0x75: // u
      for (let digit = at + 1; digit <= at + 4; digit++) if (!isHexadecimal(byteAt(digit))) return 0;
      return at + 5;
    default:
      return 0;
  }
}

function isHexadecimal(byte: u32): bool {
  return byte - 0x30 <= 9 || (byte | 0x20) - 0x61 <= 5;
}

export function overValue(at: usize, depth: i32): usize {
  switch (byteAt(at)) {
    case 0x22:
      return overString(at + 1);
    case 0x7b:
      return depth > MOST_DEEP ? 0 : overObject(at + 1, depth + 1);
    case 0x5b:
      return depth > MOST_DEEP ? 0 : overList(at + 1, depth + 1);
    case 0x74: // true
      return load<u32>(at) === 0x65757274 ? at + 4 : 0;
    case 0x66: // false
      return load<u32>(at + 1) === 0x65736c61 ? at + 5 : 0;
    case 0x6e: // null
      return load<u32>(at) === 0x6c6c756e ? at + 4 : 0;
    default:
      return overNumber(at);
  }
}

function overNumber(from: usize): usize {
  let at = byteAt(from) === 0x2d ? from + 1 : from;
  if (byteAt(at) === 0x30) at++;
  else at = overDigits(at);
  if (at !== 0 && byteAt(at) === 0x2e) at = overDigits(at + 1);
  if (at === 0 || (byteAt(at) | 0x20) !== 0x65) return at;
  const sign = byteAt(at + 1);
  return overDigits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
}

/** Goes over at least one digit. */
function overDigits(from: usize): usize {
  let at = from;
  while (byteAt(at) - 0x30 <= 9) at++;
  return at === from ? 0 : at;
}

/** Goes over an object, from behind its opening brace. */
function overObject(from: usize, depth: i32): usize {
  let at = overBlanks(from);
  if (byteAt(at) === CLOSE_BRACE) return at + 1;
  while (true) {
    at = overName(at);
    if (at === 0) return 0;
    at = overValue(at, depth);
    if (at === 0) return 0;
    at = overBlanks(at);
    const byte = byteAt(at++);
    if (byte === CLOSE_BRACE) return at;
    if (byte !== COMMA) return 0;
    at = overBlanks(at);
  }
}

/** Goes from the opening quote of a name to the value behind the colon. */
function overName(from: usize): usize {
  if (byteAt(from) !== QUOTE) return 0;
  const end = overString(from + 1);
  return end === 0 ? 0 : overColon(end);
}

/** Goes from behind a name to the value. */
export function overColon(from: usize): usize {
  const at = overBlanks(from);
  return byteAt(at) === COLON ? overBlanks(at + 1) : 0;
}

/** Goes over a list, from behind its opening bracket. */
function overList(from: usize, depth: i32): usize {
  let at = overBlanks(from);
  if (byteAt(at) === CLOSE_BRACKET) return at + 1;
  while (true) {
    at = overValue(at, depth);
    if (at === 0) return 0;
    at = overBlanks(at);
    const byte = byteAt(at++);
    if (byte === CLOSE_BRACKET) return at;
    if (byte !== COMMA) return 0;
    at = overBlanks(at);
  }
}
