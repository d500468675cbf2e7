import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import { ByNumber, numberOf, PART } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { CompiledTenant } from '../compile.ts';
import type { Decision, Grounds, LocationAnswer } from './decide.ts';
import { concluded, decide } from './decide.ts';
import { codeOf } from './engine.ts';
import type { HeardPolicies, HeardPolicy } from './heard-policies.ts';
import type { NumberedSlots } from './numbered-slots.ts';
import { numberedSlotsOf } from './numbered-slots.ts';

const UNKNOWN = codeOf('unknown');

/** What of the record's word on policies is heard. */
export type Hearing = (testimony: SignInAttempt['testimony']) => SignInAttempt['testimony'];

/** `decide` for numbered sign-ins, of which the record is heard in one way. */
export class NumberedDecider {
  readonly #compiled: CompiledTenant;
  readonly #slots: NumberedSlots;
  readonly #hearing: Hearing;
  readonly #said = new ByNumber<HeardPolicies>();

  constructor(compiled: CompiledTenant, hearing: Hearing) {
    this.#compiled = compiled;
    this.#slots = numberedSlotsOf(compiled);
    this.#hearing = hearing;
  }

  /**
   * `location`: what the location conditions say, where that was asked for before. `supposed`: the sign-in with a session that proves
   * something else.
   */
  decide(signIn: NumberedAttempt, sight: Sight, location?: LocationAnswer, supposed?: SignInAttempt): Decision {
    const grounds = this.ask(signIn, sight, location, supposed);
    if (grounds !== undefined) return concluded(this.#slots.engine, grounds);
    const attempt = heard(supposed ?? signIn.attempt, this.#hearing);
    return decide(this.#compiled, attempt, sight.observe(attempt));
  }

  /** Fills the scratch of the engine with what each slot says; `undefined` where it takes more than the numbers. */
  ask(signIn: NumberedAttempt, sight: Sight, location?: LocationAnswer, supposed?: SignInAttempt): Grounds | undefined {
    const proven = this.#slots.ask(signIn, sight, location);
    if (proven === undefined) return undefined;
    const claims = supposed === undefined ? proven : this.#slots.engine.claims.of(supposed);
    const said = this.#saidOf(signIn);
    return { claims, said, isRecorded: said.policies.length > 0 && sight.isRecorded };
  }

  /**
   * Whether the record may tell more of policies than what was decided without hearing it: of those whose result is known it is not
   * asked. What it says of their scopes besides shows in `conditionalAccessStatus` alone.
   */
  mayTell(signIn: NumberedAttempt, { results }: Decision): boolean {
    const { policies } = this.#saidOf(signIn);
    for (let at = 0; at < policies.length; at++) {
      if (results[(policies[at] as HeardPolicy).at] === UNKNOWN) return true;
    }
    return false;
  }

  /** The same as `locationAnswer`. */
  location(signIn: NumberedAttempt, sight: Sight): LocationAnswer | undefined {
    return this.#slots.location(signIn, sight);
  }

  /** Whether the tenant has nothing to add to what the person presents. */
  isTakenAsItIs(signIn: NumberedAttempt): boolean {
    return this.#slots.isTakenAsItIs(signIn);
  }

  #saidOf(signIn: NumberedAttempt): HeardPolicies {
    const number = numberOf(signIn, PART.testimony);
    const known = this.#said.find(signIn.rows, number);
    if (known !== undefined) return known;
    const said = this.#slots.engine.hearing(this.#hearing(signIn.attempt.testimony));
    return this.#said.keep(signIn.rows, number, said);
  }
}

/** The sign-in with what is heard of its record. */
function heard(attempt: SignInAttempt, hearing: Hearing): SignInAttempt {
  const testimony = hearing(attempt.testimony);
  return testimony === attempt.testimony ? attempt : { ...attempt, testimony };
}
