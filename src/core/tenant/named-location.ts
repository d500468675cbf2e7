/**
 * Named locations in Graph's shape. The `@odata.type` says which kind; a kind that is not declared here
 * (`privateLinkNamedLocation`, `serviceTagNamedLocation` …) is kept and never matches by accident.
 */

export interface NamedLocationBase {
  readonly '@odata.type': string;
  readonly id: string;
  readonly displayName: string;
  readonly createdDateTime?: string | null;
  readonly modifiedDateTime?: string | null;
  readonly deletedDateTime?: string | null;
}

/** Ranges as their author wrote them, host bits included (G-NLPOST); they are masked for matching only. */
export interface IpRange {
  readonly '@odata.type'?: string;
  readonly cidrAddress?: string;
  readonly lowerAddress?: string;
  readonly upperAddress?: string;
}

export interface IpNamedLocation extends NamedLocationBase {
  readonly isTrusted?: boolean | null;
  readonly ipRanges: readonly IpRange[];
}

export interface CountryNamedLocation extends NamedLocationBase {
  /** ISO 3166 two-letter codes. */
  readonly countriesAndRegions: readonly string[];
  readonly includeUnknownCountriesAndRegions?: boolean | null;
  /** `clientIpAddress` (default) or `authenticatorAppGps`. */
  readonly countryLookupMethod?: string | null;
}

export interface CompliantNetworkNamedLocation extends NamedLocationBase {
  readonly compliantNetworkType?: string | null;
  readonly isTrusted?: boolean | null;
}

export type NamedLocation = NamedLocationBase | IpNamedLocation | CountryNamedLocation | CompliantNetworkNamedLocation;

/** The same id in every tenant (BREAK, ZTA, G-CNNL). */
export const COMPLIANT_NETWORK_LOCATION_ID = '3d46dbda-8382-466a-856d-eb00cbc6b910';
/** "Multifactor authentication trusted IPs" in a policy's locations (L-M365DSC). */
export const MFA_TRUSTED_IPS_LOCATION_ID = '00000000-0000-0000-0000-000000000000';

/** What an entry of a policy's locations is by its word alone; `undefined`: the id of a location, or of none. */
export type LocationWord = 'all' | 'allTrusted' | 'mfaTrustedIps' | 'compliantNetwork';

const LOCATION_WORDS: ReadonlyMap<string, LocationWord> = new Map([
  ['all', 'all'],
  ['alltrusted', 'allTrusted'],
  [MFA_TRUSTED_IPS_LOCATION_ID, 'mfaTrustedIps'],
  [COMPLIANT_NETWORK_LOCATION_ID, 'compliantNetwork'],
]);

/** Words and ids are compared in any case (G-LOC). */
export function locationWord(entry: string): LocationWord | undefined {
  return LOCATION_WORDS.get(entry.toLowerCase());
}

export function isIpNamedLocation(location: NamedLocation): location is IpNamedLocation {
  return hasType(location, 'ipNamedLocation');
}

export function isCountryNamedLocation(location: NamedLocation): location is CountryNamedLocation {
  return hasType(location, 'countryNamedLocation');
}

/** By type first, by the well-known id when the type is missing (reference conditional-access §1.3). */
export function isCompliantNetworkNamedLocation(location: NamedLocation): location is CompliantNetworkNamedLocation {
  return (
    hasType(location, 'compliantNetworkNamedLocation') || location.id.toLowerCase() === COMPLIANT_NETWORK_LOCATION_ID
  );
}

/** `isTrusted` of a location; country locations have no such mark (CSDL-v1), so they are never trusted. */
export function isTrustedLocation(location: NamedLocation): boolean {
  return (isIpNamedLocation(location) || isCompliantNetworkNamedLocation(location)) && location.isTrusted === true;
}

function hasType(location: NamedLocation, type: string): boolean {
  return location['@odata.type'].replace(/^#/, '').toLowerCase() === `microsoft.graph.${type}`.toLowerCase();
}
