import { describe, expect, test } from 'vitest';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../src/core/graph/location-words.ts';
import {
  locationCatalog,
  locationIdsNamed,
  locationIdsOf,
  locationReferences,
  locationsOf,
} from '../../../../src/core/tenant/location-references.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import { policy } from '../check/tenants.ts';

const location = (type: string, id: string, more = {}): NamedLocation => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id,
  displayName: id,
  ...more,
});
const LOCATIONS = [
  location('ipNamedLocation', 'HQ', { ipRanges: [], isTrusted: true }),
  location('countryNamedLocation', 'home', { countriesAndRegions: ['NL'] }),
  location('countryNamedLocation', 'phone', {
    countriesAndRegions: ['NL'],
    countryLookupMethod: 'authenticatorAppGps',
  }),
  location('compliantNetworkNamedLocation', 'ours', { isTrusted: true }),
  location('privateLinkNamedLocation', 'link'),
];
const CATALOG = locationCatalog(LOCATIONS);
const naming = (includeLocations: readonly string[], excludeLocations: readonly string[] = []) =>
  policy({ conditions: { locations: { includeLocations, excludeLocations } } });

describe('an entry of a policy’s locations', () => {
  test.each([
    ['all', 'all'],
    ['ALLTRUSTED', 'allTrusted'],
    [MFA_TRUSTED_IPS_LOCATION_ID, 'mfaTrustedIps'],
    [COMPLIANT_NETWORK_LOCATION_ID.toUpperCase(), 'compliantNetwork'],
    ['hq', 'ip'],
    ['Home', 'country'],
    ['phone', 'gpsCountry'],
    ['ours', 'compliantNetwork'],
    ['link', 'unmodelled'],
    ['gone', 'dangling'],
  ])('%s is %s', (entry, kind) => {
    expect(locationReferences(naming([entry]), CATALOG).map((reference) => reference.kind)).toEqual([kind]);
  });

  test('has its side and its place, and counts once a side, in any case', () => {
    expect(
      locationReferences(naming(['HQ', 'hq', 'home'], ['hq']), CATALOG).map(({ side, value, key, pointer }) => [
        side,
        value,
        key,
        pointer,
      ]),
    ).toEqual([
      ['include', 'HQ', 'hq', '/conditions/locations/includeLocations/0'],
      ['include', 'home', 'home', '/conditions/locations/includeLocations/2'],
      ['exclude', 'hq', 'hq', '/conditions/locations/excludeLocations/0'],
    ]);
  });

  test('stands for itself, or for every trusted location and the MFA trusted IPs', () => {
    const ids = (entry: string) =>
      locationReferences(naming([entry]), CATALOG).flatMap((reference) => locationIdsOf(reference, CATALOG));
    expect(ids('AllTrusted')).toEqual(['hq', 'ours', MFA_TRUSTED_IPS_LOCATION_ID]);
    expect(ids('HQ')).toEqual(['hq']);
    expect([ids('All'), ids('gone')]).toEqual([[], ['gone']]);
    const [trusted] = locationReferences(naming(['AllTrusted']), CATALOG);
    expect(trusted && locationsOf(trusted, CATALOG).map(({ id }) => id)).toEqual(['HQ', 'ours']);
  });

  test('is named by id, but for All and AllTrusted', () => {
    expect(locationIdsNamed(naming(['All', 'HQ'], ['AllTrusted', 'HQ', MFA_TRUSTED_IPS_LOCATION_ID]))).toEqual([
      'HQ',
      MFA_TRUSTED_IPS_LOCATION_ID,
    ]);
  });

  test('of an object without type or id is no exception', () => {
    const odd = locationCatalog([{ displayName: 'odd' } as NamedLocation, { id: 'x' } as NamedLocation]);
    expect(locationReferences(naming(['x', '']), odd).map(({ kind }) => kind)).toEqual(['unmodelled', 'dangling']);
  });
});
