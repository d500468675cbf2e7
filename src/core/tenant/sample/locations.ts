import { COMPLIANT_NETWORK_LOCATION_ID } from '../../graph/location-words.ts';
import type { NamedLocation } from '../named-location.ts';

const locationId = (number: number) => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const HEADQUARTERS_ID = locationId(1);
export const VISITOR_NETWORK_ID = locationId(3);
export const COUNTRIES_WE_WORK_IN_ID = locationId(4);
export const BLOCKED_COUNTRIES_ID = locationId(5);

const DATED = { createdDateTime: '2025-09-15T09:00:00Z', modifiedDateTime: '2025-09-15T09:00:00Z' };

export const SAMPLE_LOCATIONS: readonly NamedLocation[] = [
  {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: HEADQUARTERS_ID,
    displayName: 'Headquarters',
    ...DATED,
    isTrusted: true,
    ipRanges: [
      ipv4('203.0.113.0/24'),
      { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: '2001:db8:10::/48' },
    ],
  },
  {
    // IPv4 only: people whose connection prefers IPv6 are outside of it (D-IPV6).
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: locationId(2),
    displayName: 'Rotterdam branch office',
    ...DATED,
    isTrusted: true,
    ipRanges: [ipv4('198.51.100.0/25')],
  },
  {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: VISITOR_NETWORK_ID,
    displayName: 'Visitor network',
    ...DATED,
    isTrusted: false,
    ipRanges: [ipv4('198.51.100.192/27')],
  },
  {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: COUNTRIES_WE_WORK_IN_ID,
    displayName: 'Countries we work in',
    ...DATED,
    countriesAndRegions: ['BE', 'DE', 'NL', 'US'],
    includeUnknownCountriesAndRegions: false,
    countryLookupMethod: 'clientIpAddress',
  },
  {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: BLOCKED_COUNTRIES_ID,
    displayName: 'Blocked countries',
    ...DATED,
    countriesAndRegions: ['IR', 'KP'],
    includeUnknownCountriesAndRegions: false,
    countryLookupMethod: 'clientIpAddress',
  },
  {
    '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
    id: COMPLIANT_NETWORK_LOCATION_ID,
    displayName: 'All Compliant Network locations',
    ...DATED,
    compliantNetworkType: 'allTenantCompliantNetworks',
    isTrusted: false,
  },
];

function ipv4(cidrAddress: string) {
  return { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress };
}
