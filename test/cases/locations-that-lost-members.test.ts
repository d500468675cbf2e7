import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Named locations of which an export lost a range, or what they say of unknown countries. */

const AZURE_AD = {
  OdataType: '#microsoft.graph.ipNamedLocation',
  Id: HQ.id,
  DisplayName: 'Headquarters',
  IsTrusted: true,
  IncludeUnknownCountriesAndRegions: null,
  CountriesAndRegions: [],
};

describe('a range without its address is refused, never dropped', () => {
  test.each([
    ['in the capitals of a module', { ...AZURE_AD, IpRanges: [{ CidrAddress: null }] }],
    ['beside another', { ...AZURE_AD, IpRanges: [{ CidrAddress: '203.0.113.0/24' }, { CidrAddress: null }] }],
    ['of two addresses', { ...AZURE_AD, IpRanges: [{ LowerAddress: null, UpperAddress: null }] }],
    ['in the letters of Graph', { ...HQ, ipRanges: [{ cidrAddress: null }] }],
    ['without a member', { ...HQ, ipRanges: [{}] }],
  ])('%s', async (_, location) => {
    const place = await tenantOf({});
    writeFileSync(join(place.folder, 'l.json'), JSON.stringify({ namedLocations: [location] }));
    const run = await place.gsa('import l.json');
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining('a range needs `cidrAddress`')]);
  });

  test('and one that has it is taken', async () => {
    const place = await tenantOf({
      'l.json': {
        namedLocations: [{ ...AZURE_AD, IpRanges: [{ CidrAddress: '203.0.113.0/24', LowerAddress: null }] }],
      },
    });
    expect((await place.gsa('location list')).stdout).toContain('203.0.113.0/24');
  });
});

const GERMANY = {
  '@odata.type': '#microsoft.graph.countryNamedLocation',
  id: HQ.id,
  displayName: 'Germany',
  countriesAndRegions: ['DE'],
  includeUnknownCountriesAndRegions: null,
  countryLookupMethod: 'clientIpAddress',
};

describe('whether a country location holds unknown countries is not known where it is null', () => {
  const outside = policy({ include: ['All'], exclude: [GERMANY.id] });
  const files = { 'l.json': { value: [GERMANY] }, 'policies.json': [outside] };

  test('is told at the import and shown', async () => {
    const place = await tenantOf(files, NOTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'l.json'), '--dry-run']);
    expect(again.stdout).toContain('the export lost `includeUnknownCountriesAndRegions`');
    expect((await place.gsa('location list')).stdout).toContain('unknown, or not: the export lost it');
    const { value } = (await place.gsa('location list -o json')).json() as { value: object[] };
    expect(value).toMatchObject([{ countriesAndRegions: ['DE'], includesUnknownCountriesAndRegions: null }]);
  });

  test.each([
    [true, 1, 'finds'],
    [null, 1, 'leaves open'],
    [false, 0, 'passes'],
    [undefined, 0, 'passes'],
  ])('for %s the check under a gate ends with %s: it %s', async (includeUnknownCountriesAndRegions, exitCode, what) => {
    const location = { ...GERMANY, includeUnknownCountriesAndRegions };
    const place = await tenantOf({ ...files, 'l.json': { value: [location] }, 'u.json': { users: [ADA] } });
    await place.gsa(['tenant', 'set', ...`${NOTHING_ELSE},servicePrincipals --emergency-access ${ADA.id}`.split(' ')]);
    const excluding = policy({
      ...{ include: ['All'], exclude: [GERMANY.id] },
      conditions: { users: { includeUsers: ['All'], excludeUsers: [ADA.id] } },
    });
    writeFileSync(join(place.folder, 'policies.json'), JSON.stringify([excluding]));
    await place.gsa('import policies.json');
    const run = await place.gsa('check --fail-on note -o json');
    const { value: findings, undecided } = run.json() as {
      value: { ruleId: string }[];
      undecided: { ruleId: string }[];
    };
    const of = (rules: readonly { ruleId: string }[]) => rules.some(({ ruleId }) => ruleId === 'GSA041');
    expect([run.exitCode, of(findings), of(undecided)]).toEqual([exitCode, what === 'finds', what === 'leaves open']);
  });

  test('decides over an address of no known country, and over no other', async () => {
    const place = await tenantOf({ ...files, 'u.json': { users: [ADA] } }, `${NOTHING_ELSE},servicePrincipals`);
    const asked = `whatif --user ${ADA.id} --app ${TUNNELLED.resourceId} --source-ip 198.51.100.7 -o json --country`;
    const outcomeIn = async (country: string) => (await place.gsa(`${asked} ${country}`)).json()['outcome'];
    expect(await outcomeIn('DE')).toBe('granted');
    expect(await outcomeIn('NL')).toBe('blocked');
    expect(await outcomeIn('none')).toBe('unknown');
  });

  test.each([false, true])('is no proof that nothing changes: null → %s', async (known) => {
    const place = await tenantOf(files, `${NOTHING_ELSE},servicePrincipals`);
    const other = { ...GERMANY, includeUnknownCountriesAndRegions: known };
    writeFileSync(join(place.folder, 'was.json'), JSON.stringify({ policies: [outside], namedLocations: [GERMANY] }));
    writeFileSync(join(place.folder, 'is.json'), JSON.stringify({ policies: [outside], namedLocations: [other] }));
    const diff = await place.gsa('policy diff was.json is.json --fail-on changed');
    expect([diff.exitCode, diff.stdout]).toEqual([1, expect.stringContaining('unknown')]);
  });
});

const ADA = { id: 'a0000000-0000-4000-8000-000000000001', displayName: 'Ada', userType: 'Member' };
