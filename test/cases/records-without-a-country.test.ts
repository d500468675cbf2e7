import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { becoming, NOTHING_ELSE, policy, TUNNELLED, tenantOf, UNKNOWN } from './exports.ts';

/**
 * A record whose place is empty: so is that of an address which maps to no country (L-REAL), and no document says that only such a one has
 * it so. Neither a country nor none is known of it.
 */

const COUNTRIES = (unknown: boolean) => ({
  '@odata.type': '#microsoft.graph.countryNamedLocation',
  id: '33333333-3333-4333-8333-000000000009',
  displayName: 'Germany',
  countriesAndRegions: ['DE'],
  includeUnknownCountriesAndRegions: unknown,
  countryLookupMethod: 'clientIpAddress',
});
const DIRECT = { ipAddress: '198.51.100.7', isThroughGlobalSecureAccess: false, globalSecureAccessIpAddress: '' };

const PLACES = [
  ['nothing', undefined],
  ['null', null],
  ['no member but empty coordinates, as Azure Monitor has it', { geoCoordinates: {} }],
  ['an empty country', { city: '', state: '', countryOrRegion: '', geoCoordinates: null }],
  ['a country that is null', { city: null, state: null, countryOrRegion: null }],
] as const;

describe.each(PLACES)('a record whose place is %s', (_what, location) => {
  test.each([
    ['a country, and unknown ones', true],
    ['a country alone', false],
  ])('is neither known to lie in %s nor outside, included or excluded', async (_named, isUnknownIncluded) => {
    const country = COUNTRIES(isUnknownIncluded);
    for (const places of [{ include: [country.id] }, { include: ['All'], exclude: [country.id] }]) {
      const place = await tenantOf({ 'l.json': { value: [country] }, 'p.json': [policy(places)] }, NOTHING_ELSE);
      const { class: _, ...replayed } = await becoming(place, { ...DIRECT, location });
      expect(replayed).toMatchObject({ replayed: UNKNOWN.replayed, missing: ['countryOrRegion'] });
    }
  });
});

test.each([
  ['Location', { Location: '', LocationDetails: '{"city":"","state":"","countryOrRegion":"","geoCoordinates":{}}' }],
  ['LocationDetails', { Location: '', LocationDetails: '' }],
])('a row of Log Analytics with an empty %s likewise', async (_column, columns) => {
  const country = COUNTRIES(true);
  const files = { 'l.json': { value: [country] }, 'p.json': [policy({ include: [country.id] })] };
  const place = await tenantOf(files, NOTHING_ELSE);
  const row = {
    Type: 'SigninLogs',
    TimeGenerated: TUNNELLED.createdDateTime,
    Id: TUNNELLED.id,
    UserId: TUNNELLED.userId,
    UserPrincipalName: TUNNELLED.userPrincipalName,
    AppId: TUNNELLED.appId,
    ResourceIdentity: TUNNELLED.resourceId,
    IPAddress: DIRECT.ipAddress,
    ClientAppUsed: 'Browser',
    ResultType: '0',
    ConditionalAccessPolicies: '[]',
    ...columns,
  };
  writeFileSync(join(place.folder, 's.json'), JSON.stringify([row]));
  const { outcomes } = (await place.gsa('replay s.json -o json')).json() as { outcomes: object };
  expect(outcomes).toMatchObject({ unknown: 1 });
});

test('one that has a country lies there, in any case of its letters', async () => {
  const country = COUNTRIES(false);
  const files = { 'l.json': { value: [country] }, 'p.json': [policy({ include: [country.id] })] };
  const place = await tenantOf(files, NOTHING_ELSE);
  const known = await becoming(place, { ...DIRECT, location: { countryOrRegion: 'de' } });
  expect(known).toMatchObject({ replayed: 'blocked' });
});
