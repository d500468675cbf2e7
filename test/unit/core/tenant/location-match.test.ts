import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import { matchLocations } from '../../../../src/core/tenant/location-match.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { compliantNetwork, countryLocation, ipLocation, tenantWith } from '../dependencies/contoso.ts';

function matching(text: string, parts: Partial<Tenant>) {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return matchLocations(tenantWith(parts), address);
}

const { isTrusted: _, ...unmarked } = { ...ipLocation('Lost', ['203.0.113.0/24']), isTrusted: false };

describe('the locations that hold an address', () => {
  test('are in the order of their names, each with its narrowest range and its mark', () => {
    const namedLocations = [
      ipLocation('Office', ['203.0.113.0/24', '203.0.113.0/28', '203.0.0.0/16'], true),
      ipLocation('Branch', ['203.0.113.4/32']),
      ipLocation('Elsewhere', ['198.51.100.0/24']),
      unmarked as NamedLocation,
    ];
    expect(matching('203.0.113.4', { namedLocations }).value).toEqual([
      { id: 'Branch', displayName: 'Branch', isTrusted: false, range: '203.0.113.4/32' },
      { id: 'Lost', displayName: 'Lost', isTrusted: null, range: '203.0.113.0/24' },
      { id: 'Office', displayName: 'Office', isTrusted: true, range: '203.0.113.0/28' },
    ]);
  });

  test('are compared over all words of IPv6', () => {
    const namedLocations = [ipLocation('Six', ['2001:db8::/32', '2001:db8:0:1::/64', '2001:db8::/48'])];
    expect(matching('2001:db8:0:1::7', { namedLocations }).value[0]?.range).toBe('2001:db8:0:1::/64');
  });

  test('begin with the MFA trusted IPs', () => {
    const mfaTrustedIps = ['192.0.2.0/24', '192.0.2.0/28'];
    expect(matching('192.0.2.1', { mfaTrustedIps }).value).toMatchObject([
      { displayName: 'MFA trusted IPs', isTrusted: true, range: '192.0.2.0/28' },
    ]);
    expect(matching('198.51.100.1', { mfaTrustedIps }).value).toEqual([]);
  });
});

describe('the locations that an address alone cannot decide', () => {
  const odd = { ...ipLocation('Odd', []), '@odata.type': '#microsoft.graph.oddNamedLocation' } as NamedLocation;

  test.each<[string, NamedLocation, string]>([
    ['by country', countryLocation('Home', ['NL']), 'by the country of the address'],
    ['by GPS', countryLocation('Home', ['NL'], { gps: true }), 'by the GPS position'],
    [
      'by GPS, in any case',
      { ...countryLocation('Home', ['NL']), countryLookupMethod: 'AuthenticatorAppGPS' } as NamedLocation,
      'by the GPS position',
    ],
    ['the compliant network', compliantNetwork(), 'while signaling is on'],
    ['of a kind that is not evaluated', odd, 'locations of type oddNamedLocation are not evaluated'],
  ])('are named with the reason: %s', (_name, location, reason) => {
    expect(matching('203.0.113.4', { namedLocations: [location] }).undecided).toEqual([
      { id: location.id, displayName: location.displayName, reason: expect.stringContaining(reason) },
    ]);
  });

  test('are none among IP locations, and the MFA trusted IPs where nobody lists them', () => {
    const namedLocations = [ipLocation('Office', ['203.0.113.0/24'])];
    expect(matching('203.0.113.4', { namedLocations }).undecided).toEqual([]);
    const { mfaTrustedIps: __, ...tenant } = tenantWith({});
    const address = parseAddress('203.0.113.4');
    expect(address && matchLocations(tenant, address).undecided).toMatchObject([{ displayName: 'MFA trusted IPs' }]);
  });
});

describe('an address of Global Secure Access', () => {
  test('is told by the published ranges, or by those of the tenant', () => {
    expect(matching('151.206.10.7', {}).globalSecureAccessEgress).toBe(true);
    expect(matching('203.0.113.4', {}).globalSecureAccessEgress).toBe(false);
    const own = { conditionalAccess: { signalingStatus: 'enabled' as const }, egressRanges: ['203.0.113.0/24'] };
    expect(matching('203.0.113.4', { globalSecureAccess: own }).globalSecureAccessEgress).toBe(true);
  });
});
