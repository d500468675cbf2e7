import { locationWord, MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import type { CountryNamedLocation, IpNamedLocation, NamedLocation } from './named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  looksUpByGps,
  trustOf,
} from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import { texts } from './policy-words.ts';

/** What the entries of a policy's locations stand for: worked out once a policy, and handed on to whoever asks. */

export type LocationSide = 'include' | 'exclude';

/** One entry of a policy's location lists, where it stands, and in lower case for comparing (G-LOC). */
export interface LocationEntry {
  readonly side: LocationSide;
  readonly value: string;
  readonly key: string;
  /** JSON Pointer into the policy. */
  readonly pointer: string;
}

/** An entry with what it stands for (G-LOC, L-M365DSC, BREAK). */
export type LocationReference = LocationEntry & Meaning;

type Meaning =
  | { readonly kind: 'all' | 'allTrusted' | 'mfaTrustedIps' | 'dangling' }
  | { readonly kind: 'compliantNetwork'; readonly location: NamedLocation | undefined }
  | { readonly kind: 'ip'; readonly location: IpNamedLocation }
  | { readonly kind: 'country' | 'gpsCountry'; readonly location: CountryNamedLocation }
  /** A kind of location that is kept and not modelled (`privateLinkNamedLocation` …). */
  | { readonly kind: 'unmodelled'; readonly location: NamedLocation };

/** The named locations of a tenant by id in lower case, and those that `AllTrusted` stands for or, for want of their mark, may. */
export interface LocationCatalog {
  readonly byId: ReadonlyMap<string, NamedLocation>;
  readonly trusted: readonly NamedLocation[];
}

export function locationCatalog(locations: readonly NamedLocation[]): LocationCatalog {
  return {
    // An object of an export may lack its id: then nothing can name it.
    byId: new Map(
      locations.flatMap((location) => (typeof location.id === 'string' ? [[location.id.toLowerCase(), location]] : [])),
    ),
    trusted: locations.filter((location) => trustOf(location) !== false),
  };
}

/** The entries of both lists, includes first. */
export function locationEntries({ conditions }: ConditionalAccessPolicy): LocationEntry[] {
  const { includeLocations, excludeLocations } = conditions?.locations ?? {};
  return [...entriesOf('include', includeLocations), ...entriesOf('exclude', excludeLocations)];
}

function entriesOf(side: LocationSide, list: unknown): LocationEntry[] {
  const pointer = `/conditions/locations/${side}Locations`;
  return texts(list).map((value, at) => ({
    side,
    value,
    key: value.toLowerCase(),
    pointer: Array.isArray(list) ? `${pointer}/${at}` : pointer,
  }));
}

/** Both lists of the locations condition, includes first, each entry once a side. */
export function locationReferences(policy: ConditionalAccessPolicy, catalog: LocationCatalog): LocationReference[] {
  const entries = locationEntries(policy);
  const isFirst = (entry: LocationEntry) =>
    entries.find((one) => one.side === entry.side && one.key === entry.key) === entry;
  return entries.filter(isFirst).map((entry) => ({ ...entry, ...meaningOf(entry.key, catalog) }));
}

/** The compliant network has one id in every tenant, so a policy may name it before an export holds it (BREAK, ZTA). */
export function meaningOf(entry: string, { byId }: LocationCatalog): Meaning {
  const word = locationWord(entry);
  const location = byId.get(entry.toLowerCase());
  if (word === 'compliantNetwork') return { kind: word, location };
  if (word !== undefined) return { kind: word };
  if (location === undefined) return { kind: 'dangling' };
  if (isCompliantNetworkNamedLocation(location)) return { kind: 'compliantNetwork', location };
  if (isIpNamedLocation(location)) return { kind: 'ip', location };
  if (!isCountryNamedLocation(location)) return { kind: 'unmodelled', location };
  return { kind: looksUpByGps(location) ? 'gpsCountry' : 'country', location };
}

/** The locations that a reference stands for: itself, or every trusted one (D-NET); ids in lower case. */
export function locationIdsOf(reference: LocationReference, { trusted }: LocationCatalog): string[] {
  switch (reference.kind) {
    case 'all':
      return [];
    case 'allTrusted':
      return [...trusted.map(({ id }) => id.toLowerCase()), MFA_TRUSTED_IPS_LOCATION_ID];
    case 'mfaTrustedIps':
    case 'compliantNetwork':
    case 'ip':
    case 'country':
    case 'gpsCountry':
    case 'unmodelled':
    case 'dangling':
      return [reference.key];
  }
}

/** The named locations themselves that a reference stands for. */
export function locationsOf(
  { kind, key }: LocationReference,
  { byId, trusted }: LocationCatalog,
): readonly NamedLocation[] {
  if (kind === 'allTrusted') return trusted;
  const location = byId.get(key);
  return location === undefined ? [] : [location];
}

/** The locations that a policy names by id, on either side, each once; `All` and `AllTrusted` name none. */
export function locationIdsNamed(policy: ConditionalAccessPolicy): string[] {
  const ids = locationEntries(policy).filter(({ key }) => {
    const word = locationWord(key);
    return word !== 'all' && word !== 'allTrusted';
  });
  return [...new Set(ids.map(({ value }) => value))];
}
