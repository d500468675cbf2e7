import { describe, expect, test } from 'vitest';
import { NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const BY_PHONE = {
  '@odata.type': '#microsoft.graph.countryNamedLocation',
  id: '33333333-3333-4333-8333-000000000013',
  displayName: 'Netherlands by GPS',
  countriesAndRegions: ['NL'],
  includeUnknownCountriesAndRegions: false,
  countryLookupMethod: 'authenticatorAppGps',
};
const USERS = {
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
  value: [{ id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' }],
};

/** The outcome of a question about Ada under this policy, and what it lacks. */
async function asked(one: object, words: string) {
  const place = await tenantOf(
    { 'policies.json': [one], 'locations.json': [BY_PHONE], 'users.json': USERS },
    NOTHING_ELSE,
  );
  const { resourceId: app, userPrincipalName: user } = TUNNELLED;
  const run = await place.gsa(`whatif --user ${user} --app ${app} --source-ip 203.0.113.10 ${words} -o json`);
  const { outcome, missing } = run.json() as { outcome: string; missing: readonly unknown[] };
  return { outcome, missing };
}

describe('the position of a phone', () => {
  const outside = policy({ include: ['All'], exclude: [BY_PHONE.id] });
  const inside = policy({ include: [BY_PHONE.id] });

  test.each<[string, object, string, string]>([
    ['is not known where nothing is said of it', outside, '--country NL', 'unknown'],
    ['nor where it is asked for', inside, '--country NL', 'unknown'],
    ['is where it is said to be', outside, '--gps-country NL', 'granted'],
    ['or elsewhere', outside, '--gps-country DE', 'blocked'],
    ['is nowhere where it is said that none is shared', outside, '--gps-country none', 'blocked'],
    ['and no location holds that', inside, '--gps-country none', 'granted'],
  ])('%s', async (_, one, words, outcome) => {
    const missing = outcome === 'unknown' ? ['gpsCountryOrRegion'] : [];
    expect(await asked(one, words)).toEqual({ outcome, missing });
  });
});

describe('multifactor authentication', () => {
  const mfa = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });

  test.each<[string, string, string]>([
    ['was done by a method of several factors', '--methods fido2', 'granted'],
    ['or by two methods', '--methods password,sms', 'granted'],
    ['in any order', '--methods sms,password', 'granted'],
    ['and not by one factor', '--methods password', 'interrupted'],
    ['nor where nothing is said', '--via direct', 'interrupted'],
    ['may have been done by what no document combines', '--methods sms,fido2', 'unknown'],
    ['was done where that is said', '--methods password --satisfied mfa', 'granted'],
  ])('%s', async (_, words, outcome) => {
    expect((await asked(mfa, words)).outcome).toBe(outcome);
  });
});
