/** Classes of bytes outside of strings; every byte of a character beyond ASCII is PLAIN. */
export const PLAIN = 0;
export const QUOTE = 1;
export const OPEN = 2;
export const CLOSE = 3;
export const COMMA = 4;
export const COLON = 5;
const NEWLINE = 6;
export const SPACE = 7;

export const CLASSES = new Uint8Array(256);
for (const [characters, kind] of [
  ['"', QUOTE],
  ['{[', OPEN],
  ['}]', CLOSE],
  [',', COMMA],
  [':', COLON],
  ['\n', NEWLINE],
  // U+001E separates the records of a JSON text sequence (RFC 7464).
  [' \t\r\u001e', SPACE],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)] = kind;
}

export const LINE_FEED = 0x0a;
export const DOUBLE_QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_BRACKET = 0x5b;
export const OPEN_BRACE = 0x7b;

export const EMPTY = new Uint8Array(0);

/** One behind the other, with a 0 behind the last byte that is not a part of it. */
export function withEnd(before: Uint8Array, after: Uint8Array): Uint8Array {
  const length = before.length + after.length;
  const bytes = Buffer.allocUnsafeSlow(length + 1);
  bytes.set(before);
  bytes.set(after, before.length);
  bytes[length] = 0;
  return bytes;
}

/** Offset of the next line feed; that behind the last byte where there is none. */
export function lineFeedFrom(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LINE_FEED, from);
  return at === -1 ? bytes.length : at;
}
