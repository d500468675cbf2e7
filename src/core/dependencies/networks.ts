import type { CandidateCountry } from '../conditional-access/facts/candidate-countries.ts';
import { candidateCountries } from '../conditional-access/facts/candidate-countries.ts';
import type { AddressFacts, NetworkPath } from '../signaling/attempt.ts';
import type { LocationCatalog, LocationReference, LocationSide } from '../tenant/location-references.ts';
import { locationIdsOf } from '../tenant/location-references.ts';
import type { AddressSpace, CandidateAddress } from './address-space.ts';

/**
 * The ways through Global Secure Access that a policy can tell apart. A list asks nothing but whether one of its locations holds
 * the address, so one address for each answer of both lists is enough: sixteen at most on a side, however many ranges there are.
 * Another tenant's tunnel hangs on that tenant's switch, so none is tried.
 */
export function networksFor(
  space: AddressSpace,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
): NetworkPath[] {
  const ids = { include: idsOf('include', references, catalog), exclude: idsOf('exclude', references, catalog) };
  const asked = references.flatMap((reference) => (reference.kind === 'country' ? [reference.location] : []));
  const countries = toldApart(candidateCountries([...new Set(asked)]), ids);
  const ofProxies = toldApart(candidateCountries([...new Set(asked)], isOfProxies), ids);
  const sources = facts(toldApart(space.sources, ids), countries);
  const proxies = facts(toldApart(space.proxies, ids), ofProxies);
  return sources.flatMap((source) =>
    proxies.map((proxy) => ({ via: 'globalSecureAccessClient', source, proxy, tunnelOfThisTenant: true }) as const),
  );
}

/**
 * Countries of the points of presence (POP). Which of them an egress address maps to is published nowhere, and in a country
 * without one no egress lies, so that a block of such a country stops nobody newly.
 */
const POINTS_OF_PRESENCE: ReadonlySet<string> = new Set(
  'NZ KR IN AU JP SG TW NL DE ZA AE IE SE GB ES IT FR IL AT PL CH BR CL US CA MX'.split(' '),
);

function isOfProxies(country: string): boolean {
  return POINTS_OF_PRESENCE.has(country);
}

type Ids = Readonly<Record<LocationSide, ReadonlySet<string>>>;

function idsOf(
  side: LocationSide,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
): ReadonlySet<string> {
  return new Set(references.filter((each) => each.side === side).flatMap((each) => locationIdsOf(each, catalog)));
}

interface Candidate {
  readonly holders: ReadonlySet<string>;
}

const INCLUDED = 1;
const EXCLUDED = 2;

/**
 * The first candidate of each answer: held by an included location or not, held by an excluded one or not. Only the candidates
 * of locations that the policy names are touched: with many locations there are tens of thousands.
 */
function toldApart<T extends Candidate>(candidates: readonly T[], { include, exclude }: Ids): T[] {
  const positionsOf = positionsById(candidates);
  const answers = new Uint8Array(candidates.length);
  for (const id of include) for (const at of positionsOf.get(id) ?? []) answers[at] = INCLUDED;
  for (const id of exclude) for (const at of positionsOf.get(id) ?? []) answers[at] = (answers[at] ?? 0) | EXCLUDED;
  const firsts = [0, INCLUDED, EXCLUDED, INCLUDED | EXCLUDED].map((answer) => answers.indexOf(answer));
  return firsts.sort((a, b) => a - b).flatMap((at) => candidates[at] ?? []);
}

const POSITIONS = new WeakMap<readonly Candidate[], ReadonlyMap<string, readonly number[]>>();

/** The candidates that each location holds, found once for all policies that are tried on the same ones. */
function positionsById(candidates: readonly Candidate[]): ReadonlyMap<string, readonly number[]> {
  const known = POSITIONS.get(candidates);
  if (known !== undefined) return known;
  const positions = new Map<string, number[]>();
  let at = 0;
  for (const { holders } of candidates) {
    for (const id of holders) {
      const own = positions.get(id);
      if (own === undefined) positions.set(id, [at]);
      else own.push(at);
    }
    at++;
  }
  POSITIONS.set(candidates, positions);
  return positions;
}

function facts(addresses: readonly CandidateAddress[], countries: readonly CandidateCountry[]): AddressFacts[] {
  return addresses.flatMap(({ address }) => countries.map(({ countryOrRegion }) => ({ address, countryOrRegion })));
}
