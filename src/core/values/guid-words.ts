/** Characters of a GUID as Graph writes it: 32 hex digits in five groups. */
export const GUID_LENGTH = 36;

/** A GUID in 32 bits each. */
export const GUID_WORDS = 4;

const HYPHEN = 0x2d;
const HYPHENS = [8, 13, 18, 23] as const;

/** More than four digits can be, wherever among them it stands. */
const NO_DIGIT = 0x1_0000;

const DIGITS_OF_GUID = 32;

const LETTERS = Uint8Array.from('0123456789abcdef', (letter) => letter.charCodeAt(0));
const DIGITS = new Int32Array(256).fill(NO_DIGIT);
for (const [digit, letter] of LETTERS.entries()) DIGITS[letter] = digit;

/** Reads the GUID in lower case that stands in the bytes, as ASCII, from `from` on; whether one does. */
export function readGuid(bytes: Uint8Array, from: number, words: Uint32Array, at: number): boolean {
  if (from + GUID_LENGTH > bytes.length) return false;
  for (let place = 0; place < HYPHENS.length; place++) {
    if (bytes[from + (HYPHENS[place] as number)] !== HYPHEN) return false;
  }
  const first = digitsAt(bytes, from);
  const second = digitsAt(bytes, from + 4);
  const third = digitsAt(bytes, from + 9);
  const fourth = digitsAt(bytes, from + 14);
  const fifth = digitsAt(bytes, from + 19);
  const sixth = digitsAt(bytes, from + 24);
  const seventh = digitsAt(bytes, from + 28);
  const eighth = digitsAt(bytes, from + 32);
  if ((first | second | third | fourth | fifth | sixth | seventh | eighth) >= NO_DIGIT) return false;
  words[at] = (first << 16) | second;
  words[at + 1] = (third << 16) | fourth;
  words[at + 2] = (fifth << 16) | sixth;
  words[at + 3] = (seventh << 16) | eighth;
  return true;
}

const letters = new Uint8Array(GUID_LENGTH);

/** The same of a text that is a GUID in lower case and nothing else. */
export function readGuidText(text: string, words: Uint32Array, at: number): boolean {
  if (text.length !== GUID_LENGTH) return false;
  for (let place = 0; place < GUID_LENGTH; place++) letters[place] = asByte(text.charCodeAt(place));
  return readGuid(letters, 0, words, at);
}

/** Writes the GUID into the bytes, as ASCII, from `from` on. */
export function writeGuid(words: Uint32Array, at: number, bytes: Uint8Array, from: number): void {
  let to = from;
  for (let digit = 0; digit < DIGITS_OF_GUID; digit++) {
    if (digit >= 8 && digit <= 20 && digit % 4 === 0) bytes[to++] = HYPHEN;
    const word = words[at + (digit >> 3)] as number;
    bytes[to++] = LETTERS[(word >>> (28 - 4 * (digit & 7))) & 0xf] as number;
  }
}

/** What is beyond ASCII is no digit, and 255 is none either. */
const asByte = (unit: number) => (unit > 255 ? 255 : unit);

function digitsAt(bytes: Uint8Array, at: number): number {
  return (
    ((DIGITS[bytes[at] as number] as number) << 12) |
    ((DIGITS[bytes[at + 1] as number] as number) << 8) |
    ((DIGITS[bytes[at + 2] as number] as number) << 4) |
    (DIGITS[bytes[at + 3] as number] as number)
  );
}
