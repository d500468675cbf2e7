import fc from 'fast-check';
import type { Address } from '../../../src/core/network/address.ts';
import { parseAddress } from '../../../src/core/network/address.ts';

/** Addresses around few ranges, so that random locations and random sign-ins meet. */
export const ADDRESS_TEXTS = [
  ...['203.0.113.0', '203.0.113.9', '203.0.113.127', '203.0.113.128', '203.0.113.255', '203.0.114.0'],
  ...['198.51.100.7', '198.51.100.31', '198.51.100.32', '192.0.2.9', '0.0.0.0', '255.255.255.255', '128.94.0.10'],
  ...['2001:db8:100::5', '2001:db8:100:ffff::1', '2001:db8:101::1', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
] as const;

export const RANGE_TEXTS = [
  ...[
    '203.0.113.0/24',
    '203.0.113.0/25',
    '203.0.113.9/32',
    '203.0.112.0/22',
    '198.51.100.7/27',
    '192.0.2.0/24',
    '0.0.0.0/0',
  ],
  ...['2001:db8:100::/48', '2001:db8:100::5/128', '::/0', '128.94.0.0/19'],
] as const;

export const COUNTRIES = ['US', 'DE', 'FR'] as const;

export function address(text: string): Address {
  const read = parseAddress(text);
  if (read === undefined) throw new Error(`${text} is no address`);
  return read;
}

export const addresses: fc.Arbitrary<Address> = fc.constantFrom(...ADDRESS_TEXTS).map(address);

export const countries: fc.Arbitrary<string | null> = fc.constantFrom(...COUNTRIES, null);
