import type { Change } from './change.ts';

/** How many are remembered: more than any tenant has, so that memory stays flat. */
const REMEMBERED = 20_000;

/** One object for all changes that say the same: thousands of pairs of decisions come to some hundred, which are counted as so many. */
export class SharedChanges {
  #known = new Map<string, Change>();

  of(change: Change): Change {
    // What changes nothing is shared as it is made.
    if (change.class === 'unchanged') return change;
    const text = JSON.stringify(change);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known = new Map();
    this.#known.set(text, change);
    return change;
  }
}
