import { lostLists } from '../../src/core/tenant/lost-lists.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';

const LISTED = ['users', 'applications', 'clientApplications', 'platforms'] as const;

/** The tenant with one list of its policies null, as an export writes one that it lost; itself where it has none to lose. */
export function withListLost(tenant: Tenant, at: number): Tenant {
  const lists = tenant.policies.flatMap((policy) => losing(policy).map((lost) => ({ policy, lost })));
  const chosen = lists[at % Math.max(lists.length, 1)];
  if (chosen === undefined) return tenant;
  return { ...tenant, policies: tenant.policies.map((one) => (one === chosen.policy ? chosen.lost : one)) };
}

/** The policy without each of its lists; one whose condition would be left with nulls alone looks like none of the SDK. */
function losing(policy: ConditionalAccessPolicy): readonly ConditionalAccessPolicy[] {
  return LISTED.flatMap((condition) =>
    Object.entries(policy.conditions[condition] ?? {})
      .filter(([, value]) => Array.isArray(value))
      .map(([list]): ConditionalAccessPolicy => {
        const lost = { ...policy.conditions[condition], [list]: null };
        return { ...policy, conditions: { ...policy.conditions, [condition]: lost } };
      })
      .filter(({ conditions }) => lostLists(conditions).length > lostLists(policy.conditions).length),
  );
}
