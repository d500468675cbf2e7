import { compareWords } from './address.ts';
import type { Range } from './range.ts';

/** Ends of ranges in ascending order, flat, because a tenant may have hundreds of thousands of them (hazards §18). */
export interface Edges {
  readonly width: 1 | 4;
  /** `width` words for each edge. */
  readonly words: Uint32Array;
  /** Owner of each edge. */
  readonly values: readonly number[];
}

type Entries = readonly { readonly range: Range; readonly value: number }[];

/** Where the ranges begin. */
export function beginsOf(entries: Entries, width: 1 | 4): Edges {
  return sortedEdges(
    entries,
    width,
    entries.map(({ range }) => range.first),
  );
}

/** The first addresses behind the ranges; a range that holds the last address of its version has none. */
export function endsOf(entries: Entries, width: 1 | 4): Edges {
  const { words, values } = sortedEdges(
    entries,
    width,
    entries.map(({ range }) => range.last),
  );
  let count = values.length;
  for (let number = values.length - 1; number >= 0; number--) {
    if (!increment(words, number * width, width)) count = number;
  }
  return { width, words, values: values.slice(0, count) };
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

function sortedEdges(entries: Entries, width: 1 | 4, edges: readonly (readonly number[])[]): Edges {
  const order = orderOf(edges);
  const words = new Uint32Array(order.length * width);
  for (const [number, entry] of order.entries()) {
    for (let at = 0; at < width; at++) words[number * width + at] = edges[entry]?.[at] ?? 0;
  }
  return { width, words, values: Array.from(order, (entry) => entries[entry]?.value ?? 0) };
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
function orderOf(words: readonly (readonly number[])[]): Float64Array {
  const byWords = (a: number, b: number) => compareWords(words[a] ?? [], words[b] ?? []);
  if (words.length > POSITIONS) return Float64Array.from(words.keys()).sort(byWords);
  const order = Float64Array.from(words, ([first = 0], position) => first * POSITIONS + position)
    .sort()
    .map((key) => key % POSITIONS);
  for (let from = 0; from < order.length; ) {
    const first = words[order[from] ?? 0]?.[0];
    let to = from + 1;
    while (to < order.length && words[order[to] ?? 0]?.[0] === first) to++;
    if (to - from > 1 && words[0]?.length === 4) order.subarray(from, to).sort(byWords);
    from = to;
  }
  return order;
}
