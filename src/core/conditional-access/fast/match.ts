import { lookup } from '../../network/range-index.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { locatedAddress } from '../../signaling/observation.ts';
import type { CompiledTenant } from '../compile.ts';
import { presented } from '../facts/presented.ts';
import type { PolicyBits } from './bitset.ts';
import { copy } from './bitset.ts';
import type { DecisionEngine, OtherSlot, Scratch } from './engine.ts';
import type { Judged } from './judged.ts';
import type { SlotAnswer, SlotAnswers } from './slot-bits.ts';

/** What the sign-in is judged by, as the tenant takes it. */
export function judgedOf(
  engine: DecisionEngine,
  compiled: CompiledTenant,
  given: SignInAttempt,
  observation: Observation,
): Judged {
  const attempt = engine.persons.of(given.identity).isTakenAsItIs ? given : presented(compiled, given);
  const address = locatedAddress(observation);
  const holders = address === undefined ? undefined : lookup(compiled.locations.index, address);
  return { attempt, observation, holders };
}

/** Fills the scratch of the engine with what each slot says, application and identity first. */
export function ask(engine: DecisionEngine, judged: Judged, location: SlotAnswers | undefined): void {
  const { application, persons, others, scratch } = engine;
  const { answers, aside } = scratch;
  scratch.askings++;
  answers.length = 0;
  aside.at = -1;
  if (application !== undefined) answers.push(application(judged));
  const ofPerson = persons.answer(persons.of(judged.attempt.identity), judged);
  if (ofPerson !== undefined) answers.push(ofPerson);
  for (let at = 0; at < others.length; at++) answers.push((others[at] as OtherSlot).answers(judged));
  if (location !== undefined) answers.push(location(judged));
}

/** Fills the scratch of the engine: narrows the policies that are not off by what each slot has said. */
export function match({ live, scopeSlots, scratch }: DecisionEngine): void {
  const { sure, possible, answers, aside } = scratch;
  copy(sure, live);
  copy(possible, live);
  for (let at = 0; at < answers.length; at++) {
    if (at === scopeSlots) keepScope(scratch);
    if (at === aside.at) keepAside(scratch);
    else keepBoth(scratch, answers[at] as SlotAnswer);
  }
  if (answers.length <= scopeSlots) keepScope(scratch);
}

/** Keeps of either mask only the bits that the answer has too. */
function keepBoth({ sure, possible }: Scratch, answer: PolicyBits): void {
  for (let word = 0; word < sure.length; word++) {
    sure[word] = (sure[word] as number) & (answer.sure[word] as number);
    possible[word] = (possible[word] as number) & (answer.possible[word] as number);
  }
}

function keepAside({ sure, possible, aside: { words, from } }: Scratch): void {
  for (let word = 0; word < sure.length; word++) {
    const bits = words[from + word] as number;
    sure[word] = (sure[word] as number) & bits;
    possible[word] = (possible[word] as number) & bits;
  }
}

function keepScope({ sure, possible, scopeSure, scopePossible }: Scratch): void {
  copy(scopeSure, sure);
  copy(scopePossible, possible);
}
