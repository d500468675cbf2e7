import type { NamedLocation } from './named-location.ts';
import { isTrustedLocation } from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import type { Tenant } from './tenant.ts';

/**
 * The policies that a named location decides: those that name its id in their include or exclude list, and, for a trusted
 * one, those that say `AllTrusted` (D-NET: every location marked trusted).
 */
export function policiesOfLocation(tenant: Tenant, location: NamedLocation): readonly ConditionalAccessPolicy[] {
  const names = new Set([location.id.toLowerCase(), ...(isTrustedLocation(location) ? ['alltrusted'] : [])]);
  return tenant.policies.filter(({ conditions }) =>
    [...(conditions.locations?.includeLocations ?? []), ...(conditions.locations?.excludeLocations ?? [])].some(
      (entry) => names.has(entry.toLowerCase()),
    ),
  );
}
