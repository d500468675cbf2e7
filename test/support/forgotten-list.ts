import { lostLists } from '../../src/core/tenant/lost-lists.ts';
import type { ConditionalAccessPolicy, ConditionSet } from '../../src/core/tenant/policy.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { isObject } from '../../src/core/values/is-object.ts';

/** The tenant with one thing that its policies say lost, as an export writes it; itself where it has none to lose. */
export function withListLost(tenant: Tenant, at: number): Tenant {
  const lists = tenant.policies.flatMap((policy) => losing(policy).map((lost) => ({ policy, lost })));
  const chosen = lists[at % Math.max(lists.length, 1)];
  if (chosen === undefined) return tenant;
  return { ...tenant, policies: tenant.policies.map((one) => (one === chosen.policy ? chosen.lost : one)) };
}

/** The policy without each thing that its conditions list; one whose condition is left with nulls alone looks like none of the SDK. */
function losing(policy: ConditionalAccessPolicy): readonly ConditionalAccessPolicy[] {
  return withoutEach(policy.conditions)
    .map((conditions): ConditionalAccessPolicy => ({ ...policy, conditions: conditions as ConditionSet }))
    .filter(({ conditions }) => lostLists(conditions).length > lostLists(policy.conditions).length);
}

/** Lists as null, flags as null and as no text, objects without members; at any depth. */
function withoutEach(object: object): readonly object[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    const inside = isObject(value) ? [{}, ...withoutEach(value)] : [];
    const places = Array.isArray(value) ? [null] : typeof value === 'string' ? [null, ''] : inside;
    return places.map((place) => ({ ...object, [name]: place }));
  });
}
