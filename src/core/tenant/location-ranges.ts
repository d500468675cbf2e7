import type { RangeReading } from '../network/range.ts';
import { parseRange, parseRangeBetween } from '../network/range.ts';
import type { RangeList } from '../network/range-list.ts';
import { readRangeList, readRangeSigns, readRangeTexts } from '../network/read-range-list.ts';
import type { Signs } from '../network/signs.ts';
import { isObject } from '../values/is-object.ts';
import type { IpNamedLocation, IpRange } from './named-location.ts';

/** One range of a location, read: `cidrAddress`, or `lowerAddress` to `upperAddress` (CSDL-v1 iPv4Range, iPv6Range). */
export function readIpRange({ cidrAddress, lowerAddress, upperAddress }: IpRange): RangeReading {
  if (cidrAddress !== undefined) return parseRange(cidrAddress);
  if (lowerAddress !== undefined && upperAddress !== undefined) return parseRangeBetween(lowerAddress, upperAddress);
  return { problem: 'the range has neither `cidrAddress` nor `lowerAddress` and `upperAddress`' };
}

/** Ranges that are each a CIDR and nothing else, as texts, where a file holds them and nobody made an object of each. */
export interface RangeTexts {
  readonly length: number;
  cidrAt(place: number): string;
  /** The same without a text. */
  signsAt(place: number, into: Signs): void;
}

const TEXTS = new WeakMap<object, RangeTexts>();

/** Lets the ranges of a location be read from their texts: they are those of its `ipRanges`, in their order. */
export function keepRangeTexts(location: object, texts: RangeTexts): void {
  TEXTS.set(location, texts);
}

const RANGES = new WeakMap<IpNamedLocation, RangeList>();

/**
 * The ranges of a location, in its order: the same list each time, for a location is never changed, and its ranges are read once,
 * whoever asks. What a file that was edited by hand has in their place is no range.
 */
export function rangesOf(location: IpNamedLocation): RangeList {
  const known = RANGES.get(location);
  if (known !== undefined) return known;
  const ranges = readRanges(location);
  RANGES.set(location, ranges);
  return ranges;
}

/** The location with another mark of trust. It holds the same ranges, which are neither read nor made objects of again. */
export function markedTrusted(location: IpNamedLocation, isTrusted: boolean): IpNamedLocation {
  const { isTrusted: _, ...members } = Object.getOwnPropertyDescriptors(location);
  const mark = { value: isTrusted, enumerable: true, configurable: true, writable: true };
  const marked: IpNamedLocation = Object.create(Object.prototype, { ...members, isTrusted: mark });
  RANGES.set(marked, rangesOf(location));
  return marked;
}

function readRanges(location: IpNamedLocation): RangeList {
  const texts = TEXTS.get(location);
  if (texts !== undefined) return readCidrs(texts);
  return Array.isArray(location.ipRanges) ? readGivenList(location.ipRanges) : readRangeTexts([]);
}

function readCidrs({ length, cidrAt, signsAt }: RangeTexts): RangeList {
  return readRangeSigns(length, signsAt, cidrAt);
}

function readGivenList(given: readonly unknown[]): RangeList {
  return readRangeList(
    given.length,
    (place) => cidrOf(given[place]),
    (place) => readGiven(given[place]),
    (place) => cidrOf(given[place]) ?? textBetween(given[place]),
  );
}

function cidrOf(given: unknown): string | undefined {
  const cidrAddress = isObject(given) ? given['cidrAddress'] : undefined;
  return typeof cidrAddress === 'string' ? cidrAddress : undefined;
}

function textBetween(given: unknown): string {
  const { lowerAddress, upperAddress } = isObject(given) ? given : {};
  return `${lowerAddress}-${upperAddress}`;
}

function readGiven(given: unknown): RangeReading {
  const { cidrAddress, lowerAddress, upperAddress } = isObject(given) ? given : {};
  const parts = [cidrAddress, lowerAddress, upperAddress].filter((part) => part !== undefined);
  if (parts.some((part) => typeof part !== 'string')) return { problem: 'a range that is no text' };
  return readIpRange({
    ...(typeof lowerAddress === 'string' ? { lowerAddress } : {}),
    ...(typeof upperAddress === 'string' ? { upperAddress } : {}),
  });
}
