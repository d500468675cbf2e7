/** The signs of JSON, as bytes of UTF-8. */
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** The first byte from `from` on that is no space of JSON. */
export function behindSpace(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at];
    if (byte !== SPACE && byte !== NEWLINE && byte !== CARRIAGE_RETURN && byte !== TAB) return at;
  }
}
