import type { NamedLocation } from './named-location.ts';
import { isTrustedLocation } from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import { policiesNaming } from './references.ts';
import type { Tenant } from './tenant.ts';

/**
 * The policies that a named location decides: those that name its id in their include or exclude list, and, for a trusted
 * one, those that say `AllTrusted` (D-NET: every location marked trusted).
 */
export function policiesOfLocation(tenant: Tenant, location: NamedLocation): readonly ConditionalAccessPolicy[] {
  const naming = new Set(policiesNaming(tenant, location.id));
  const trusted = isTrustedLocation(location);
  return tenant.policies.filter((policy) => naming.has(policy) || (trusted && saysAllTrusted(policy)));
}

function saysAllTrusted({ conditions }: ConditionalAccessPolicy): boolean {
  const { includeLocations, excludeLocations } = conditions.locations ?? {};
  return [...(includeLocations ?? []), ...(excludeLocations ?? [])].some(
    (entry) => entry.toLowerCase() === 'alltrusted',
  );
}
