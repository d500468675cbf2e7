import type { Edges } from './range-edges.ts';
import { beginsOf, endsOf, isEarlier } from './range-edges.ts';
import type { RangeEntry } from './range-index.ts';

/** Two owners whose ranges share an address, and the first entry of each that does, in the order given. */
export interface Overlap {
  readonly owner: number;
  readonly other: number;
  /** Positions among the entries. */
  readonly ownerEntry: number;
  readonly otherEntry: number;
}

/**
 * The pairs of owners that share an address, each once, the lower owner first. One walk along the edges of all ranges: a range
 * meets those that are open where it begins, and no range is compared with every other.
 */
export function overlapsOf(entries: readonly RangeEntry[]): Overlap[] {
  const found = new Overlaps(entries.map(({ value }) => value));
  const numbered = entries.map(({ range }, value) => ({ range, value }));
  for (const [version, width] of [
    [4, 1],
    [6, 4],
  ] as const) {
    const own = numbered.filter(({ range }) => range.version === version);
    walk(beginsOf(own, width), endsOf(own, width), found);
    found.closeAll();
  }
  return found.list();
}

/** Ranges that end where another begins are closed first: their ends are the first addresses behind them. */
function walk(begins: Edges, ends: Edges, found: Overlaps): void {
  let ended = 0;
  for (let begun = 0; begun < begins.values.length; begun++) {
    for (; ended < ends.values.length && !isEarlier(begins, begun, ends, ended); ended++) {
      found.close(ends.values[ended] ?? 0);
    }
    found.open(begins.values[begun] ?? 0);
  }
}

class Overlaps {
  readonly #owners: readonly number[];
  /** Entries that are open, of each owner, ascending. */
  readonly #open = new Map<number, number[]>();
  /** The first entry of an owner that meets another, by the one and then by the other. */
  readonly #first = new Map<number, Map<number, number>>();

  constructor(owners: readonly number[]) {
    this.#owners = owners;
  }

  open(entry: number): void {
    const owner = this.#owners[entry] ?? 0;
    for (const [other, [first = 0]] of this.#open) {
      if (other === owner) continue;
      this.#meet(owner, other, entry);
      this.#meet(other, owner, first);
    }
    const own = this.#open.get(owner);
    if (own === undefined) this.#open.set(owner, [entry]);
    else own.splice(placeOf(own, entry), 0, entry);
  }

  close(entry: number): void {
    const owner = this.#owners[entry] ?? 0;
    const own = this.#open.get(owner) ?? [];
    own.splice(placeOf(own, entry), 1);
    if (own.length === 0) this.#open.delete(owner);
  }

  closeAll(): void {
    this.#open.clear();
  }

  list(): Overlap[] {
    return [...this.#first].flatMap(([owner, others]) =>
      [...others].flatMap(([other, ownerEntry]) =>
        owner > other ? [] : [{ owner, other, ownerEntry, otherEntry: this.#first.get(other)?.get(owner) ?? 0 }],
      ),
    );
  }

  #meet(owner: number, other: number, entry: number): void {
    const firsts = this.#first.get(owner) ?? new Map<number, number>();
    this.#first.set(owner, firsts);
    firsts.set(other, Math.min(firsts.get(other) ?? entry, entry));
  }
}

/** The place where the number is, or belongs, among ascending ones. */
function placeOf(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
