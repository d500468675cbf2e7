import type { LocationReference } from '../tenant/location-references.ts';
import type { CheckedLocation } from './checked-location.ts';
import { looksUpByAddress } from './checked-location.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** What the rules ask of the locations that a policy names. */

/** The named locations of some entries, `AllTrusted` as every location that is marked trusted (D-NET). */
export function checkedLocationsOf(tenant: CheckedTenant, references: readonly LocationReference[]): CheckedLocation[] {
  const locations = references.flatMap((reference) => {
    if (reference.kind === 'allTrusted') return tenant.namedLocations.filter(({ trusted }) => trusted);
    const location = reference.kind === 'compliantNetwork' ? undefined : tenant.locationsById.get(reference.key);
    return location === undefined ? [] : [location];
  });
  return [...new Set(locations)];
}

/** Policies that name the location or, where it is or may be trusted, `AllTrusted`. */
export function policiesUsing(tenant: CheckedTenant, location: CheckedLocation): CheckedPolicy[] {
  return tenant.policies.filter(({ locations }) =>
    locations.some(({ key, kind }) => key === location.key || (location.mayBeTrusted && kind === 'allTrusted')),
  );
}

/** The entry by which the policy depends on the compliant network. */
export function compliantNetworkEntry(policy: CheckedPolicy): LocationReference | undefined {
  return decidingEntries(policy).find(({ kind }) => kind === 'compliantNetwork');
}

/**
 * Entries by which two addresses can get different answers (D-NET): IP and country locations,
 * trusted locations, MFA trusted IPs.
 */
export function addressEntries(tenant: CheckedTenant, policy: CheckedPolicy): LocationReference[] {
  return decidingEntries(policy).filter((reference) => dependsOnAddress(tenant, reference));
}

/** Entries that decide: beside an include of `All`, other includes change nothing. */
function decidingEntries({ locations }: CheckedPolicy): LocationReference[] {
  const coversAll = locations.some(({ side, kind }) => side === 'include' && kind === 'all');
  return locations.filter(({ side }) => side === 'exclude' || !coversAll);
}

function dependsOnAddress(tenant: CheckedTenant, reference: LocationReference): boolean {
  switch (reference.kind) {
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
    case 'ip':
    case 'country':
    case 'gpsCountry':
    case 'unmodelled': {
      const location = tenant.locationsById.get(reference.key);
      return location !== undefined && (location.ranges.length > 0 || looksUpByAddress(location));
    }
  }
}
