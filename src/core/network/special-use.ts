import ipaddr from 'ipaddr.js';
import type { Address } from './address.ts';
import { parseRange, rangeHolds } from './range.ts';

/** Address space kept for examples (RFC 5737, RFC 3849, RFC 9637). */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].flatMap(
  (text) => {
    const reading = parseRange(text);
    return 'range' in reading ? [reading.range] : [];
  },
);

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
