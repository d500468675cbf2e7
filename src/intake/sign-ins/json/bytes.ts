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
