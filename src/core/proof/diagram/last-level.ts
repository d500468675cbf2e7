import type { Level } from '../levels/level.ts';
import type { Mask } from '../worlds/masks.ts';
import { hasBit } from '../worlds/masks.ts';
import type { PolicyUnion } from '../worlds/policies.ts';
import type { State } from './state.ts';
import type { Groups, Parts } from './transitions.ts';
import { groupedByFlags, groupsOf, partedBy } from './transitions.ts';

/** What a class says of a policy, a row of classes each: see `Verdicts`. */
const SAYINGS = 5;
/** What an outcome hangs on of each grant: whether it surely and possibly applies, before and after. */
const OF_GRANT = 4;
/** What a loss hangs on of each demand; see `Terminals`. */
const OF_DEMAND = 5;

/**
 * The classes of the last level by what comes out behind them. Nothing is to come any more, so it is the grants that apply and the demands
 * that are left that tell classes apart, not which of many policies of one grant it is. Classes are bits of words here, 32 at a time.
 */
export class LastLevel {
  readonly #words: number;
  readonly #byFlags: Parts;
  readonly #whole: Uint32Array;
  readonly #said: Uint32Array;
  readonly #union: PolicyUnion;
  readonly #demandsOf: readonly (readonly number[])[];
  readonly #possibleDemandsOf: readonly (readonly number[])[];
  /** The rows of a state: what is said of every grant, then of every demand, and last whether anything changes at all. */
  readonly #rows: Uint32Array;
  readonly #ofDemands: number;
  readonly #changed: number;

  constructor(level: Level, union: PolicyUnion) {
    const { classes } = level;
    this.#union = union;
    this.#words = Math.ceil(classes.length / 32);
    this.#byFlags = groupedByFlags(level);
    this.#whole = rowWhere(classes.length, () => true);
    this.#said = new Uint32Array(union.entries.length * SAYINGS * this.#words);
    for (const [at, { verdicts }] of classes.entries()) {
      const { before, after, unlike } = verdicts;
      for (const [saying, mask] of [before.sure, before.possible, after.sure, after.possible, unlike].entries()) {
        for (let entry = 0; entry < union.entries.length; entry++) {
          if (hasBit(mask, entry)) addClass(this.#said, (entry * SAYINGS + saying) * this.#words, at);
        }
      }
    }
    const listed = (mask: Mask) => [...union.demands.keys()].filter((demand) => hasBit(mask, demand));
    this.#demandsOf = union.entries.map(({ demands }) => listed(demands));
    this.#possibleDemandsOf = union.entries.map(({ possibleDemands }) => listed(possibleDemands));
    this.#ofDemands = union.grants.length * OF_GRANT;
    this.#changed = this.#ofDemands + union.demands.length * OF_DEMAND;
    this.#rows = new Uint32Array((this.#changed + 1) * this.#words);
  }

  groupsFor(state: State): Groups {
    this.#rows.fill(0);
    const { before, after } = state;
    for (let word = 0; word < before.possible.length; word++) {
      const possible = (before.possible[word] ?? 0) | (after.possible[word] ?? 0);
      for (let rest = possible; rest !== 0; rest &= rest - 1)
        this.#add(word * 32 + 31 - Math.clz32(rest & -rest), state);
    }
    return groupsOf(this.#parted());
  }

  /** Adds what one policy does at each class. */
  #add(entry: number, { before, after, unlike, mayLose }: State): void {
    const words = this.#words;
    const [said, rows] = [this.#said, this.#rows];
    const from = entry * SAYINGS * words;
    const [wasSure, isSure] = [filled(hasBit(before.sure, entry)), filled(hasBit(after.sure, entry))];
    const [wasPossible, isPossible] = [filled(hasBit(before.possible, entry)), filled(hasBit(after.possible, entry))];
    const isUnlike = filled(hasBit(unlike, entry));
    const enforces = filled(hasBit(this.#union.sure, entry));
    const ofGrant = (this.#union.entries[entry]?.grant ?? 0) * OF_GRANT * words;
    for (let word = 0; word < words; word++) {
      const sureBefore = (said[from + word] ?? 0) & wasSure;
      const possibleBefore = (said[from + words + word] ?? 0) & wasPossible;
      const sureAfter = (said[from + 2 * words + word] ?? 0) & isSure;
      const possibleAfter = (said[from + 3 * words + word] ?? 0) & isPossible;
      const apart = (said[from + 4 * words + word] ?? 0) | isUnlike;
      const differs = (sureBefore ^ sureAfter) | (possibleBefore ^ possibleAfter);
      const ofWord = ofGrant + word;
      rows[ofWord] = (rows[ofWord] ?? 0) | (sureBefore & enforces);
      rows[ofWord + words] = (rows[ofWord + words] ?? 0) | possibleBefore;
      rows[ofWord + 2 * words] = (rows[ofWord + 2 * words] ?? 0) | (sureAfter & enforces);
      rows[ofWord + 3 * words] = (rows[ofWord + 3 * words] ?? 0) | possibleAfter;
      const changed = this.#changed * words + word;
      rows[changed] = (rows[changed] ?? 0) | differs | (possibleBefore & apart);
      for (const demand of this.#demandsOf[entry] ?? []) {
        if (!hasBit(mayLose, demand)) continue;
        const ofDemand = (this.#ofDemands + demand * OF_DEMAND) * words + word;
        rows[ofDemand] = (rows[ofDemand] ?? 0) | (sureBefore & enforces);
        rows[ofDemand + words] = (rows[ofDemand + words] ?? 0) | (sureAfter & enforces);
        rows[ofDemand + 3 * words] = (rows[ofDemand + 3 * words] ?? 0) | (possibleBefore & ~(possibleAfter & ~apart));
        rows[ofDemand + 4 * words] = (rows[ofDemand + 4 * words] ?? 0) | (possibleBefore & (differs | apart));
      }
      for (const demand of this.#possibleDemandsOf[entry] ?? []) {
        if (!hasBit(mayLose, demand)) continue;
        const kept = (this.#ofDemands + demand * OF_DEMAND + 2) * words + word;
        rows[kept] = (rows[kept] ?? 0) | possibleAfter;
      }
    }
  }

  /** The classes by their flags, parted by each row that does not say the same of all of them. */
  #parted(): Parts {
    let parts = this.#byFlags;
    for (let row = 0; row <= this.#changed; row++) {
      if (!this.#isSameForAll(row)) parts = partedBy(parts, (at) => this.#bitOf(row, at), 2);
    }
    return parts;
  }

  #bitOf(row: number, at: number): number {
    return ((this.#rows[row * this.#words + (at >>> 5)] ?? 0) >>> (at & 31)) & 1;
  }

  #isSameForAll(row: number): boolean {
    let [isNone, isAll] = [true, true];
    for (let word = 0; word < this.#words; word++) {
      const said = this.#rows[row * this.#words + word] ?? 0;
      isNone &&= said === 0;
      isAll &&= said === this.#whole[word];
    }
    return isNone || isAll;
  }
}

function filled(isSet: boolean): number {
  return isSet ? -1 : 0;
}

function rowWhere(size: number, holds: (at: number) => boolean): Uint32Array {
  const row = new Uint32Array(Math.ceil(size / 32));
  for (let at = 0; at < size; at++) if (holds(at)) addClass(row, 0, at);
  return row;
}

function addClass(rows: Uint32Array, from: number, at: number): void {
  const word = from + (at >>> 5);
  rows[word] = (rows[word] ?? 0) | (1 << (at & 31));
}
