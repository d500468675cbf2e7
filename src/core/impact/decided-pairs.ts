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

/** The pairs of one decision before. */
interface PairsOfDecision {
  /** That of those to whom a switch makes no difference, who are most. */
  same: DecidedPair | undefined;
  others: Map<Decision, DecidedPair> | undefined;
}

export class DecidedPairs {
  readonly #policies: LocatedPolicies;
  #known = new Map<Decision, PairsOfDecision>();
  /** What a record says of policies changes few decisions: the same pair is asked for twice. */
  #last: DecidedPair | undefined;
  #count = 0;
  #next = 1;

  constructor(policies: LocatedPolicies) {
    this.#policies = policies;
  }

  of({ was, becomes }: Decisions): DecidedPair {
    if (this.#last === undefined || this.#last.was !== was || this.#last.becomes !== becomes)
      this.#last = this.#find(was, becomes) ?? this.#keep(was, becomes);
    return this.#last;
  }

  #find(was: Decision, becomes: Decision): DecidedPair | undefined {
    const pairs = this.#known.get(was);
    return was === becomes ? pairs?.same : pairs?.others?.get(becomes);
  }

  #keep(was: Decision, becomes: Decision): DecidedPair {
    if (this.#count >= REMEMBERED) this.#forget();
    const pair = { was, becomes, number: this.#next++, located: this.#policies.mayDiffer(was, becomes) };
    const pairs = this.#known.get(was) ?? { same: undefined, others: undefined };
    this.#known.set(was, pairs);
    this.#count++;
    if (was === becomes) pairs.same = pair;
    else pairs.others = (pairs.others ?? new Map<Decision, DecidedPair>()).set(becomes, pair);
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
