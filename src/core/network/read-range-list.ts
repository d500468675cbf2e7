import type { CidrWords } from './plain-cidr.ts';
import { readPlainCidr } from './plain-cidr.ts';
import type { Range, RangeReading } from './range.ts';
import { maskOf, parseRange } from './range.ts';
import type { ReadRanges, UnreadRange } from './range-list.ts';
import { NO_PREFIX, RangeList } from './range-list.ts';
import { Signs } from './signs.ts';

/**
 * Reads a list of which each member is one CIDR range, or, where `cidrAt` has no text, whatever `otherwise` makes of it.
 * `textAt` gives the text of a range as its author wrote it.
 */
export function readRangeList(
  length: number,
  cidrAt: (place: number) => string | undefined,
  otherwise: (place: number) => RangeReading,
  textAt: (place: number) => string,
): RangeList {
  const read = new ReadWords(length);
  for (let place = 0; place < length; place++) {
    const text = cidrAt(place);
    if (text === undefined) read.add(place, otherwise(place));
    else {
      SIGNS.take(text);
      if (readPlainCidr(SIGNS, CIDR)) read.addPlain(place, CIDR);
      else read.add(place, parseRange(text));
    }
  }
  return new RangeList(read, textAt);
}

/** The same of CIDR ranges alone, of which only those become texts that are not plain ones. */
export function readRangeSigns(
  length: number,
  signsAt: (place: number, into: Signs) => void,
  textAt: (place: number) => string,
): RangeList {
  const read = new ReadWords(length);
  for (let place = 0; place < length; place++) {
    signsAt(place, SIGNS);
    if (readPlainCidr(SIGNS, CIDR)) read.addPlain(place, CIDR);
    else read.add(place, parseRange(textAt(place)));
  }
  return new RangeList(read, textAt);
}

/** Room for the range that is read. */
const SIGNS = new Signs();
const CIDR: CidrWords = { version: 4, words: new Uint32Array(4), prefixLength: 0 };

/** A list of CIDR ranges. */
export function readRangeTexts(texts: readonly string[]): RangeList {
  return readRangeList(
    texts.length,
    (place) => texts[place],
    (place) => parseRange(texts[place] ?? ''),
    (place) => texts[place] ?? '',
  );
}

/** Ranges that were read one by one, as a list. */
export function rangeListOf(ranges: readonly Range[]): RangeList {
  const read = new ReadWords(ranges.length);
  for (const [place, range] of ranges.entries()) {
    read.add(place, { range, canonical: '', hostBits: false, prefixLength: undefined });
  }
  return new RangeList(read, (place) => ranges[place]?.text ?? '');
}

/** The words of a list while it is read. */
class ReadWords implements ReadRanges {
  count = 0;
  ipv4 = 0;
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly firsts6: number[] = [];
  readonly lasts6: number[] = [];
  readonly places: Uint32Array;
  readonly prefixes: Uint8Array;
  readonly hostBits: Uint8Array;
  readonly rows: Uint32Array;
  readonly unread: UnreadRange[] = [];

  constructor(length: number) {
    this.firsts = new Uint32Array(length);
    this.lasts = new Uint32Array(length);
    this.places = new Uint32Array(length);
    this.prefixes = new Uint8Array(length);
    this.hostBits = new Uint8Array(length);
    this.rows = new Uint32Array(length);
  }

  add(place: number, reading: RangeReading): void {
    if ('problem' in reading) {
      this.unread.push({ at: place, problem: reading.problem });
      return;
    }
    const { range, hostBits, prefixLength = NO_PREFIX } = reading;
    if (range.version === 4) this.#ipv4(range.first[0] ?? 0, range.last[0] ?? 0);
    else {
      this.rows[this.count] = (this.firsts6.length / 4) * 2 + 1;
      this.firsts6.push(...range.first);
      this.lasts6.push(...range.last);
    }
    this.#describe(place, prefixLength, hostBits);
  }

  addPlain(place: number, { version, words, prefixLength }: CidrWords): void {
    const hostBits =
      version === 4 ? this.#plainIpv4(words[0] ?? 0, prefixLength) : this.#plainIpv6(words, prefixLength);
    this.#describe(place, prefixLength, hostBits);
  }

  /** Whether there are bits behind the prefix. */
  #plainIpv4(word: number, prefixLength: number): boolean {
    const mask = maskOf(prefixLength);
    const first = (word & mask) >>> 0;
    this.#ipv4(first, (word | ~mask) >>> 0);
    return first !== word;
  }

  #plainIpv6(words: Uint32Array, prefixLength: number): boolean {
    this.rows[this.count] = (this.firsts6.length / 4) * 2 + 1;
    let hostBits = false;
    for (let at = 0; at < 4; at++) {
      const [word, mask] = [words[at] ?? 0, maskOf(prefixLength - at * 32)];
      const first = (word & mask) >>> 0;
      if (first !== word) hostBits = true;
      this.firsts6.push(first);
      this.lasts6.push((word | ~mask) >>> 0);
    }
    return hostBits;
  }

  #ipv4(first: number, last: number): void {
    this.firsts[this.ipv4] = first;
    this.lasts[this.ipv4] = last;
    this.rows[this.count] = this.ipv4++ * 2;
  }

  #describe(place: number, prefixLength: number, hostBits: boolean): void {
    this.places[this.count] = place;
    this.prefixes[this.count] = prefixLength;
    this.hostBits[this.count++] = hostBits ? 1 : 0;
  }
}
