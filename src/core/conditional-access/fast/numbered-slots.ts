import { lookup, lookupWords } from '../../network/range-index.ts';
import type { NumberedAttempt, Part } from '../../signaling/numbered-attempt.ts';
import { ADDRESS_WIDTH, ByNumber, numberOf, PART, WORDS_WIDTH } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { CompiledTenant } from '../compile.ts';
import type { Slot } from '../facts/facts.ts';
import { isIntuneEnrollment } from '../grant/controls.ts';
import type { Claims } from './claims.ts';
import type { DecisionEngine } from './engine.ts';
import { engineOf } from './engine.ts';
import { CLIENTS, saidBy } from './persons.ts';
import type { Judged, SlotAnswer, SlotAnswers } from './slot-bits.ts';

/** The part that tells what a slot says; of the others records say nothing, so that they say the same of all. */
const PART_OF: { readonly [slot in Slot]?: Part } = {
  device: 'device',
  clientType: 'client',
  devicePlatform: 'deviceClaims',
  signInRisk: 'risk',
  authenticationFlows: 'flow',
};

/** What one slot says, by the number of the part that it hangs on; `part`: its place in a row, `undefined` where it hangs on none. */
interface AnswersByPart {
  readonly part: number | undefined;
  readonly answers: SlotAnswers;
  readonly known: ByNumber<SlotAnswer>;
}

const SLOTS = new WeakMap<CompiledTenant, NumberedSlots>();

export function numberedSlotsOf(compiled: CompiledTenant): NumberedSlots {
  const known = SLOTS.get(compiled) ?? new NumberedSlots(compiled);
  SLOTS.set(compiled, known);
  return known;
}

/**
 * What the slots say of numbered sign-ins: the same answers as of any other, found by the number of the part that they hang on
 * instead of by the part.
 */
export class NumberedSlots {
  readonly engine: DecisionEngine;
  readonly #compiled: CompiledTenant;
  readonly #applications = new ByNumber<SlotAnswer>();
  /** Of each person how they are taken, and what is said of them with each kind of client. */
  readonly #taken = new ByNumber<number>();
  readonly #people = new ByNumber<SlotAnswer>();
  readonly #clients = new ByNumber<number>();
  readonly #others: readonly AnswersByPart[];
  readonly #holders = new Map<readonly number[] | undefined, number>();
  /** By the country, then by the named locations that hold the address and the compliant network. */
  readonly #locations = new ByNumber<Map<number, SlotAnswer>>();
  /** Of each target, whether it is only the enrollment of Intune, of which less is asked. */
  readonly #enrollments = new ByNumber<boolean>();
  /** By the device and who signs in, then by all else that claims hang on. */
  readonly #claims = new ByNumber<Map<number, Claims>>();

  constructor(compiled: CompiledTenant) {
    this.#compiled = compiled;
    this.engine = engineOf(compiled);
    this.#others = this.engine.others.map(({ slot, answers }) => {
      const part = PART_OF[slot];
      return { part: part === undefined ? undefined : PART[part], answers, known: new ByNumber() };
    });
  }

  /**
   * Fills the scratch of the engine with what each slot says; gives what the session claims. `undefined` where it takes more than the
   * numbers: of people whom the tenant takes otherwise than they present themselves, of devices without a number, and where the
   * address at the resource counts too.
   */
  ask(signIn: NumberedAttempt, sight: Sight): Claims | undefined {
    const { application, hasStrictLocation, location, persons, scratch } = this.engine;
    const taken = this.#takenOf(signIn);
    if (taken === OTHERWISE || (hasStrictLocation && sight.differsAtResource)) return undefined;
    const { answers } = scratch;
    let count = 0;
    if (application !== undefined) answers[count++] = this.#applicationOf(signIn, sight, application);
    const ofPerson = persons.areAsked ? this.#personOf(signIn, sight) : undefined;
    if (ofPerson !== undefined) answers[count++] = ofPerson;
    for (let at = 0; at < this.#others.length; at++) {
      const answer = this.#otherOf(signIn, sight, this.#others[at] as AnswersByPart);
      if (answer === undefined) return undefined;
      answers[count++] = answer;
    }
    if (location !== undefined) answers[count++] = this.#locationOf(signIn, sight, location);
    // There are as many each time: emptied first, the list would be made anew.
    answers.length = count;
    return this.#claimsOf(signIn, taken);
  }

  /** Whether the tenant has nothing to add to what the person presents. */
  isTakenAsItIs(signIn: NumberedAttempt): boolean {
    return this.#takenOf(signIn) !== OTHERWISE;
  }

  /** What the location conditions say; `undefined`: no policy has one. */
  location(signIn: NumberedAttempt, sight: Sight): SlotAnswer | undefined {
    const { location } = this.engine;
    return location === undefined ? undefined : this.#locationOf(signIn, sight, location);
  }

  #takenOf(signIn: NumberedAttempt): number {
    const number = numberOf(signIn, PART.identity);
    const known = this.#taken.find(signIn.rows, number);
    if (known !== undefined) return known;
    const { identity, isTakenAsItIs } = this.engine.persons.of(signIn.identity);
    const who = identity.kind !== 'user' ? WORKLOAD : identity.isAgent === true ? AGENT : PERSON;
    return this.#taken.keep(signIn.rows, number, isTakenAsItIs ? who : OTHERWISE);
  }

  #applicationOf(signIn: NumberedAttempt, sight: Sight, answers: SlotAnswers): SlotAnswer {
    const number = numberOf(signIn, PART.target);
    const known = this.#applications.find(signIn.rows, number);
    return known ?? this.#applications.keep(signIn.rows, number, answers(this.#judged(signIn, sight)));
  }

  #personOf(signIn: NumberedAttempt, sight: Sight): SlotAnswer | undefined {
    const client = numberOf(signIn, PART.client);
    const which =
      this.#clients.find(signIn.rows, client) ?? this.#clients.keep(signIn.rows, client, saidBy(signIn.attempt));
    const number = numberOf(signIn, PART.identity) * CLIENTS + which;
    const known = this.#people.find(signIn.rows, number);
    if (known !== undefined) return known;
    const { persons } = this.engine;
    const person = persons.of(signIn.identity);
    const answer = person.said[which] ?? persons.answer(person, this.#judged(signIn, sight));
    return answer && this.#people.keep(signIn.rows, number, answer);
  }

  #otherOf(signIn: NumberedAttempt, sight: Sight, { part, answers, known }: AnswersByPart): SlotAnswer | undefined {
    const number = part === undefined ? 1 : numberOf(signIn, part);
    if (number === 0) return undefined;
    return known.find(signIn.rows, number) ?? known.keep(signIn.rows, number, answers(this.#judged(signIn, sight)));
  }

  #locationOf(signIn: NumberedAttempt, sight: Sight, answers: SlotAnswers): SlotAnswer {
    const country = COUNTRIES[sight.country] ?? numberOf(signIn, PART.country) + COUNTRY;
    const known = this.#locations.find(signIn.rows, country) ?? this.#locations.keep(signIn.rows, country, new Map());
    const compliant = sight.compliantNetwork === undefined ? 0 : sight.compliantNetwork ? 1 : 2;
    const key = this.#numberOf(this.#holdersOf(signIn, sight)) * 3 + compliant;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = answers(this.#judged(signIn, sight));
    known.set(key, answer);
    return answer;
  }

  #claimsOf(signIn: NumberedAttempt, who: number): Claims {
    const device = (numberOf(signIn, PART.deviceClaims) * WHO + who) * 2 + (this.#isEnrollment(signIn) ? 1 : 0);
    const known = this.#claims.find(signIn.rows, device) ?? this.#claims.keep(signIn.rows, device, new Map());
    const key =
      (numberOf(signIn, PART.session) * MOST_CLIENTS + numberOf(signIn, PART.client)) * MOST_FLOWS +
      numberOf(signIn, PART.flow);
    const before = known.get(key);
    if (before !== undefined) return before;
    const claims = this.engine.claims.of(signIn.attempt);
    known.set(key, claims);
    return claims;
  }

  #isEnrollment(signIn: NumberedAttempt): boolean {
    const target = numberOf(signIn, PART.target);
    const known = this.#enrollments.find(signIn.rows, target);
    return known ?? this.#enrollments.keep(signIn.rows, target, isIntuneEnrollment(signIn.attempt.target));
  }

  #numberOf(holders: readonly number[] | undefined): number {
    const known = this.#holders.get(holders);
    if (known !== undefined) return known;
    const number = this.#holders.size;
    this.#holders.set(holders, number);
    return number;
  }

  /** Positions of the named locations that hold the address that is seen. */
  #holdersOf({ rows: { words }, row }: NumberedAttempt, { located, standIn }: Sight): readonly number[] | undefined {
    const { index } = this.#compiled.locations;
    if (located < 0) return standIn === undefined ? undefined : lookup(index, standIn);
    return lookupWords(index, words, row * WORDS_WIDTH + located * ADDRESS_WIDTH);
  }

  /** The sign-in for a slot that was not asked of its part before. */
  #judged(signIn: NumberedAttempt, sight: Sight): Judged {
    const { attempt } = signIn;
    return { attempt, observation: sight.observe(attempt), holders: this.#holdersOf(signIn, sight) };
  }
}

/** Numbers for what is no country of a record; those of records come behind. */
const COUNTRIES: { readonly [country in Sight['country']]: number | undefined } = {
  unknown: 0,
  none: 1,
  recorded: undefined,
};
const COUNTRY = 2;

/** How somebody who signs in is taken; the tenant takes some otherwise than they present themselves. */
const WORKLOAD = 0;
const AGENT = 1;
const PERSON = 2;
const OTHERWISE = 3;
const WHO = 3;

/** More than there are types of clients, and pairs of authentication flows. */
const MOST_CLIENTS = 64;
const MOST_FLOWS = 64;
