import { answerOf, numberOfAddress, numberOfWords } from '../../network/range-index.ts';
import type { NumberedAttempt, NumberedRows, Part } from '../../signaling/numbered-attempt.ts';
import { ADDRESS_WIDTH, ByNumber, numberOf, PART, WORDS_WIDTH } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { CompiledTenant } from '../compile.ts';
import type { Slot } from '../facts/facts.ts';
import { saidOfCountry } from '../facts/located.ts';
import { isIntuneEnrollment } from '../grant/controls.ts';
import type { Claims } from './claims.ts';
import type { DecisionEngine } from './engine.ts';
import { engineOf } from './engine.ts';
import type { Judged } from './judged.ts';
import { CLAIMANTS, NumberedPeople, OTHERWISE, PLAIN } from './numbered-people.ts';
import type { SlotAnswer, SlotAnswers } from './slot-bits.ts';

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
  readonly #people: NumberedPeople;
  readonly #others: readonly AnswersByPart[];
  /** By the country, then by the named locations that hold the address and the compliant network. */
  readonly #locations = new ByNumber<Map<number, SlotAnswer>>();
  readonly #countries = new Map<string, Map<number, SlotAnswer>>();
  /** Of each target, whether it is only the enrollment of Intune, of which less is asked. */
  readonly #enrollments = new ByNumber<boolean>();
  /** By the device and who signs in, then by all else that claims hang on. */
  readonly #claims = new ByNumber<Map<number, Claims>>();
  /** The sign-in of which all slots were asked last, and what it claims; its object may stand for another by now. */
  #last: NumberedAttempt | undefined;
  #lastRows: NumberedRows | undefined;
  #lastRow = 0;
  #lastAsking = 0;
  #lastClaims: Claims | undefined;

  constructor(compiled: CompiledTenant) {
    this.#compiled = compiled;
    this.engine = engineOf(compiled);
    this.#people = new NumberedPeople(this.engine.persons, this.engine.live.length);
    this.#others = this.engine.others.map(({ slot, answers }) => {
      const part = PART_OF[slot];
      return { part: part === undefined ? undefined : PART[part], answers, known: new ByNumber() };
    });
  }

  /**
   * Fills the scratch of the engine with what each slot says; gives what the session claims. `undefined` where it takes more than the
   * numbers: of people whom the tenant takes otherwise than they present themselves, of devices without a number, and where the
   * address at the resource counts too. `location`: what the location conditions say, where that was asked for before.
   */
  ask(signIn: NumberedAttempt, sight: Sight, location = this.location(signIn, sight)): Claims | undefined {
    const { hasStrictLocation, scratch } = this.engine;
    if (hasStrictLocation && sight.differsAtResource) return undefined;
    if (!this.#isLast(signIn)) return this.#askAll(signIn, sight, location);
    // Of one sign-in nothing but the location hangs on what is seen of it.
    const { answers } = scratch;
    if (location !== undefined) answers[answers.length - 1] = location;
    return this.#lastClaims;
  }

  /** Whether the scratch has what the slots said of the sign-in. */
  #isLast(signIn: NumberedAttempt): boolean {
    const { askings } = this.engine.scratch;
    return (
      askings === this.#lastAsking &&
      signIn === this.#last &&
      signIn.row === this.#lastRow &&
      signIn.rows === this.#lastRows
    );
  }

  #askAll(signIn: NumberedAttempt, sight: Sight, location: SlotAnswer | undefined): Claims | undefined {
    const { application, scratch } = this.engine;
    const { answers, aside } = scratch;
    scratch.askings++;
    const taken = this.#people.takenOf(signIn);
    if (taken === OTHERWISE) return undefined;
    let count = 0;
    if (application !== undefined) answers[count++] = this.#applicationOf(signIn, sight, application);
    const ofPerson = this.#people.answer(signIn, sight, this.#judged);
    aside.at = -1;
    if (taken === PLAIN) this.#putAside(signIn, count);
    if (ofPerson !== undefined) answers[count++] = ofPerson;
    for (let at = 0; at < this.#others.length; at++) {
      const answer = this.#otherOf(signIn, sight, this.#others[at] as AnswersByPart);
      if (answer === undefined) return undefined;
      answers[count++] = answer;
    }
    if (location !== undefined) answers[count++] = location;
    // There are as many each time: emptied first, the list would be made anew.
    answers.length = count;
    const claims = this.#claimsOf(signIn, taken);
    this.#last = signIn;
    this.#lastRows = signIn.rows;
    this.#lastRow = signIn.row;
    this.#lastAsking = scratch.askings;
    this.#lastClaims = claims;
    return claims;
  }

  /** Whether the tenant has nothing to add to what the person presents. */
  isTakenAsItIs(signIn: NumberedAttempt): boolean {
    return this.#people.takenOf(signIn) !== OTHERWISE;
  }

  /** What the location conditions say; `undefined`: no policy has one. */
  location(signIn: NumberedAttempt, sight: Sight): SlotAnswer | undefined {
    const { location } = this.engine;
    return location === undefined ? undefined : this.#locationOf(signIn, sight, location);
  }

  /** The bits of a person, who is one of tens of thousands, stand by themselves. */
  #putAside(signIn: NumberedAttempt, at: number): void {
    const { aside, sure } = this.engine.scratch;
    aside.at = at;
    aside.words = this.#people.masks(signIn);
    aside.from = numberOf(signIn, PART.who) * sure.length;
  }

  #applicationOf(signIn: NumberedAttempt, sight: Sight, answers: SlotAnswers): SlotAnswer {
    const number = numberOf(signIn, PART.target);
    const known = this.#applications.find(signIn.rows, number);
    return known ?? this.#applications.keep(signIn.rows, number, answers(this.#judged(signIn, sight)));
  }

  #otherOf(signIn: NumberedAttempt, sight: Sight, { part, answers, known }: AnswersByPart): SlotAnswer | undefined {
    const number = part === undefined ? 1 : numberOf(signIn, part);
    if (number === 0) return undefined;
    return known.find(signIn.rows, number) ?? known.keep(signIn.rows, number, answers(this.#judged(signIn, sight)));
  }

  #locationOf(signIn: NumberedAttempt, sight: Sight, answers: SlotAnswers): SlotAnswer {
    const country = COUNTRIES[sight.country] ?? numberOf(signIn, PART.country) + COUNTRY;
    const known =
      this.#locations.find(signIn.rows, country) ??
      this.#locations.keep(signIn.rows, country, this.#ofCountry(sight.observe(signIn.attempt).countryOrRegion));
    const compliant = sight.compliantNetwork === undefined ? 0 : sight.compliantNetwork ? 1 : 2;
    const key = this.#holdingOf(signIn, sight) * 3 + compliant;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = answers(this.#judged(signIn, sight));
    known.set(key, answer);
    return answer;
  }

  /** Countries of which named locations say the same share their answers. */
  #ofCountry(country: string | null | undefined): Map<number, SlotAnswer> {
    const said = saidOfCountry(this.#compiled.locations, country);
    const answers = this.#countries.get(said) ?? new Map<number, SlotAnswer>();
    this.#countries.set(said, answers);
    return answers;
  }

  #claimsOf(signIn: NumberedAttempt, who: number): Claims {
    const device = (numberOf(signIn, PART.deviceClaims) * CLAIMANTS + who) * 2 + (this.#isEnrollment(signIn) ? 1 : 0);
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

  /** A number for the named locations that hold the address that is seen; 0: no address is. */
  #holdingOf({ rows: { words }, row }: NumberedAttempt, { located, standIn }: Sight): number {
    const { index } = this.#compiled.locations;
    if (located >= 0) return numberOfWords(index, words, row * WORDS_WIDTH + located * ADDRESS_WIDTH) + 1;
    return standIn === undefined ? 0 : numberOfAddress(index, standIn) + 1;
  }

  /** The sign-in for a slot that was not asked of its part before. */
  readonly #judged = (signIn: NumberedAttempt, sight: Sight): Judged => {
    const { attempt } = signIn;
    const holding = this.#holdingOf(signIn, sight);
    const holders = holding === 0 ? undefined : answerOf(this.#compiled.locations.index, holding - 1);
    return { attempt, observation: sight.observe(attempt), holders };
  };
}

/** Numbers for what is no country of a record; those of records come behind. */
const COUNTRIES: { readonly [country in Sight['country']]: number | undefined } = {
  unknown: 0,
  none: 1,
  recorded: undefined,
};
const COUNTRY = 2;

/** More than there are types of clients, and pairs of authentication flows. */
const MOST_CLIENTS = 64;
const MOST_FLOWS = 64;
