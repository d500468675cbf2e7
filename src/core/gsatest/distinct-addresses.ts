import { candidateCountries } from '../conditional-access/facts/candidate-countries.ts';
import type { Address } from '../network/address.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../network/gsa-ranges.ts';
import { boundaries, buildRangeIndex, lookup } from '../network/range-index.ts';
import { rangeListOf, readRangeTexts } from '../network/read-range-list.ts';
import { isPublicAddress, SPECIAL_USE_BLOCKS } from '../network/special-use.ts';
import type { AddressFacts } from '../signaling/attempt.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import { rangesOf } from '../tenant/location-ranges.ts';
import { isCountryNamedLocation, isIpNamedLocation, looksUpByGps } from '../tenant/named-location.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** One address for each answer that the tenant's ranges and countries can give: of users, and of the proxy. */
export interface DistinctAddresses {
  readonly sources: readonly AddressFacts[];
  readonly proxies: readonly AddressFacts[];
}

/**
 * "Every address" is finite: the tenant's own ranges cut both address spaces into intervals inside of which no policy can tell
 * two addresses apart, and the same goes for countries. A source is an address that the internet can see and that is not the
 * service's own; a proxy lies in the egress ranges.
 */
export function distinctAddresses(tenant: Tenant): DistinctAddresses {
  const egressRanges = egressRangesOf(tenant);
  const egress = buildEgressIndex(egressRanges);
  const isProxy = (address: Address) => isGlobalSecureAccessEgress(address, egress);
  const owned = [
    ...tenant.namedLocations.filter(isIpNamedLocation).map(rangesOf),
    readRangeTexts(tenant.mfaTrustedIps ?? []),
  ];
  const index = buildRangeIndex(
    [...owned, readRangeTexts(egressRanges), rangeListOf(SPECIAL_USE_BLOCKS)].map((ranges, value) => ({
      ranges,
      value,
    })),
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
  const byAddress = tenant.namedLocations.filter(isCountryNamedLocation).filter((location) => !looksUpByGps(location));
  const countries = candidateCountries(byAddress).map(({ countryOrRegion }) => countryOrRegion);
  const facts = (addresses: readonly Address[]) =>
    distinct(addresses).flatMap((address) => countries.map((countryOrRegion) => ({ address, countryOrRegion })));
  return {
    sources: facts(edges.filter((address) => !isProxy(address) && isPublicAddress(address))),
    proxies: facts(edges.filter(isProxy)),
  };
}
