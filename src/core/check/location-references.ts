import type { LocationWord } from '../graph/location-words.ts';
import { locationWord } from '../graph/location-words.ts';
import type { CheckedLocation } from './checked-location.ts';
import { looksUpByAddress } from './checked-location.ts';
import type { CheckedPolicy, Entry } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** What an entry of a policy's locations stands for (G-LOC, L-M365DSC, BREAK). */
export type LocationReference =
  | { readonly is: LocationWord | 'dangling' }
  | { readonly is: 'location'; readonly location: CheckedLocation };

export const INCLUDE_LOCATIONS = '/conditions/locations/includeLocations';
export const EXCLUDE_LOCATIONS = '/conditions/locations/excludeLocations';

export function referenceOf(tenant: CheckedTenant, entry: Entry): LocationReference {
  // The compliant network has one id in every tenant, so a policy may name it before an export holds it (BREAK, ZTA).
  const word = locationWord(entry.key);
  if (word !== undefined) return { is: word };
  const location = tenant.locationsById.get(entry.key);
  if (location === undefined) return { is: 'dangling' };
  return location.kind === 'compliantNetwork' ? { is: 'compliantNetwork' } : { is: 'location', location };
}

/** Every entry of both lists with what it stands for. */
export function locationEntries(policy: CheckedPolicy): readonly Entry[] {
  return [...policy.list(INCLUDE_LOCATIONS), ...policy.list(EXCLUDE_LOCATIONS)];
}

/** The named locations of one list, `AllTrusted` as every location that is marked trusted (D-NET). */
export function locationsOf(tenant: CheckedTenant, entries: readonly Entry[]): CheckedLocation[] {
  const locations = entries.flatMap((entry) => {
    const reference = referenceOf(tenant, entry);
    if (reference.is === 'location') return [reference.location];
    return reference.is === 'allTrusted' ? tenant.namedLocations.filter(({ trusted }) => trusted) : [];
  });
  return [...new Set(locations)];
}

/** Policies that name the location or, where it is trusted, `AllTrusted`. */
export function policiesUsing(tenant: CheckedTenant, location: CheckedLocation): CheckedPolicy[] {
  return tenant.policies.filter((policy) =>
    locationEntries(policy).some(({ key }) => key === location.key || (location.trusted && key === 'alltrusted')),
  );
}

/** The entry by which the policy depends on the compliant network. */
export function compliantNetworkEntry(tenant: CheckedTenant, policy: CheckedPolicy): Entry | undefined {
  return decidingEntries(policy).find((entry) => referenceOf(tenant, entry).is === 'compliantNetwork');
}

/**
 * Entries by which two addresses can get different answers (reference conditional-access §5.1): IP and country locations,
 * trusted locations, MFA trusted IPs.
 */
export function addressEntries(tenant: CheckedTenant, policy: CheckedPolicy): Entry[] {
  return decidingEntries(policy).filter((entry) => dependsOnAddress(tenant, referenceOf(tenant, entry)));
}

/** Beside an include of `All`, other includes change nothing. */
function decidingEntries(policy: CheckedPolicy): Entry[] {
  const includes = policy.list(INCLUDE_LOCATIONS);
  const coversAll = includes.some(({ key }) => key === 'all');
  return [...(coversAll ? [] : includes), ...policy.list(EXCLUDE_LOCATIONS)];
}

function dependsOnAddress(tenant: CheckedTenant, reference: LocationReference): boolean {
  switch (reference.is) {
    case 'all':
    case 'compliantNetwork':
    case 'dangling':
      return false;
    case 'mfaTrustedIps':
      return tenant.mfaTrustedIps === undefined || tenant.mfaTrustedIps.length > 0;
    case 'allTrusted':
      return (
        tenant.namedLocations.some(({ trusted, ranges }) => trusted && ranges.length > 0) ||
        (tenant.mfaTrustedIps ?? []).length > 0
      );
    case 'location':
      return reference.location.ranges.length > 0 || looksUpByAddress(reference.location);
  }
}
