import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { CompiledGrant } from '../grant/controls.ts';
import { CONTROL_RANKS, satisfactionOf } from '../grant/controls.ts';
import { GRANTED, INTERRUPTED } from '../grant/effect.ts';
import type { JudgedPolicy } from '../judged-policy.ts';
import { mayEnforce } from '../policy-mode.ts';
import type { Evaluation, MissingFact, Outcome, PolicyEvaluation, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import { all, and, any, not } from '../truth.ts';
import { statusOf } from './status.ts';

/** A policy that is in force, or may be, and whether it applies. */
interface Enforcing extends Pick<JudgedPolicy, 'compiled'> {
  readonly evaluation: Pick<PolicyEvaluation, 'applies'>;
}

type Combined = Omit<Evaluation, 'networkLocationDetails' | 'observation'>;

/**
 * The outcome of all applying enabled policies together: block wins, otherwise every one must be satisfied; policies have no
 * order and report-only ones no say (D-POL, D-RO). Without an applying policy the token is issued (D-PLAN).
 */
export function combine(judged: readonly JudgedPolicy[], attempt: SignInAttempt): Combined {
  const enforcing = judged.filter(({ compiled }) => mayEnforce(compiled.mode));
  const least = Math.max(GRANTED, ...enforcing.map(leastOf));
  const most = Math.max(GRANTED, ...enforcing.map(mostOf));
  const outcome: Outcome = least === most ? (EFFECTS[least] ?? 'unknown') : 'unknown';
  const deciding = decidingOf(enforcing, outcome, least);
  const policies = withTermsQuirk(judged, attempt, outcome);
  return {
    outcome,
    conditionalAccessStatus: conditionalAccessStatus(enforcing, least, most),
    status: statusOf(outcome, deciding, attempt),
    authenticationRequirement: requirementOf(enforcing, attempt),
    decidedBy: deciding.map(({ evaluation }) => evaluation.policyId),
    policies,
    sessionControls: gathered(enforcing),
    // Policies that reach a known outcome lack nothing.
    missing: unique(deciding.flatMap(({ evaluation }) => evaluation.missing)),
  };
}

function leastOf({ compiled, evaluation, effect }: JudgedPolicy): number {
  return compiled.mode === 'enabled' && evaluation.applies === true ? effect.least : GRANTED;
}

function mostOf({ evaluation, effect }: JudgedPolicy): number {
  return evaluation.applies === false ? GRANTED : effect.most;
}

/** The policies that decide: those that reach a known outcome, or might make an unknown one worse than is certain. */
function decidingOf(enforcing: readonly JudgedPolicy[], outcome: Outcome, least: number): readonly JudgedPolicy[] {
  if (outcome === 'granted') return [];
  return enforcing.filter((policy) => (outcome === 'unknown' ? mostOf(policy) > least : leastOf(policy) === least));
}

/**
 * `success` as soon as a policy matched user and application and none failed, even if its other conditions did not match;
 * `notApplied` if none did (D-LOGD, L-REAL). Report-only policies do not count here (OWN).
 */
function conditionalAccessStatus(
  enforcing: readonly JudgedPolicy[],
  least: number,
  most: number,
): Evaluation['conditionalAccessStatus'] {
  if (least > GRANTED) return 'failure';
  if (most > GRANTED) return undefined;
  const scopes = enforcing.map((policy) => and(isEnforced(policy), policy.isInScope));
  if (scopes.includes(true)) return 'success';
  return scopes.includes('unknown') ? undefined : 'notApplied';
}

/** The highest level that is needed: MFA where an applying policy cannot be satisfied without it (GDOC signin.md, L-REAL). */
function requirementOf(
  enforcing: readonly Enforcing[],
  attempt: SignInAttempt,
): Evaluation['authenticationRequirement'] {
  return requirementFor(
    enforcing.map((policy) =>
      all([isEnforced(policy), policy.evaluation.applies, needsMfa(policy.compiled.grant, attempt)]),
    ),
  );
}

/** The level by whether each policy that is or may be in force applies and needs MFA. */
export function requirementFor(needs: readonly Truth[]): Evaluation['authenticationRequirement'] {
  const isNeeded = any(needs);
  if (isNeeded === 'unknown') return undefined;
  return isNeeded ? 'multiFactorAuthentication' : 'singleFactorAuthentication';
}

/** A state that we do not know may enforce or not. */
function isEnforced({ compiled }: Pick<JudgedPolicy, 'compiled'>): Truth {
  return compiled.mode === 'enabled' ? true : 'unknown';
}

/** Whether the controls cannot be satisfied without MFA; with an operator that is not known, where AND and OR agree. */
export function needsMfa({ controls, operator }: CompiledGrant, attempt: SignInAttempt): Truth {
  if (!controls.some(({ rank }) => rank === CONTROL_RANKS.mfa)) return false;
  if (operator === 'AND') return true;
  const others = controls.filter(({ rank }) => rank !== CONTROL_RANKS.mfa);
  const underOr = not(any(others.map((control) => satisfactionOf(control, attempt))));
  return operator === 'OR' || underOr === true ? underOr : 'unknown';
}

/** Session controls of different policies add up; they count once the grants are satisfied (D-POL). */
function gathered(enforcing: readonly JudgedPolicy[]): string[] {
  const applying = enforcing.filter(
    ({ compiled, evaluation }) => compiled.mode === 'enabled' && evaluation.applies === true,
  );
  return [...new Set(applying.flatMap(({ compiled }) => compiled.sessionControls))].sort();
}

/**
 * A quirk of the log: while MFA is outstanding in one policy, it shows a policy that rests on terms of use as failed, even if
 * they were accepted before; the entry after MFA shows success for both (D-GRANT).
 */
function withTermsQuirk(judged: readonly JudgedPolicy[], attempt: SignInAttempt, outcome: Outcome): PolicyEvaluation[] {
  const interrupted = outcome === 'interrupted' && judged.some((policy) => awaitsMfa(policy, attempt));
  return judged.map(({ compiled, evaluation }) =>
    interrupted && evaluation.result === 'success' && restsOnTerms(compiled.grant, attempt)
      ? { ...evaluation, result: 'failure' as const }
      : evaluation,
  );
}

function awaitsMfa({ compiled, evaluation, effect }: JudgedPolicy, attempt: SignInAttempt): boolean {
  if (compiled.mode !== 'enabled' || evaluation.applies !== true || effect.least !== INTERRUPTED) return false;
  return leavesMfaOpen(compiled.grant, attempt);
}

export function leavesMfaOpen(grant: CompiledGrant, attempt: SignInAttempt): boolean {
  return grant.controls.some(
    (control) => control.rank === CONTROL_RANKS.mfa && satisfactionOf(control, attempt) !== true,
  );
}

/** Satisfied, and not without the terms of use. */
export function restsOnTerms(grant: CompiledGrant, attempt: SignInAttempt): boolean {
  const terms = grant.controls.filter(({ rank }) => rank === CONTROL_RANKS.termsOfUse);
  if (terms.length === 0) return false;
  const others = grant.controls.filter(({ rank }) => rank !== CONTROL_RANKS.termsOfUse);
  return grant.operator !== 'OR' || !others.some((control) => satisfactionOf(control, attempt) === true);
}

function unique(missing: readonly MissingFact[]): MissingFact[] {
  return [...new Map(missing.map((fact) => [`${fact.condition} ${fact.fact}`, fact])).values()];
}
