import type { Range, RangeReading } from '../network/range.ts';
import { parseRange, parseRangeBetween } from '../network/range.ts';
import type { IpNamedLocation, IpRange } from './named-location.ts';

/** One range of a location, read: `cidrAddress`, or `lowerAddress` to `upperAddress` (CSDL-v1 iPv4Range, iPv6Range). */
export function readIpRange({ cidrAddress, lowerAddress, upperAddress }: IpRange): RangeReading {
  if (cidrAddress !== undefined) return parseRange(cidrAddress);
  if (lowerAddress !== undefined && upperAddress !== undefined) return parseRangeBetween(lowerAddress, upperAddress);
  return { problem: 'the range has neither `cidrAddress` nor `lowerAddress` and `upperAddress`' };
}

/** The ranges of a location that can be read; malformed ones hold no address (validate.ts reports them). */
export function rangesOf(location: IpNamedLocation): Range[] {
  return location.ipRanges.flatMap((ipRange) => {
    const reading = readIpRange(ipRange);
    return 'range' in reading ? [reading.range] : [];
  });
}
