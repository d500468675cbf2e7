import type { Address } from './address.ts';
import { addressFromWords } from './address.ts';
import type { Range } from './range.ts';

/** A range of a list, with its place there and how its author wrote it. */
export interface ListedRange extends Range {
  /** Position in the list that was read, those counted that are none. */
  readonly at: number;
  /** Masked and in canonical spelling: `12.34.220.0/22` for `12.34.221.11/22`. */
  readonly canonical: string;
  /** Bits behind the prefix are set; legal, kept and masked for matching (G-NLPOST). */
  readonly hostBits: boolean;
  /** `undefined` for a lower–upper range. */
  readonly prefixLength: number | undefined;
}

/** A member of the list that is no range. */
export interface UnreadRange {
  readonly at: number;
  readonly problem: string;
}

/** Ends of ranges of one version, `width` words each, in the order of the list. */
export interface Ends {
  readonly width: 1 | 4;
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
}

/** Stands for the prefix length of a range that is written by its two ends. */
export const NO_PREFIX = 255;

/** The words of a list that was read, range by range in its order (read-range-list.ts). */
export interface ReadRanges {
  /** How many ranges there are, and how many of them of IPv4. */
  readonly count: number;
  readonly ipv4: number;
  /** The ends of those of IPv4, a word each, and of those of IPv6, four each. */
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly firsts6: readonly number[];
  readonly lasts6: readonly number[];
  /** Of each range its place in the list, its prefix length or {@link NO_PREFIX}, and 1 where bits behind the prefix are set. */
  readonly places: Uint32Array;
  readonly prefixes: Uint8Array;
  readonly hostBits: Uint8Array;
  /** For each range its row among those of its version, doubled, and one more for IPv6. */
  readonly rows: Uint32Array;
  readonly unread: readonly UnreadRange[];
}

/**
 * Ranges in the order of their author, held as words: a tenant may have hundreds of thousands of them, and few are ever looked
 * at. Each is made as an object when somebody does.
 */
export class RangeList implements Iterable<ListedRange> {
  readonly length: number;
  readonly ipv4: Ends;
  readonly ipv6: Ends;
  /** What could not be read holds no address. */
  readonly unread: readonly UnreadRange[];
  readonly #places: Uint32Array;
  readonly #prefixes: Uint8Array;
  readonly #hostBits: Uint8Array;
  readonly #rows: Uint32Array;
  readonly #textAt: (place: number) => string;

  constructor(read: ReadRanges, textAt: (place: number) => string) {
    this.length = read.count;
    this.ipv4 = { width: 1, firsts: read.firsts.subarray(0, read.ipv4), lasts: read.lasts.subarray(0, read.ipv4) };
    this.ipv6 = { width: 4, firsts: new Uint32Array(read.firsts6), lasts: new Uint32Array(read.lasts6) };
    this.unread = read.unread;
    this.#places = read.places;
    this.#prefixes = read.prefixes;
    this.#hostBits = read.hostBits;
    this.#rows = read.rows;
    this.#textAt = textAt;
  }

  at(index: number): ListedRange | undefined {
    return index < this.length ? this.#range(index) : undefined;
  }

  *[Symbol.iterator](): Generator<ListedRange, undefined> {
    for (let index = 0; index < this.length; index++) yield this.#range(index);
    return undefined;
  }

  filter(test: (range: ListedRange) => boolean): ListedRange[] {
    const found: ListedRange[] = [];
    for (const range of this) if (test(range)) found.push(range);
    return found;
  }

  find(test: (range: ListedRange) => boolean): ListedRange | undefined {
    for (const range of this) if (test(range)) return range;
    return undefined;
  }

  /** Whether one of them holds the address; each is looked at, for who asks too seldom to build an index. */
  holds({ version, words }: Address): boolean {
    const { width, firsts, lasts } = version === 4 ? this.ipv4 : this.ipv6;
    for (let from = 0; from < firsts.length; from += width) {
      if (compareWordsAt(firsts, from, words) <= 0 && compareWordsAt(lasts, from, words) >= 0) return true;
    }
    return false;
  }

  /** Those that share an address with one of the others. */
  *overlapping(others: RangeList): Generator<ListedRange, undefined> {
    for (let index = 0; index < this.length; index++) {
      if (this.#overlaps(index, others)) yield this.#range(index);
    }
    return undefined;
  }

  /** Those with fewer bits in their prefix, by version; one that is written by its ends has none. */
  *widerThan(prefixLengths: Readonly<Record<4 | 6, number>>): Generator<ListedRange, undefined> {
    for (let index = 0; index < this.length; index++) {
      const version = (this.#rows[index] ?? 0) % 2 === 1 ? 6 : 4;
      if ((this.#prefixes[index] ?? NO_PREFIX) < prefixLengths[version]) yield this.#range(index);
    }
    return undefined;
  }

  #overlaps(index: number, others: RangeList): boolean {
    const row = this.#rows[index] ?? 0;
    const [own, their] = row % 2 === 1 ? [this.ipv6, others.ipv6] : [this.ipv4, others.ipv4];
    const from = (row >>> 1) * own.width;
    for (let at = 0; at < their.firsts.length; at += own.width) {
      if (compareRows(own.firsts, from, their.lasts, at, own.width) > 0) continue;
      if (compareRows(own.lasts, from, their.firsts, at, own.width) >= 0) return true;
    }
    return false;
  }

  /** Those with bits behind their prefix, of which most lists have none. */
  *withHostBits(): Generator<ListedRange, undefined> {
    for (let index = this.#hostBits.indexOf(1); index >= 0; index = this.#hostBits.indexOf(1, index + 1)) {
      yield this.#range(index);
    }
    return undefined;
  }

  /** The positions in this list of the ranges of a version, in their order. */
  positionsOf(version: 4 | 6): Uint32Array {
    const { width, firsts } = version === 4 ? this.ipv4 : this.ipv6;
    const positions = new Uint32Array(firsts.length / width);
    let row = 0;
    for (let index = 0; index < this.length; index++) {
      if ((this.#rows[index] ?? 0) % 2 === (version === 4 ? 0 : 1)) positions[row++] = index;
    }
    return positions;
  }

  #range(index: number): ListedRange {
    const row = this.#rows[index] ?? 0;
    const isIpv6 = row % 2 === 1;
    const { width, firsts, lasts } = isIpv6 ? this.ipv6 : this.ipv4;
    const from = (row >>> 1) * width;
    const place = this.#places[index] ?? 0;
    const prefix = this.#prefixes[index] ?? NO_PREFIX;
    return new RangeAtPlace(
      isIpv6 ? 6 : 4,
      wordsAt(firsts, from, width),
      wordsAt(lasts, from, width),
      place,
      this.#hostBits[index] === 1,
      prefix === NO_PREFIX ? undefined : prefix,
      this.#textAt,
    );
  }
}

class RangeAtPlace implements ListedRange {
  readonly version: 4 | 6;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly at: number;
  readonly hostBits: boolean;
  readonly prefixLength: number | undefined;
  readonly #textAt: (place: number) => string;

  constructor(
    version: 4 | 6,
    first: readonly number[],
    last: readonly number[],
    at: number,
    hostBits: boolean,
    prefixLength: number | undefined,
    textAt: (place: number) => string,
  ) {
    this.version = version;
    this.first = first;
    this.last = last;
    this.at = at;
    this.hostBits = hostBits;
    this.prefixLength = prefixLength;
    this.#textAt = textAt;
  }

  get text(): string {
    return this.#textAt(this.at);
  }

  get canonical(): string {
    const first = addressFromWords(this.version, this.first).text;
    if (this.prefixLength !== undefined) return `${first}/${this.prefixLength}`;
    return `${first}-${addressFromWords(this.version, this.last).text}`;
  }
}

/** Negative, zero or positive, as the words from `from` on lie before, at or behind the others. */
function compareWordsAt(words: Uint32Array, from: number, others: readonly number[]): number {
  for (let at = 0; at < others.length; at++) {
    const difference = (words[from + at] ?? 0) - (others[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The same of rows of so many words. */
function compareRows(one: Uint32Array, from: number, other: Uint32Array, otherFrom: number, width: 1 | 4): number {
  for (let at = 0; at < width; at++) {
    const difference = (one[from + at] ?? 0) - (other[otherFrom + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function wordsAt(words: Uint32Array, from: number, width: 1 | 4): readonly number[] {
  const first = words[from] ?? 0;
  return width === 1 ? [first] : [first, words[from + 1] ?? 0, words[from + 2] ?? 0, words[from + 3] ?? 0];
}
