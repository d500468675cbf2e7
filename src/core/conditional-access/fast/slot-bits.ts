import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { SmallCopies } from '../../values/small-copies.ts';
import type { CompiledTenant } from '../compile.ts';
import type { CompiledCondition, Facts, Slot } from '../facts/facts.ts';
import { SLOTS } from '../facts/facts.ts';
import type { Subject } from '../facts/subject.ts';
import { resolveSubject } from '../facts/subject.ts';
import type { ConditionResult, Truth } from '../result.ts';
import { and } from '../truth.ts';
import type { PolicyBits } from './bitset.ts';
import { emptyMask, set } from './bitset.ts';
import { DecisionTable } from './decision-table.ts';
import type { BySlot, Judged } from './judged.ts';
import type { OpenAnswer } from './open-answers.ts';
import { CLOSED, OpenAnswers } from './open-answers.ts';
import { PeopleBits } from './people-bits.ts';
import { remembered } from './same-parts.ts';

/** What the conditions of one slot say for all policies. */
export interface SlotAnswer extends PolicyBits, OpenAnswer {
  /** One for all that is said alike in the slot; never given to another answer. */
  readonly number: number;
}

export type SlotAnswers = BySlot<SlotAnswer>;

/**
 * The slots that any policy uses, each with a cache over the part of the facts that its conditions read. A part that is new is
 * judged by the conditions themselves, so both paths share every rule and differ only in how they combine.
 */
export function compileSlots(compiled: CompiledTenant): ReadonlyMap<Slot, SlotAnswers> {
  const opens = new OpenAnswers();
  return new Map(usedSlots(compiled).map((slot) => [slot, remembered(slot, slotAnswers(compiled, slot, opens))]));
}

/** What the conditions on people say, for who remembers it of each person. */
export interface PeopleAnswers {
  readonly of: SlotAnswers;
  /** The same of one of whom no policy asks for more than ids and groups; `undefined`: a policy does, or may. */
  ofSubject(subject: Subject): SlotAnswer | undefined;
}

export function answersOnPeople(compiled: CompiledTenant): PeopleAnswers {
  const people = new PeopleBits(compiled);
  const shared = sharedAnswers();
  const isEverybodyNamed = compiled.policies.every(({ mode }, at) => mode === 'disabled' || people.isAnswered(at));
  return {
    of: slotAnswers(compiled, 'identity', new OpenAnswers(), { people, shared }),
    ofSubject: (subject) => {
      const reaching = isEverybodyNamed ? people.reaching(subject) : undefined;
      return reaching === undefined ? undefined : shared(reaching, reaching, CLOSED);
    },
  };
}

type SharedAnswers = (sure: Uint32Array, possible: Uint32Array, open: OpenAnswer) => SlotAnswer;

/** One answer for all that say the same: thousands of people are in the same policies. */
function sharedAnswers(): SharedAnswers {
  const answers = new DecisionTable<SlotAnswer>();
  const masks = new SmallCopies<Uint32Array>((length) => new Uint32Array(length));
  let next = 1;
  return (sure, possible, open) => {
    answers.begin();
    answers.putAll(sure);
    answers.putAll(possible);
    answers.put(open.openNumber);
    const known = answers.known();
    if (known !== undefined) return known;
    const surely = masks.of(sure);
    // Mostly nothing is open, and then one list stands for both.
    const possibly = open.openNumber === 0 ? surely : masks.of(possible);
    return answers.keep({ sure: surely, possible: possibly, ...open, number: next++ });
  };
}

/** The named locations as a resource knows them (D-CAE), for the address that is asked for. */
export function locationsAtResource(compiled: CompiledTenant): SlotAnswers {
  return remembered('location', slotAnswers(compiled, 'location', new OpenAnswers(), { atResource: true }));
}

/** How the conditions are asked. */
interface AskedOf extends Pick<Facts, 'atResource'> {
  /** Answers for the policies that name people by ids alone. */
  readonly people?: PeopleBits;
  readonly shared?: SharedAnswers;
}

function slotAnswers(
  compiled: CompiledTenant,
  slot: Slot,
  opens: OpenAnswers,
  { atResource, people, shared = sharedAnswers() }: AskedOf = {},
): SlotAnswers {
  const conditionsOf = compiled.policies.map(({ conditions, mode }) =>
    mode === 'disabled' ? undefined : conditions.filter((condition) => condition.slot === slot),
  );
  const [sure, possible] = [emptyMask(conditionsOf.length), emptyMask(conditionsOf.length)];
  const none = emptyMask(conditionsOf.length);
  return (judged) => {
    const facts = new SlotFacts(compiled, judged, atResource);
    const open = new Map<number, readonly ConditionResult[]>();
    const reaching = people?.reaching(facts.subject);
    sure.set(reaching ?? none);
    possible.set(reaching ?? none);
    for (let at = 0; at < conditionsOf.length; at++) {
      if (reaching !== undefined && people?.isAnswered(at) === true) continue;
      const conditions = conditionsOf[at];
      const truth = conditions === undefined ? false : truthOf(conditions, facts);
      if (truth === false || conditions === undefined) continue;
      set(possible, at);
      if (truth === true) set(sure, at);
      else open.set(at, unknownOf(conditions, facts));
    }
    return shared(sure, possible, opens.shared(open));
  };
}

/** The facts of a sign-in, as far as the conditions of one slot ask: who it is is looked up for those on people alone. */
class SlotFacts implements Facts {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
  readonly seen: Facts['seen'];
  readonly atResource?: true;
  readonly #people: CompiledTenant['people'];
  #subject: Facts['subject'] | undefined;

  constructor({ people }: CompiledTenant, { attempt, observation, holders }: Judged, atResource: true | undefined) {
    this.#people = people;
    this.attempt = attempt;
    this.observation = observation;
    this.seen = { holders };
    if (atResource === true) this.atResource = true;
  }

  get subject(): Facts['subject'] {
    this.#subject ??= resolveSubject(this.#people, this.attempt.identity);
    return this.#subject;
  }
}

/** What all conditions say together; most policies have one on a part of the facts. */
function truthOf(conditions: readonly CompiledCondition[], facts: Facts): Truth {
  let truth: Truth = true;
  for (let at = 0; at < conditions.length && truth !== false; at++) {
    const condition = conditions[at] as CompiledCondition;
    truth = and(truth, condition.truth === undefined ? condition.judge(facts).truth : condition.truth(facts));
  }
  return truth;
}

function unknownOf(conditions: readonly CompiledCondition[], facts: Facts): readonly ConditionResult[] {
  return conditions.map((condition) => condition.judge(facts)).filter(({ truth }) => truth === 'unknown');
}

export function usedSlots(compiled: CompiledTenant): readonly Slot[] {
  return SLOTS.filter((slot) =>
    compiled.policies.some(({ conditions }) => conditions.some((condition) => condition.slot === slot)),
  );
}
