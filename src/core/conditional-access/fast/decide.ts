import { lookup } from '../../network/range-index.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { addressAtResource, differsAtResource, locatedAddress } from '../../signaling/observation.ts';
import { isRecordedAddress } from '../../signaling/recorded-address.ts';
import type { CompiledTenant } from '../compile.ts';
import { evaluate, gatherFacts } from '../evaluate.ts';
import { outcomeRange } from '../outcome/range.ts';
import { isFollowedToResource } from '../outcome/strict-location.ts';
import type { Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { isSame, isSet, meet, positionsIn } from './bitset.ts';
import { claimedEffects } from './claimed-effects.ts';
import type { Claims } from './claims.ts';
import type { Decision } from './decision.ts';
import type { DecisionEngine, Scratch } from './engine.ts';
import { codeOf, engineOf } from './engine.ts';
import type { HeardPolicies, HeardPolicy } from './heard-policies.ts';
import type { Judged } from './judged.ts';
import { ask, judgedOf, match } from './match.ts';
import type { SlotAnswer } from './slot-bits.ts';
import { weigh } from './weigh.ts';

export type { Decision } from './decision.ts';

/**
 * The same answer as `evaluate`, fast and without explanations (invariant 9): for each distinct value of a fact the matching
 * policies are worked out once as bits, a sign-in is a conjunction of bits, and what follows from the bits, from what the
 * session proves and from what the record says of policies that stay open is weighed once.
 */
export function decide(compiled: CompiledTenant, given: SignInAttempt, observation: Observation): Decision {
  const engine = engineOf(compiled);
  const judged = judgedOf(engine, compiled, given, observation);
  const isFollowed = followedToResource(engine, compiled, judged);
  if (isFollowed !== false) return decideStrictly(engine, compiled, judged, isFollowed);
  ask(engine, judged, engine.location);
  const said = engine.hearing(judged.attempt.testimony);
  return concluded(engine, {
    claims: engine.claims.of(judged.attempt),
    said,
    isRecorded: said.policies.length > 0 && isRecordedAddress(judged.attempt, judged.observation),
  });
}

/** What a decision follows from beside what the slots say. */
export interface Grounds {
  readonly claims: Claims;
  /** What the record says of policies, and whether it says it of the address that is seen. */
  readonly said: HeardPolicies;
  readonly isRecorded: boolean;
}

/** What follows from the answers of the slots in the scratch of the engine. */
export function concluded(engine: DecisionEngine, grounds: Grounds): Decision {
  return recall(engine, grounds) ?? engine.recent.keep(conclude(engine, grounds));
}

/** What was decided where every slot gave the same answers. */
function recall({ recent, scratch }: DecisionEngine, { claims, said, isRecorded }: Grounds): Decision | undefined {
  if (!recent.begin()) return undefined;
  recent.put(claims.number);
  recent.put(said.policies.length === 0 ? 1 : isRecorded ? 2 : 3);
  for (let at = 0; at < said.policies.length; at++) {
    const one = said.policies[at] as HeardPolicy;
    recent.put(one.at + 1);
    recent.put(one.number);
  }
  const { answers } = scratch;
  for (let at = 0; at < answers.length; at++) recent.put((answers[at] as SlotAnswer).number);
  return recent.find();
}

function conclude(engine: DecisionEngine, grounds: Grounds): Decision {
  match(engine);
  const isHeard = describe(engine, grounds);
  const { decisions, scratch } = engine;
  const known = decisions.known();
  if (known !== undefined) return known;
  const { claims, said, isRecorded } = grounds;
  const heard = isHeard ? said.policies.filter(({ at }) => isSet(scratch.heard, at)) : NOTHING;
  return decisions.keep(weigh(engine, claims, heard, isRecorded));
}

const NOTHING: readonly HeardPolicy[] = [];

/**
 * Positions of the policies that may apply, whatever the record says of them; all others surely do not. Where the address at
 * the resource is looked at too, every policy may.
 */
export function mayApply(compiled: CompiledTenant, given: SignInAttempt, observation: Observation): Iterable<number> {
  const engine = engineOf(compiled);
  if (engine.hasStrictLocation && differsAtResource(observation)) return compiled.policies.keys();
  ask(engine, judgedOf(engine, compiled, given, observation), engine.location);
  match(engine);
  return positionsIn(engine.scratch.possible);
}

/** What location conditions say: one object for all sign-ins of which they say the same. */
export type LocationAnswer = SlotAnswer;

/** What the location conditions of all policies say; `undefined`: no policy has one. */
export function locationAnswer(
  compiled: CompiledTenant,
  attempt: SignInAttempt,
  observation: Observation,
): LocationAnswer | undefined {
  const address = locatedAddress(observation);
  const holders = address === undefined ? undefined : lookup(compiled.locations.index, address);
  return engineOf(compiled).location?.({ attempt, observation, holders });
}

/**
 * Begins the row of everything that the decision follows from: the bits, what the session proves, what is open and why, and
 * what the record says of it. Whether it is heard.
 */
function describe(engine: DecisionEngine, { claims, said, isRecorded }: Grounds): boolean {
  const { decisions, scratch, scopeSlots } = engine;
  const { sure, possible } = scratch;
  const isScopeOpen = describeScope(engine);
  decisions.put(claims.number);
  decisions.putAll(sure);
  decisions.putAll(possible);
  const isHeard = hear(engine, said, claims, isScopeOpen);
  // Of what a slot leaves open, only policies count that no other slot rules out; what a record says of a scope counts besides.
  if (!isSame(sure, possible) || isHeard) {
    const isScopeHeard = isScopeOpen && isHeard;
    for (let at = 0; at < scratch.answers.length; at++) {
      decisions.put(
        at === scratch.aside.at
          ? 0
          : openIn(scratch, scratch.answers[at] as SlotAnswer, isScopeHeard && at < scopeSlots),
      );
    }
  }
  if (!isHeard) return false;
  if (isScopeOpen) {
    decisions.putAll(scratch.scopeSure);
    decisions.putAll(scratch.scopePossible);
  }
  decisions.put(isRecorded ? -1 : -2);
  for (let position = 0; position < said.policies.length; position++) {
    const { at, number } = said.policies[position] as HeardPolicy;
    if (!isSet(scratch.heard, at)) continue;
    decisions.put(at);
    decisions.put(number);
  }
  return true;
}

/** What a slot leaves open; 0 where that is no policy that may apply and does not for sure, unless all of it counts. */
function openIn({ sure, possible }: Scratch, answer: SlotAnswer, isAllOpen: boolean): number {
  const { openNumber } = answer;
  return openNumber !== 0 && (isAllOpen || leavesOpen(answer, sure, possible)) ? openNumber : 0;
}

function leavesOpen(answer: SlotAnswer, sure: Uint32Array, possible: Uint32Array): boolean {
  for (let word = 0; word < sure.length; word++) {
    const open = (possible[word] as number) & ~(sure[word] as number);
    if ((open & (answer.possible[word] as number) & ~(answer.sure[word] as number)) !== 0) return true;
  }
  return false;
}

/** Whether it hangs on what is open if any policy has application and identity in its scope. */
function describeScope({ decisions, scratch, enabled, enforcing }: DecisionEngine): boolean {
  const isInScope = meet(scratch.scopeSure, enabled);
  const mayBeInScope = isInScope || meet(scratch.scopePossible, enforcing);
  decisions.begin();
  decisions.put(isInScope ? 2 : mayBeInScope ? 1 : 0);
  return mayBeInScope && !isInScope;
}

/** Puts the policies into the scratch that the facts leave open and the record speaks of; whether there is any. */
function hear(engine: DecisionEngine, { mask }: HeardPolicies, claims: Claims, isScopeOpen: boolean): boolean {
  const { scratch } = engine;
  const { open } = claimedEffects(engine, claims);
  let any = 0;
  for (let word = 0; word < mask.length; word++) {
    const heard = (mask[word] as number) & openWord(scratch, word, open, isScopeOpen);
    scratch.heard[word] = heard;
    any |= heard;
  }
  return any !== 0;
}

/** A word of the policies of which something is open: their scope, other conditions, or what they do. */
function openWord(
  { sure, possible, scopeSure, scopePossible }: Scratch,
  word: number,
  open: Uint32Array,
  isScopeOpen: boolean,
): number {
  const scope = isScopeOpen ? (scopePossible[word] as number) & ~(scopeSure[word] as number) : 0;
  return scope | ((possible[word] as number) & (~(sure[word] as number) | (open[word] as number)));
}

/** Whether strict location enforcement may look at this sign-in at the resource (D-STRICT). */
function followedToResource(engine: DecisionEngine, compiled: CompiledTenant, judged: Judged): Truth {
  const { attempt, observation } = judged;
  if (!engine.hasStrictLocation || !differsAtResource(observation)) return false;
  return isFollowedToResource(gatherFacts(compiled, attempt, observation));
}

/**
 * Decides with the address at the resource looked at too. The decision follows from the same as any other, and from the location
 * as the resource knows it, for either address; each new combination is explained once.
 */
function decideStrictly(engine: DecisionEngine, compiled: CompiledTenant, judged: Judged, isFollowed: Truth): Decision {
  const { attempt, observation } = judged;
  const { decisions, location, locationAtResource } = engine;
  ask(engine, judged, undefined);
  match(engine);
  const claims = engine.claims.of(attempt);
  const address = addressAtResource(observation);
  const holders = address === undefined ? undefined : lookup(compiled.locations.index, address);
  describeScope(engine);
  decisions.put(isFollowed === true ? -3 : -4);
  decisions.put(claims.number);
  for (const mask of ['sure', 'possible', 'scopeSure', 'scopePossible'] as const)
    decisions.putAll(engine.scratch[mask]);
  for (const { openNumber } of engine.scratch.answers) decisions.put(openNumber);
  for (const answer of [location?.(judged), locationAtResource(judged), locationAtResource({ ...judged, holders })]) {
    if (answer === undefined) continue;
    decisions.putAll(answer.sure);
    decisions.putAll(answer.possible);
    decisions.put(answer.openNumber);
  }
  decisions.put(isRecordedAddress(judged.attempt, judged.observation) ? -1 : -2);
  for (const { at, number } of engine.hearing(attempt.testimony).policies) {
    decisions.put(at);
    decisions.put(number);
  }
  return decisions.value(() => explained(compiled, attempt, observation));
}

/** The explaining path, shortened to a decision. */
function explained(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): Decision {
  const evaluation = evaluate(compiled, attempt, observation);
  const { outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement } = evaluation;
  const results = Uint8Array.from(evaluation.policies, ({ result }) => codeOf(result));
  const missing = [...new Set(evaluation.missing.map(({ fact }) => fact))].sort();
  const most = EFFECTS[outcomeRange(evaluation).most] ?? 'blocked';
  return { outcome, most, conditionalAccessStatus, results, decidedBy, status, authenticationRequirement, missing };
}
