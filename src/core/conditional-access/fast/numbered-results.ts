import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { CompiledTenant } from '../compile.ts';
import { isSet } from './bitset.ts';
import { claimedEffects } from './claimed-effects.ts';
import type { ClaimedEffects } from './claims.ts';
import type { LocationAnswer } from './decide.ts';
import { match } from './match.ts';
import type { NumberedSlots } from './numbered-slots.ts';
import { numberedSlotsOf } from './numbered-slots.ts';

/** The results of single policies for numbered sign-ins of which the record is not heard, without what all policies come to. */
export class NumberedResults {
  readonly #slots: NumberedSlots;
  #effects: ClaimedEffects | undefined;

  constructor(compiled: CompiledTenant) {
    this.#slots = numberedSlotsOf(compiled);
  }

  /** Turns to a sign-in; false where it takes more than the numbers. `location`: what the location conditions say. */
  turnTo(signIn: NumberedAttempt, sight: Sight, location: LocationAnswer | undefined): boolean {
    const claims = this.#slots.ask(signIn, sight, location);
    if (claims === undefined) return false;
    const { engine } = this.#slots;
    match(engine);
    this.#effects = claimedEffects(engine, claims);
    return true;
  }

  /** The same as in {@link Decision.results}; `undefined` where it hangs on other policies: on terms of use, those that ask for MFA. */
  at(position: number): number | undefined {
    const { idle, scratch } = this.#slots.engine;
    if (this.#effects === undefined || !isSet(scratch.possible, position)) return idle[position];
    const { codes, restOnTerms } = this.#effects;
    if (isSet(restOnTerms, position)) return undefined;
    return codes[isSet(scratch.sure, position) ? position : idle.length + position];
  }
}
