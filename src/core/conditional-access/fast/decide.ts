import { lookup } from '../../network/range-index.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { locatedAddress } from '../../signaling/observation.ts';
import type { CompiledTenant } from '../compile.ts';
import { evaluate } from '../evaluate.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { effectOfGrant, GRANTED, NOTHING } from '../grant/effect.ts';
import { leavesMfaOpen, restsOnTerms } from '../outcome/outcome.ts';
import type { Evaluation, Outcome } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { keep, meet } from './bitset.ts';
import type { DecisionEngine } from './engine.ts';
import { codeOf, ENABLED, engineOf, OTHER, REPORT_ONLY, resultCode } from './engine.ts';
import type { Judged, SlotBits } from './slot-bits.ts';

/** The outcome without its reasons. */
export interface Decision {
  readonly outcome: Outcome;
  readonly conditionalAccessStatus: Evaluation['conditionalAccessStatus'];
  /** Of each policy in the tenant's order, the position of its result in `APPLIED_POLICY_RESULTS`. */
  readonly results: Uint8Array;
  /** As {@link Evaluation.decidedBy}. */
  readonly decidedBy: readonly string[];
}

/**
 * The same answer as `evaluate`, fast and without explanations: for each distinct value of a fact the matching policies are
 * worked out once as bits, and a sign-in is a conjunction of bits (invariant 9). The explaining path takes over where more
 * than bits is needed: an exported record is to be heard, or an address at the resource to be checked.
 */
export function decide(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): Decision {
  const engine = engineOf(compiled);
  if (engine.hasStrictLocation && differsAtResource(observation)) return explained(compiled, attempt, observation);
  const address = locatedAddress(observation);
  const holders = address === undefined ? undefined : lookup(compiled.locations.index, address);
  const matches = matchPolicies(engine, { attempt, observation, holders });
  const weighed = weigh(engine, matches, attempt);
  const decision = decided(engine, matches, weighed, attempt);
  const hasTestimony = attempt.testimony !== undefined && attempt.testimony.size > 0;
  return hasTestimony && (weighed.isOpen || decision.conditionalAccessStatus === undefined)
    ? explained(compiled, attempt, observation)
    : decision;
}

export function differsAtResource({ ipAddress, resourceIpAddress }: Observation): boolean {
  return resourceIpAddress !== undefined && resourceIpAddress.text !== ipAddress?.text;
}

/** Which policies surely and possibly apply, and whether an enforcing one has application and identity in its scope. */
interface Matches {
  readonly sure: Uint32Array;
  readonly possible: Uint32Array;
  readonly isInScope: boolean;
  readonly mayBeInScope: boolean;
}

function matchPolicies({ live, enabled, enforcing, scope, others, scratch }: DecisionEngine, judged: Judged): Matches {
  const { sure, possible } = scratch;
  sure.set(live);
  possible.set(live);
  narrow(scope);
  const isInScope = meet(sure, enabled);
  const mayBeInScope = isInScope || meet(possible, enforcing);
  narrow(others);
  return { sure, possible, isInScope, mayBeInScope };

  function narrow(slots: readonly SlotBits[]): void {
    for (const slot of slots) {
      const bits = slot(judged);
      keep(sure, bits.sure);
      keep(possible, bits.possible);
    }
  }
}

/** What the policies that may apply do. */
interface Weighed {
  readonly results: Uint8Array;
  /** Effects of the distinct grants, as far as a policy that may apply has them. */
  readonly effects: readonly (SeverityRange | undefined)[];
  readonly least: number;
  readonly most: number;
  /** Some answer hangs on a fact that is missing. */
  readonly isOpen: boolean;
}

function weigh(engine: DecisionEngine, { sure, possible }: Matches, attempt: SignInAttempt): Weighed {
  const { grantOf, grants, modeOf } = engine;
  const results = engine.idle.slice();
  const effects: (SeverityRange | undefined)[] = new Array(grants.length);
  let [least, most, isOpen] = [GRANTED, GRANTED, false];
  for (let word = 0; word < possible.length; word++) {
    for (let rest = possible[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      const at = word * 32 + bit;
      const grantAt = grantOf[at] ?? 0;
      const effect = effects[grantAt] ?? weighGrant(effects, engine, grantAt, attempt);
      const isSure = (((sure[word] ?? 0) >>> bit) & 1) === 1;
      const mode = modeOf[at] ?? OTHER;
      if (!isSure || effect.least !== effect.most) isOpen = true;
      results[at] = resultCode(mode, isSure, effect);
      if (mode === REPORT_ONLY) continue;
      if (isSure && mode === ENABLED && effect.least > least) least = effect.least;
      if (effect.most > most) most = effect.most;
    }
  }
  return { results, effects, least, most, isOpen };
}

function weighGrant(
  effects: (SeverityRange | undefined)[],
  { grants }: DecisionEngine,
  grantAt: number,
  attempt: SignInAttempt,
): SeverityRange {
  const grant = grants[grantAt];
  const effect = grant === undefined ? NOTHING : effectOfGrant(grant, attempt);
  effects[grantAt] = effect;
  return effect;
}

function decided(engine: DecisionEngine, matches: Matches, weighed: Weighed, attempt: SignInAttempt): Decision {
  const { results, least, most } = weighed;
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const conditionalAccessStatus = statusOf(matches, weighed);
  if (outcome === 'granted') return { outcome, conditionalAccessStatus, results, decidedBy: [] };
  const deciding = decidingPolicies(engine, matches, weighed, outcome);
  if (outcome === 'interrupted' && engine.hasTerms) applyTermsQuirk(engine, results, deciding, attempt);
  const decidedBy = deciding.map((at) => engine.policies[at]?.policy.id ?? '');
  return { outcome, conditionalAccessStatus, results, decidedBy };
}

/** See outcome.ts: those that reach a known outcome, or might make an unknown one worse than is certain. */
function decidingPolicies(
  engine: DecisionEngine,
  matches: Matches,
  { effects, least }: Weighed,
  outcome: Outcome,
): number[] {
  const mask = outcome === 'unknown' ? matches.possible : matches.sure;
  const deciding: number[] = [];
  for (let word = 0; word < mask.length; word++) {
    for (let rest = (mask[word] ?? 0) & (engine.enforcing[word] ?? 0); rest !== 0; rest &= rest - 1) {
      const at = word * 32 + 31 - Math.clz32(rest & -rest);
      const effect = effects[engine.grantOf[at] ?? 0] ?? NOTHING;
      const isDeciding =
        outcome === 'unknown' ? effect.most > least : engine.modeOf[at] === ENABLED && effect.least === least;
      if (isDeciding) deciding.push(at);
    }
  }
  return deciding;
}

function statusOf({ isInScope, mayBeInScope }: Matches, { least, most }: Weighed): Decision['conditionalAccessStatus'] {
  if (least > GRANTED) return 'failure';
  if (most > GRANTED) return undefined;
  if (isInScope) return 'success';
  return mayBeInScope ? undefined : 'notApplied';
}

const SUCCESS = codeOf('success');
const FAILURE = codeOf('failure');

/** See outcome.ts: terms of use count as failed while MFA is outstanding (D-GRANT). */
function applyTermsQuirk(
  { policies }: DecisionEngine,
  results: Uint8Array,
  deciding: readonly number[],
  attempt: SignInAttempt,
): void {
  const isAwaited = deciding.some((at) => {
    const grant = policies[at]?.grant;
    return grant !== undefined && leavesMfaOpen(grant, attempt);
  });
  if (!isAwaited) return;
  for (const [at, { grant }] of policies.entries()) {
    if (results[at] === SUCCESS && restsOnTerms(grant, attempt)) results[at] = FAILURE;
  }
}

/** The explaining path, shortened to a decision. */
function explained(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): Decision {
  const evaluation = evaluate(compiled, attempt, observation);
  const { outcome, conditionalAccessStatus, decidedBy } = evaluation;
  const results = Uint8Array.from(evaluation.policies, ({ result }) => codeOf(result));
  return { outcome, conditionalAccessStatus, results, decidedBy };
}
