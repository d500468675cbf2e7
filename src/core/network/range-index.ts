import type { Address } from './address.ts';
import { addressFromWords, compareWords, isMapped } from './address.ts';
import { InternedSets, markOf } from './interned-sets.ts';
import { placeOf } from './place-of.ts';
import type { AddressWords } from './plain-address.ts';
import type { Range } from './range.ts';
import type { AllEdges, RangeHolder } from './range-edges.ts';
import { edgesByOwner } from './range-edges.ts';

/**
 * "Which ranges hold this address?" answered by binary search. The ranges cut each version's address space into elementary
 * intervals inside of which the answer never changes; equal answers are one and the same array, so callers may cache by it.
 */
export interface RangeIndex {
  readonly ipv4: Intervals;
  readonly ipv6: Intervals;
  /** The answers there are, by their numbers: owners in ascending order. */
  readonly sets: readonly (readonly number[])[];
}

interface Intervals {
  readonly width: 1 | 4;
  /** First address of each interval, ascending, `width` words each; the first interval begins at zero. */
  readonly starts: Uint32Array;
  /** For each beginning of a first word, the position of the interval where it begins: the search starts close by. */
  readonly hints: Uint32Array;
  /** How many bits of a first word come behind its beginning: few intervals need few hints. */
  readonly shift: number;
  /** The number of the answer of each interval. */
  readonly values: Uint32Array;
}

export function buildRangeIndex(holders: readonly RangeHolder[]): RangeIndex {
  const sets = new InternedSets();
  return { ipv4: cut(edgesByOwner(holders, 4), sets), ipv6: cut(edgesByOwner(holders, 6), sets), sets: sets.all };
}

/** Owners of the ranges that hold the address, ascending; the same array for every address with the same owners. */
export function lookup(index: RangeIndex, address: AddressWords): readonly number[] {
  return answerOf(index, numberOfAddress(index, address));
}

/** {@link lookup} of an address whose version stands at an offset, with its words behind. */
export function lookupWords(index: RangeIndex, words: Uint32Array, offset: number): readonly number[] {
  return answerOf(index, numberOfWords(index, words, offset));
}

/** What has a number. */
export function answerOf({ sets }: RangeIndex, number: number): readonly number[] {
  return sets[number] as readonly number[];
}

/** The number of what {@link lookup} gives: the same for the same answer. */
export function numberOfAddress({ ipv4, ipv6 }: RangeIndex, { version, words }: AddressWords): number {
  if (version === 4) return ipv4.values[positionOfWord(ipv4, words[0])] as number;
  return ipv6.values[positionOfWords(ipv6, words, 0)] as number;
}

/** The number of what {@link lookupWords} gives. */
export function numberOfWords({ ipv4, ipv6 }: RangeIndex, words: Uint32Array, offset: number): number {
  if (words[offset] === 4) return ipv4.values[positionOfWord(ipv4, words[offset + 1] as number)] as number;
  return ipv6.values[positionOfWords(ipv6, words, offset + 1)] as number;
}

/**
 * One address for each elementary interval, gaps included, IPv4 before IPv6, ascending: together they stand for every
 * address there is. It is the first of its interval, except that IPv6 passes over the IPv4-mapped block.
 */
export function boundaries(index: RangeIndex): Address[] {
  return [...representatives(index.ipv4), ...representatives(index.ipv6)];
}

/** The sets of owners that `lookup` can answer, the empty one too. */
export function answers(index: RangeIndex): ReadonlySet<readonly number[]> {
  const { ipv4, ipv6 } = index;
  const found = new Set(ipv4.values);
  for (const [position, value] of ipv6.values.entries()) {
    if (!found.has(value) && firstOf(ipv6, position) !== undefined) found.add(value);
  }
  return new Set(Array.from(found, (value) => answerOf(index, value)));
}

/** The sets of owners that `lookup` can answer for the addresses of a range. */
export function answersIn(index: RangeIndex, { version, first, last }: Range): ReadonlySet<readonly number[]> {
  const intervals = version === 4 ? index.ipv4 : index.ipv6;
  const found = new Set<readonly number[]>();
  for (let position = positionOf(intervals, first); position <= positionOf(intervals, last); position++) {
    const begin = firstOf(intervals, position);
    if (begin !== undefined && compareWords(begin, last) <= 0) found.add(at(index, intervals, position));
  }
  return found;
}

/**
 * The IPv4 addresses at which the answer changes, and those `between`, with the numbers of their answers, ascending. Words instead
 * of addresses, because there may be hundreds of thousands and few of them are looked at.
 */
export function eachIpv4Start(
  { ipv4: { starts, values } }: RangeIndex,
  between: readonly number[],
  visit: (word: number, number: number) => void,
): void {
  const others = Uint32Array.from(new Set(between)).sort();
  let next = 0;
  for (let position = 0; position < values.length; position++) {
    const [start, value] = [starts[position] as number, values[position] as number];
    const isLast = position + 1 === values.length;
    visit(start, value);
    for (; next < others.length && (isLast || (others[next] as number) < (starts[position + 1] as number)); next++) {
      const other = others[next] as number;
      if (other > start) visit(other, value);
    }
  }
}

/** {@link lookup} of IPv4 addresses that come in ascending order, as words: no search is made for any of them. */
export function ascendingLookup(index: RangeIndex): (word: number) => readonly number[] {
  const { ipv4 } = index;
  let position = 0;
  return (word) => {
    while (position + 1 < ipv4.starts.length && (ipv4.starts[position + 1] as number) <= word) position++;
    return at(index, ipv4, position);
  };
}

/**
 * Walks along the edges of all ranges in ascending order, and begins an interval wherever the set of owners changes. No key is read
 * behind the last, and none is anything but a word: the engine makes such a loop fast once, and not again after each surprise.
 */
function cut({ begins, ends, addresses }: AllEdges, sets: InternedSets): Intervals {
  const [beginCount, endCount] = [begins.keys.length, ends.keys.length];
  const keys = new Uint32Array(1 + beginCount + endCount);
  const values = new Uint32Array(keys.length);
  const owners = new Owners();
  let count = 0;
  let last = -1;
  let begun = 0;
  let ended = 0;
  for (let key = 0; ; ) {
    for (; ended < endCount && ends.keys[ended] === key; ended++) owners.remove(ends.values[ended] as number);
    for (; begun < beginCount && begins.keys[begun] === key; begun++) owners.add(begins.values[begun] as number);
    const set = sets.of(owners.members, owners.mark);
    if (set !== last) {
      keys[count] = key;
      values[count++] = set;
      last = set;
    }
    if (begun === beginCount && ended === endCount) break;
    const isBegin =
      ended === endCount || (begun < beginCount && (begins.keys[begun] as number) < (ends.keys[ended] as number));
    key = (isBegin ? begins.keys[begun] : ends.keys[ended]) as number;
  }
  return { ...intervals(keys.slice(0, count), addresses), values: values.slice(0, count) };
}

function intervals(keys: Uint32Array, addresses: Uint32Array | undefined): Omit<Intervals, 'values'> {
  if (addresses === undefined) return { width: 1, starts: keys, ...hintsOf(keys, 1) };
  const starts = new Uint32Array(keys.length * 4);
  for (let at = 0; at < starts.length; at++) starts[at] = addresses[(keys[at >>> 2] ?? 0) * 4 + (at & 3)] ?? 0;
  return { width: 4, starts, ...hintsOf(starts, 4) };
}

/** The owners at the place where the walk stands; one may own several ranges that overlap. */
class Owners {
  /** How many ranges of each owner are open. */
  readonly #counts: number[] = [];
  readonly members: number[] = [];
  /** What the set is found again by. */
  mark = 0;

  add(value: number): void {
    const count = this.#counts[value] ?? 0;
    this.#counts[value] = count + 1;
    if (count > 0) return;
    this.members.splice(placeOf(this.members, value), 0, value);
    this.mark ^= markOf(value);
  }

  remove(value: number): void {
    const count = this.#counts[value] ?? 0;
    this.#counts[value] = count - 1;
    if (count > 1) return;
    this.members.splice(placeOf(this.members, value), 1);
    this.mark ^= markOf(value);
  }
}

/** One more hint than there are beginnings, so that the next one is always the upper bound of the search. */
function hintsOf(starts: Uint32Array, width: 1 | 4): Pick<Intervals, 'hints' | 'shift'> {
  const last = starts.length / width - 1;
  const bits = Math.min(16, 33 - Math.clz32(last));
  const shift = 32 - bits;
  const hints = new Uint32Array(2 ** bits + 1).fill(last);
  let position = 0;
  for (let beginning = 0; beginning < 2 ** bits; beginning++) {
    const word = beginning * 2 ** shift;
    while (position < last && isAtOrBefore(starts, (position + 1) * width, width, word)) position++;
    hints[beginning] = position;
  }
  return { hints, shift };
}

/** Whether the start lies at or before the first address of which `word` is the first word. */
function isAtOrBefore(starts: Uint32Array, offset: number, width: 1 | 4, word: number): boolean {
  const first = starts[offset] ?? 0;
  if (first !== word || width === 1) return first <= word;
  return starts[offset + 1] === 0 && starts[offset + 2] === 0 && starts[offset + 3] === 0;
}

function positionOf(intervals: Intervals, words: readonly number[]): number {
  return intervals.width === 1 ? positionOfWord(intervals, words[0] as number) : positionOfWords(intervals, words, 0);
}

/** Position of the last interval that begins at or before the word. */
function positionOfWord({ starts, hints, shift }: Intervals, word: number): number {
  let low = hints[word >>> shift] ?? 0;
  let high = hints[(word >>> shift) + 1] ?? 0;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

function positionOfWords({ starts, hints, shift }: Intervals, words: ArrayLike<number>, offset: number): number {
  const beginning = (words[offset] as number) >>> shift;
  let low = hints[beginning] ?? 0;
  let high = hints[beginning + 1] ?? 0;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (startsAtOrBefore(starts, middle * 4, words, offset)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function startsAtOrBefore(starts: Uint32Array, start: number, words: ArrayLike<number>, offset: number): boolean {
  for (let at = 0; at < 4; at++) {
    const difference = (starts[start + at] ?? 0) - (words[offset + at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function at(index: RangeIndex, intervals: Intervals, position: number): readonly number[] {
  return answerOf(index, intervals.values[position] as number);
}

function representatives(intervals: Intervals): Address[] {
  return Array.from(intervals.values.keys()).flatMap((position) => {
    const words = firstOf(intervals, position);
    return words === undefined ? [] : [addressFromWords(intervals.width === 1 ? 4 : 6, words)];
  });
}

/** The words of the first address of an interval; `undefined` where IPv6 has none in it. */
function firstOf({ starts, width }: Intervals, position: number): readonly number[] | undefined {
  const words = [...starts.subarray(position * width, (position + 1) * width)];
  if (width === 1 || !isMapped(words)) return words;
  // ::ffff:0:0/96 is IPv4 written otherwise; what is left of the interval begins behind it, if anything is.
  const next = starts.subarray((position + 1) * width, (position + 2) * width);
  return next.length === 0 || compareWords(BEHIND_MAPPED, next) < 0 ? BEHIND_MAPPED : undefined;
}

/** `::1:0:0:0`. */
const BEHIND_MAPPED = [0, 0, 0x10000, 0];
