import type { PolicyTestimony } from '../../signaling/attempt.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { GRANTED, NOTHING } from '../grant/effect.ts';
import { requirementOf } from '../outcome/outcome.ts';
import { statusOf } from '../outcome/status.ts';
import { heard as hear, heardEffect } from '../outcome/testimony.ts';
import type { ConditionResult, Outcome, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { all, and } from '../truth.ts';
import { isSet, positionsIn } from './bitset.ts';
import type { Claims, WeighedGrant } from './claims.ts';
import type { Decision } from './decision.ts';
import type { DecisionEngine } from './engine.ts';
import { codeOf, DISABLED, ENABLED, OTHER, resultCode } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import type { Judged, SlotAnswer } from './slot-bits.ts';

/** One policy that applies or may apply. */
interface Weighed {
  readonly at: number;
  readonly mode: number;
  readonly applies: Truth;
  readonly effect: SeverityRange;
  readonly grant: WeighedGrant;
  /** Conditions that stay unknown. */
  readonly open: readonly ConditionResult[];
}

/** The decision that follows from the bits in the scratch of the engine, as `combine` makes it of whole evaluations. */
export function weigh(engine: DecisionEngine, judged: Judged, claims: Claims, heard: readonly HeardPolicy[]): Decision {
  const says = new Map(heard.map(({ at, says }) => [at, says]));
  const weighed = weighPolicies(engine, judged, claims, says);
  const enforcing = weighed.filter(({ mode }) => mode === ENABLED || mode === OTHER);
  const least = Math.max(GRANTED, ...enforcing.map(leastOf));
  const most = Math.max(GRANTED, ...enforcing.map(({ effect }) => effect.most));
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const deciding = decidingOf(enforcing, outcome, least);
  return {
    outcome,
    conditionalAccessStatus: conditionalAccessStatusOf(engine, judged, says, least, most),
    results: resultsOf(engine, weighed, outcome),
    decidedBy: deciding.map(({ at }) => engine.policies[at]?.policy.id ?? ''),
    status: statusOf(outcome, namedOf(engine, deciding), judged.attempt),
    authenticationRequirement: requirementOf(namedOf(engine, enforcing), judged.attempt),
    missing: [...new Set(deciding.flatMap((policy) => missingOf(engine, policy)))].sort(),
  };
}

function namedOf({ policies }: DecisionEngine, weighed: readonly Weighed[]) {
  return weighed.flatMap(({ at, applies }) => {
    const compiled = policies[at];
    return compiled === undefined ? [] : [{ compiled, evaluation: { applies } }];
  });
}

function weighPolicies(
  { scratch, modeOf, grantOf }: DecisionEngine,
  judged: Judged,
  claims: Claims,
  says: ReadonlyMap<number, PolicyTestimony>,
): Weighed[] {
  const weighed: Weighed[] = [];
  for (const at of positionsIn(scratch.possible)) {
    const testimony = says.get(at);
    const results = isSet(scratch.sure, at)
      ? []
      : openAt(scratch.answers, at).map((each) => hear(each, testimony, judged));
    const applies = all(results.map(({ truth }) => truth));
    if (applies === false) continue;
    const grant = claims.grants[grantOf[at] ?? 0] ?? NO_GRANT;
    weighed.push({
      at,
      mode: modeOf[at] ?? OTHER,
      applies,
      effect: heardEffect(grant.effect, testimony),
      grant,
      open: results.filter(({ truth }) => truth === 'unknown'),
    });
  }
  return weighed;
}

const NO_GRANT: WeighedGrant = { effect: NOTHING, missing: [], leavesMfaOpen: false, restsOnTerms: false };

export function openAt(answers: readonly SlotAnswer[], at: number): ConditionResult[] {
  return answers.flatMap(({ open }) => open.get(at) ?? []);
}

function leastOf({ mode, applies, effect }: Weighed): number {
  return mode === ENABLED && applies === true ? effect.least : GRANTED;
}

/** See outcome.ts: those that reach a known outcome, or might make an unknown one worse than is certain. */
function decidingOf(enforcing: readonly Weighed[], outcome: Outcome, least: number): readonly Weighed[] {
  if (outcome === 'granted') return [];
  return enforcing.filter((policy) => (outcome === 'unknown' ? policy.effect.most > least : leastOf(policy) === least));
}

/** See outcome.ts. */
function conditionalAccessStatusOf(
  engine: DecisionEngine,
  judged: Judged,
  says: ReadonlyMap<number, PolicyTestimony>,
  least: number,
  most: number,
): Decision['conditionalAccessStatus'] {
  if (least > GRANTED) return 'failure';
  if (most > GRANTED) return undefined;
  const { scratch, modeOf, scopeSlots } = engine;
  const ofScope = scratch.answers.slice(0, scopeSlots);
  let isOpen = false;
  for (const at of positionsIn(scratch.scopePossible)) {
    const mode = modeOf[at];
    if (mode !== ENABLED && mode !== OTHER) continue;
    const isInScope = isSet(scratch.scopeSure, at)
      ? true
      : all(openAt(ofScope, at).map((each) => hear(each, says.get(at), judged).truth));
    const truth = and(mode === ENABLED ? true : 'unknown', isInScope);
    if (truth === true) return 'success';
    if (truth === 'unknown') isOpen = true;
  }
  return isOpen ? undefined : 'notApplied';
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

/** See evaluate.ts: the facts that leave the answer of one policy open. */
function missingOf({ policies }: DecisionEngine, { at, mode, effect, grant, open }: Weighed): readonly string[] {
  if (mode === OTHER) return [`meaning of state ${policies[at]?.policy.state}`];
  const ofConditions = open.flatMap(({ missing }) => missing.map(({ fact }) => fact));
  return effect.least === effect.most ? ofConditions : [...ofConditions, ...grant.missing];
}
