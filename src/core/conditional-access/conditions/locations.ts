import type { LocationReference } from '../../tenant/location-references.ts';
import { meaningOf } from '../../tenant/location-references.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  looksUpByGps,
  trustFact,
} from '../../tenant/named-location.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { lower, texts } from '../../tenant/policy-words.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import type { CompiledLocation, CompiledLocations } from '../facts/located.ts';
import { heldBy, holdsCountry } from '../facts/located.ts';
import type { CompileContext } from './context.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH, truthOfLists } from './include-exclude.ts';
import { lostEntries } from './lost-entries.ts';
import { unmodelledEntries } from './unmodelled.ts';

/**
 * The condition on where the sign-in comes from: any included location, and no excluded one (D-NET). Matching is per address
 * family, so an IPv6 sign-in never lies in IPv4 ranges (D-IPV6).
 */
export function compileLocationCondition(
  conditions: ConditionSet,
  { locations }: CompileContext,
): CompiledCondition | undefined {
  const condition = conditions.locations;
  const includes = texts(condition?.includeLocations);
  const excludes = texts(condition?.excludeLocations);
  const others = unmodelledEntries<Facts>(condition, '/conditions/locations', includes.length + excludes.length > 0);
  const lost = lostEntries<Facts>(conditions, 'locations');
  const included = [...includes.map((value) => locationEntry(value, locations)), ...others.includes, ...lost.includes];
  const excluded = [...excludes.map((value) => locationEntry(value, locations)), ...others.excludes, ...lost.excludes];
  if (included.length + excluded.length === 0) return undefined;
  return {
    slot: 'location',
    judge: (facts) => judgeLists('location', included, excluded, facts),
    truth: (facts) => truthOfLists(included, excluded, facts),
  };
}

function locationEntry(value: string, locations: CompiledLocations): Entry<Facts> {
  const meaning = meaningOf(value, locations.catalog);
  switch (meaning.kind) {
    case 'all':
      return { value, label: 'All', rule: 'allLocations', match: () => MATCH };
    case 'allTrusted':
      return trustedEntry(value, locations);
    case 'mfaTrustedIps': {
      const match = (facts: Facts) => matchMfaTrustedIps(facts, locations);
      return { value, label: 'MFA trusted IPs', rule: 'locationId', match };
    }
    case 'compliantNetwork': {
      const label = meaning.location?.displayName ?? 'All Compliant Network locations';
      return { value, label, rule: 'locationId', match: matchCompliantNetwork };
    }
    default:
      return namedEntry(value, locations.byId.get(value.toLowerCase()));
  }
}

/** Which addresses an id holds that nothing defines is not known; compile() warns of it (invariant 11). */
function namedEntry(value: string, compiled: CompiledLocation | undefined): Entry<Facts> {
  if (compiled === undefined)
    return { value, label: value, rule: 'locationId', match: () => lacks(`namedLocation ${value}`) };
  return { value, label: compiled.location.displayName, rule: 'locationId', match: matcherOf(compiled) };
}

function matcherOf(compiled: CompiledLocation): (facts: Facts) => EntryMatch {
  const { location } = compiled;
  const name = `namedLocation ${location.displayName}`;
  if (isIpNamedLocation(location)) return ({ seen }) => heldBy(compiled, seen, name);
  if (isCompliantNetworkNamedLocation(location)) return matchCompliantNetwork;
  if (!isCountryNamedLocation(location)) return () => lacks(`meaning of ${location['@odata.type']}`);
  // The country that Authenticator reports has nothing to do with the address (D-NET, G-CNL).
  if (looksUpByGps(location))
    return ({ attempt }) => holdsCountry(location, attempt.gpsCountryOrRegion, 'gpsCountryOrRegion');
  const method = location.countryLookupMethod ?? 'clientIpAddress';
  if (lower(method) !== 'clientipaddress') return () => lacks(`meaning of countryLookupMethod ${method}`);
  return ({ observation }) => holdsCountry(location, observation.countryOrRegion, 'countryOrRegion');
}

/** Through this tenant's Global Secure Access with signaling on; no address list (CN). */
function matchCompliantNetwork({ observation }: Facts): EntryMatch {
  if (observation.compliantNetwork === undefined) return lacks('compliantNetwork');
  return observation.compliantNetwork ? MATCH : NO_MATCH;
}

/** IPv4 ranges of the MFA service settings; the intranet claim of a federated sign-in counts as well (D-MFATIP, D-LOCOLD). */
function matchMfaTrustedIps({ attempt, seen, atResource }: Facts, { mfaTrustedIps }: CompiledLocations): EntryMatch {
  if (atResource === true) return NO_MATCH;
  if (attempt.insideCorporateNetwork === true) return { truth: true, rule: 'insideCorpnet' };
  return mfaTrustedIps === undefined ? lacks('mfaTrustedIps') : heldBy(mfaTrustedIps, seen, 'MFA trusted IPs');
}

/**
 * The entry `AllTrusted`: locations marked trusted, and the MFA trusted IPs "if configured" (D-NET); country locations have no
 * such mark (G-CNL). Any location that is not known may be trusted.
 */
function trustedEntry(value: string, locations: CompiledLocations): Entry<Facts> {
  const match = TRUSTED.get(locations) ?? allTrustedMatcher(locations);
  TRUSTED.set(locations, match);
  return { value, label: 'AllTrusted', rule: 'allTrustedLocations', match };
}

/** One for all policies of a tenant. */
const TRUSTED = new WeakMap<CompiledLocations, (facts: Facts) => EntryMatch>();

/** Several policies ask the same of one sign-in. */
function allTrustedMatcher(locations: CompiledLocations): (facts: Facts) => EntryMatch {
  const matchers = locations.list.filter(({ isTrusted }) => isTrusted !== false).map(trustedMatcher);
  matchers.push((facts) => matchMfaTrustedIps(facts, locations));
  if (!locations.isListKnown) matchers.push(() => lacks('namedLocations'));
  let last: { readonly facts: Facts; readonly match: EntryMatch } | undefined;
  return (facts) => {
    if (last?.facts !== facts) last = { facts, match: firstOf(matchers, facts) };
    return last.match;
  };
}

/** The first that matches, else everything that is not known. */
function firstOf(matchers: readonly ((facts: Facts) => EntryMatch)[], facts: Facts): EntryMatch {
  let open: string[] | undefined;
  for (const matcher of matchers) {
    const match = matcher(facts);
    if (match.truth === true) return match;
    if (match.truth === 'unknown') open = [...(open ?? []), ...(match.facts ?? [])];
  }
  return open === undefined ? NO_MATCH : lacks(...open);
}

/** A location that lost its mark may be trusted: an address that it holds may be in `AllTrusted` (invariant 11). */
function trustedMatcher(compiled: CompiledLocation): (facts: Facts) => EntryMatch {
  const match = matcherOf(compiled);
  if (compiled.isTrusted === true) return match;
  const fact = trustFact(compiled.location);
  return (facts) => {
    const { truth, facts: lacking = [] } = match(facts);
    return truth === false ? NO_MATCH : lacks(...lacking, fact);
  };
}

/** Whether a policy names the compliant network itself, by type or by the id that is the same everywhere (CN, G-CNNL). */
export function namesCompliantNetwork(references: readonly LocationReference[]): boolean {
  return references.some(({ kind }) => kind === 'compliantNetwork');
}

/** Location ids that no named location has: which addresses they stand for is not known. */
export function danglingLocations(references: readonly LocationReference[]): string[] {
  return [...new Set(references.filter(({ kind }) => kind === 'dangling').map(({ value }) => value))];
}

/**
 * Whether a resource can check the condition itself: it knows named locations by IP and nothing of countries, MFA trusted
 * IPs or the compliant network (D-CAE).
 */
export function isKnownToResources(references: readonly LocationReference[]): boolean {
  return (
    references.length > 0 && references.every(({ kind }) => kind === 'all' || kind === 'allTrusted' || kind === 'ip')
  );
}
