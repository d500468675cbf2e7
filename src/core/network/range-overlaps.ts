import { placeOf } from './place-of.ts';
import type { AllEdges, RangeHolder } from './range-edges.ts';
import { edgesByRange } from './range-edges.ts';

/** Two holders whose ranges share an address, by their positions, and the first range of each that does. */
export interface Overlap {
  readonly holder: number;
  readonly other: number;
  /** Positions in the lists of the two. */
  readonly range: number;
  readonly otherRange: number;
}

/**
 * Every pair of holders that share an address, once, the earlier holder first. One walk along the edges of all ranges: a range
 * meets those that are open where it begins, and no range is compared with every other.
 */
export function overlapsOf(holders: readonly RangeHolder[]): Overlap[] {
  const found = new Meetings(holders.length);
  for (const version of [4, 6] as const) {
    const numbers = rangeNumbers(holders, version);
    walk(edgesByRange(holders, version), new OpenRanges(numbers, found));
  }
  return found.list();
}

/** What the numbers of the ranges of one version stand for: their holder, and their position in its list. */
interface RangeNumbers {
  readonly holders: Uint32Array;
  readonly positions: Uint32Array;
}

function rangeNumbers(holders: readonly RangeHolder[], version: 4 | 6): RangeNumbers {
  const positions = holders.map(({ ranges }) => ranges.positionsOf(version));
  const count = positions.reduce((sum, { length }) => sum + length, 0);
  const numbers = { holders: new Uint32Array(count), positions: new Uint32Array(count) };
  let from = 0;
  for (const [holder, own] of positions.entries()) {
    numbers.holders.fill(holder, from, from + own.length);
    numbers.positions.set(own, from);
    from += own.length;
  }
  return numbers;
}

/** Ranges that end where another begins are closed first: their ends are the first addresses behind them. */
function walk({ begins, ends }: AllEdges, open: OpenRanges): void {
  let ended = 0;
  for (const [begun, key] of begins.keys.entries()) {
    for (; (ends.keys[ended] ?? Number.POSITIVE_INFINITY) <= key; ended++) open.close(ends.values[ended] ?? 0);
    open.open(begins.values[begun] ?? 0);
  }
}

/** The ranges that hold the address where the walk stands. */
class OpenRanges {
  readonly #numbers: RangeNumbers;
  readonly #found: Meetings;
  /** Positions of the ranges that are open, of each holder, ascending. */
  readonly #open = new Map<number, number[]>();

  constructor(numbers: RangeNumbers, found: Meetings) {
    this.#numbers = numbers;
    this.#found = found;
  }

  open(number: number): void {
    const [holder, position] = this.#at(number);
    for (const [other, [first = 0]] of this.#open) {
      if (other === holder) continue;
      this.#found.add(holder, other, position);
      this.#found.add(other, holder, first);
    }
    const own = this.#open.get(holder);
    if (own === undefined) this.#open.set(holder, [position]);
    else own.splice(placeOf(own, position), 0, position);
  }

  close(number: number): void {
    const [holder, position] = this.#at(number);
    const own = this.#open.get(holder) ?? [];
    if (own.length === 1) this.#open.delete(holder);
    else own.splice(placeOf(own, position), 1);
  }

  #at(number: number): readonly [holder: number, position: number] {
    return [this.#numbers.holders[number] ?? 0, this.#numbers.positions[number] ?? 0];
  }
}

/** The pairs of owners that met, and by which range first. */
class Meetings {
  readonly #count: number;
  readonly #first = new Map<number, number>();

  constructor(count: number) {
    this.#count = count;
  }

  add(holder: number, other: number, position: number): void {
    const key = holder * this.#count + other;
    const known = this.#first.get(key);
    if (known === undefined || position < known) this.#first.set(key, position);
  }

  list(): Overlap[] {
    return [...this.#first].flatMap(([key, range]) => {
      const [holder, other] = [Math.floor(key / this.#count), key % this.#count];
      if (holder > other) return [];
      return [{ holder, other, range, otherRange: this.#first.get(other * this.#count + holder) ?? 0 }];
    });
  }
}
