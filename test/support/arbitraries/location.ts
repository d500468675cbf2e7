import fc from 'fast-check';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../src/core/graph/location-words.ts';
import type { NamedLocation } from '../../../src/core/tenant/named-location.ts';
import { COUNTRIES, RANGE_TEXTS } from './network.ts';

export const LOCATION_IDS = [1, 2, 3, 4].map((at) => `10000000-0000-4000-8000-00000000000${at}`);

const TYPE = '#microsoft.graph.';

function ipLocation(id: string): fc.Arbitrary<NamedLocation> {
  return fc.record({
    '@odata.type': fc.constant(`${TYPE}ipNamedLocation`),
    id: fc.constant(id),
    displayName: fc.constant(`Network ${id.slice(-1)}`),
    // Null: an export lost it.
    isTrusted: fc.constantFrom(true, false, true, false, null),
    ipRanges: fc
      .subarray([...RANGE_TEXTS], { maxLength: 3 })
      .map((ranges) => ranges.map((cidrAddress) => ({ cidrAddress }))),
  });
}

function countryLocation(id: string): fc.Arbitrary<NamedLocation> {
  return fc.record({
    '@odata.type': fc.constant(`${TYPE}countryNamedLocation`),
    id: fc.constant(id),
    displayName: fc.constant(`Countries ${id.slice(-1)}`),
    countriesAndRegions: fc.subarray([...COUNTRIES]),
    includeUnknownCountriesAndRegions: fc.boolean(),
    countryLookupMethod: fc.constantFrom('clientIpAddress', 'authenticatorAppGps', null),
  });
}

const compliantNetwork: fc.Arbitrary<NamedLocation> = fc.boolean().map((isTrusted) => ({
  '@odata.type': `${TYPE}compliantNetworkNamedLocation`,
  id: COMPLIANT_NETWORK_LOCATION_ID,
  displayName: 'All Compliant Network locations',
  compliantNetworkType: 'allTenantCompliantNetworks',
  isTrusted,
}));

/** One location of each id, mostly by address; the compliant network may be missing. */
export const locations: fc.Arbitrary<readonly NamedLocation[]> = fc
  .tuple(
    fc.tuple(
      ...LOCATION_IDS.map((id) =>
        fc.oneof({ weight: 3, arbitrary: ipLocation(id) }, { weight: 1, arbitrary: countryLocation(id) }),
      ),
    ),
    fc.option(compliantNetwork, { nil: undefined }),
  )
  .map(([named, compliant]) => (compliant === undefined ? named : [...named, compliant]));
