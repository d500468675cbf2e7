import type { CompiledPolicy } from '../compile.ts';
import { GRANTED } from '../grant/effect.ts';
import { requirementFor } from '../outcome/outcome.ts';
import { statusOf } from '../outcome/status.ts';
import { heardAt } from '../outcome/testimony.ts';
import type { Outcome, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { all, and } from '../truth.ts';
import { addShared, emptyMask, isSet, meet, nextIn, positionsIn, set } from './bitset.ts';
import { grantAt, mayDecide, worstIn } from './claimed-effects.ts';
import type { Claims } from './claims.ts';
import type { Decision } from './decision.ts';
import type { DecisionEngine, Reached } from './engine.ts';
import { codeOf, DISABLED, ENABLED, OTHER, resultCode } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import { NOTHING_OPEN, openAt } from './open-answers.ts';
import type { Says, Weighed, Weighing } from './weighing.ts';
import { leastOfOne, saysOf, weighingOf } from './weighing.ts';

/**
 * The decision that follows from the bits in the scratch of the engine, as `combine` makes it of whole evaluations. `heard`: what
 * the record says of policies that stay open; `isRecorded`: whether it says it of the address that is seen.
 */
export function weigh(
  engine: DecisionEngine,
  claims: Claims,
  heard: readonly HeardPolicy[],
  isRecorded: boolean,
): Decision {
  const says = saysOf(heard, isRecorded);
  const weighing = weighingOf(engine, claims, says);
  const [least, most] = [leastOf(weighing), mostOf(weighing)];
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const mask = decidingOf(engine, weighing, outcome, least);
  const { deciding, decidedBy, status } = reachedBy(engine, claims, outcome, mask);
  return {
    outcome,
    most: EFFECTS[most] ?? 'blocked',
    conditionalAccessStatus: conditionalAccessStatusOf(engine, says, least, most),
    results: resultsOf(engine, weighing, outcome),
    decidedBy,
    status,
    authenticationRequirement: requirementFor(needsOf(weighing)),
    missing: outcome === 'unknown' ? missingOf(engine, weighing, claims, deciding) : NOTHING_MISSING,
  };
}

const NOTHING_MISSING: readonly string[] = [];

/** What is said of an outcome that these policies decide, once for all whose claims are alike. */
function reachedBy(
  { policies, reached }: DecisionEngine,
  claims: Claims,
  outcome: Outcome,
  mask: Uint32Array,
): Reached {
  reached.begin();
  reached.put(outcome === 'unknown' ? -1 : EFFECTS.indexOf(outcome));
  reached.put(claims.number);
  reached.putAll(mask);
  const known = reached.known();
  if (known !== undefined) return known;
  const deciding = [...positionsIn(mask)];
  const compiled = deciding.map((at) => ({ compiled: policies[at] as CompiledPolicy }));
  return reached.keep({
    deciding,
    decidedBy: compiled.map(({ compiled: { policy } }) => policy.id),
    status: statusOf(outcome, compiled, claims.attempt),
  });
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
): Uint32Array {
  const deciding = emptyMask(modeOf.length);
  if (outcome === 'granted') return deciding;
  if (outcome === 'unknown') {
    for (let most = least + 1; most < EFFECTS.length; most++)
      addShared(deciding, effects.most[most] as Uint32Array, possible);
  } else addShared(deciding, effects.least[least] as Uint32Array, sure);
  for (const policy of told) {
    if (!mayDecide(policy.mode)) continue;
    if (outcome === 'unknown' ? policy.effect.most > least : leastOfOne(policy) === least) set(deciding, policy.at);
  }
  return deciding;
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
  { idle, results: copies }: DecisionEngine,
  { effects, sure, possible, told }: Weighing,
  outcome: Outcome,
): Uint8Array {
  const results = copies.of(idle);
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
