import type { Decision } from './decision.ts';

/** Numbers of one row at most; what follows from more is not remembered here. */
const WIDTH = 16;

/** Rows that share a place: a new one takes the room of the one that has been there longest. */
const WAYS = 4;

/** A power of two. With four rows to a place 32,768 decisions are at hand, in 2 MB. */
const PLACES = 8192;

/**
 * Sign-ins after which it shows whether looking is worth it: where fewer than one in four was found, many go without. Looking takes
 * nearly as long as what it saves.
 */
const TRIED = 4096;
const WORTH = TRIED / 4;
const WITHOUT = 16 * TRIED;

/**
 * Decisions by the numbers of what they follow from: a step before the table of all decisions, which asks for the bits of
 * every policy. A stream of sign-ins that are all different costs no more memory than any other.
 */
export class RecentDecisions {
  readonly #hashes = new Int32Array(PLACES * WAYS);
  readonly #rows = new Int32Array(PLACES * WAYS * WIDTH);
  readonly #decisions = new Array<Decision | undefined>(PLACES * WAYS).fill(undefined);
  /** Of each place, which row is the oldest. */
  readonly #oldest = new Uint8Array(PLACES);
  readonly #row = new Int32Array(WIDTH);
  #length = 0;
  #hash = 0;
  #tried = 0;
  #found = 0;
  #without = 0;

  /** Begins a new row; false while nothing is found or kept, as people and places differ too much for two rows to be alike. */
  begin(): boolean {
    if (this.#without > 0) {
      this.#without--;
      this.#length = WIDTH + 1;
      return false;
    }
    this.#length = 0;
    if (++this.#tried > TRIED) this.#look();
    return true;
  }

  #look(): void {
    if (this.#found < WORTH) this.#without = WITHOUT;
    this.#tried = 0;
    this.#found = 0;
  }

  put(value: number): void {
    if (this.#length < WIDTH) this.#row[this.#length] = value;
    this.#length++;
  }

  /** The decision of the row, if it is still there. */
  find(): Decision | undefined {
    if (this.#length > WIDTH) return undefined;
    const hash = this.#hashOf();
    this.#hash = hash;
    const from = (hash & (PLACES - 1)) * WAYS;
    for (let way = from; way < from + WAYS; way++) {
      if (this.#hashes[way] !== hash || !this.#isRow(way * WIDTH)) continue;
      this.#found++;
      return this.#decisions[way];
    }
    return undefined;
  }

  /** Keeps the decision of the row that was not found. */
  keep(decision: Decision): Decision {
    if (this.#length > WIDTH) return decision;
    const place = this.#hash & (PLACES - 1);
    const oldest = this.#oldest[place] as number;
    const way = place * WAYS + oldest;
    this.#oldest[place] = (oldest + 1) % WAYS;
    this.#row.fill(0, this.#length);
    this.#hashes[way] = this.#hash;
    this.#rows.set(this.#row, way * WIDTH);
    this.#decisions[way] = decision;
    return decision;
  }

  #hashOf(): number {
    const row = this.#row;
    let hash = 0;
    for (let at = 0; at < this.#length; at++) {
      hash = Math.imul(hash ^ (row[at] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** A shorter row that begins alike has a 0 where this one goes on; no number of a decision is 0. */
  #isRow(from: number): boolean {
    const [rows, row, length] = [this.#rows, this.#row, this.#length];
    for (let at = 0; at < length; at++) if (rows[from + at] !== row[at]) return false;
    return length === WIDTH || rows[from + length] === 0;
  }
}
