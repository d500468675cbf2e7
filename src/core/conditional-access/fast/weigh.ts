import type { PolicyTestimony } from '../../signaling/attempt.ts';
import { GRANTED, NOTHING } from '../grant/effect.ts';
import { requirementFor } from '../outcome/outcome.ts';
import { statusOf } from '../outcome/status.ts';
import { heard as hear, heardEffect } from '../outcome/testimony.ts';
import type { ConditionResult, Outcome, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { all, and } from '../truth.ts';
import { isSet, nextIn } from './bitset.ts';
import type { Claims, Weighed, WeighedGrant } from './claims.ts';
import type { Decision } from './decision.ts';
import type { DecisionEngine } from './engine.ts';
import { codeOf, DISABLED, ENABLED, OTHER, resultCode } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import type { Judged, SlotAnswer } from './slot-bits.ts';

/** What of a sign-in is weighed, whatever the slots said of it. */
export type Heard = Pick<Judged, 'attempt' | 'observation'>;

type Says = ReadonlyMap<number, PolicyTestimony>;

/** The decision that follows from the bits in the scratch of the engine, as `combine` makes it of whole evaluations. */
export function weigh(engine: DecisionEngine, judged: Heard, claims: Claims, heard: readonly HeardPolicy[]): Decision {
  const says: Says = heard.length === 0 ? SAYS_NOTHING : new Map(heard.map(({ at, says }) => [at, says]));
  const weighed = weighPolicies(engine, judged, claims, says);
  let [least, most] = [GRANTED, GRANTED];
  const needs: Truth[] = [];
  for (const policy of weighed) {
    const { mode, applies, effect, grant } = policy;
    if (!mayDecide(mode)) continue;
    least = Math.max(least, leastOf(policy));
    most = Math.max(most, effect.most);
    needs.push(and(mode === ENABLED ? true : 'unknown', and(applies, grant.needsMfa)));
  }
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const deciding = decidingOf(weighed, outcome, least);
  return {
    outcome,
    conditionalAccessStatus: conditionalAccessStatusOf(engine, judged, says, least, most),
    results: resultsOf(engine, weighed, outcome),
    decidedBy: deciding.map(({ at }) => engine.policies[at]?.policy.id ?? ''),
    status: statusOf(outcome, compiledOf(engine, deciding), judged.attempt),
    authenticationRequirement: requirementFor(needs),
    missing: missingOf(engine, deciding),
  };
}

const SAYS_NOTHING: Says = new Map();

function mayDecide(mode: number): boolean {
  return mode === ENABLED || mode === OTHER;
}

function compiledOf({ policies }: DecisionEngine, deciding: readonly Weighed[]) {
  return deciding.flatMap(({ at }) => {
    const compiled = policies[at];
    return compiled === undefined ? [] : [{ compiled }];
  });
}

/** What surely applies does the same to all who make the same claims, whatever a record says of it. */
function weighPolicies(engine: DecisionEngine, judged: Heard, claims: Claims, says: Says): Weighed[] {
  const { possible, sure } = engine.scratch;
  const weighed: Weighed[] = [];
  for (let at = nextIn(possible, 0); at >= 0; at = nextIn(possible, at + 1)) {
    const each =
      isSet(sure, at) && !says.has(at)
        ? surelyApplying(engine, claims, at)
        : weighOne(engine, judged, claims, at, says.get(at));
    if (each !== undefined) weighed.push(each);
  }
  return weighed;
}

function surelyApplying(engine: DecisionEngine, claims: Claims, at: number): Weighed {
  const known = claims.applying[at];
  if (known !== undefined) return known;
  const weighed = applying(engine, claims, at);
  claims.applying[at] = weighed;
  return weighed;
}

function applying({ modeOf, grantOf }: DecisionEngine, { grants }: Claims, at: number): Weighed {
  const grant = grants[grantOf[at] ?? 0] ?? NO_GRANT;
  return { at, mode: modeOf[at] ?? OTHER, applies: true, effect: grant.effect, grant, open: [] };
}

/** `undefined` where the record says that it did not apply. */
function weighOne(
  engine: DecisionEngine,
  judged: Heard,
  claims: Claims,
  at: number,
  testimony: PolicyTestimony | undefined,
): Weighed | undefined {
  const { sure, answers } = engine.scratch;
  const open: ConditionResult[] = [];
  // Nothing of a condition that stays open is false, unless the record says so.
  for (const result of isSet(sure, at) ? NOTHING_OPEN : openAt(answers, at)) {
    const { truth } = hear(result, testimony, judged);
    if (truth === false) return undefined;
    if (truth === 'unknown') open.push(result);
  }
  const { mode, effect, grant } = surelyApplying(engine, claims, at);
  const applies = open.length === 0 ? true : 'unknown';
  return { at, mode, applies, effect: heardEffect(effect, testimony), grant, open };
}

const NO_GRANT: WeighedGrant = {
  effect: NOTHING,
  missing: [],
  leavesMfaOpen: false,
  restsOnTerms: false,
  needsMfa: false,
};

export function openAt(answers: readonly SlotAnswer[], at: number): readonly ConditionResult[] {
  let found = NOTHING_OPEN;
  for (let slot = 0; slot < answers.length; slot++) {
    const { open } = answers[slot] as SlotAnswer;
    const results = open.size === 0 ? undefined : open.get(at);
    // Mostly one slot alone leaves something open.
    if (results !== undefined) found = found.length === 0 ? results : [...found, ...results];
  }
  return found;
}

const NOTHING_OPEN: readonly ConditionResult[] = [];

function leastOf({ mode, applies, effect }: Weighed): number {
  return mode === ENABLED && applies === true ? effect.least : GRANTED;
}

/** See outcome.ts: those that reach a known outcome, or might make an unknown one worse than is certain. */
function decidingOf(weighed: readonly Weighed[], outcome: Outcome, least: number): readonly Weighed[] {
  if (outcome === 'granted') return NONE;
  return weighed.filter(
    (policy) =>
      mayDecide(policy.mode) && (outcome === 'unknown' ? policy.effect.most > least : leastOf(policy) === least),
  );
}

const NONE: readonly Weighed[] = [];

/** See outcome.ts. */
function conditionalAccessStatusOf(
  engine: DecisionEngine,
  judged: Heard,
  says: Says,
  least: number,
  most: number,
): Decision['conditionalAccessStatus'] {
  if (least > GRANTED) return 'failure';
  if (most > GRANTED) return undefined;
  const { scratch, modeOf } = engine;
  let isOpen = false;
  for (let at = nextIn(scratch.scopePossible, 0); at >= 0; at = nextIn(scratch.scopePossible, at + 1)) {
    const mode = modeOf[at] ?? DISABLED;
    if (!mayDecide(mode)) continue;
    const isInScope = isSet(scratch.scopeSure, at) ? true : isInScopeAt(engine, judged, says, at);
    const truth = and(mode === ENABLED ? true : 'unknown', isInScope);
    if (truth === true) return 'success';
    if (truth === 'unknown') isOpen = true;
  }
  return isOpen ? undefined : 'notApplied';
}

function isInScopeAt({ scratch, scopeSlots }: DecisionEngine, judged: Heard, says: Says, at: number): Truth {
  const ofScope = scratch.answers.slice(0, scopeSlots);
  return all(openAt(ofScope, at).map((each) => hear(each, says.get(at), judged).truth));
}

const SUCCESS = codeOf('success');
const FAILURE = codeOf('failure');

/** See outcome.ts: terms of use count as failed while MFA is outstanding (D-GRANT). */
function resultsOf({ idle }: DecisionEngine, weighed: readonly Weighed[], outcome: Outcome): Uint8Array {
  const results = idle.slice();
  const isAwaited = outcome === 'interrupted' && weighed.some(awaitsMfa);
  for (const { at, mode, applies, effect, grant } of weighed) {
    if (mode === DISABLED) continue;
    const code = resultCode(mode, applies === true, effect);
    results[at] = isAwaited && code === SUCCESS && grant.restsOnTerms ? FAILURE : code;
  }
  return results;
}

function awaitsMfa({ mode, applies, effect, grant }: Weighed): boolean {
  return mode === ENABLED && applies === true && EFFECTS[effect.least] === 'interrupted' && grant.leavesMfaOpen;
}

/** See evaluate.ts: the facts that leave the answers of the policies open, each once. */
function missingOf(engine: DecisionEngine, deciding: readonly Weighed[]): readonly string[] {
  const facts = new Set<string>();
  for (const policy of deciding) for (const fact of missingIn(engine, policy)) facts.add(fact);
  return [...facts].sort();
}

function missingIn({ policies }: DecisionEngine, { at, mode, effect, grant, open }: Weighed): readonly string[] {
  if (mode === OTHER) return [`meaning of state ${policies[at]?.policy.state}`];
  const ofConditions = open.flatMap(({ missing }) => missing.map(({ fact }) => fact));
  return effect.least === effect.most ? ofConditions : [...ofConditions, ...grant.missing];
}
