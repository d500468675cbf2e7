import { isUtf8 } from 'node:buffer';
import { WORDS_WIDTH } from '../../../core/signaling/numbered-attempt.ts';
import { bitsOfAsciiId } from '../../../core/values/id-bits.ts';
import { readInstant } from '../facts/instants.ts';
import { putWords } from './address-words.ts';
import { overBlanks } from './json-scan.ts';
import { PartNumbers } from './part-numbers.ts';
import { isPlainFraction, isPlainInstant, isPlainText, plainText } from './plain-text.ts';
import { READ_MEMBERS } from './read-members.ts';
import { RecordScan } from './record-scan.ts';
import { ROW_WIDTH } from './row-places.ts';
import { CORRELATION, ID, MEMBERS, SUBJECT_PLACES, TIME } from './scanned-members.ts';
import type { FreshNumbers } from './value-numbers.ts';
import { ValueNumbers } from './value-numbers.ts';

const FIRST_ROWS = 256;

const LINE_FEED = 0x0a;
const OPEN_BRACE = 0x7b;

/**
 * What the numbers of one line are: where it begins and ends, where its id, its time and its correlation id do (from -1: there is
 * none), the bits of its id, then the numbers of its values and of its parts.
 */
export const LINE = {
  ...{ from: 0, to: 1, number: 2, idFrom: 3, idTo: 4, timeFrom: 5, timeTo: 6 },
  ...{ correlationFrom: 7, correlationTo: 8, idHigh: 9, idLow: 10, values: 11 },
} as const;
export const LINE_WIDTH = LINE.values + ROW_WIDTH;

/** What was found in some lines, in numbers: so that a thread can hand it to another. */
export interface ScannedLines {
  /** The lines, and a 0 behind the last one. */
  readonly bytes: Uint8Array;
  /** Bytes of the lines. */
  readonly length: number;
  readonly count: number;
  /** {@link LINE_WIDTH} numbers of each line that is not blank; `idFrom` is -1 for one that must be read whole. */
  readonly rows: Int32Array;
  /** {@link WORDS_WIDTH} words of each line with an id: its addresses (address-words.ts). */
  readonly words: Uint32Array;
  /** Line feeds in the bytes. */
  readonly lineFeeds: number;
  /** Values that have a number since the lines before; all other numbers were forgotten where `isAnew`. */
  readonly fresh: FreshNumbers;
  readonly isAnew: boolean;
  /** Whether the numbers of all parts were forgotten. */
  readonly arePartsAnew: boolean;
}

/** Scans NDJSON for sign-ins of Graph's: what they are judged by as numbers. Whatever is unusual is left to be read whole. */
export class LineScanner {
  readonly #values: ValueNumbers;
  readonly #scan: RecordScan;
  readonly #parts = new PartNumbers();
  #rows = new Int32Array(LINE_WIDTH * FIRST_ROWS);
  #words = new Uint32Array(WORDS_WIDTH * FIRST_ROWS);
  #count = 0;

  /** `window`: values of a member after which it shows whether they repeat. */
  constructor(window?: number) {
    this.#values = new ValueNumbers(READ_MEMBERS, window);
    this.#scan = new RecordScan(MEMBERS, this.#values);
  }

  /** `bytes` holds whole lines up to `length`, where a 0 stands; what is `isInside` begins in the middle of one. */
  scan(bytes: Uint8Array, length: number, isInside: boolean): ScannedLines {
    const isAnew = this.#values.isFull;
    if (isAnew) this.#forget();
    const arePartsAnew = isAnew || this.#parts.isFull;
    if (arePartsAnew) this.#parts.clear();
    const isText = isUtf8(bytes.subarray(0, length));
    return { ...this.#lines(bytes, length, isInside, isText ? 'text' : 'bytes'), isAnew, arePartsAnew };
  }

  /** Leaves all lines to be read whole. */
  leave(bytes: Uint8Array, length: number, isInside: boolean): ScannedLines {
    return { ...this.#lines(bytes, length, isInside, 'bytes'), isAnew: false, arePartsAnew: false };
  }

  #lines(
    bytes: Uint8Array,
    length: number,
    isInside: boolean,
    kind: Kind,
  ): Omit<ScannedLines, 'isAnew' | 'arePartsAnew'> {
    this.#count = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Buffer's search is native, and that of an array is several times as slow.
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, length);
    let lineFeeds = 0;
    for (let at = 0; at < length; ) {
      const found = text.indexOf(LINE_FEED, at);
      const end = found === -1 ? length : found;
      this.#line(bytes, view, at, end, lineFeeds, isInside && at === 0 ? 'piece' : kind);
      if (end < length) lineFeeds++;
      at = end + 1;
    }
    const rows = this.#rows.slice(0, this.#count * LINE_WIDTH);
    const words = this.#words.slice(0, this.#count * WORDS_WIDTH);
    return { bytes, length, count: this.#count, rows, words, lineFeeds, fresh: this.#values.fresh() };
  }

  #forget(): void {
    this.#values.clear();
    this.#scan.forgetNumbers();
  }

  #line(bytes: Uint8Array, view: DataView, from: number, end: number, number: number, kind: Kind): void {
    const start = overBlanks(bytes, from);
    if (start >= end && kind !== 'piece') return;
    if ((this.#count + 1) * LINE_WIDTH > this.#rows.length) this.#makeRoom();
    const row = this.#count++;
    const offset = row * LINE_WIDTH;
    const rows = this.#rows;
    rows[offset + LINE.from] = from;
    rows[offset + LINE.to] = end;
    rows[offset + LINE.number] = number;
    rows[offset + LINE.idFrom] = -1;
    if (kind === 'text' && bytes[start] === OPEN_BRACE) this.#signIn(bytes, view, start, end, row);
  }

  #signIn(bytes: Uint8Array, view: DataView, start: number, end: number, row: number): void {
    const { starts, ends } = this.#scan;
    const offset = row * LINE_WIDTH;
    const to = this.#scan.scan(bytes, view, start);
    if (to < 0 || to > end || to - start > MOST_BYTES || overBlanks(bytes, to) < end) return;
    if (!SUBJECT_PLACES.some((place) => starts[place] !== -1)) return;
    const [idFrom, idTo] = [starts[ID] as number, ends[ID] as number];
    const [timeFrom, timeTo] = [starts[TIME] as number, ends[TIME] as number];
    if (!isPlainText(bytes, idFrom, idTo) || !isInstant(bytes, timeFrom, timeTo)) return;
    const rows = this.#rows;
    rows[offset + LINE.from] = start;
    rows[offset + LINE.to] = to;
    rows[offset + LINE.idFrom] = idFrom;
    rows[offset + LINE.idTo] = idTo;
    rows[offset + LINE.timeFrom] = timeFrom;
    rows[offset + LINE.timeTo] = timeTo;
    rows[offset + LINE.correlationFrom] = starts[CORRELATION] as number;
    rows[offset + LINE.correlationTo] = ends[CORRELATION] as number;
    const { high, low } = bitsOfAsciiId(bytes, idFrom + 1, idTo - 1);
    rows[offset + LINE.idHigh] = high;
    rows[offset + LINE.idLow] = low;
    this.#values.take(this.#scan, bytes, view, rows, offset + LINE.values);
    this.#parts.take(this.#scan, bytes, rows, offset + LINE.values);
    putWords(this.#scan, bytes, this.#words, row);
  }

  #makeRoom(): void {
    const more = new Int32Array(this.#rows.length * 2);
    more.set(this.#rows);
    this.#rows = more;
    const moreWords = new Uint32Array(this.#words.length * 2);
    moreWords.set(this.#words);
    this.#words = moreWords;
  }
}

/** A line that is UTF-8, one of which nobody knows, and the rest of one that began elsewhere. */
type Kind = 'text' | 'bytes' | 'piece';

/** What is larger is no sign-in (parts.ts). */
const MOST_BYTES = 4 * 1024 * 1024;

/** Whether a value is a time that is understood. */
export function isInstant(bytes: Uint8Array, start: number, end: number): boolean {
  if (isPlainInstant(bytes, start, end) || isPlainFraction(bytes, start, end)) return true;
  return isPlainText(bytes, start, end) && readInstant(plainText(bytes, start, end), 'stated') !== undefined;
}
