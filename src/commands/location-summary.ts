import { policiesOfLocation } from '../core/tenant/location-users.ts';
import type { NamedLocation } from '../core/tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  trustOf,
  unknownCountriesOf,
} from '../core/tenant/named-location.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { LocationSummary } from '../output/reports/locations.ts';

export function locationSummary(tenant: Tenant, location: NamedLocation): LocationSummary {
  return {
    id: location.id,
    displayName: location.displayName,
    ...kindOf(location),
    policies: policiesOfLocation(tenant, location)
      .map(({ displayName }) => displayName)
      .sort(),
  };
}

function kindOf(location: NamedLocation): Omit<LocationSummary, 'id' | 'displayName' | 'policies'> {
  const nothing = {
    isTrusted: null,
    ranges: [],
    countriesAndRegions: [],
    includesUnknownCountriesAndRegions: false,
  };
  if (isIpNamedLocation(location)) {
    const ranges = location.ipRanges.map(
      (range) => range.cidrAddress ?? `${range.lowerAddress} - ${range.upperAddress}`,
    );
    return { ...nothing, type: 'ip', isTrusted: trustOf(location) ?? null, ranges };
  }
  if (isCountryNamedLocation(location)) {
    const byGps = location.countryLookupMethod === 'authenticatorAppGps';
    return {
      ...nothing,
      type: byGps ? 'country by GPS' : 'country',
      countriesAndRegions: location.countriesAndRegions,
      includesUnknownCountriesAndRegions: unknownCountriesOf(location) ?? null,
    };
  }
  if (isCompliantNetworkNamedLocation(location))
    return { ...nothing, type: 'compliant network', isTrusted: location.isTrusted === true };
  return { ...nothing, type: location['@odata.type'].replace('#microsoft.graph.', '') };
}
