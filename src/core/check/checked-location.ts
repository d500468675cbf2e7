import type { Range } from '../network/range.ts';
import { readIpRange } from '../tenant/location-ranges.ts';
import type { NamedLocation } from '../tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  isTrustedLocation,
} from '../tenant/named-location.ts';
import { valueAt } from '../values/value-at.ts';
import { textOf } from './checked-policy.ts';
import type { FindingSubject } from './finding.ts';

/** A named location as the rules read it, its ranges parsed once. */
export interface CheckedLocation {
  readonly location: NamedLocation;
  readonly subject: FindingSubject;
  /** Id in lower case. */
  readonly key: string;
  /** `unknown`: a type we do not model, such as `privateLinkNamedLocation`. */
  readonly kind: 'ip' | 'country' | 'compliantNetwork' | 'unknown';
  readonly trusted: boolean;
  readonly ranges: readonly LocationRange[];
  readonly unreadable: readonly UnreadableRange[];
}

export interface LocationRange {
  readonly range: Range;
  /** Masked, in canonical spelling. */
  readonly canonical: string;
  readonly hostBits: boolean;
  readonly prefixLength: number | undefined;
  readonly pointer: string;
}

export interface UnreadableRange {
  readonly text: string;
  readonly pointer: string;
}

export function checkedLocation(location: NamedLocation): CheckedLocation {
  const kind = kindOf(location);
  const ranges: LocationRange[] = [];
  const unreadable: UnreadableRange[] = [];
  for (const [at, item] of listOf(kind === 'ip' ? valueAt(location, '/ipRanges') : undefined).entries()) {
    const { reading, text, pointer } = readRange(item, `/ipRanges/${at}`);
    if ('problem' in reading) unreadable.push({ text, pointer });
    else ranges.push({ ...reading, pointer });
  }
  return {
    location,
    subject: {
      kind: 'namedLocation',
      id: textOf(location.id),
      displayName: textOf(location.displayName) || textOf(location.id),
    },
    key: textOf(location.id).toLowerCase(),
    kind,
    trusted: kind !== 'unknown' && isTrustedLocation(location),
    ranges,
    unreadable,
  };
}

/** Countries in upper case, each once; of a location that is none: none. */
export function countriesOf({ kind, location }: CheckedLocation): readonly string[] {
  if (kind !== 'country') return [];
  const codes = listOf(valueAt(location, '/countriesAndRegions')).map((code) => textOf(code).toUpperCase());
  return [...new Set(codes)].filter((code) => code !== '').sort();
}

export function includesUnknownCountries({ location }: CheckedLocation): boolean {
  return valueAt(location, '/includeUnknownCountriesAndRegions') === true;
}

/** By the client's address (the default), not by the GPS position that Microsoft Authenticator shares (G-CNL). */
export function looksUpByAddress({ kind, location }: CheckedLocation): boolean {
  if (kind !== 'country') return false;
  const method = valueAt(location, '/countryLookupMethod');
  return typeof method !== 'string' || method.toLowerCase() === 'clientipaddress';
}

function kindOf(location: NamedLocation): CheckedLocation['kind'] {
  // An object without its type or id is data too: the questions below need both to be text.
  if (typeof valueAt(location, '/@odata.type') !== 'string' || typeof location.id !== 'string') return 'unknown';
  if (isIpNamedLocation(location)) return 'ip';
  if (isCountryNamedLocation(location)) return 'country';
  return isCompliantNetworkNamedLocation(location) ? 'compliantNetwork' : 'unknown';
}

/** `cidrAddress`, else lower and upper address; what is no text is as good as missing. */
function readRange(item: unknown, pointer: string) {
  const [cidr, lower, upper] = ['cidrAddress', 'lowerAddress', 'upperAddress'].map((member) =>
    valueAt(item, `/${member}`),
  );
  if (typeof cidr === 'string') {
    return { reading: readIpRange({ cidrAddress: cidr }), text: cidr, pointer: `${pointer}/cidrAddress` };
  }
  const between = { lowerAddress: textOf(lower), upperAddress: textOf(upper) };
  const text = [between.lowerAddress, between.upperAddress].filter((address) => address !== '').join('-');
  return { reading: readIpRange(between), text, pointer };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
