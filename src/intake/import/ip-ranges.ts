import { parseAddress } from '../../core/network/address.ts';
import type { RangeReading } from '../../core/network/range.ts';
import { parseRange, parseRangeBetween } from '../../core/network/range.ts';
import { hasPublicEnd } from '../../core/network/special-use.ts';
import { WIDEST_PREFIX } from '../../core/tenant/limits.ts';
import type { IpRange } from '../../core/tenant/named-location.ts';
import { isJsonObject } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import type { Reader } from './members.ts';
import { object, text } from './members.ts';

const members = object({ '@odata.type': text, cidrAddress: text, lowerAddress: text, upperAddress: text });

/** One range of a named location. The text stays as its author wrote it, host bits included (G-NLPOST). */
export const ipRange: Reader<IpRange | null> = (value, at) => {
  // Scripts write the ranges as plain texts.
  const written = typeof value === 'string' ? { cidrAddress: value } : value;
  const read = members(written, at);
  if (read === null) {
    // The classes of a module write the members of a range that lost its address as null.
    if (isJsonObject(value)) at.error('missingMember', NO_ADDRESS);
    return null;
  }
  if (typeof value === 'string') at.note('rangeAsText', 'a range as plain text was taken as `cidrAddress`');
  const range = withoutNulls(read);
  const { cidrAddress, lowerAddress, upperAddress } = read;
  if (typeof cidrAddress === 'string') checkRange(parseRange(cidrAddress), cidrAddress, read['@odata.type'], at);
  else if (typeof lowerAddress === 'string' && typeof upperAddress === 'string') {
    const both = `${lowerAddress}-${upperAddress}`;
    checkRange(parseRangeBetween(lowerAddress, upperAddress), both, read['@odata.type'], at);
  } else at.error('missingMember', NO_ADDRESS);
  return range;
};

const NO_ADDRESS = 'a range needs `cidrAddress`';

/** A null means nothing here, and core's type has none. */
function withoutNulls(read: object): { [member: string]: string } {
  return Object.values(read).includes(null)
    ? Object.fromEntries(Object.entries(read).filter(([, each]) => each !== null))
    : { ...read };
}

/** Tells of a range that is none, and of one that will not do what its author means. */
export function checkRange(reading: RangeReading, written: string, type: string | null | undefined, at: Cursor): void {
  const shown = quoted(written, 50);
  if ('problem' in reading) {
    if (written.includes('-') && reading.problem.includes('CIDR')) at.error('dashRange', reading.problem);
    else if (parseAddress(written) === undefined) at.error('badRange', `${shown} is not an IP range`);
    else at.error('bareAddress', `${shown} has no mask: write \`${written}/${written.includes(':') ? 128 : 32}\``);
    return;
  }
  const { range, hostBits, prefixLength } = reading;
  if (hostBits) at.note('hostBits', `${shown} has host bits set; it is kept, and matches ${reading.canonical}`);
  const isWide = prefixLength !== undefined && prefixLength < WIDEST_PREFIX;
  if (isWide) {
    at.warning(
      'wideRange',
      `${shown} is wider than the /${WIDEST_PREFIX} that Microsoft Entra documents as the widest (D-NET)`,
    );
  }
  // The ends of a wide range say nothing about what is between them.
  if (!isWide && !hasPublicEnd(range)) {
    at.warning('privateRange', `${shown} holds no public address; the public address of a sign-in never matches it`);
  }
  if (
    type !== undefined &&
    type !== null &&
    /ipv[46]/i.test(type) &&
    !type.toLowerCase().includes(`ipv${range.version}`)
  ) {
    at.warning('rangeType', `${shown} is IPv${range.version}, its type ${quoted(type, 50)} says otherwise`);
  }
}
