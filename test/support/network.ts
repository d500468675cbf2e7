import ipaddr from 'ipaddr.js';
import type { Address } from '../../src/core/network/address.ts';
import { addressFromWords } from '../../src/core/network/address.ts';
import type { Range } from '../../src/core/network/range.ts';
import { rangeHolds, readRanges } from '../../src/core/network/range.ts';

export function lastAddress({ version, last }: Range): Address {
  return addressFromWords(version, last);
}

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
