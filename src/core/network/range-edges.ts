import { compareWords } from './address.ts';
import type { Range } from './range.ts';

/** Ends of ranges in ascending order, flat, because a tenant may have hundreds of thousands of them. */
export interface Edges {
  readonly width: 1 | 4;
  /** `width` words for each edge. */
  readonly words: Uint32Array;
  /** Owner of each edge. */
  readonly values: Uint32Array;
}

type Entries = readonly { readonly range: Range; readonly value: number }[];

/** Which end of the ranges. */
type End = 'first' | 'last';

/** Where the ranges begin. */
export function beginsOf(entries: Entries, width: 1 | 4): Edges {
  return sortedEdges(entries, width, 'first');
}

/** The first addresses behind the ranges; a range that holds the last address of its version has none. */
export function endsOf(entries: Entries, width: 1 | 4): Edges {
  const { words, values } = sortedEdges(entries, width, 'last');
  let count = values.length;
  for (let number = values.length - 1; number >= 0; number--) {
    if (!increment(words, number * width, width)) count = number;
  }
  return { width, words, values: values.subarray(0, count) };
}

/** Whether the edge with that number stands at the position; false behind the last edge. */
export function isAt({ width, words, values }: Edges, number: number, position: Uint32Array): boolean {
  if (number >= values.length) return false;
  for (let at = 0; at < width; at++) if (words[number * width + at] !== position[at]) return false;
  return true;
}

/** Whether edge `a` of the first stands before edge `b` of the second; what has no more edges comes last. */
export function isEarlier(first: Edges, a: number, second: Edges, b: number): boolean {
  if (a >= first.values.length) return false;
  if (b >= second.values.length) return true;
  for (let at = 0; at < first.width; at++) {
    const difference = (first.words[a * first.width + at] ?? 0) - (second.words[b * second.width + at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Moves the position to the edge with that number. */
export function moveTo({ width, words }: Edges, number: number, position: Uint32Array): void {
  for (let at = 0; at < width; at++) position[at] = words[number * width + at] ?? 0;
}

function sortedEdges(entries: Entries, width: 1 | 4, end: End): Edges {
  const order = orderOf(entries, end, width);
  const words = new Uint32Array(order.length * width);
  const values = new Uint32Array(order.length);
  // Plain loops: these run over hundreds of thousands of ranges before a command says anything.
  for (let number = 0; number < order.length; number++) {
    const entry = entries[order[number] ?? 0];
    values[number] = entry?.value ?? 0;
    for (let at = 0; at < width; at++) words[number * width + at] = entry?.range[end][at] ?? 0;
  }
  return { width, words, values };
}

/** One address further; false where there is none. */
function increment(words: Uint32Array, offset: number, width: number): boolean {
  for (let at = offset + width - 1; at >= offset; at--) {
    const word = words[at] ?? 0;
    words[at] = word + 1;
    if (word < 0xffffffff) return true;
  }
  return false;
}

/** 2^53 over 2^32: so many positions fit beside a word in one number. */
const POSITIONS = 0x20_0000;

/**
 * The positions in ascending order of their words. Numbers sort ten times as fast as arrays, so first words and positions
 * are sorted as one number each, and only what begins with the same word is compared whole.
 */
function orderOf(entries: Entries, end: End, width: 1 | 4): Uint32Array {
  const wordsOf = (position: number) => entries[position]?.range[end] ?? [];
  const byWords = (a: number, b: number) => compareWords(wordsOf(a), wordsOf(b));
  if (entries.length > POSITIONS) return Uint32Array.from(entries.keys()).sort(byWords);
  const keys = new Float64Array(entries.length);
  for (let position = 0; position < keys.length; position++) {
    keys[position] = (wordsOf(position)[0] ?? 0) * POSITIONS + position;
  }
  keys.sort();
  const order = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at++) order[at] = (keys[at] ?? 0) % POSITIONS;
  if (width === 4) sortAlike(order, (position) => wordsOf(position)[0], byWords);
  return order;
}

/** Sorts the runs of positions that have the same first word. */
function sortAlike(
  order: Uint32Array,
  firstWordOf: (position: number) => number | undefined,
  byWords: (a: number, b: number) => number,
): void {
  for (let from = 0; from < order.length; ) {
    const first = firstWordOf(order[from] ?? 0);
    let to = from + 1;
    while (to < order.length && firstWordOf(order[to] ?? 0) === first) to++;
    if (to - from > 1) order.subarray(from, to).sort(byWords);
    from = to;
  }
}
