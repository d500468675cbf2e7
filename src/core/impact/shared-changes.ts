import type { Change } from './change.ts';

/** How many of one policy are remembered, so that looking for one takes no longer than making it, and memory stays flat. */
const REMEMBERED = 200;

/** One object for all changes that say the same: thousands of pairs of decisions come to some hundred, which are counted as so many. */
export class SharedChanges {
  /** By the first policy that decides; what changes nothing is shared as it is made. */
  readonly #known = new Map<string | undefined, Change[]>();

  of(change: Change): Change {
    if (change.class === 'unchanged') return change;
    const [first] = change.decidedBy;
    const known = this.#known.get(first) ?? [];
    for (let at = 0; at < known.length; at++) if (isSame(known[at] as Change, change)) return known[at] as Change;
    if (known.length >= REMEMBERED) known.length = 0;
    known.push(change);
    this.#known.set(first, known);
    return change;
  }
}

function isSame(one: Change, other: Change): boolean {
  return (
    one.class === other.class &&
    one.outcomes?.before === other.outcomes?.before &&
    one.outcomes?.after === other.outcomes?.after &&
    areSame(one.decidedBy, other.decidedBy) &&
    areSame(one.stoppedBy, other.stoppedBy) &&
    areSame(one.couldBe, other.couldBe) &&
    areSame(one.missing, other.missing)
  );
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false;
  return true;
}
