import { modeOf } from '../conditional-access/effect.ts';
import type { Evaluation, PolicyEvaluation, Truth } from '../conditional-access/result.ts';
import type { CommonPolicies } from './common-policies.ts';

/**
 * Whether nothing changes whatever the missing facts are: every policy that can decide either surely does not apply on both
 * sides, or is the same policy and finds the same location on both. Then its answer is one function of the same missing
 * facts, so that a sign-in of which, say, the MFA is not known does not become a change that is not known.
 */
export function isSurelyUnchanged(before: Evaluation, after: Evaluation, { alike }: CommonPolicies): boolean {
  const later = new Map(after.policies.filter(canDecide).map((policy) => [policy.policyId, policy]));
  for (const was of before.policies.filter(canDecide)) {
    const becomes = later.get(was.policyId);
    later.delete(was.policyId);
    if (was.applies === false && (becomes === undefined || becomes.applies === false)) continue;
    if (becomes === undefined || !alike.has(was.policyId) || !isSameLocation(was, becomes)) return false;
  }
  return [...later.values()].every(({ applies }) => applies === false);
}

function canDecide({ state }: PolicyEvaluation): boolean {
  const mode = modeOf(state);
  return mode === 'enabled' || mode === 'other';
}

/** The location is the one condition that hangs on what Entra sees. */
function isSameLocation(before: PolicyEvaluation, after: PolicyEvaluation): boolean {
  const [from, to] = [locationOf(before), locationOf(after)];
  return from === to && from !== 'unknown';
}

function locationOf({ conditions }: PolicyEvaluation): Truth | undefined {
  return conditions.find(({ condition }) => condition === 'location')?.truth;
}
