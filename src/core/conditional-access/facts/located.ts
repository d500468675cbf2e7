import type { Address } from '../../network/address.ts';
import { rangeHolds } from '../../network/range.ts';
import type { RangeIndex } from '../../network/range-index.ts';
import { buildRangeIndex, lookup } from '../../network/range-index.ts';
import type { RangeList } from '../../network/range-list.ts';
import { readRangeTexts } from '../../network/read-range-list.ts';
import type { Observation } from '../../signaling/observation.ts';
import { isListKnown } from '../../tenant/knowledge.ts';
import { rangesOf } from '../../tenant/location-ranges.ts';
import type { LocationCatalog } from '../../tenant/location-references.ts';
import { locationCatalog } from '../../tenant/location-references.ts';
import type { NamedLocation } from '../../tenant/named-location.ts';
import {
  isCountryNamedLocation,
  isIpNamedLocation,
  looksUpByGps,
  MFA_TRUSTED_IPS,
  trustOf,
  unknownCountriesFact,
  unknownCountriesOf,
} from '../../tenant/named-location.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { EntryMatch } from '../conditions/include-exclude.ts';
import { lacks, MATCH, NO_MATCH } from '../conditions/include-exclude.ts';

/** The named locations of a tenant with every range parsed and indexed once. */
export interface CompiledLocations {
  readonly list: readonly CompiledLocation[];
  readonly byId: ReadonlyMap<string, CompiledLocation>;
  readonly catalog: LocationCatalog;
  /** Values are positions in `list`; the position behind the last stands for the MFA trusted IPs. */
  readonly index: RangeIndex;
  /** False where the tenant may have others than these: a trusted one may hold any address. */
  readonly isListKnown: boolean;
  /** `undefined`: not known, as Graph does not export them. */
  readonly mfaTrustedIps: CompiledRanges | undefined;
}

export interface CompiledRanges {
  readonly position: number;
  readonly ranges: RangeList;
  /** Problems of ranges that could not be read: the location may hold more than we know. */
  readonly unreadable: readonly string[];
}

export interface CompiledLocation extends CompiledRanges {
  readonly location: NamedLocation;
  /** `undefined`: not known. */
  readonly isTrusted: boolean | undefined;
}

/** An address with the locations that hold it: the same array for all addresses with the same holders. */
export interface SeenAddress {
  /** Positions, ascending; `undefined`: the address is not known. */
  readonly holders: readonly number[] | undefined;
}

export function compileLocations(tenant: Tenant): CompiledLocations {
  const list = listLocations(tenant);
  const mfaTrustedIps =
    tenant.mfaTrustedIps === undefined ? undefined : compileRanges(readRangeTexts(tenant.mfaTrustedIps), list.length);
  return {
    list,
    catalog: locationCatalog(tenant.namedLocations),
    isListKnown: isListKnown(tenant, 'namedLocations'),
    byId: new Map(list.map((item) => [item.location.id.toLowerCase(), item])),
    index: indexOf(mfaTrustedIps === undefined ? list : [...list, mfaTrustedIps]),
    mfaTrustedIps,
  };
}

/** The locations alone, without the index that takes longer to build than a few look-ups. */
export function listLocations(tenant: Tenant): CompiledLocation[] {
  return tenant.namedLocations.map((location, position) => {
    const ranges = isIpNamedLocation(location) ? rangesOf(location) : NO_RANGES;
    return { location, isTrusted: trustOf(location), ...compileRanges(ranges, position) };
  });
}

const NO_RANGES = readRangeTexts([]);

function compileRanges(ranges: RangeList, position: number): CompiledRanges {
  return { position, ranges, unreadable: ranges.unread.map(({ problem }) => problem) };
}

interface BuiltIndex {
  readonly holders: readonly CompiledRanges[];
  readonly index: RangeIndex;
}

const BUILT = new WeakMap<RangeList, BuiltIndex>();

/** Two tenants that differ in what holds no range have one index: hundreds of thousands of ranges are not indexed twice. */
function indexOf(all: readonly CompiledRanges[]): RangeIndex {
  const holders = all.filter(({ ranges }) => ranges.length > 0);
  const [first] = holders;
  const built = first === undefined ? undefined : BUILT.get(first.ranges);
  if (built !== undefined && areSame(built.holders, holders)) return built.index;
  const index = buildRangeIndex(holders.map(({ ranges, position: value }) => ({ ranges, value })));
  if (first !== undefined) BUILT.set(first.ranges, { holders, index });
  return index;
}

function areSame(some: readonly CompiledRanges[], others: readonly CompiledRanges[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ ranges, position }, at) => ranges === others[at]?.ranges && position === others[at]?.position)
  );
}

export function seeAddress(locations: CompiledLocations, address: Address | undefined): SeenAddress {
  return { holders: address === undefined ? undefined : lookup(locations.index, address) };
}

/** Whether a set of ranges holds the address; ranges that could not be read leave a miss unknown. */
export function heldBy(ranges: CompiledRanges, seen: SeenAddress, name: string): EntryMatch {
  if (seen.holders === undefined)
    return ranges.ranges.length + ranges.unreadable.length === 0 ? NO_MATCH : lacks('ipAddress');
  if (seen.holders.includes(ranges.position)) return MATCH;
  return ranges.unreadable.length === 0 ? NO_MATCH : lacks(`readable ranges of ${name}`);
}

/** A country location by address: a country that is not known to exist for it matches only where unknown ones count (D-NET, G-CNL). */
export function holdsCountry(location: NamedLocation, country: string | null | undefined, fact: string): EntryMatch {
  if (!isCountryNamedLocation(location)) return NO_MATCH;
  if (country === undefined) return lacks(fact);
  if (country === null) {
    const isIncluded = unknownCountriesOf(location);
    if (isIncluded === undefined) return lacks(unknownCountriesFact(location));
    return isIncluded ? MATCH : NO_MATCH;
  }
  const wanted = country.toUpperCase();
  return texts(location.countriesAndRegions).some((code) => code.toUpperCase() === wanted) ? MATCH : NO_MATCH;
}

/** What all locations by the country of an address say of one: the same text where they say the same. */
export function saidOfCountry({ list }: CompiledLocations, country: string | null | undefined): string {
  const byAddress = list.filter(({ location }) => isCountryNamedLocation(location) && !looksUpByGps(location));
  return byAddress.map(({ location }) => holdsCountry(location, country, '').truth).join();
}

/** What the log says of a named location that holds what was seen. */
export interface Holder {
  readonly id: string;
  readonly displayName: string;
  /** `trustedNamedLocation` or `namedNetwork`, as the log has it (L-REAL). */
  readonly networkType: string;
}

/** A named location that holds the address seen, and by what. */
export interface Holding extends Holder {
  /** The ranges as their author wrote them, or the country. */
  readonly by: readonly string[];
}

/** Named locations that hold the address or the country seen, in the tenant's order; GPS and compliant network are no addresses. */
export function holdingsOf(locations: CompiledLocations, observation: Observation): Holding[] {
  const { ipAddress } = observation;
  const { holders } = seeAddress(locations, ipAddress);
  return locations.list.flatMap((each) => {
    const by =
      holders?.includes(each.position) === true && ipAddress !== undefined
        ? each.ranges.filter((range) => rangeHolds(range, ipAddress)).map(({ text }) => text)
        : [];
    if (isOfCountry(each.location, observation)) by.push(observation.countryOrRegion ?? 'unknown country');
    return by.length === 0 ? [] : [{ ...holderOf(each), by }];
  });
}

/** The same without saying by what, and looked for in every location. */
export function holdersAmong(list: readonly CompiledLocation[], observation: Observation): Holder[] {
  const { ipAddress } = observation;
  return list.flatMap((each) => {
    const holds = ipAddress !== undefined && each.ranges.holds(ipAddress);
    return holds || isOfCountry(each.location, observation) ? [holderOf(each)] : [];
  });
}

function isOfCountry(location: NamedLocation, { countryOrRegion }: Observation): boolean {
  return !looksUpByGps(location) && holdsCountry(location, countryOrRegion, '').truth === true;
}

function holderOf({ location: { id, displayName }, isTrusted }: CompiledLocation): Holder {
  return { id, displayName, networkType: isTrusted === true ? 'trustedNamedLocation' : 'namedNetwork' };
}

/** The MFA trusted IPs where one of their ranges holds the address seen; they are no named location, and no log names them. */
export function trustedIpsHolding({ mfaTrustedIps }: CompiledLocations, { ipAddress }: Observation): Holding[] {
  if (mfaTrustedIps === undefined || ipAddress === undefined) return [];
  const by = mfaTrustedIps.ranges.filter((range) => rangeHolds(range, ipAddress)).map(({ text }) => text);
  return by.length === 0 ? [] : [{ ...MFA_TRUSTED_IPS, networkType: 'trustedNamedLocation', by }];
}

/** `networkLocationDetails` of the log: one entry per kind, trusted first; `[]` without a match (L-REAL). */
export function networkLocationDetails(holdings: readonly Holder[]): { networkType: string; networkNames: string[] }[] {
  return ['trustedNamedLocation', 'namedNetwork'].flatMap((networkType) => {
    const networkNames = holdings
      .filter((holding) => holding.networkType === networkType)
      .map(({ displayName }) => displayName);
    return networkNames.length === 0 ? [] : [{ networkType, networkNames }];
  });
}
