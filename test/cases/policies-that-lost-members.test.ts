import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasLostLocations } from '../../src/core/tenant/lost-locations.ts';
import { hasLostControls } from '../../src/core/tenant/lost-members.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const PLACES = { locations: { includeLocations: ['All'], excludeLocations: [HQ.id] } };
const STRENGTH = 'authenticationStrength@odata.context';
const LISTS = { operator: 'OR', builtInControls: [], customAuthenticationFactors: [], termsOfUse: [] };

function without(object: object, ...names: readonly string[]) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

const withControls = (grantControls: unknown) => ({ ...policy({ conditions: PLACES }), grantControls });

const withSession = (persistentBrowser: object) => ({
  ...withControls(null),
  sessionControls: { persistentBrowser: { mode: 'never', ...persistentBrowser } },
});

const WITHOUT_CONTROLS = [
  ['an object without members', withControls({})],
  ['a list that is null, and no operator', withControls({ builtInControls: null })],
  ['an operator alone', withControls({ operator: 'OR' })],
  ['a list that is null beside an operator', withControls({ operator: 'AND', builtInControls: null })],
  ['the annotation of a strength alone', withControls({ ...LISTS, [STRENGTH]: 'https://graph.microsoft.com' })],
  ['a strength without members', withControls({ ...LISTS, authenticationStrength: {} })],
  [
    'a strength of nothing but null',
    withControls({ ...LISTS, authenticationStrength: { id: null, displayName: null } }),
  ],
  ['terms of use that are null beside an empty list', withControls({ ...LISTS, termsOfUse: null })],
  ['custom factors that are null beside an empty list', withControls({ ...LISTS, customAuthenticationFactors: null })],
  ['no session controls beside none', without(withControls(null), 'sessionControls')],
  ['no grant controls beside none', without(withControls(null), 'grantControls')],
  ['session controls that are set, and no grant controls', without(withSession({ isEnabled: true }), 'grantControls')],
  ['neither', without(withControls(null), 'grantControls', 'sessionControls')],
] as const;

const withLocations = (locations: unknown, more: object = {}) => policy({ conditions: { locations, ...more } });
const WITHOUT_LOCATIONS = [
  ['an object without members', withLocations({})],
  ['includes that are null', withLocations({ includeLocations: null })],
  ['exclusions alone', withLocations({ excludeLocations: [HQ.id] })],
  ['includes that are null beside exclusions', withLocations({ includeLocations: null, excludeLocations: [HQ.id] })],
  [
    'includes that are null beside trusted ones',
    withLocations({ includeLocations: null, excludeLocations: ['AllTrusted'] }),
  ],
  ['no includes beside no exclusions', withLocations({ excludeLocations: [] })],
  [
    'nulls where other conditions are null',
    withLocations({ includeLocations: null, excludeLocations: null }, { platforms: null, devices: null }),
  ],
] as const;

const WITHOUT_EXCLUSIONS = [
  ['exclusions that are null beside all', withLocations({ includeLocations: ['All'], excludeLocations: null })],
  [
    'exclusions that are null beside trusted ones',
    withLocations({ includeLocations: ['AllTrusted', 'All'], excludeLocations: null }),
  ],
  [
    'exclusions that are null beside conditions that are null',
    withLocations({ includeLocations: ['All'], excludeLocations: null }, { platforms: null, devices: null }),
  ],
] as const;

describe.each([
  ...WITHOUT_CONTROLS.map(([name, lost]) => [`controls: ${name}`, lost, 'grantControls.builtInControls'] as const),
  ...WITHOUT_LOCATIONS.map(
    ([name, lost]) => [`locations: ${name}`, lost, 'conditions.locations.includeLocations'] as const,
  ),
  ...WITHOUT_EXCLUSIONS.map(
    ([name, lost]) => [`locations: ${name}`, lost, 'conditions.locations.excludeLocations'] as const,
  ),
])('a policy with %s', (_name, lost, fact) => {
  test('has lost them, and no gate is green over it', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [lost] }, NOTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).toMatch(/export lost|did not arrive/);
    const refused = await place.gsa('signaling disable --no-input');
    expect([refused.exitCode, refused.stdout]).toEqual([3, expect.stringContaining(`lost ${fact}`)]);
    expect(refused.stdout).not.toContain('undocumented');
    const file = join(place.folder, 's.json');
    writeFileSync(file, JSON.stringify([TUNNELLED]));
    const run = await place.gsa(['impact', file, '--fail-on', 'newlyBlocked']);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('not proven')]);
    const isRefused = fact.endsWith('cludeLocations');
    expect((await place.gsa('impact --all --fail-on newlyBlocked')).exitCode).toBe(isRefused ? 3 : 1);
  });
});

const NOBODY = 'names neither users nor workload identities';
const NOTHING = 'names no applications, user actions or authentication contexts';
const PLATFORMS = 'has a condition on platforms without those that it includes';

describe('a policy that lost what it includes', () => {
  test.each([
    ['users without members', { users: {} }, NOBODY],
    ['exclusions of users alone', { users: { excludeUsers: ['GuestsOrExternalUsers'] } }, NOBODY],
    ['includes of users that are null', { users: { includeUsers: null, includeGroups: null } }, NOBODY],
    ['workload identities without members', { users: {}, clientApplications: {} }, NOBODY],
    [
      'a list of users that is empty beside one of groups that is null',
      { users: { includeUsers: [], includeGroups: null } },
      NOBODY,
    ],
    [
      'guests of no kind',
      { users: { includeUsers: [], includeGuestsOrExternalUsers: { guestOrExternalUserTypes: null } } },
      NOBODY,
    ],
    [
      'nobody, and workload identities that are null',
      {
        users: { includeUsers: ['None'] },
        clientApplications: { includeServicePrincipals: null, excludeServicePrincipals: [] },
      },
      NOBODY,
    ],
    [
      'an empty list of applications beside one of actions that is null',
      { applications: { includeApplications: [], includeUserActions: null } },
      NOTHING,
    ],
    ['no applications', { applications: undefined }, NOTHING],
    ['applications that are null', { applications: null }, NOTHING],
    ['applications without members', { applications: {} }, NOTHING],
    ['exclusions of applications alone', { applications: { excludeApplications: ['Office365'] } }, NOTHING],
    ['an annotation in place of applications', { applications: { '@odata.type': '#x' } }, NOTHING],
    ['platforms without members', { platforms: {} }, PLATFORMS],
    ['exclusions of platforms alone', { platforms: { includePlatforms: null, excludePlatforms: ['iOS'] } }, PLATFORMS],
  ])('is refused: %s', async (_, conditions, why) => {
    const place = await tenantOf({ 'l.json': { value: [HQ] } });
    const file = join(place.folder, 'policies.json');
    writeFileSync(file, JSON.stringify([policy({ conditions: { ...PLACES, ...conditions } })]));
    const before = place.bytes();
    const run = await place.gsa(['import', file]);
    expect([run.exitCode, run.stderr, place.bytes()]).toEqual([4, expect.stringContaining(why), before]);
    // Left out, it is one of the policies that nobody has seen.
    await place.gsa(['import', file, '--keep-going']);
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  });

  test.each([
    ['lists that hold nothing', { users: { includeUsers: [] }, applications: { includeApplications: [] } }],
    ['a list of groups beside nulls', { users: { includeUsers: null, includeGroups: ['g'] } }],
    ['guests alone', { users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } } }],
    ['workload identities alone', { users: null, clientApplications: { includeServicePrincipals: ['x'] } }],
    ['user actions alone', { applications: { includeUserActions: ['urn:user:registerdevice'] } }],
    ['what nobody documents in place of applications', { applications: { networkAccess: { profile: 'm365' } } }],
    ['platforms of nulls, as the SDK writes none', { platforms: { includePlatforms: null, excludePlatforms: null } }],
    ['platforms that are null', { platforms: null }],
    [
      'nobody, and empty lists of workload identities',
      { users: { includeUsers: ['None'] }, clientApplications: { includeServicePrincipals: [] } },
    ],
  ])('is not one with %s', async (_, conditions) => {
    const place = await tenantOf({ 'policies.json': [policy({ conditions })] });
    expect((await place.gsa('policy list -o json')).json()['value']).toHaveLength(1);
  });
});

const NONE_OF_SDK = { operator: null, builtInControls: null, termsOfUse: null, authenticationStrength: { id: null } };

describe('a policy has lost nothing', () => {
  test.each([
    ['no controls but those of the session', { grantControls: null }],
    ['nulls alone, as the SDK writes none', { grantControls: NONE_OF_SDK }],
    ['empty lists beside a strength', { grantControls: { ...LISTS, authenticationStrength: { id: 'x' } } }],
    [
      'the annotation of a strength that is none',
      { grantControls: { ...LISTS, [STRENGTH]: 'x', authenticationStrength: null } },
    ],
    ['terms of use alone', { grantControls: { ...LISTS, termsOfUse: ['x'] } }],
    ['a list of controls and no other member', { grantControls: { builtInControls: ['mfa'] } }],
    ['empty lists', { grantControls: LISTS }],
    [
      'a strength of nulls beside session controls, as the SDK writes none',
      {
        grantControls: { ...LISTS, authenticationStrength: { id: null } },
        sessionControls: { signInFrequency: { isEnabled: true, value: 4, type: 'hours' } },
      },
    ],
  ])('with %s', (_, controls) => {
    expect(hasLostControls(controls as Parameters<typeof hasLostControls>[0])).toBe(false);
  });

  test.each([
    ['no condition on them', null],
    ['includes', { includeLocations: ['All'] }],
    ['an empty list beside exclusions', { includeLocations: [], excludeLocations: [HQ.id] }],
    ['empty lists on both sides', { includeLocations: [], excludeLocations: [] }],
    ['includes alone, as a request has them', { includeLocations: ['All'] }],
  ])('with %s', (_, locations) => {
    expect(hasLostLocations({ locations })).toBe(false);
  });

  test('with nulls alone where the SDK writes them for every condition', () => {
    const locations = { includeLocations: null, excludeLocations: null };
    expect(hasLostLocations({ locations, platforms: { includePlatforms: null, excludePlatforms: null } })).toBe(false);
    expect(hasLostLocations({ locations, platforms: null })).toBe(true);
  });

  test('whatever it has lost, lists that say what is asked for, or where, settle it', () => {
    for (const [, { grantControls }] of WITHOUT_CONTROLS) {
      const lists = { builtInControls: ['mfa'], termsOfUse: [], customAuthenticationFactors: [] };
      const settled = { grantControls: { ...((grantControls ?? {}) as object), ...lists } };
      expect(hasLostControls(settled as Parameters<typeof hasLostControls>[0])).toBe(false);
    }
    for (const [, { conditions }] of WITHOUT_LOCATIONS) {
      const { locations: lost } = conditions as { locations?: { excludeLocations?: readonly string[] } };
      const locations = { includeLocations: ['All'], excludeLocations: lost?.excludeLocations ?? [] };
      expect(hasLostLocations({ ...conditions, locations })).toBe(false);
    }
  });

  test('in a request to create it, which has no id and leaves out what it does not ask for', async () => {
    const request = without(withSession({ isEnabled: true }), 'id', 'grantControls');
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [request] }, NOTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).not.toMatch(/did not arrive/);
    expect((await place.gsa('signaling disable --no-input')).stdout).not.toContain('grantControls');
  });

  test.each([
    ['grant controls that are null', { ...withSession({ isEnabled: true }), grantControls: null }],
    ['no session controls beside grant controls', without(policy({ conditions: PLACES }), 'sessionControls')],
  ])('with %s', async (_, object) => {
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [object] }, NOTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).not.toMatch(/export lost|did not arrive/);
  });
});

test.each([
  ['a control', { operator: 'OR', builtInControls: ['askTheOracle'] }],
  ['a control beside one that is satisfied', { operator: 'OR', builtInControls: ['mfa', 'askTheOracle'] }],
  ['a control joined to another', { operator: 'AND', builtInControls: ['compliantDevice', 'askTheOracle'] }],
])('%s that nobody documents may be a block, so that no forecast is green over it', async (_, grantControls) => {
  const asking = policy({ include: ['All'], exclude: [HQ.id], grantControls });
  const place = await tenantOf({ 'policies.json': [asking], 'l.json': { value: [HQ] } }, NOTHING_ELSE);
  writeFileSync(join(place.folder, 's.json'), JSON.stringify({ value: [TUNNELLED] }));
  const run = await place.gsa('impact s.json --fail-on newlyBlocked');
  expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('meaning of control askTheOracle')]);
});
