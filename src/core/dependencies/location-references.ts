import { looksUpByGps } from '../conditional-access/facts/located.ts';
import { locationWord, MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import { MODELLED_MEMBERS } from '../graph/policy-rows.ts';
import type { CountryNamedLocation, IpNamedLocation, NamedLocation } from '../tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  isTrustedLocation,
} from '../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { texts, unmodelledMembers } from '../tenant/policy-words.ts';

export type Side = 'include' | 'exclude';

/** One entry of a policy's location lists and what it stands for (reference conditional-access §1.3, §5.1; G-LOC). */
export type LocationReference = { readonly side: Side; readonly value: string } & (
  | { readonly kind: 'all' | 'allTrusted' | 'mfaTrustedIps' | 'dangling' }
  | { readonly kind: 'compliantNetwork'; readonly location: NamedLocation | undefined }
  | { readonly kind: 'ip'; readonly location: IpNamedLocation }
  | { readonly kind: 'country' | 'gpsCountry'; readonly location: CountryNamedLocation }
  /** A kind of location that is kept and not modelled (`privateLinkNamedLocation` …). */
  | { readonly kind: 'unmodelled'; readonly location: NamedLocation }
);

/** The named locations of a tenant by id in lower case, and those that `AllTrusted` stands for. */
export interface LocationCatalog {
  readonly byId: ReadonlyMap<string, NamedLocation>;
  readonly trusted: readonly NamedLocation[];
}

export function locationCatalog(locations: readonly NamedLocation[]): LocationCatalog {
  return {
    byId: new Map(locations.map((location) => [location.id.toLowerCase(), location])),
    trusted: locations.filter(isTrustedLocation),
  };
}

/** Both lists of the locations condition, includes first, each entry once a side. */
export function locationReferences(policy: ConditionalAccessPolicy, catalog: LocationCatalog): LocationReference[] {
  const { includeLocations, excludeLocations } = policy.conditions.locations ?? {};
  const of = (side: Side, list: readonly string[] | null | undefined) => {
    const byId = new Map(texts(list).map((value) => [value.toLowerCase(), value]));
    return [...byId.values()].map((value) => referenceOf(side, value, catalog));
  };
  return [...of('include', includeLocations), ...of('exclude', excludeLocations)];
}

/** Whether the locations condition has members that nobody documents: where they match is unknown (invariant 5). */
export function hasUnmodelledLocations({ conditions }: ConditionalAccessPolicy): boolean {
  return unmodelledMembers(conditions.locations, MODELLED_MEMBERS['/conditions/locations']).length > 0;
}

function referenceOf(side: Side, value: string, { byId }: LocationCatalog): LocationReference {
  const word = locationWord(value);
  const location = byId.get(value.toLowerCase());
  if (word === 'compliantNetwork') return { side, value, kind: word, location };
  if (word !== undefined) return { side, value, kind: word };
  if (location === undefined) return { side, value, kind: 'dangling' };
  if (isCompliantNetworkNamedLocation(location)) return { side, value, kind: 'compliantNetwork', location };
  if (isIpNamedLocation(location)) return { side, value, kind: 'ip', location };
  if (!isCountryNamedLocation(location)) return { side, value, kind: 'unmodelled', location };
  return { side, value, kind: looksUpByGps(location) ? 'gpsCountry' : 'country', location };
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
      return [reference.value.toLowerCase()];
  }
}

/** The named locations themselves that a reference stands for. */
export function locationsOf(
  reference: LocationReference,
  { byId, trusted }: LocationCatalog,
): readonly NamedLocation[] {
  if (reference.kind === 'allTrusted') return trusted;
  const location = byId.get(reference.value.toLowerCase());
  return location === undefined ? [] : [location];
}

/** Whether the policy hangs on the compliant network signal, by name or because that location is trusted (D-CN). */
export function namesCompliantNetwork(references: readonly LocationReference[], { trusted }: LocationCatalog): boolean {
  return references.some(
    ({ kind }) =>
      kind === 'compliantNetwork' || (kind === 'allTrusted' && trusted.some(isCompliantNetworkNamedLocation)),
  );
}
