import type { Decision } from '../conditional-access/fast/decide.ts';
import type { LocatedPolicies, LocationAnswers } from '../conditional-access/fast/located-policies.ts';
import { ByLocations } from '../conditional-access/fast/located-policies.ts';
import type { Change } from './change.ts';
import type { Decisions } from './seen.ts';

/** How many pairs are remembered: as many as there are decisions, so that memory stays flat. */
const REMEMBERED = 20_000;

/** What is decided on both sides, one for all sign-ins of which that is the same. */
export interface DecidedPair extends Decisions {
  /** Never given to another pair, also where this one is forgotten. */
  readonly number: number;
  /** The policies whose location can make a difference. */
  readonly located: Uint32Array;
  /** Where nothing changes that the two tell, once that was found out; `null`: more counts than the two. */
  unchanged?: Change | null;
}

export class DecidedPairs {
  readonly #policies: LocatedPolicies;
  #known = new Map<Decision, Map<Decision, DecidedPair>>();
  /** What a record says of policies changes few decisions: the same pair is asked for twice. */
  #last: DecidedPair | undefined;
  #count = 0;
  #next = 1;

  constructor(policies: LocatedPolicies) {
    this.#policies = policies;
  }

  of({ was, becomes }: Decisions): DecidedPair {
    if (this.#last === undefined || this.#last.was !== was || this.#last.becomes !== becomes)
      this.#last = this.#known.get(was)?.get(becomes) ?? this.#keep(was, becomes);
    return this.#last;
  }

  #keep(was: Decision, becomes: Decision): DecidedPair {
    if (this.#count >= REMEMBERED) this.#forget();
    const pair = { was, becomes, number: this.#next++, located: this.#policies.mayDiffer(was, becomes) };
    const pairs = this.#known.get(was) ?? new Map<Decision, DecidedPair>();
    this.#known.set(was, pairs.set(becomes, pair));
    this.#count++;
    return pair;
  }

  #forget(): void {
    this.#known = new Map();
    this.#count = 0;
  }
}

/**
 * Changes by what they follow from: what is decided without hearing the record and with it, and what the locations say of the policies
 * that may apply.
 */
export class ChangesOfPairs {
  readonly #known = new ByLocations<Change>();

  recall(unheard: DecidedPair, heard: DecidedPair, locations: LocationAnswers, make: () => Change): Change {
    return this.#known.recall(unheard.number, heard.number, unheard.located, locations, make);
  }
}
