import type { CompiledLocations } from '../conditional-access/facts/located.ts';
import { MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import type { Address } from '../network/address.ts';
import { addressFromWords } from '../network/address.ts';
import { buildEgressIndex } from '../network/gsa-ranges.ts';
import type { Range } from '../network/range.ts';
import { readRanges } from '../network/range.ts';
import { answerOf, ascendingLookup, eachIpv4Start } from '../network/range-index.ts';
import { isPublicAddress, SPECIAL_USE_BLOCKS } from '../network/special-use.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** An address that stands for all addresses which the same locations hold. */
export interface CandidateAddress {
  readonly address: Address;
  /** Ids of the named locations that hold it, in lower case; the MFA trusted IPs by their well-known id. */
  readonly holders: ReadonlySet<string>;
}

/** The sets of locations that an address can lie in, with one address for each: of users, and of the proxy. */
export interface AddressSpace {
  readonly sources: readonly CandidateAddress[];
  readonly proxies: readonly CandidateAddress[];
}

/**
 * The tenant's own ranges cut the IPv4 space into intervals, and of all intervals in the same locations one address stands for all. IPv4
 * only, because the client tunnels nothing else (LIM). A source is an address that the internet can see (GH-PRIVATE) and that is not the
 * service's own, which no user has (POP); a proxy lies in the egress ranges.
 */
export function addressSpace(tenant: Tenant, locations: CompiledLocations): AddressSpace {
  const egressRanges = egressRangesOf(tenant);
  const egressAt = ascendingLookup(buildEgressIndex(egressRanges));
  const [sources, proxies] = [new Candidates(locations), new Candidates(locations)];
  eachIpv4Start(locations.index, cutsOf([...readRanges(egressRanges), ...SPECIAL_USE_BLOCKS]), (word, set) => {
    if (egressAt(word).length > 0) proxies.add(word, set);
    else if (!sources.has(set) && isPublicAddress({ version: 4, words: [word] })) sources.add(word, set);
  });
  return { sources: sources.list(), proxies: proxies.list() };
}

/** The addresses at which IPv4 ranges begin, and the first ones behind them. */
function cutsOf(ranges: readonly Range[]): number[] {
  return ranges
    .filter(({ version }) => version === 4)
    .flatMap(({ first: [first = 0], last: [last = 0] }) => (last === 0xffffffff ? [first] : [first, last + 1]));
}

/** The first address of each distinct set of locations, by the numbers of the sets. */
class Candidates {
  readonly #locations: CompiledLocations;
  readonly #isFound: Uint8Array;
  readonly #found: CandidateAddress[] = [];

  constructor(locations: CompiledLocations) {
    this.#locations = locations;
    this.#isFound = new Uint8Array(locations.index.sets.length);
  }

  has(set: number): boolean {
    return this.#isFound[set] === 1;
  }

  add(word: number, set: number): void {
    if (this.has(set)) return;
    this.#isFound[set] = 1;
    const address = addressFromWords(4, [word]);
    const holders = answerOf(this.#locations.index, set).map(
      (owner) => this.#locations.list[owner]?.location.id.toLowerCase() ?? MFA_TRUSTED_IPS_LOCATION_ID,
    );
    this.#found.push({ address, holders: new Set(holders) });
  }

  list(): readonly CandidateAddress[] {
    return this.#found;
  }
}
