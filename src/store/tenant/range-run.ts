import { keepRangeTexts } from '../../core/tenant/location-ranges.ts';
import {
  BACKSLASH,
  behindSpace,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from './json-signs.ts';

/** The ranges of a location as they stand in a file, each a type and a CIDR in plain letters and nothing else. */
export interface RangeRun {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Where the text of each range begins and ends. */
  readonly texts: Uint32Array;
}

const LAST_PRINTABLE = 0x7e;

const TYPE = Buffer.from('"@odata.type"');
const CIDR = Buffer.from('"cidrAddress"');

/**
 * A run of plain ranges that begins at `start`; `undefined` for everything else, be it JSON or not. A tenant may hold 390,000
 * ranges, nine bytes of ten in its file, and all but a few are alike to the last space.
 */
export function rangeRun(bytes: Buffer, start: number): RangeRun | undefined {
  if (bytes[start] !== OPEN_LIST) return undefined;
  const seams = new Seams(bytes);
  const texts: number[] = [];
  for (let text = cidrOf(bytes, behindSpace(bytes, start + 1)); text >= 0; ) {
    const end = endOfPlainText(bytes, text);
    if (end < 0) return undefined;
    texts.push(text, end);
    const next = seams.behind(end);
    if (next >= 0) {
      text = next;
      continue;
    }
    const brace = behindSpace(bytes, end + 1);
    if (bytes[brace] !== CLOSE_OBJECT) return undefined;
    const comma = behindSpace(bytes, brace + 1);
    if (bytes[comma] === CLOSE_LIST) return { bytes, start, end: comma + 1, texts: new Uint32Array(texts) };
    if (bytes[comma] !== COMMA) return undefined;
    text = cidrOf(bytes, behindSpace(bytes, comma + 1));
    if (text >= 0) seams.add(end, text);
  }
  return undefined;
}

/** Bytes that are compared at once. */
const WORD = 4;

/**
 * What stood between the texts of two ranges, as long as that is one of the last two that were met: nothing but the type in it
 * differs, IPv4 or IPv6, and what is alike need not be read sign by sign.
 */
class Seams {
  readonly #view: DataView;
  #last = { from: 0, to: 0 };
  #other = { from: 0, to: 0 };

  constructor(bytes: Buffer) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  add(from: number, to: number): void {
    this.#other = this.#last;
    this.#last = { from, to };
  }

  /** Where the text behind a seam at `at` begins; -1 where none that is known stands there. */
  behind(at: number): number {
    if (this.#isAt(at, this.#last)) return at + this.#last.to - this.#last.from;
    if (!this.#isAt(at, this.#other)) return -1;
    [this.#last, this.#other] = [this.#other, this.#last];
    return at + this.#last.to - this.#last.from;
  }

  #isAt(at: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
    const view = this.#view;
    const length = to - from;
    if (length < WORD || at + length > view.byteLength) return false;
    for (let past = WORD; past < length; past += WORD) {
      if (view.getInt32(at + past - WORD) !== view.getInt32(from + past - WORD)) return false;
    }
    return view.getInt32(at + length - WORD) === view.getInt32(to - WORD);
  }
}

/** Where the text of a CIDR begins in the range at `at`; -1 where that is none, or not a plain one. */
function cidrOf(bytes: Buffer, at: number): number {
  if (bytes[at] !== OPEN_OBJECT) return -1;
  const type = memberAt(bytes, behindSpace(bytes, at + 1), TYPE);
  if (type < 0 || bytes[type] !== QUOTE) return -1;
  const end = endOfPlainText(bytes, type + 1);
  if (end < 0) return -1;
  const comma = behindSpace(bytes, end + 1);
  if (bytes[comma] !== COMMA) return -1;
  const cidr = memberAt(bytes, behindSpace(bytes, comma + 1), CIDR);
  return cidr >= 0 && bytes[cidr] === QUOTE ? cidr + 1 : -1;
}

/** Where the value of the member begins, if it is the one of that name. */
function memberAt(bytes: Buffer, at: number, name: Buffer): number {
  for (let place = 0; place < name.length; place++) if (bytes[at + place] !== name[place]) return -1;
  const colon = behindSpace(bytes, at + name.length);
  return bytes[colon] === COLON ? behindSpace(bytes, colon + 1) : -1;
}

/** The quote behind a text of printable ASCII without escapes; -1 for another one. */
function endOfPlainText(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at;
    if (byte < SPACE || byte > LAST_PRINTABLE || byte === BACKSLASH) return -1;
  }
}

/** Where the ranges of a location are read, its bytes as far as they are kept. */
interface KeptRun {
  bytes: Buffer;
  /** Where these begin in the file. */
  from: number;
  readonly start: number;
  readonly end: number;
}

const KEPT = new WeakMap<object, KeptRun>();

/** Gives the location its `ipRanges`: a list like any other, made at the first look at it. What asks for the ranges alone reads bytes. */
export function keepRanges(location: object, { bytes, start, end, texts }: RangeRun): void {
  const run: KeptRun = { bytes, from: 0, start, end };
  KEPT.set(location, run);
  const textIn = (from = 0, to = 0) => run.bytes.toString('latin1', from - run.from, to - run.from);
  keepRangeTexts(location, {
    length: texts.length / 2,
    cidrAt: (place) => textIn(texts[place * 2], texts[place * 2 + 1]),
    signsAt: (place, into) =>
      into.takeBytes(run.bytes, (texts[place * 2] ?? 0) - run.from, (texts[place * 2 + 1] ?? 0) - run.from),
  });
  Object.defineProperty(location, 'ipRanges', {
    enumerable: true,
    configurable: true,
    get: () => {
      const value: unknown = JSON.parse(textIn(start, end));
      Object.defineProperty(location, 'ipRanges', { value, enumerable: true, configurable: true, writable: true });
      return value;
    },
  });
}

/** Keeps the bytes of the ranges alone, and no longer the whole file. */
export function keepOnlyRanges(location: object): void {
  const run = KEPT.get(location);
  if (run === undefined || run.from === run.start) return;
  run.bytes = Buffer.from(run.bytes.subarray(run.start, run.end));
  run.from = run.start;
}

/** Whether the location came with ranges that are known to be sound. */
export function hasPlainRanges(location: object): boolean {
  return KEPT.has(location);
}
