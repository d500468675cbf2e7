import { readRanges } from '../network/range.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import { markedTrusted, rangesOf } from '../tenant/location-ranges.ts';
import type { IpNamedLocation, NamedLocation } from '../tenant/named-location.ts';
import { isCountryNamedLocation, isIpNamedLocation, trustOf, unknownCountriesOf } from '../tenant/named-location.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { LocatedPolicies } from './located-policies.ts';

/**
 * The tenant as it would be if what it does not know of places were none: MFA trusted IPs, locations that nobody has seen
 * or that lost their mark of trust or what they say of unknown countries, ranges that cannot be read, ids that nothing defines. `undefined`
 * where it knows all of that.
 */
export function supposingNoMorePlaces(tenant: Tenant, located: LocatedPolicies): Tenant | undefined {
  const dangling = danglingIds(located);
  const trustedIps = readRanges(tenant.mfaTrustedIps ?? []).map(({ text }) => text);
  const locations = tenant.namedLocations.map(known);
  const isAllKnown =
    dangling.length === 0 &&
    isListKnown(tenant, 'namedLocations') &&
    trustedIps.length === tenant.mfaTrustedIps?.length &&
    locations.every((location, at) => location === tenant.namedLocations[at]);
  if (isAllKnown) return undefined;
  return {
    ...tenant,
    namedLocations: [...locations, ...dangling.map(emptyLocation)],
    namedLocationsKnown: true,
    mfaTrustedIps: trustedIps,
  };
}

function danglingIds({ list }: LocatedPolicies): readonly string[] {
  const dangling = list.flatMap(({ references }) => references.filter(({ kind }) => kind === 'dangling'));
  return [...new Set(dangling.map(({ key }) => key))];
}

function emptyLocation(id: string): NamedLocation {
  return { '@odata.type': '#microsoft.graph.ipNamedLocation', id, displayName: id, isTrusted: false, ipRanges: [] };
}

/** The location itself where all of it is known. */
function known(location: NamedLocation): NamedLocation {
  if (isCountryNamedLocation(location) && unknownCountriesOf(location) === undefined)
    return { ...location, includeUnknownCountriesAndRegions: false };
  if (!isIpNamedLocation(location)) return location;
  return trustOf(location) === undefined ? markedTrusted(readable(location), false) : readable(location);
}

function readable(location: IpNamedLocation): IpNamedLocation {
  const { unread } = rangesOf(location);
  if (unread.length === 0) return location;
  const places = new Set(unread.map(({ at }) => at));
  return { ...location, ipRanges: location.ipRanges.filter((_, at) => !places.has(at)) };
}
