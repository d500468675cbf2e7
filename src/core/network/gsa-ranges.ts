import type { AddressWords } from './plain-address.ts';
import type { RangeIndex } from './range-index.ts';
import { buildRangeIndex, lookup } from './range-index.ts';
import { readRangeTexts } from './read-range-list.ts';

/** Egress of Global Secure Access for internet and Microsoft traffic, shared by all tenants (POP, 2026-03-13). */
export const PUBLISHED_EGRESS_RANGES: readonly string[] = ['128.94.0.0/19', '151.206.0.0/16'];

/** Handed to local applications by the client's DNS proxy; never an egress or a log address (GH-DNS). */
export const SYNTHETIC_RANGE = '6.6.0.0/16';

/** Index of the egress ranges: the tenant's own where it states them, else the published ones. Malformed ones are left out. */
export function buildEgressIndex(egressRanges: readonly string[] = PUBLISHED_EGRESS_RANGES): RangeIndex {
  return buildRangeIndex([{ ranges: readRangeTexts(egressRanges), value: 0 }]);
}

/** Whether the address is the service's rather than a user's. The address space is shared: never trust it (POP, CAE). */
export function isGlobalSecureAccessEgress(address: AddressWords, egressIndex: RangeIndex): boolean {
  return lookup(egressIndex, address).length > 0;
}
