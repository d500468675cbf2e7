import { describe, expect, test } from 'vitest';
import { addressOwner } from '../../../../../src/core/conditional-access/record/address-owner.ts';

describe('whose the address is that Entra saw', () => {
  const own = '203.0.113.10';
  const proxy = '128.94.0.10';

  test.each<[string, object, string]>([
    ['the user’s own where it is the original one', { ipAddress: own, sourceIpAddress: own }, 'own'],
    [
      'the user’s own, also where the proxy has the same',
      { ipAddress: own, sourceIpAddress: own, globalSecureAccessIpAddress: own },
      'own',
    ],
    ['the proxy’s', { ipAddress: proxy, sourceIpAddress: own, globalSecureAccessIpAddress: proxy }, 'proxy'],
    ['neither', { ipAddress: '192.0.2.1', sourceIpAddress: own, globalSecureAccessIpAddress: proxy }, 'other'],
    [
      'the user’s own where nothing went through the proxy',
      { ipAddress: own, isThroughGlobalSecureAccess: false },
      'own',
    ],
    ['unknown through a proxy that is not named', { ipAddress: own, isThroughGlobalSecureAccess: true }, 'unknown'],
    ['unknown where the record says nothing', { ipAddress: own }, 'unknown'],
    ['unknown without an address', { sourceIpAddress: own, isThroughGlobalSecureAccess: false }, 'unknown'],
    [
      'unknown with an empty address',
      { ipAddress: '', sourceIpAddress: '', isThroughGlobalSecureAccess: false },
      'unknown',
    ],
    ['unknown with no address', { ipAddress: null, sourceIpAddress: null }, 'unknown'],
  ])('is %s', (_, members, expected) => {
    expect(addressOwner({ id: 'x', createdDateTime: '2026-01-15T09:00:00Z', ...members })).toBe(expected);
  });
});
