const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const LETTER_Z = 0x5a;

/** Whether a value is a text without escapes, in ASCII, and not empty. */
export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  if (start < 0 || bytes[start] !== QUOTE || end - start < 3) return false;
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x80 || byte === BACKSLASH) return false;
  }
  return true;
}

/** The text of such a value. */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start + 1, end - start - 2).toString('latin1');
}

/** `2026-06-15T09:56:49Z` in its quotes: as Graph writes every time of a sign-in, and as records keep it. */
export function isPlainInstant(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === SHAPE.length && isClock(bytes, start) && endsAt(bytes, start + TO_SECONDS);
}

/** The milliseconds of an instant of that form, on any day; NaN where it is of another. It is known to be an instant. */
export function timeAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== SHAPE.length || !endsAt(bytes, start + TO_SECONDS)) return Number.NaN;
  for (let at = 1; at < TO_SECONDS; at++) {
    const wanted = SHAPE[at] as number;
    if (wanted !== ZERO && bytes[start + at] !== wanted) return Number.NaN;
  }
  const century = twoDigits(bytes, start + 1);
  // To Date the first hundred years are those of the last century.
  if (century < 1) return Number.NaN;
  const year = century * 100 + twoDigits(bytes, start + 3);
  const [month, day] = [twoDigits(bytes, start + 6), twoDigits(bytes, start + 9)];
  const [hour, minute, second] = [
    twoDigits(bytes, start + 12),
    twoDigits(bytes, start + 15),
    twoDigits(bytes, start + 18),
  ];
  return startOf(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The day that was asked for last: records of one file lie close together. */
const last = { year: 0, month: 0, day: 0, start: 0 };

/** When a day began, in milliseconds. */
function startOf(year: number, month: number, day: number): number {
  if (last.year !== year || last.month !== month || last.day !== day) {
    last.year = year;
    last.month = month;
    last.day = day;
    last.start = Date.UTC(year, month - 1, day);
  }
  return last.start;
}

/** The same with a fraction of a second, of which records keep all but the zeros at its end. */
export function isPlainFraction(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < SHAPE.length + 2 || end - start > SHAPE.length + 1 + MOST_DIGITS) return false;
  if (bytes[start + TO_SECONDS] !== DOT || !isClock(bytes, start)) return false;
  for (let at = start + TO_SECONDS + 1; at < end - 2; at++) {
    if ((bytes[at] as number) < ZERO || (bytes[at] as number) > NINE) return false;
  }
  return endsAt(bytes, end - 2);
}

/** Whether a date and a time of day stand there that any calendar and any clock shows. */
function isClock(bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < TO_SECONDS; at++) {
    const wanted = SHAPE[at] as number;
    const byte = bytes[start + at] as number;
    if (wanted === ZERO ? byte < ZERO || byte > NINE : byte !== wanted) return false;
  }
  // The 29th and later are left to who knows the calendar, and so is what no clock shows.
  const two = (at: number) => twoDigits(bytes, start + at);
  const month = two(6);
  const day = two(9);
  if (two(1) < 1 || month < 1 || month > 12 || day < 1 || day > 28) return false;
  return two(12) < 24 && two(15) < 60 && two(18) < 60;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO;
}

function endsAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LETTER_Z && bytes[at + 1] === QUOTE;
}

const SHAPE = Buffer.from('"0000-00-00T00:00:00Z"');
/** Bytes of it up to the seconds, with the quote. */
const TO_SECONDS = SHAPE.length - 2;
/** Digits of a second that are looked at here; Graph writes seven at most. */
const MOST_DIGITS = 9;
