import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import type { PolicyStanding, Truth } from '../conditional-access/result.ts';
import type { Side } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';

/**
 * Ids of the policies that may answer differently on the two sides. A policy that can decide does not, whatever the missing
 * facts are, where it surely does not apply on both, or is the same policy and finds the same location on both: then its
 * answer is one function of the same facts. Without differing policies nothing changes, so that a sign-in of which, say, the
 * MFA is not known does not become a change that is not known.
 */
export function differingPolicies(before: Side, after: Side, { alike, open }: CommonPolicies): ReadonlySet<string> {
  const later = new Map(after.policies.filter(canDecide).map((policy) => [policy.policyId, policy]));
  const differing = new Set<string>();
  for (const was of before.policies.filter(canDecide)) {
    const becomes = later.get(was.policyId);
    later.delete(was.policyId);
    if (was.applies === false && (becomes === undefined || becomes.applies === false)) continue;
    if (becomes === undefined || !alike.has(was.policyId) || open.has(was.policyId) || !isSameLocation(was, becomes))
      differing.add(was.policyId);
  }
  for (const { policyId, applies } of later.values()) if (applies !== false) differing.add(policyId);
  return differing;
}

function canDecide({ state }: PolicyStanding): boolean {
  return mayEnforce(modeOf(state));
}

/** The location is the one condition that hangs on what Entra sees. */
function isSameLocation(before: PolicyStanding, after: PolicyStanding): boolean {
  const [from, to] = [locationOf(before), locationOf(after)];
  return from === to && from !== 'unknown';
}

function locationOf({ conditions }: PolicyStanding): Truth | undefined {
  return conditions.find(({ condition }) => condition === 'location')?.truth;
}
