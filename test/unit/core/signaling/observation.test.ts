import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import { addressAtResource, locatedAddress, NOTHING_SEEN } from '../../../../src/core/signaling/observation.ts';

const [ONE, OTHER] = [parseAddress('203.0.113.10'), parseAddress('151.206.7.20')];

describe('the address at the resource', () => {
  test('is the one that the resource sees, before one that it may see', () => {
    expect(addressAtResource({ ...NOTHING_SEEN, resourceIpAddress: ONE, possibleResourceAddress: OTHER })).toBe(ONE);
    expect(addressAtResource({ ...NOTHING_SEEN, resourceIpAddress: ONE })).toBe(ONE);
    expect(addressAtResource({ ...NOTHING_SEEN, possibleResourceAddress: OTHER })).toBe(OTHER);
  });
});

describe('the address that named locations are asked for', () => {
  test('is the one that Entra sees, before one that stands for it', () => {
    expect(locatedAddress({ ...NOTHING_SEEN, ipAddress: ONE, standInAddress: OTHER })).toBe(ONE);
    expect(locatedAddress({ ...NOTHING_SEEN, ipAddress: ONE })).toBe(ONE);
    expect(locatedAddress({ ...NOTHING_SEEN, standInAddress: OTHER })).toBe(OTHER);
  });
});

test('where nothing is seen, no address is known and none is restored', () => {
  expect(NOTHING_SEEN.restored).toBe(false);
  expect([addressAtResource(NOTHING_SEEN), locatedAddress(NOTHING_SEEN)]).toEqual([undefined, undefined]);
});
