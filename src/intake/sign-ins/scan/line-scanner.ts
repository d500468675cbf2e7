import { isUtf8 } from 'node:buffer';
import { readInstant } from '../facts/instants.ts';
import { overBlanks } from './json-scan.ts';
import { isPlainFraction, isPlainInstant, isPlainText, plainText } from './plain-text.ts';
import { READ_MEMBERS } from './read-members.ts';
import { RecordScan } from './record-scan.ts';
import { CORRELATION, ID, MEMBERS, SUBJECT_PLACES, TIME } from './scanned-members.ts';
import type { FreshNumbers } from './value-numbers.ts';
import { ValueNumbers } from './value-numbers.ts';

const LINE_FEED = 0x0a;
const OPEN_BRACE = 0x7b;

/**
 * What the numbers of one line are: where it begins and ends, where its id, its time and its correlation id do (from -1: there is
 * none), then those of its values.
 */
export const LINE = {
  ...{ from: 0, to: 1, number: 2, idFrom: 3, idTo: 4, timeFrom: 5, timeTo: 6 },
  ...{ correlationFrom: 7, correlationTo: 8, values: 9 },
} as const;
export const LINE_WIDTH = LINE.values + READ_MEMBERS.length;

/** What was found in some lines, in numbers: so that a thread can hand it to another. */
export interface ScannedLines {
  /** The lines, and a 0 behind the last one. */
  readonly bytes: Uint8Array;
  /** Bytes of the lines. */
  readonly length: number;
  readonly count: number;
  /** {@link LINE_WIDTH} numbers of each line that is not blank; `idFrom` is -1 for one that must be read whole. */
  readonly rows: Int32Array;
  /** Line feeds in the bytes. */
  readonly lineFeeds: number;
  /** Values that have a number since the lines before; all other numbers were forgotten where `isAnew`. */
  readonly fresh: FreshNumbers;
  readonly isAnew: boolean;
}

/** Scans NDJSON for sign-ins of Graph's: what they are judged by as numbers. Whatever is unusual is left to be read whole. */
export class LineScanner {
  readonly #values: ValueNumbers;
  readonly #scan: RecordScan;
  #rows = new Int32Array(LINE_WIDTH * 256);
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
    const isText = isUtf8(bytes.subarray(0, length));
    return this.#lines(bytes, length, isInside, isText ? 'text' : 'bytes', isAnew);
  }

  /** Leaves all lines to be read whole. */
  leave(bytes: Uint8Array, length: number, isInside: boolean): ScannedLines {
    return this.#lines(bytes, length, isInside, 'bytes', false);
  }

  #lines(bytes: Uint8Array, length: number, isInside: boolean, kind: Kind, isAnew: boolean): ScannedLines {
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
    return { bytes, length, count: this.#count, rows, lineFeeds, fresh: this.#values.fresh(), isAnew };
  }

  #forget(): void {
    this.#values.clear();
    this.#scan.forgetNumbers();
  }

  #line(bytes: Uint8Array, view: DataView, from: number, end: number, number: number, kind: Kind): void {
    const start = overBlanks(bytes, from);
    if (start >= end && kind !== 'piece') return;
    if ((this.#count + 1) * LINE_WIDTH > this.#rows.length) this.#makeRoom();
    const offset = this.#count++ * LINE_WIDTH;
    const rows = this.#rows;
    rows[offset + LINE.from] = from;
    rows[offset + LINE.to] = end;
    rows[offset + LINE.number] = number;
    rows[offset + LINE.idFrom] = -1;
    if (kind === 'text' && bytes[start] === OPEN_BRACE) this.#signIn(bytes, view, start, end, offset);
  }

  #signIn(bytes: Uint8Array, view: DataView, start: number, end: number, offset: number): void {
    const { starts, ends } = this.#scan;
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
    this.#values.take(this.#scan, bytes, view, rows, offset + LINE.values);
  }

  #makeRoom(): void {
    const more = new Int32Array(this.#rows.length * 2);
    more.set(this.#rows);
    this.#rows = more;
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
