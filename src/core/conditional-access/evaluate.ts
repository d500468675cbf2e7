import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { locatedAddress } from '../signaling/observation.ts';
import type { CompiledPolicy, CompiledTenant } from './compile.ts';
import type { Facts } from './facts/facts.ts';
import { holdingsOf, networkLocationDetails, seeAddress } from './facts/located.ts';
import { presented } from './facts/presented.ts';
import { resolveSubject } from './facts/subject.ts';
import { askedControls, BLOCK, judgeControl, operatorOf } from './grant/controls.ts';
import type { SeverityRange } from './grant/effect.ts';
import { effectOfGrant, named, resultOf } from './grant/effect.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import { demandsOfPolicy } from './outcome/demands.ts';
import { combine } from './outcome/outcome.ts';
import type { ResourceCheck } from './outcome/strict-location.ts';
import { resourceCheck, withResource } from './outcome/strict-location.ts';
import { heard, heardEffect } from './outcome/testimony.ts';
import type { ConditionResult, Evaluation, MissingFact, PolicyEvaluation, Truth } from './result.ts';
import { all } from './truth.ts';

/**
 * Evaluates one sign-in: by every policy, with every condition and its reasons. This is the explaining path, and the oracle of
 * the fast one (decide.ts): slow, obvious, and without caches.
 */
export function evaluate(compiled: CompiledTenant, given: SignInAttempt, observation: Observation): Evaluation {
  const attempt = presented(compiled, given);
  const facts = gatherFacts(compiled, attempt, observation);
  const judged = judgeEach(compiled, facts);
  const holdings = holdingsOf(compiled.locations, observation);
  return { ...combine(judged, attempt), networkLocationDetails: networkLocationDetails(holdings), observation };
}

export function gatherFacts(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): Facts {
  return {
    attempt,
    observation,
    subject: resolveSubject(compiled.people, attempt.identity),
    seen: seeAddress(compiled.locations, locatedAddress(observation)),
  };
}

/** Judges each policy, with every condition and its reasons; what they do together is not yet said. */
export function judgeEach(compiled: CompiledTenant, facts: Facts): JudgedPolicy[] {
  const check = resourceCheck(compiled, facts);
  return compiled.policies.map((policy) => judgePolicy(policy, facts, check));
}

export function judgePolicy(compiled: CompiledPolicy, facts: Facts, check: ResourceCheck | undefined): JudgedPolicy {
  const { policy, mode, grant } = compiled;
  const testimony = facts.attempt.testimony?.get(policy.id);
  const conditions = compiled.conditions.map((condition): ConditionResult => {
    const atEntra = heard(condition.judge(facts), testimony, facts);
    if (check === undefined || condition.slot !== 'location') return atEntra;
    return withResource(compiled, condition, atEntra, check, facts);
  });
  const applies = all(conditions.map(({ truth }) => truth));
  const effect = heardEffect(effectOfGrant(grant, facts.attempt), testimony);
  const controls = askedControls(grant).map((control) => judgeControl(control, facts.attempt));
  const result = resultOf(mode, applies, effect);
  const evaluation: PolicyEvaluation = {
    policyId: policy.id,
    displayName: policy.displayName,
    state: policy.state,
    result,
    applies,
    conditions,
    controls: grant.blocks ? [BLOCK, ...controls] : controls,
    operator: operatorOf(grant),
    demands: demandsOfPolicy(compiled),
    effect: named(effect),
    enforcedGrantControls: grant.enforcedGrantControls,
    authenticationStrength:
      grant.strength === undefined
        ? undefined
        : { authenticationStrengthId: grant.strength.id, displayName: grant.strength.displayName },
    sessionControls: compiled.sessionControls,
    missing: missingOf(
      compiled,
      conditions,
      applies,
      effect,
      controls.flatMap(({ missing }) => missing),
    ),
  };
  const isInScope = all(conditions.filter((_, at) => isScope(compiled, at)).map(({ truth }) => truth));
  return { compiled, evaluation, effect, isInScope };
}

function isScope({ conditions }: CompiledPolicy, at: number): boolean {
  const slot = conditions[at]?.slot;
  return slot === 'application' || slot === 'identity';
}

/** Facts that leave the policy's answer open: those of unknown conditions, and of controls where they would count. */
function missingOf(
  { mode, policy, grant }: CompiledPolicy,
  conditions: readonly ConditionResult[],
  applies: Truth,
  effect: SeverityRange,
  ofControls: readonly MissingFact[],
): MissingFact[] {
  if (mode === 'other') return [{ fact: `meaning of state ${policy.state}`, condition: 'state' }];
  if (applies === false) return [];
  const missing = conditions.filter(({ truth }) => truth === 'unknown').flatMap((condition) => condition.missing);
  if (effect.least === effect.most) return missing;
  const isAmbiguous = grant.operator === undefined && grant.controls.length > 1;
  return [
    ...missing,
    ...ofControls,
    ...(isAmbiguous ? [{ fact: 'operator', condition: 'grantControls' as const }] : []),
  ];
}
