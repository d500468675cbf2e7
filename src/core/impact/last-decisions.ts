import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { Decision, Grounds, LocationAnswer } from '../conditional-access/fast/decide.ts';
import type { Hearing } from '../conditional-access/fast/decide-numbered.ts';
import { NumberedDecider } from '../conditional-access/fast/decide-numbered.ts';
import { engineOf } from '../conditional-access/fast/engine.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt, NumberedRows } from '../signaling/numbered-attempt.ts';
import type { Sight } from '../signaling/sights.ts';

/**
 * `NumberedDecider` for those who ask several times of one sign-in, under either status. What is seen of it shows in what the
 * location conditions say, and in whether the record speaks of the address, where it is heard: nothing else of a decision hangs on
 * it, so that one is made for all that show the same.
 */
export class LastDecisions {
  readonly #decider: NumberedDecider;
  /** Whether the address at the resource may count too. */
  readonly #isStrict: boolean;
  readonly #isHeard: boolean;
  #signIn: NumberedAttempt | undefined;
  #rows: NumberedRows | undefined;
  #row = 0;
  /** What was decided of it, and by what of its network. */
  readonly #decisions: Decision[] = [];
  readonly #locations: (LocationAnswer | undefined)[] = [];
  readonly #areRecorded: boolean[] = [];
  #count = 0;

  /** Without a hearing the record is not heard. */
  constructor(compiled: CompiledTenant, hearing?: Hearing) {
    this.#decider = new NumberedDecider(compiled, hearing ?? (() => undefined));
    this.#isStrict = engineOf(compiled).hasStrictLocation;
    this.#isHeard = hearing !== undefined;
  }

  /** `supposed`: the sign-in with a session that proves something else. */
  decide(
    signIn: NumberedAttempt,
    sight: Sight,
    location = this.location(signIn, sight),
    supposed?: SignInAttempt,
  ): Decision {
    if (supposed !== undefined) return this.#decider.decide(signIn, sight, location, supposed);
    if (this.#isStrict && sight.differsAtResource) return this.#decider.decide(signIn, sight);
    const isRecorded = this.#isHeard && sight.isRecorded;
    if (!this.#isLast(signIn)) this.#turnTo(signIn);
    const known = this.#known(location, isRecorded);
    if (known !== undefined) return known;
    const decision = this.#decider.decide(signIn, sight, location);
    this.#locations[this.#count] = location;
    this.#areRecorded[this.#count] = isRecorded;
    this.#decisions[this.#count++] = decision;
    return decision;
  }

  /** What was decided of the sign-in already, without hearing its record. */
  found(signIn: NumberedAttempt, location: LocationAnswer | undefined): Decision | undefined {
    return this.#isLast(signIn) ? this.#known(location, false) : undefined;
  }

  /** The decision that hears the record, by the one that does not: the same where the record tells nothing more of policies. */
  heard(
    unheard: Decision,
    signIn: NumberedAttempt,
    sight: Sight,
    location: LocationAnswer | undefined,
    supposed?: SignInAttempt,
  ): Decision {
    return this.#decider.mayTell(signIn, unheard) ? this.decide(signIn, sight, location, supposed) : unheard;
  }

  /** What the decision follows from beside the answers that stand in the scratch of the engine, `undefined`: more counts. */
  ask(
    signIn: NumberedAttempt,
    sight: Sight,
    location: LocationAnswer | undefined,
    supposed?: SignInAttempt,
  ): Grounds | undefined {
    return this.#decider.ask(signIn, sight, location, supposed);
  }

  /** The same as `locationAnswer`. */
  location(signIn: NumberedAttempt, sight: Sight): LocationAnswer | undefined {
    return this.#decider.location(signIn, sight);
  }

  /** Whether the tenant has nothing to add to what the person presents. */
  isTakenAsItIs(signIn: NumberedAttempt): boolean {
    return this.#decider.isTakenAsItIs(signIn);
  }

  #known(location: LocationAnswer | undefined, isRecorded: boolean): Decision | undefined {
    for (let at = 0; at < this.#count; at++) {
      if (this.#locations[at] === location && this.#areRecorded[at] === isRecorded) return this.#decisions[at];
    }
    return undefined;
  }

  #isLast(signIn: NumberedAttempt): boolean {
    return signIn === this.#signIn && signIn.row === this.#row && signIn.rows === this.#rows;
  }

  #turnTo(signIn: NumberedAttempt): void {
    this.#signIn = signIn;
    this.#rows = signIn.rows;
    this.#row = signIn.row;
    this.#count = 0;
  }
}

const UNHEARD = new WeakMap<CompiledTenant, LastDecisions>();

/** What is decided without hearing what the record says of policies: one for all who ask it of a tenant. */
export function unheardDecisionsOf(compiled: CompiledTenant): LastDecisions {
  const known = UNHEARD.get(compiled) ?? new LastDecisions(compiled);
  UNHEARD.set(compiled, known);
  return known;
}
