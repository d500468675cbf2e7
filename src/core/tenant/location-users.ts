import { locationWord } from '../graph/location-words.ts';
import { locationEntries } from './location-references.ts';
import type { NamedLocation } from './named-location.ts';
import { trustOf } from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import type { Tenant } from './tenant.ts';

/** Policies that name the location, in any state. */
export function policiesNaming(tenant: Tenant, locationId: string): ConditionalAccessPolicy[] {
  const wanted = locationId.toLowerCase();
  return tenant.policies.filter((policy) => locationEntries(policy).some(({ key }) => key === wanted));
}

/**
 * The policies that a named location decides: those that name its id in their include or exclude list, and, for a
 * trusted one and one of which that is not known, those that say `AllTrusted` (D-NET: every location marked trusted).
 */
export function policiesOfLocation(tenant: Tenant, location: NamedLocation): readonly ConditionalAccessPolicy[] {
  const wanted = location.id.toLowerCase();
  const trusted = trustOf(location) !== false;
  return tenant.policies.filter((policy) =>
    locationEntries(policy).some(({ key }) => key === wanted || (trusted && locationWord(key) === 'allTrusted')),
  );
}
