import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { Address } from '../network/address.ts';
import type { RangeIndex } from '../network/range-index.ts';
import { boundaries, buildRangeIndex, lookup } from '../network/range-index.ts';
import { readRangeTexts } from '../network/read-range-list.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';

/** Addresses from `first` to the next row's, all of one version, that no policy can tell apart. */
export interface AddressRange {
  readonly first: Address;
  readonly class: number;
}

/** The addresses there are, as a table of ranges with the number of their class; 0 stands for no address. */
export interface AddressClasses {
  /** Ascending, from the first address of the version on, without gaps. */
  readonly ipv4: readonly AddressRange[];
  /** The same, without the mapped block, which is IPv4. */
  readonly ipv6: readonly AddressRange[];
  classOf(address: Address | undefined): number;
}

/**
 * Classes by the version, the named locations that hold the address in each tenant, and whether it is an egress of Global Secure
 * Access: nothing else of an address is ever looked at, but whether two of one sign-in are equal.
 */
export function addressClasses(tenants: readonly CompiledTenant[]): AddressClasses {
  const index = jointIndex(tenants);
  const numbers = new Map<string, number>();
  const classOf = (address: Address) => {
    const key = `${address.version} ${lookup(index, address).join()}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
  const ranges = boundaries(index).map((first) => ({ first, class: classOf(first) }));
  return {
    ipv4: ranges.filter(({ first }) => first.version === 4),
    ipv6: ranges.filter(({ first }) => first.version === 6),
    classOf: (address) => (address === undefined ? 0 : classOf(address)),
  };
}

/** The ranges of all tenants, each list under a number of its own. */
function jointIndex(tenants: readonly CompiledTenant[]): RangeIndex {
  const lists = tenants.flatMap(({ tenant, locations }) => [
    ...locations.list.map(({ ranges }) => ranges),
    ...(locations.mfaTrustedIps === undefined ? [] : [locations.mfaTrustedIps.ranges]),
    readRangeTexts(egressRangesOf(tenant)),
  ]);
  return buildRangeIndex(lists.map((ranges, value) => ({ ranges, value })));
}
