import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import { holdingsOf } from '../../../../src/core/conditional-access/facts/located.ts';
import { PartCache } from '../../../../src/core/conditional-access/fast/bits-cache.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { HQ, LOCATIONS, observation, policy, tenant } from '../../../support/contoso.ts';

describe('a compiled tenant', () => {
  test('warns of location ids that no location has, once each', () => {
    const dangling = '10000000-0000-4000-8000-0000000000ff';
    const one = policy({
      locations: {
        includeLocations: ['All', dangling],
        excludeLocations: [
          HQ,
          dangling,
          'AllTrusted',
          '00000000-0000-0000-0000-000000000000',
          '3d46dbda-8382-466a-856d-eb00cbc6b910',
        ],
      },
    });
    expect(compile(tenant([one])).warnings).toEqual([
      { kind: 'danglingLocation', policyId: one.id, locationId: dangling },
    ]);
  });

  test('knows a location by its id in any case', () => {
    const office = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'Office-A',
      displayName: 'Office',
      ipRanges: [],
    };
    const one = policy({ locations: { includeLocations: ['OFFICE-a'] } });
    expect(compile(tenant([one], { namedLocations: [office] })).warnings).toEqual([]);
  });

  test('can be made of a policy without conditions', () => {
    const bare = { ...policy(), conditions: null } as unknown as ConditionalAccessPolicy;
    const unlisted = { mfaTrustedIps: undefined } as unknown as Partial<Tenant>;
    expect(compile(tenant([bare], unlisted)).locations.mfaTrustedIps).toBeUndefined();
  });

  test('warns of a range that is no text', () => {
    const broken = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'x',
      displayName: 'Broken',
      ipRanges: [{ cidrAddress: 5 }, { lowerAddress: '192.0.2.1', upperAddress: null }],
    } as unknown as NamedLocation;
    expect(compile(tenant([], { namedLocations: [broken] })).warnings).toEqual([
      { kind: 'unreadableRange', locationId: 'x', problem: 'a range that is no text' },
      { kind: 'unreadableRange', locationId: 'x', problem: 'a range that is no text' },
    ]);
  });

  test('warns of ranges that cannot be read', () => {
    const broken = {
      ...LOCATIONS[0],
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'x',
      displayName: 'Broken',
      ipRanges: [{ cidrAddress: '203.0.113.0' }, { lowerAddress: '192.0.2.1', upperAddress: '192.0.2.9' }],
    };
    expect(compile(tenant([], { namedLocations: [broken] })).warnings).toEqual([
      {
        kind: 'unreadableRange',
        locationId: 'x',
        problem: '`203.0.113.0` is an address without a prefix length; write 203.0.113.0/32',
      },
    ]);
  });

  test('tells which locations hold an address, and by what', () => {
    const overlapping = {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: 'o',
      displayName: 'Overlap',
      isTrusted: false,
      ipRanges: [
        { cidrAddress: '203.0.113.7/25' },
        { cidrAddress: '203.0.113.10/32' },
        { cidrAddress: '203.0.113.200/32' },
      ],
    };
    const { locations } = compile(tenant([], { namedLocations: [...LOCATIONS, overlapping] }));
    expect(holdingsOf(locations, observation('203.0.113.10'))).toEqual([
      { id: HQ, displayName: 'HQ', networkType: 'trustedNamedLocation', by: ['203.0.113.0/24'] },
      { id: '10000000-0000-4000-8000-000000000003', displayName: 'Germany', networkType: 'namedNetwork', by: ['DE'] },
      { id: 'o', displayName: 'Overlap', networkType: 'namedNetwork', by: ['203.0.113.7/25', '203.0.113.10/32'] },
    ]);
  });

  test('names an unknown country where a location counts those', () => {
    const unknown = {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'u',
      displayName: 'Unknown',
      countriesAndRegions: [],
      includeUnknownCountriesAndRegions: true,
    };
    const { locations } = compile(tenant([], { namedLocations: [unknown] }));
    expect(holdingsOf(locations, observation('203.0.113.10', { countryOrRegion: null })).map(({ by }) => by)).toEqual([
      ['unknown country'],
    ]);
    expect(holdingsOf(locations, observation('203.0.113.10', { countryOrRegion: undefined }))).toEqual([]);
  });
});

describe('a cache of parts', () => {
  test('tells parts with one key apart', () => {
    const cache = new PartCache<string, number, string>((kept, asked) => kept === asked);
    cache.keep('key', 1, 'one');
    cache.keep('key', 2, 'two');
    expect([cache.find('key', 1), cache.find('key', 2), cache.find('key', 3), cache.find('other', 1)]).toEqual([
      'one',
      'two',
      undefined,
      undefined,
    ]);
  });

  test('starts anew before it grows without end', () => {
    const cache = new PartCache<number, undefined, number>(() => true);
    for (let at = 0; at <= 32_768; at++) cache.keep(at, undefined, at);
    expect([cache.find(0, undefined), cache.find(32_767, undefined), cache.find(32_768, undefined)]).toEqual([
      undefined,
      undefined,
      32_768,
    ]);
  });
});
