import { looksUpByGps } from '../../conditional-access/located.ts';
import type { Address } from '../../network/address.ts';
import { buildEgressIndex, PUBLISHED_EGRESS_RANGES } from '../../network/gsa-ranges.ts';
import type { Range } from '../../network/range.ts';
import { parseRange } from '../../network/range.ts';
import { boundaries, buildRangeIndex, lookup } from '../../network/range-index.ts';
import { isPublicAddress } from '../../network/special-use.ts';
import type { AddressFacts } from '../../signaling/attempt.ts';
import { rangesOf } from '../../tenant/location-ranges.ts';
import { isCountryNamedLocation, isIpNamedLocation } from '../../tenant/named-location.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/** One address for each answer that the tenant's ranges and countries can give: of users, and of the proxy. */
export interface AddressClasses {
  readonly sources: readonly AddressFacts[];
  readonly proxies: readonly AddressFacts[];
}

/**
 * "Every address" is finite: the tenant's own ranges cut both address spaces into intervals inside of which no policy can tell
 * two addresses apart, and the same goes for countries. A source is an address that the internet can see and that is not the
 * service's own; a proxy lies in the egress ranges.
 */
export function addressClasses(tenant: Tenant): AddressClasses {
  const egressRanges = tenant.globalSecureAccess.egressRanges ?? PUBLISHED_EGRESS_RANGES;
  const egress = buildEgressIndex(egressRanges);
  const isProxy = (address: Address) => lookup(egress, address).length > 0;
  const owned = [
    ...tenant.namedLocations.filter(isIpNamedLocation).map(rangesOf),
    readable(tenant.mfaTrustedIps ?? []),
  ];
  const index = buildRangeIndex(
    [...owned, readable(egressRanges), readable(CUTS)].flatMap((ranges, value) =>
      ranges.map((range) => ({ range, value })),
    ),
  );
  const distinct = (addresses: readonly Address[]): Address[] => {
    const found = new Map<string, Address>();
    for (const address of addresses) {
      const holders = lookup(index, address).filter((owner) => owner < owned.length);
      const key = `${address.version} ${holders.join()}`;
      if (!found.has(key)) found.set(key, address);
    }
    return [...found.values()];
  };
  const edges = boundaries(index);
  const countries = countryClasses(tenant);
  const facts = (addresses: readonly Address[]) =>
    distinct(addresses).flatMap((address) => countries.map((countryOrRegion) => ({ address, countryOrRegion })));
  return {
    sources: facts(edges.filter((address) => !isProxy(address) && isPublicAddress(address))),
    proxies: facts(edges.filter(isProxy)),
  };
}

/**
 * One country for each set of locations that can hold one, another that none lists, and none at all; `undefined` alone where
 * no location asks for the country of an address.
 */
function countryClasses(tenant: Tenant): readonly (string | null | undefined)[] {
  const locations = tenant.namedLocations.filter(isCountryNamedLocation).filter((location) => !looksUpByGps(location));
  if (locations.length === 0) return [undefined];
  const holders = new Map<string, string[]>();
  for (const { id, countriesAndRegions } of locations) {
    for (const country of countriesAndRegions) {
      const code = country.toUpperCase();
      holders.set(code, [...(holders.get(code) ?? []), id]);
    }
  }
  const found = new Map<string, string>();
  for (const [country, ids] of holders) {
    const key = ids.sort().join();
    if (!found.has(key)) found.set(key, country);
  }
  const other = OTHERS.find((code) => !holders.has(code));
  return [...found.values(), ...(other === undefined ? [] : [other]), null];
}

/** Countries to take for "another one", the first that no location lists; `ZZ` is no country of ISO 3166. */
const OTHERS = ['US', 'NL', 'IE', 'SG', 'JP', 'AU', 'BR', 'ZA', 'CH', 'NZ', 'IS', 'UY', 'ZZ'];

/** Blocks that nobody signs in from (RFC 6890), and the part of IPv6 that is given out: so that no interval mixes them. */
const CUTS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '2000::/16',
  '2001:4860::/32',
  '2002::/16',
];

function readable(texts: readonly string[]): Range[] {
  return texts.flatMap((text) => {
    const reading = parseRange(text);
    return 'range' in reading ? [reading.range] : [];
  });
}
