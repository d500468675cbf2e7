import ipaddr from 'ipaddr.js';
import type { Address } from './address.ts';
import type { Range } from './range.ts';
import { rangeHolds, readRanges } from './range.ts';

/** Address space kept for examples (RFC 5737, RFC 3849, RFC 9637). */
const DOCUMENTATION = readRanges(['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']);

/**
 * What an address is set aside for (RFC 6890), in ipaddr.js's words (`private`, `carrierGradeNat`, `loopback`, `uniqueLocal`
 * …) or `documentation`; `undefined` for ordinary public addresses.
 */
export function specialUseOf(address: Address): string | undefined {
  if (DOCUMENTATION.some((range) => rangeHolds(range, address))) return 'documentation';
  const use = ipaddr.parse(address.text).range();
  return use === 'unicast' ? undefined : use;
}

/**
 * Whether the internet could see this address as someone's egress. Documentation addresses count as public, because they
 * stand for public ones in Microsoft's examples and in our sample tenant.
 */
export function isPublicAddress(address: Address): boolean {
  const use = specialUseOf(address);
  return use === undefined || use === 'documentation';
}

/**
 * Blocks that nobody signs in from (RFC 6890), and the part of IPv6 that is given out. Whoever cuts all addresses into intervals
 * cuts here too, so that no interval mixes them with public ones.
 */
export const SPECIAL_USE_BLOCKS: readonly Range[] = readRanges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '2000::/16',
  '2001:4860::/32',
  '2002::/16',
]);
