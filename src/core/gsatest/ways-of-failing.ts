import type { Failure } from './result.ts';

/** Different ways of failing that are kept; each counts the sign-ins like it, and the last one those of further ways. */
const MOST_WAYS = 10;

/** Failures of a statement: one for each user and each set of deciding policies; the others like it are counted. */
export class WaysOfFailing {
  readonly #ways = new Map<string, Failure>();
  #further = 0;

  note(user: string, failure: Failure): void {
    const key = JSON.stringify([user, failure.status, failure.decidedBy]);
    const known = this.#ways.get(key);
    if (known !== undefined) this.#ways.set(key, { ...known, alike: known.alike + 1 });
    else if (this.#ways.size < MOST_WAYS) this.#ways.set(key, failure);
    else this.#further += 1;
  }

  failures(): readonly Failure[] {
    const failures = mostTellingFirst([...this.#ways.values()]);
    return failures.map((each, at) =>
      at === failures.length - 1 ? { ...each, alike: each.alike + this.#further } : each,
    );
  }
}

/** A failure before what nobody can say, one policy's doing before that of several, and what most sign-ins are like. */
function mostTellingFirst(failures: readonly Failure[]): Failure[] {
  const isUnknown = ({ status }: Failure) => Number(status === 'unknown');
  return failures.toSorted(
    (a, b) => isUnknown(a) - isUnknown(b) || a.decidedBy.length - b.decidedBy.length || b.alike - a.alike,
  );
}
