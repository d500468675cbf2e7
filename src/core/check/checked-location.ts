import { contentOfRanges, sketchOfRanges } from '../network/range-content.ts';
import type { ListedRange, RangeList } from '../network/range-list.ts';
import { readRangeTexts } from '../network/read-range-list.ts';
import { rangesOf } from '../tenant/location-ranges.ts';
import type { IpNamedLocation, NamedLocation } from '../tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  isTrustedLocation,
  trustOf,
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
  /** Trusted, or not known not to be. */
  readonly mayBeTrusted: boolean;
  readonly ranges: RangeList;
  readonly unreadable: readonly UnreadableRange[];
}

export interface UnreadableRange {
  readonly text: string;
  readonly pointer: string;
}

const CHECKED = new WeakMap<NamedLocation, CheckedLocation>();

/** The location as the rules read it: the same object each time, for the rules may be asked more than once. */
export function checkedLocation(location: NamedLocation): CheckedLocation {
  const known = CHECKED.get(location) ?? readLocation(location);
  CHECKED.set(location, known);
  return known;
}

function readLocation(location: NamedLocation): CheckedLocation {
  const kind = kindOf(location);
  const ranges = isIp(location, kind) ? rangesOf(location) : readRangeTexts([]);
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
    mayBeTrusted: kind !== 'unknown' && trustOf(location) !== false,
    ranges,
    unreadable: ranges.unread.map(({ at }) => asWritten(location, at)),
  };
}

const SKETCHES = new WeakMap<CheckedLocation, string>();
const CONTENTS = new WeakMap<CheckedLocation, string>();

/** Equal for locations that hold the same by their ranges, and hardly ever for others: then `holdSameRanges` decides. */
export function sketchOf(location: CheckedLocation): string {
  return made(SKETCHES, location, sketchOfRanges);
}

export function holdSameRanges(one: CheckedLocation, other: CheckedLocation): boolean {
  return sketchOf(one) === sketchOf(other) && contentOf(one) === contentOf(other);
}

/** The ranges of a location, each once, in an order of their own. */
function contentOf(location: CheckedLocation): string {
  return made(CONTENTS, location, contentOfRanges);
}

function made(
  texts: WeakMap<CheckedLocation, string>,
  location: CheckedLocation,
  make: (ranges: RangeList) => string,
): string {
  const text = texts.get(location) ?? make(location.ranges);
  texts.set(location, text);
  return text;
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

/**
 * Whether countries are looked up by the client's address (the default), not by the GPS position that Microsoft Authenticator
 * shares (G-CNL).
 */
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

function isIp(location: NamedLocation, kind: CheckedLocation['kind']): location is IpNamedLocation {
  return kind === 'ip';
}

/** Where a range of the location stands, for the findings that name one. */
export function pointerOf({ at, prefixLength }: ListedRange): string {
  return prefixLength === undefined ? `/ipRanges/${at}` : `/ipRanges/${at}/cidrAddress`;
}

/** `cidrAddress`, else lower and upper address; what is no text is as good as missing. */
function asWritten(location: NamedLocation, at: number): UnreadableRange {
  const pointer = `/ipRanges/${at}`;
  const [cidr, lower, upper] = ['cidrAddress', 'lowerAddress', 'upperAddress'].map((member) =>
    valueAt(location, `${pointer}/${member}`),
  );
  if (typeof cidr === 'string') return { text: cidr, pointer: `${pointer}/cidrAddress` };
  return {
    text: [lower, upper]
      .map(textOf)
      .filter((address) => address !== '')
      .join('-'),
    pointer,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether one is trusted and the other is not, as far as both are known. */
export function differInTrust(one: CheckedLocation, other: CheckedLocation): boolean {
  return (one.trusted && !other.mayBeTrusted) || (other.trusted && !one.mayBeTrusted);
}
