import type { Range, RangeReading } from '../network/range.ts';
import { rangeReadingsOf } from '../tenant/location-ranges.ts';
import type { IpNamedLocation, NamedLocation } from '../tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  isTrustedLocation,
} from '../tenant/named-location.ts';
import { compareTexts } from '../values/compare-texts.ts';
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

const CHECKED = new WeakMap<NamedLocation, CheckedLocation>();

/** The location as the rules read it: the same object each time, for the rules may be asked more than once. */
export function checkedLocation(location: NamedLocation): CheckedLocation {
  const known = CHECKED.get(location) ?? readLocation(location);
  CHECKED.set(location, known);
  return known;
}

function readLocation(location: NamedLocation): CheckedLocation {
  const kind = kindOf(location);
  const ranges: LocationRange[] = [];
  const unreadable: UnreadableRange[] = [];
  for (const [at, reading] of (isIp(location, kind) ? rangeReadingsOf(location) : []).entries()) {
    if ('problem' in reading) unreadable.push(asWritten(location, at));
    else ranges.push(new ReadRange(location, at, reading));
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

const CANONICAL = new WeakMap<CheckedLocation, string>();

/** The ranges of a location, masked, each once, in an order of their own: equal texts hold the same. Made once. */
export function canonicalRangesOf(location: CheckedLocation): string {
  const known =
    CANONICAL.get(location) ??
    [...new Set(location.ranges.map(({ canonical }) => canonical))].sort(compareTexts).join(' ');
  CANONICAL.set(location, known);
  return known;
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

/** One of hundreds of thousands: what a finding shows of it is made when there is one. */
class ReadRange implements LocationRange {
  readonly range: Range;
  readonly #reading: Extract<RangeReading, { readonly range: Range }>;
  readonly #location: NamedLocation;
  readonly #at: number;

  constructor(location: NamedLocation, at: number, reading: Extract<RangeReading, { readonly range: Range }>) {
    this.range = reading.range;
    this.#reading = reading;
    this.#location = location;
    this.#at = at;
  }

  get canonical(): string {
    return this.#reading.canonical;
  }

  get hostBits(): boolean {
    return this.#reading.hostBits;
  }

  get prefixLength(): number | undefined {
    return this.#reading.prefixLength;
  }

  get pointer(): string {
    return asWritten(this.#location, this.#at).pointer;
  }
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
