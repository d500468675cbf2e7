import type { Address } from '../core/network/address.ts';
import { parseAddress } from '../core/network/address.ts';
import type { Range } from '../core/network/range.ts';
import { parseRange } from '../core/network/range.ts';
import { GsaError } from '../trouble/error.ts';

/** How traffic travels, as people type it, and what `NetworkPath.via` calls it. */
export const VIAS = ['gsa', 'remote-network', 'direct', 'unknown'] as const;

export const PATHS = {
  gsa: 'globalSecureAccessClient',
  'remote-network': 'remoteNetwork',
  direct: 'direct',
  unknown: undefined,
} as const satisfies Record<(typeof VIAS)[number], unknown>;

/** What people type of addresses, of an option or an argument. Each throws GsaError `usage` and says what would do. */

export function addressNamed(text: string): Address {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  throw new GsaError('usage', `\`${text}\` is not an IP address`, {
    hint: 'give four decimal numbers, or IPv6 without a zone',
  });
}

export function rangeNamed(text: string): Range {
  const reading = parseRange(text);
  if ('range' in reading) return reading.range;
  throw new GsaError('usage', reading.problem, { hint: 'write CIDR, such as 203.0.113.0/24' });
}

export function countryNamed(text: string): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw new GsaError('usage', `\`${text}\` is not a country code`, { hint: 'give two letters, such as NL' });
}
