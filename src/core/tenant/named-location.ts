import { COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import { lower } from './policy-words.ts';

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

export function isIpNamedLocation(location: NamedLocation): location is IpNamedLocation {
  return hasType(location, 'ipNamedLocation');
}

export function isCountryNamedLocation(location: NamedLocation): location is CountryNamedLocation {
  return hasType(location, 'countryNamedLocation');
}

/** Whether it is the compliant network: by type first, by the well-known id when the type is missing (G-CNNL, L-M365DSC). */
export function isCompliantNetworkNamedLocation(location: NamedLocation): location is CompliantNetworkNamedLocation {
  return hasType(location, 'compliantNetworkNamedLocation') || lower(location.id) === COMPLIANT_NETWORK_LOCATION_ID;
}

/**
 * Whether a location is trusted; `undefined`: not known. Graph always gives the mark of an IP location (CSDL-v1: no null), so one that
 * lacks it has lost it on the way. Country locations have no such mark, so they are never trusted.
 */
export function trustOf(location: NamedLocation): boolean | undefined {
  if (isIpNamedLocation(location)) return typeof location.isTrusted === 'boolean' ? location.isTrusted : undefined;
  return isCompliantNetworkNamedLocation(location) && location.isTrusted === true;
}

/** The mark of a location as a fact that is missing. */
export function trustFact({ displayName, id }: NamedLocation): string {
  return `isTrusted of ${displayName || id}`;
}

/**
 * Whether a country location holds what maps to no known country; `undefined`: not known, as Graph never gives null (CSDL-v1). Where it is
 * left out, as in a request to create one, it does not (G-CNL: the default).
 */
export function unknownCountriesOf(location: CountryNamedLocation): boolean | undefined {
  const { includeUnknownCountriesAndRegions: included } = location;
  return included === null ? undefined : included === true;
}

/** The same as a fact that is missing. */
export function unknownCountriesFact({ displayName, id }: NamedLocation): string {
  return `includeUnknownCountriesAndRegions of ${displayName || id}`;
}

/** Whether a location is known to be trusted; country locations have no such mark (CSDL-v1). */
export function isTrustedLocation(location: NamedLocation): boolean {
  return trustOf(location) === true;
}

/**
 * Whether countries are looked up by the position that Microsoft Authenticator shares, which has nothing to do with the address
 * (D-NET, G-CNL).
 */
export function looksUpByGps(location: NamedLocation): boolean {
  return isCountryNamedLocation(location) && lower(location.countryLookupMethod) === 'authenticatorappgps';
}

const GRAPH = 'microsoft.graph.';

/** An object of an export may lack its type. */
function hasType({ '@odata.type': said }: NamedLocation, type: string): boolean {
  if (typeof said === 'string') {
    // The names are not of one length, and no letter of them has a spelling of another one.
    const more = said.length - GRAPH.length - type.length;
    if (more !== 0 && more !== 1) return false;
  }
  return lower(said)?.replace(/^#/, '') === `${GRAPH}${type}`.toLowerCase();
}

/** The MFA trusted IPs as policies name them; they are no named location, and count as a trusted one (D-MFATIP). */
export const MFA_TRUSTED_IPS = { id: MFA_TRUSTED_IPS_LOCATION_ID, displayName: 'MFA trusted IPs' } as const;
