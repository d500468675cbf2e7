import type { RangeList } from './range-list.ts';
import type { Keyed } from './word-order.ts';
import { byKey, rowOrder } from './word-order.ts';

/** The ranges of one owner, and the number that stands for it, such as the position of a named location. */
export interface RangeHolder {
  readonly ranges: RangeList;
  readonly value: number;
}

/**
 * The edges of all ranges of one version in ascending order, flat, because a tenant may have hundreds of thousands of them
 * at once. Each has a key, which orders the edges and is the same for those at one address, and the value of its range.
 */
export interface AllEdges {
  /** The edges where the ranges begin. */
  readonly begins: Keyed;
  /** The first addresses behind the ranges; a range that holds the last address of its version has none. */
  readonly ends: Keyed;
  /** The address of each key, four words each; `undefined` for IPv4, where the key is the address. */
  readonly addresses: Uint32Array | undefined;
}

/** What stands for a range: a number for each of one version, as the holders have them one behind the other. */
type ValuesOf = (holders: readonly RangeHolder[], version: 4 | 6) => Uint32Array;

/** The edges of the ranges of a version, each with the number of its owner. */
export function edgesByOwner(holders: readonly RangeHolder[], version: 4 | 6): AllEdges {
  return edgesOf(holders, version, ownerNumbers);
}

/** The same, each with its place among the ranges of that version of all holders. */
export function edgesByRange(holders: readonly RangeHolder[], version: 4 | 6): AllEdges {
  return edgesOf(holders, version, placesOf);
}

function edgesOf(holders: readonly RangeHolder[], version: 4 | 6, valuesOf: ValuesOf): AllEdges {
  const values = valuesOf(holders, version);
  const firsts = joined(holders.map(({ ranges }) => endsOf(ranges, version).firsts));
  const lasts = joined(holders.map(({ ranges }) => endsOf(ranges, version).lasts));
  return version === 4 ? wordEdges(firsts, lasts, values) : rowEdges(firsts, lasts, values);
}

function ownerNumbers(holders: readonly RangeHolder[], version: 4 | 6): Uint32Array {
  return joined(holders.map(({ ranges, value }) => new Uint32Array(countOf([{ ranges }], version)).fill(value)));
}

function placesOf(holders: readonly RangeHolder[], version: 4 | 6): Uint32Array {
  const places = new Uint32Array(countOf(holders, version));
  for (let at = 0; at < places.length; at++) places[at] = at;
  return places;
}

const endsOf = (ranges: RangeList, version: 4 | 6) => (version === 4 ? ranges.ipv4 : ranges.ipv6);

function countOf(holders: readonly Pick<RangeHolder, 'ranges'>[], version: 4 | 6): number {
  return holders.reduce((sum, { ranges }) => sum + endsOf(ranges, version).firsts.length / (version === 4 ? 1 : 4), 0);
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}

/** Of IPv4: the last addresses of all are in order, so those that have none behind them are the last. */
function wordEdges(firsts: Uint32Array, lasts: Uint32Array, values: Uint32Array): AllEdges {
  const { keys, values: owners } = byKey({ keys: lasts, values });
  const last = keys.indexOf(0xffffffff);
  const count = last < 0 ? keys.length : last;
  const behind = keys.subarray(0, count).map((key) => key + 1);
  return {
    begins: byKey({ keys: firsts, values }),
    ends: { keys: behind, values: owners.subarray(0, count) },
    addresses: undefined,
  };
}

/** Of IPv6: an address is too long for a key, so its rank among all of them is. */
function rowEdges(firsts: Uint32Array, lasts: Uint32Array, values: Uint32Array): AllEdges {
  const count = values.length;
  const endless = new Set<number>();
  for (let row = 0; row < count; row++) if (!increment(lasts, row * 4)) endless.add(row);
  // The first of all addresses is where every walk begins; what has no end became that one too.
  const { ranks, addresses } = ranksOf(joined([new Uint32Array(4), firsts, lasts]));
  const ends = { keys: ranks.subarray(1 + count), values };
  return {
    begins: byKey({ keys: ranks.subarray(1, 1 + count), values }),
    ends: byKey(endless.size === 0 ? ends : { keys: without(endless, ends.keys), values: without(endless, values) }),
    addresses,
  };
}

const without = (rows: ReadonlySet<number>, from: Uint32Array): Uint32Array => from.filter((_, row) => !rows.has(row));

/** The rank of each row, and the row of each rank. */
function ranksOf(rows: Uint32Array): { readonly ranks: Uint32Array; readonly addresses: Uint32Array } {
  const order = rowOrder(rows);
  const ranks = new Uint32Array(order.length);
  const addresses = new Uint32Array(rows.length);
  let rank = -1;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] ?? 0;
    if (rank < 0 || !isSameRow(addresses, rank * 4, rows, row * 4)) {
      rank++;
      for (let word = 0; word < 4; word++) addresses[rank * 4 + word] = rows[row * 4 + word] ?? 0;
    }
    ranks[row] = rank;
  }
  return { ranks, addresses: addresses.slice(0, (rank + 1) * 4) };
}

function isSameRow(one: Uint32Array, from: number, other: Uint32Array, otherFrom: number): boolean {
  for (let word = 0; word < 4; word++) if (one[from + word] !== other[otherFrom + word]) return false;
  return true;
}

/** One address further; false where there is none. */
function increment(words: Uint32Array, offset: number): boolean {
  for (let at = offset + 3; at >= offset; at--) {
    const word = words[at] ?? 0;
    words[at] = word + 1;
    if (word < 0xffffffff) return true;
  }
  return false;
}
