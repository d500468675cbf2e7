import type { CompiledLocations } from '../../conditional-access/facts/located.ts';
import { mayEnforce } from '../../conditional-access/policy-mode.ts';
import { locationWord } from '../../graph/location-words.ts';
import type { Address } from '../../network/address.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../../network/gsa-ranges.ts';
import { boundaries, buildRangeIndex, lookup } from '../../network/range-index.ts';
import { rangeListOf, readRangeTexts } from '../../network/read-range-list.ts';
import { isPublicAddress, SPECIAL_USE_BLOCKS } from '../../network/special-use.ts';
import { egressRangesOf } from '../../tenant/egress-ranges.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { ProofWorld, WorldPair } from '../worlds/world.ts';

/** Addresses that the same named locations of both worlds hold; no policy can tell them apart. */
export interface AddressClass {
  /** The first of them. */
  readonly address: Address;
  /** The intervals that they were cut into. */
  readonly intervals: readonly Address[];
  /** How many IPv4 addresses these are; IPv6 has no share that would mean anything. */
  readonly ipv4: number;
  /** Names of the locations that hold them, of either world. */
  readonly locations: readonly string[];
  /** Whether the service itself leaves from there (POP). */
  readonly isEgress: boolean;
}

/** The public addresses, and among them the ones that the service leaves from. */
export interface AddressSpace {
  readonly classes: readonly AddressClass[];
  /** How many public IPv4 addresses there are. */
  readonly ipv4: number;
}

/**
 * Both address spaces, cut by the ranges of both worlds, of the service and of special use. Documentation ranges count as
 * public (special-use.ts).
 */
export function addressSpace({ before, after }: WorldPair): AddressSpace {
  const worlds = before.compiled === after.compiled ? [before] : [before, after];
  const egressRanges = [...new Set(worlds.flatMap(({ tenant }) => egressRangesOf(tenant)))];
  const cuts = [...worlds.flatMap(rangesOf), readRangeTexts(egressRanges), rangeListOf(SPECIAL_USE_BLOCKS)];
  const edges = boundaries(buildRangeIndex(cuts.map((ranges, value) => ({ ranges, value }))));
  const egress = buildEgressIndex(egressRanges);
  const named = worlds.map((world) => ({ locations: world.compiled.locations, read: readPositions(world) }));
  const holders = named.map(numbered);
  const found = new Map<string, { address: Address; intervals: Address[]; ipv4: number; isEgress: boolean }>();
  for (const [at, address] of edges.entries()) {
    if (!isPublicAddress(address)) continue;
    const isEgress = isGlobalSecureAccessEgress(address, egress);
    const key = [address.version, isEgress, ...holders.map((numberOf) => numberOf(address))].join();
    const size = address.version === 4 ? ipv4Until(edges[at + 1]) - address.words[0] : 0;
    const known = found.get(key);
    if (known === undefined) found.set(key, { address, intervals: [address], ipv4: size, isEgress });
    else {
      known.intervals.push(address);
      known.ipv4 += size;
    }
  }
  const classes = [...found.values()].map((one) => ({ ...one, locations: namesOf(named, one.address) }));
  return { classes, ipv4: classes.reduce((sum, { ipv4 }) => sum + ipv4, 0) };
}

/** The beginning of the next interval; behind the last IPv4 address the IPv6 ones follow. */
function ipv4Until(next: Address | undefined): number {
  return next?.version === 4 ? next.words[0] : 2 ** 32;
}

function rangesOf({ compiled: { locations } }: ProofWorld) {
  const all = [...locations.list, ...(locations.mfaTrustedIps === undefined ? [] : [locations.mfaTrustedIps])];
  return all.map(({ ranges }) => ranges);
}

interface ReadLocations {
  readonly locations: CompiledLocations;
  readonly read: ReadonlySet<number>;
}

/** The locations that policies which can decide read, by their positions; the others tell no addresses apart. */
function readPositions({ compiled: { policies, locations } }: ProofWorld): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { policy, mode } of policies) {
    if (!mayEnforce(mode)) continue;
    const { includeLocations, excludeLocations } = policy.conditions?.locations ?? {};
    for (const entry of [...texts(includeLocations), ...texts(excludeLocations)]) addPositions(found, entry, locations);
  }
  return found;
}

function addPositions(found: Set<number>, entry: string, { list, byId, mfaTrustedIps }: CompiledLocations): void {
  const word = locationWord(entry);
  if (word === 'allTrusted') for (const { isTrusted, position } of list) if (isTrusted !== false) found.add(position);
  if (word === 'allTrusted' || word === 'mfaTrustedIps') found.add(mfaTrustedIps?.position ?? list.length);
  const named = byId.get(entry.toLowerCase());
  if (named !== undefined) found.add(named.position);
}

/** A number for each set of read locations; answers of the index are few, and one and the same array each. */
function numbered({ locations, read }: ReadLocations): (address: Address) => number {
  const byAnswer = new Map<readonly number[], number>();
  const bySet = new Map<string, number>();
  return (address) => {
    const answer = lookup(locations.index, address);
    const known = byAnswer.get(answer);
    if (known !== undefined) return known;
    const key = answer.filter((position) => read.has(position)).join();
    const number = bySet.get(key) ?? bySet.size;
    bySet.set(key, number);
    byAnswer.set(answer, number);
    return number;
  };
}

function namesOf(worlds: readonly ReadLocations[], address: Address): string[] {
  const names = worlds.flatMap(({ locations, read }) => {
    const held = lookup(locations.index, address).filter((position) => read.has(position));
    return held.map((position) => nameAt(locations, position));
  });
  return [...new Set(names)];
}

function nameAt({ list }: CompiledLocations, position: number): string {
  return list[position]?.location.displayName ?? 'MFA trusted IPs';
}
