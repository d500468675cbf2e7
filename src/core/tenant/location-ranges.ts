import type { Range, RangeReading } from '../network/range.ts';
import { parseRange, parseRangeBetween } from '../network/range.ts';
import { isObject } from '../values/is-object.ts';
import type { IpNamedLocation, IpRange } from './named-location.ts';

/** One range of a location, read: `cidrAddress`, or `lowerAddress` to `upperAddress` (CSDL-v1 iPv4Range, iPv6Range). */
export function readIpRange({ cidrAddress, lowerAddress, upperAddress }: IpRange): RangeReading {
  if (cidrAddress !== undefined) return parseRange(cidrAddress);
  if (lowerAddress !== undefined && upperAddress !== undefined) return parseRangeBetween(lowerAddress, upperAddress);
  return { problem: 'the range has neither `cidrAddress` nor `lowerAddress` and `upperAddress`' };
}

const READINGS = new WeakMap<IpNamedLocation, readonly RangeReading[]>();

/**
 * The ranges of a location, in its order. A location object is never changed, so its ranges are read once, whoever asks. Whatever
 * else a file that was edited by hand has in their place is no range.
 */
export function rangeReadingsOf(location: IpNamedLocation): readonly RangeReading[] {
  const known = READINGS.get(location);
  if (known !== undefined) return known;
  const readings = Array.isArray(location.ipRanges) ? location.ipRanges.map(readGiven) : [];
  READINGS.set(location, readings);
  return readings;
}

function readGiven(given: unknown): RangeReading {
  const { cidrAddress, lowerAddress, upperAddress } = isObject(given) ? given : {};
  if (typeof cidrAddress === 'string') return parseRange(cidrAddress);
  const parts = [cidrAddress, lowerAddress, upperAddress].filter((part) => part !== undefined);
  if (parts.some((part) => typeof part !== 'string')) return { problem: 'a range that is no text' };
  return readIpRange({
    ...(typeof lowerAddress === 'string' ? { lowerAddress } : {}),
    ...(typeof upperAddress === 'string' ? { upperAddress } : {}),
  });
}

const RANGES = new WeakMap<IpNamedLocation, readonly Range[]>();

/** The ranges of a location that can be read: the same list each time. Malformed ones hold no address (validate.ts reports them). */
export function rangesOf(location: IpNamedLocation): readonly Range[] {
  const known = RANGES.get(location);
  if (known !== undefined) return known;
  const ranges = rangeReadingsOf(location).flatMap((reading) => ('range' in reading ? [reading.range] : []));
  RANGES.set(location, ranges);
  return ranges;
}
