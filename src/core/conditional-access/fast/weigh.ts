import type { PolicyTestimony } from '../../signaling/attempt.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { GRANTED } from '../grant/effect.ts';
import { requirementFor } from '../outcome/outcome.ts';
import { statusOf } from '../outcome/status.ts';
import { heardAt, heardEffect } from '../outcome/testimony.ts';
import type { ConditionResult, Outcome, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { all, and } from '../truth.ts';
import { addShared, emptyMask, isSet, meet, nextIn, set, unset } from './bitset.ts';
import { claimedEffects, grantAt, mayDecide } from './claimed-effects.ts';
import type { ClaimedEffects, Claims, WeighedGrant } from './claims.ts';
import type { Decision } from './decision.ts';
import type { DecisionEngine, Scratch } from './engine.ts';
import { codeOf, DISABLED, ENABLED, OTHER, resultCode } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import { NOTHING_OPEN, openAt } from './open-answers.ts';

/** What is heard of policies. */
interface Says {
  readonly of: ReadonlyMap<number, PolicyTestimony>;
  readonly isRecorded: boolean;
}

/** One policy that applies or may apply, with what the record says of it. */
interface Weighed {
  readonly at: number;
  readonly mode: number;
  readonly applies: Truth;
  readonly effect: SeverityRange;
  readonly grant: WeighedGrant;
  /** Conditions that stay unknown. */
  readonly open: readonly ConditionResult[];
}

/** The policies that apply or may: many at once, but for those of which the record is heard. */
interface Weighing extends Pick<Scratch, 'sure' | 'possible'> {
  readonly effects: ClaimedEffects;
  readonly told: readonly Weighed[];
}

/**
 * The decision that follows from the bits in the scratch of the engine, as `combine` makes it of whole evaluations. `heard`: what the record says of policies that stay open; `isRecorded`: whether it
 * says it of the address that is seen.
 */
export function weigh(
  engine: DecisionEngine,
  claims: Claims,
  heard: readonly HeardPolicy[],
  isRecorded: boolean,
): Decision {
  const says = heard.length === 0 ? SAYS_NOTHING : { of: new Map(heard.map(({ at, says }) => [at, says])), isRecorded };
  const weighing = weighingOf(engine, claims, says);
  const [least, most] = [leastOf(weighing), mostOf(weighing)];
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const deciding = outcome === 'granted' ? NONE : decidingOf(engine, weighing, outcome, least);
  return {
    outcome,
    conditionalAccessStatus: conditionalAccessStatusOf(engine, says, least, most),
    results: resultsOf(engine, weighing, outcome),
    decidedBy: deciding.length === 0 ? NOBODY : deciding.map((at) => engine.policies[at]?.policy.id ?? ''),
    status: statusOf(outcome, compiledOf(engine, deciding), claims.attempt),
    authenticationRequirement: requirementFor(needsOf(weighing)),
    missing: outcome === 'unknown' ? missingOf(engine, weighing, claims, deciding) : NOBODY,
  };
}

const SAYS_NOTHING: Says = { of: new Map(), isRecorded: false };
const NONE: readonly number[] = [];
const NOBODY: readonly string[] = [];

function compiledOf({ policies }: DecisionEngine, deciding: readonly number[]) {
  return deciding.flatMap((at) => {
    const compiled = policies[at];
    return compiled === undefined ? [] : [{ compiled }];
  });
}

/** Of policies of which no record is heard the bits tell all. */
function weighingOf(engine: DecisionEngine, claims: Claims, says: Says): Weighing {
  const { scratch } = engine;
  const effects = claimedEffects(engine, claims);
  if (says.of.size === 0) return { effects, sure: scratch.sure, possible: scratch.possible, told: NOTHING_TOLD };
  const [sure, possible] = [scratch.sure.slice(), scratch.possible.slice()];
  const told: Weighed[] = [];
  for (const [at, testimony] of says.of) {
    if (!isSet(possible, at)) continue;
    const policy = weighOne(engine, claims, at, testimony, says.isRecorded);
    if (policy !== undefined) told.push(policy);
    unset(sure, at);
    unset(possible, at);
  }
  return { effects, sure, possible, told };
}

const NOTHING_TOLD: readonly Weighed[] = [];

/** `undefined` where the record says that it did not apply. */
function weighOne(
  engine: DecisionEngine,
  claims: Claims,
  at: number,
  testimony: PolicyTestimony,
  isRecorded: boolean,
): Weighed | undefined {
  const { sure, answers } = engine.scratch;
  const open: ConditionResult[] = [];
  // Nothing of a condition that stays open is false, unless the record says so.
  for (const result of isSet(sure, at) ? NOTHING_OPEN : openAt(answers, at)) {
    const { truth } = heardAt(result, testimony, isRecorded);
    if (truth === false) return undefined;
    if (truth === 'unknown') open.push(result);
  }
  const grant = grantAt(engine, claims, at);
  const applies = open.length === 0 ? true : 'unknown';
  return { at, mode: engine.modeOf[at] ?? OTHER, applies, effect: heardEffect(grant.effect, testimony), grant, open };
}

function leastOf({ effects, sure, told }: Weighing): number {
  let least = worstIn(effects.least, sure);
  for (const policy of told) least = Math.max(least, leastOfOne(policy));
  return least;
}

function mostOf({ effects, possible, told }: Weighing): number {
  let most = worstIn(effects.most, possible);
  for (const { mode, effect } of told) if (mayDecide(mode)) most = Math.max(most, effect.most);
  return most;
}

/** The worst that any of the policies does. */
function worstIn(doing: readonly Uint32Array[], policies: Uint32Array): number {
  for (let effect = doing.length - 1; effect > GRANTED; effect--) {
    if (meet(doing[effect] as Uint32Array, policies)) return effect;
  }
  return GRANTED;
}

function leastOfOne({ mode, applies, effect }: Weighed): number {
  return mode === ENABLED && applies === true ? effect.least : GRANTED;
}

/** Whether MFA is needed by policies of which no record is heard, and by each of the others. */
function needsOf({ effects, sure, possible, told }: Weighing): readonly Truth[] {
  const needs: Truth[] = [meet(effects.needMfa, sure) ? true : meet(effects.mayNeedMfa, possible) ? 'unknown' : false];
  for (const { mode, applies, grant } of told) {
    if (mayDecide(mode)) needs.push(and(mode === ENABLED ? true : 'unknown', and(applies, grant.needsMfa)));
  }
  return needs;
}

/** See outcome.ts: those that reach a known outcome, or might make an unknown one worse than is certain. */
function decidingOf(
  { modeOf }: DecisionEngine,
  { effects, sure, possible, told }: Weighing,
  outcome: Outcome,
  least: number,
): readonly number[] {
  const deciding = emptyMask(modeOf.length);
  if (outcome === 'unknown') {
    for (let most = least + 1; most < EFFECTS.length; most++)
      addShared(deciding, effects.most[most] as Uint32Array, possible);
  } else addShared(deciding, effects.least[least] as Uint32Array, sure);
  for (const policy of told) {
    if (!mayDecide(policy.mode)) continue;
    if (outcome === 'unknown' ? policy.effect.most > least : leastOfOne(policy) === least) set(deciding, policy.at);
  }
  const positions: number[] = [];
  for (let at = nextIn(deciding, 0); at >= 0; at = nextIn(deciding, at + 1)) positions.push(at);
  return positions;
}

/** See outcome.ts. */
function conditionalAccessStatusOf(
  engine: DecisionEngine,
  says: Says,
  least: number,
  most: number,
): Decision['conditionalAccessStatus'] {
  if (least > GRANTED) return 'failure';
  if (most > GRANTED) return undefined;
  const { scratch, modeOf, enabled } = engine;
  if (meet(scratch.scopeSure, enabled)) return 'success';
  let isOpen = false;
  for (let at = nextIn(scratch.scopePossible, 0); at >= 0; at = nextIn(scratch.scopePossible, at + 1)) {
    const mode = modeOf[at] ?? DISABLED;
    if (!mayDecide(mode)) continue;
    const isInScope = isSet(scratch.scopeSure, at) ? true : isInScopeAt(engine, says, at);
    const truth = and(mode === ENABLED ? true : 'unknown', isInScope);
    if (truth === true) return 'success';
    if (truth === 'unknown') isOpen = true;
  }
  return isOpen ? undefined : 'notApplied';
}

function isInScopeAt({ scratch, scopeSlots }: DecisionEngine, says: Says, at: number): Truth {
  const ofScope = scratch.answers.slice(0, scopeSlots);
  return all(openAt(ofScope, at).map((each) => heardAt(each, says.of.get(at), says.isRecorded).truth));
}

const SUCCESS = codeOf('success');
const FAILURE = codeOf('failure');

function resultsOf(
  { idle }: DecisionEngine,
  { effects, sure, possible, told }: Weighing,
  outcome: Outcome,
): Uint8Array {
  const results = idle.slice();
  const { codes, awaitMfa, restOnTerms } = effects;
  for (let at = nextIn(possible, 0); at >= 0; at = nextIn(possible, at + 1)) {
    results[at] = codes[isSet(sure, at) ? at : idle.length + at] as number;
  }
  for (const { at, mode, applies, effect } of told) results[at] = resultCode(mode, applies === true, effect);
  // See outcome.ts: terms of use count as failed while MFA is outstanding (D-GRANT).
  if (outcome === 'interrupted' && (meet(awaitMfa, sure) || told.some(awaitsMfa))) failTerms(results, restOnTerms);
  return results;
}

/** Only policies that apply succeed. */
function failTerms(results: Uint8Array, restOnTerms: Uint32Array): void {
  for (let at = nextIn(restOnTerms, 0); at >= 0; at = nextIn(restOnTerms, at + 1)) {
    if (results[at] === SUCCESS) results[at] = FAILURE;
  }
}

function awaitsMfa({ mode, applies, effect, grant }: Weighed): boolean {
  return mode === ENABLED && applies === true && EFFECTS[effect.least] === 'interrupted' && grant.leavesMfaOpen;
}

/** See evaluate.ts: the facts that leave the answers of the policies open, each once. */
function missingOf(
  engine: DecisionEngine,
  { sure, told }: Weighing,
  claims: Claims,
  deciding: readonly number[],
): readonly string[] {
  const facts = new Set<string>();
  for (const at of deciding) {
    const mode = engine.modeOf[at] ?? OTHER;
    if (mode === OTHER) {
      facts.add(`meaning of state ${engine.policies[at]?.policy.state}`);
      continue;
    }
    const one = told.find((policy) => policy.at === at);
    const open = one?.open ?? (isSet(sure, at) ? NOTHING_OPEN : openAt(engine.scratch.answers, at));
    for (const { missing } of open) for (const { fact } of missing) facts.add(fact);
    const grant = grantAt(engine, claims, at);
    const { least, most } = one?.effect ?? grant.effect;
    if (least !== most) for (const fact of grant.missing) facts.add(fact);
  }
  return [...facts].sort();
}
