/**
 * Walks over JSON in bytes without making anything of it, and accepts exactly what `JSON.parse` accepts; what nests deeper
 * than MOST_DEEP it leaves to others. All functions take the offset of a first byte and give the offset behind the last one,
 * or -1 for what is no such thing. The byte behind the text must be 0, which stands in no JSON: so nobody asks for the end.
 */

/** Deeper than any record that is read (json/parts.ts), so that recursion has an end. */
const MOST_DEEP = 60;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const ZERO = 0x30;
const NINE = 0x39;

/** Bytes at which walking over a string stops: the quote, the backslash, control characters. */
const STOPS = new Uint8Array(256);
STOPS.fill(1, 0, 0x20);
STOPS[QUOTE] = 1;
STOPS[BACKSLASH] = 1;

const BLANK = new Uint8Array(256);
for (const character of ' \t\r\n') BLANK[character.charCodeAt(0)] = 1;

/** Bytes that may stand behind a value of an object. */
const BEHIND_VALUE = BLANK.slice();
for (const character of ',}') BEHIND_VALUE[character.charCodeAt(0)] = 1;

const ESCAPED = new Uint8Array(256);
for (const character of '"\\/bfnrt') ESCAPED[character.charCodeAt(0)] = 1;

const HEXADECIMAL = new Uint8Array(256);
for (const character of '0123456789abcdefABCDEF') HEXADECIMAL[character.charCodeAt(0)] = 1;

/** Whether a number or a word cannot go on with this byte. */
export function isBehindValue(byte: number): boolean {
  return BEHIND_VALUE[byte] === 1;
}

export function overBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (BLANK[bytes[at] as number] === 1) at++;
  return at;
}

/** Goes from behind the opening quote of a text to behind the closing one. */
export function overString(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    while (STOPS[bytes[at] as number] === 0) at++;
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return -1;
    at = overEscape(bytes, at + 1);
    if (at < 0) return -1;
  }
}

function overEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (ESCAPED[byte] === 1) return at + 1;
  if (byte !== 0x75) return -1;
  for (let digit = at + 1; digit <= at + 4; digit++) if (HEXADECIMAL[bytes[digit] as number] !== 1) return -1;
  return at + 5;
}

export function overValue(bytes: Uint8Array, at: number, depth: number): number {
  switch (bytes[at]) {
    case QUOTE:
      return overString(bytes, at + 1);
    case OPEN_BRACE:
      return depth > MOST_DEEP ? -1 : overObject(bytes, at + 1, depth + 1);
    case OPEN_BRACKET:
      return depth > MOST_DEEP ? -1 : overList(bytes, at + 1, depth + 1);
    case 0x74: // t
      return isWord(bytes, at, 0x72, 0x75, 0x65) ? at + 4 : -1;
    case 0x66: // f
      return isWord(bytes, at, 0x61, 0x6c, 0x73) && bytes[at + 4] === 0x65 ? at + 5 : -1;
    case 0x6e: // n
      return isWord(bytes, at, 0x75, 0x6c, 0x6c) ? at + 4 : -1;
    default:
      return overNumber(bytes, at);
  }
}

/** Whether these letters follow; the byte behind the text matches none, so nothing beyond it is looked at. */
function isWord(bytes: Uint8Array, at: number, second: number, third: number, fourth: number): boolean {
  return bytes[at + 1] === second && bytes[at + 2] === third && bytes[at + 3] === fourth;
}

function overNumber(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from;
  if (bytes[at] === ZERO) at++;
  else at = overDigits(bytes, at);
  if (at >= 0 && bytes[at] === 0x2e) at = overDigits(bytes, at + 1);
  if (at < 0 || ((bytes[at] as number) | 0x20) !== 0x65) return at;
  const sign = bytes[at + 1];
  return overDigits(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
}

/** Goes over at least one digit. */
function overDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] as number)) at++;
  return at === from ? -1 : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Goes over an object, from behind its opening brace. */
function overObject(bytes: Uint8Array, from: number, depth: number): number {
  let at = overBlanks(bytes, from);
  if (bytes[at] === CLOSE_BRACE) return at + 1;
  for (;;) {
    at = overName(bytes, at);
    if (at < 0) return -1;
    at = overValue(bytes, at, depth);
    if (at < 0) return -1;
    at = overBlanks(bytes, at);
    const byte = bytes[at++];
    if (byte === CLOSE_BRACE) return at;
    if (byte !== COMMA) return -1;
    at = overBlanks(bytes, at);
  }
}

/** Goes from the opening quote of a name to the value behind the colon. */
function overName(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return -1;
  const end = overString(bytes, from + 1);
  return end < 0 ? -1 : overColon(bytes, end);
}

/** Goes from behind a name to the value. */
export function overColon(bytes: Uint8Array, from: number): number {
  const at = overBlanks(bytes, from);
  return bytes[at] === COLON ? overBlanks(bytes, at + 1) : -1;
}

/** Goes over a list, from behind its opening bracket. */
function overList(bytes: Uint8Array, from: number, depth: number): number {
  let at = overBlanks(bytes, from);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (;;) {
    at = overValue(bytes, at, depth);
    if (at < 0) return -1;
    at = overBlanks(bytes, at);
    const byte = bytes[at++];
    if (byte === CLOSE_BRACKET) return at;
    if (byte !== COMMA) return -1;
    at = overBlanks(bytes, at);
  }
}

/** Offsets of the elements of a list that was walked over before: first bytes at even places, ends at odd ones. */
export function elementsOf(bytes: Uint8Array, from: number, places: number[]): void {
  places.length = 0;
  let at = overBlanks(bytes, from + 1);
  while (bytes[at] !== CLOSE_BRACKET) {
    places.push(at);
    at = overValue(bytes, at, 0);
    places.push(at);
    at = overBlanks(bytes, at);
    if (bytes[at] === COMMA) at = overBlanks(bytes, at + 1);
  }
}

/** Whether these bytes stand at the offset. */
export function begins(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let offset = 0; offset < expected.length; offset++) if (bytes[at + offset] !== expected[offset]) return false;
  return true;
}
