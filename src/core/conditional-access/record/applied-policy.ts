import type { ConditionName } from '../../graph/conditions.ts';
import { CONDITION_NAMES, isLogged } from '../../graph/conditions.ts';
import type { ConditionResult, PolicyEvaluation, RuleSatisfied } from '../result.ts';
import type { AppliedConditionalAccessPolicy } from './sign-in.ts';

/** One entry of `appliedConditionalAccessPolicies` in Graph's beta shape (D-APPLIED, L-REAL). */
export function appliedPolicy(policy: PolicyEvaluation): AppliedConditionalAccessPolicy {
  const reported = reportedConditions(policy);
  const isEnabled = policy.result !== 'notEnabled';
  return {
    id: policy.policyId,
    displayName: policy.displayName,
    // Filled even where the policy does not apply, empty where it is off (L-REAL).
    enforcedGrantControls: isEnabled ? policy.enforcedGrantControls : [],
    enforcedSessionControls: isEnabled ? policy.sessionControls : [],
    result: policy.result,
    conditionsSatisfied: conditionsSatisfied(policy),
    conditionsNotSatisfied: conditionsNotSatisfied(policy),
    includeRulesSatisfied: reported.flatMap(({ includeRules }) => includeRules).flatMap(graphRule),
    excludeRulesSatisfied: reported.flatMap(({ excludeRules }) => excludeRules).flatMap(graphRule),
    ...(policy.authenticationStrength === undefined || !isEnabled
      ? {}
      : {
          authenticationStrength: {
            ...policy.authenticationStrength,
            authenticationStrengthResult: strengthResult(policy),
          },
        }),
  };
}

/**
 * The conditions that the log looks at: application first, and nothing else if it fails; then the identity, and nothing else
 * if that fails; then all others (L-REAL: about 100 policy records). A policy that is off has none.
 */
function reportedConditions({ result, conditions }: PolicyEvaluation): readonly ConditionResult[] {
  if (result === 'notEnabled') return [];
  const at = conditions.findIndex(({ condition, truth }) => isGate(condition) && truth !== true);
  return at < 0 ? conditions : conditions.slice(0, at + 1);
}

function isGate(condition: string): boolean {
  return condition === 'application' || condition === 'users' || condition === 'servicePrincipals';
}

/** `conditionsSatisfied`: only configured conditions, in the order of Graph's flags, or `none` (L-REAL). */
function conditionsSatisfied(policy: PolicyEvaluation): string {
  return flagsOf(reportedConditions(policy).filter(({ truth }) => truth === true));
}

/** `conditionsNotSatisfied`: a failing location adds the address, `location,ipAddressSeenByAzureAD` (L-REAL). */
function conditionsNotSatisfied(policy: PolicyEvaluation): string {
  return flagsOf(reportedConditions(policy).filter(({ truth }) => truth === false));
}

function flagsOf(results: readonly ConditionResult[]): string {
  const names = new Set(results.flatMap(namesOf));
  return names.size === 0 ? 'none' : CONDITION_NAMES.filter((name) => names.has(name)).join(',');
}

/** A satisfied location adds the address by symmetry; no log of one was seen (OWN). */
function namesOf({ condition, atResource }: ConditionResult): ConditionName[] {
  if (!isLogged(condition)) return [];
  if (condition !== 'location') return [condition];
  return ['location', atResource === true ? 'ipAddressSeenByResourceProvider' : 'ipAddressSeenByAzureAD'];
}

function graphRule({ conditionalAccessCondition, ruleSatisfied }: RuleSatisfied) {
  return isLogged(conditionalAccessCondition) ? [{ conditionalAccessCondition, ruleSatisfied }] : [];
}

function strengthResult({ applies, controls }: PolicyEvaluation): string {
  const strength = controls.find(({ control }) => control === 'authenticationStrength');
  if (applies !== true || strength === undefined || strength.satisfied === 'unknown') return 'notSet';
  return strength.satisfied ? 'satisfied' : 'singleChallengeRequired';
}
