import type { ConditionalAccessPolicy } from './policy.ts';
import type { Tenant } from './tenant.ts';

/** Named location ids in a policy, included and excluded, each once; the words `All` and `AllTrusted` are none. */
export function locationIdsOf({ conditions }: ConditionalAccessPolicy): string[] {
  const { includeLocations, excludeLocations } = conditions.locations ?? {};
  const ids = [...(includeLocations ?? []), ...(excludeLocations ?? [])];
  return [...new Set(ids)].filter((id) => !['all', 'alltrusted'].includes(id.toLowerCase()));
}

/** Policies that name the location, in any state. */
export function policiesNaming(tenant: Tenant, locationId: string): ConditionalAccessPolicy[] {
  const wanted = locationId.toLowerCase();
  return tenant.policies.filter((policy) => locationIdsOf(policy).some((id) => id.toLowerCase() === wanted));
}
