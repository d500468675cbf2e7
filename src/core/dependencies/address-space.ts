import { MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import type { Address } from '../network/address.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../network/gsa-ranges.ts';
import { readRanges } from '../network/range.ts';
import type { RangeEntry, RangeIndex } from '../network/range-index.ts';
import { boundaries, buildRangeIndex, lookup } from '../network/range-index.ts';
import { isPublicAddress, SPECIAL_USE_BLOCKS } from '../network/special-use.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import { rangesOf } from '../tenant/location-ranges.ts';
import { isIpNamedLocation } from '../tenant/named-location.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** An address that stands for all addresses which the same locations hold. */
export interface CandidateAddress {
  readonly address: Address;
  /** Ids of the named locations that hold it, in lower case; the MFA trusted IPs by their well-known id. */
  readonly holders: ReadonlySet<string>;
}

/** Every set of locations that an address can lie in, with one address for each: of users, and of the proxy. */
export interface AddressSpace {
  readonly sources: readonly CandidateAddress[];
  readonly proxies: readonly CandidateAddress[];
}

/**
 * The tenant's own ranges cut the IPv4 space into intervals, and one address of each interval stands for all. IPv4 only,
 * because the client tunnels nothing else (LIM). A source is an address that the internet can see (reference
 * conditional-access §1.6) and that is not the service's own, which no user has (POP); a proxy lies in the egress ranges.
 */
export function addressSpace(tenant: Tenant): AddressSpace {
  const egress = buildEgressIndex(egressRangesOf(tenant));
  const { index, ids } = indexOf(tenant);
  const isProxy = (address: Address) => isGlobalSecureAccessEgress(address, egress);
  const addresses = boundaries(index).filter(({ version }) => version === 4);
  const own = addresses.filter((address) => !isProxy(address) && isPublicAddress(address));
  return { sources: distinct(own, index, ids), proxies: distinct(addresses.filter(isProxy), index, ids) };
}

interface OwnedIndex {
  readonly index: RangeIndex;
  /** The location of each value; values behind the last are only there to cut. */
  readonly ids: readonly string[];
}

function indexOf(tenant: Tenant): OwnedIndex {
  const locations = tenant.namedLocations.filter(isIpNamedLocation);
  const ids = [...locations.map(({ id }) => id.toLowerCase()), MFA_TRUSTED_IPS_LOCATION_ID];
  const entries: RangeEntry[] = [
    ...locations.flatMap((location, value) => rangesOf(location).map((range) => ({ range, value }))),
    ...readRanges(tenant.mfaTrustedIps ?? []).map((range) => ({ range, value: locations.length })),
    ...readRanges(egressRangesOf(tenant)).map((range) => ({ range, value: ids.length })),
    ...SPECIAL_USE_BLOCKS.map((range) => ({ range, value: ids.length + 1 })),
  ];
  return { index: buildRangeIndex(entries.filter(({ range }) => range.version === 4)), ids };
}

/** The first address of each distinct set of locations. */
function distinct(addresses: readonly Address[], index: RangeIndex, ids: readonly string[]): CandidateAddress[] {
  const seen = new Set<readonly number[]>();
  const found = new Map<string, CandidateAddress>();
  for (const address of addresses) {
    const owners = lookup(index, address);
    if (seen.has(owners)) continue;
    seen.add(owners);
    const holders = owners.filter((owner) => owner < ids.length).map((owner) => ids[owner] ?? '');
    const key = holders.join();
    if (!found.has(key)) found.set(key, { address, holders: new Set(holders) });
  }
  return [...found.values()];
}
