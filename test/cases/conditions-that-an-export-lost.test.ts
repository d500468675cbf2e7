import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Lists of the condition set itself that are null, guests without their kinds, and conditions without members (CSDL-v1). */

const PLACES = { locations: { includeLocations: ['All'], excludeLocations: [HQ.id] } };
const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };
const EVERYTHING_ELSE = `${NOTHING_ELSE},servicePrincipals`;
const USERS = { includeUsers: ['All'], excludeUsers: [], includeGroups: [], excludeGroups: [], excludeRoles: [] };
const ALL_HOMES = { externalTenants: { membershipKind: 'all' } };
/** Two objects of nulls, by which the SDK is told. */
const OF_SDK = {
  platforms: { includePlatforms: null, excludePlatforms: null },
  clientApplications: { includeServicePrincipals: null, excludeServicePrincipals: null },
};
const guests = (side: 'include' | 'exclude', lost: object) => ({
  users: { ...USERS, ...(side === 'include' ? { includeUsers: [] } : {}), [`${side}GuestsOrExternalUsers`]: lost },
});

const NO_FILTER = { mode: null, rule: null };
const APPLICATIONS = { includeApplications: ['All'], excludeApplications: [], includeUserActions: [] };

const CONDITIONS = [
  ['clientAppTypes', { clientAppTypes: null }],
  ['signInRiskLevels', { signInRiskLevels: null }],
  ['userRiskLevels', { userRiskLevels: null }],
  ['servicePrincipalRiskLevels', { servicePrincipalRiskLevels: null }],
  ['signInRiskLevels', { signInRiskLevels: null, ...OF_SDK }],
  ['devices', { devices: {} }],
  ['deviceStates', { deviceStates: {} }],
  ['authenticationFlows', { authenticationFlows: {} }],
  [
    'authenticationFlows',
    { authenticationFlows: { '@odata.type': '#microsoft.graph.conditionalAccessAuthenticationFlows' } },
  ],
  ['authenticationFlows.transferMethods', { authenticationFlows: { transferMethods: null } }],
  ['authenticationFlows.transferMethods', { authenticationFlows: { transferMethods: '' } }],
  ['devices.deviceFilter', { devices: { deviceFilter: NO_FILTER } }],
  ['applications.applicationFilter', { applications: { ...APPLICATIONS, applicationFilter: NO_FILTER } }],
  ['platforms.includePlatforms, platforms.excludePlatforms', { platforms: OF_SDK.platforms }],
  ['users.excludeUsers', { users: { ...USERS, excludeUsers: null }, ...OF_SDK }],
] as const;

const GUESTS = [
  ['users.excludeGuestsOrExternalUsers', guests('exclude', {})],
  [
    'users.excludeGuestsOrExternalUsers.guestOrExternalUserTypes',
    guests('exclude', { guestOrExternalUserTypes: null, ...ALL_HOMES }),
  ],
  [
    'users.excludeGuestsOrExternalUsers.guestOrExternalUserTypes',
    guests('exclude', { guestOrExternalUserTypes: '', ...ALL_HOMES }),
  ],
  [
    'users.excludeGuestsOrExternalUsers.guestOrExternalUserTypes',
    guests('exclude', { guestOrExternalUserTypes: null }),
  ],
  [
    'users.excludeGuestsOrExternalUsers.externalTenants',
    guests('exclude', { guestOrExternalUserTypes: 'b2bCollaborationGuest', externalTenants: {} }),
  ],
] as const;

describe.each([...CONDITIONS, ...GUESTS])('%s that an export lost: %j', (list, conditions) => {
  const guarded = (more: object) => [
    policy({ conditions: PLACES }),
    {
      ...policy({ displayName: 'Guard', conditions: { users: USERS, ...more } }),
      id: '11111111-1111-4111-8111-000000000002',
    },
  ];
  const tenantWith = (more: object) =>
    tenantOf(
      { 'l.json': { value: [HQ] }, 'u.json': { users: [ADA] }, 'policies.json': guarded(more) },
      EVERYTHING_ELSE,
    );

  test('is told at the import, by the check and where the policy is shown', async () => {
    const place = await tenantWith(conditions);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).toContain(`the export lost what the policy includes or excludes: ${list} `);
    expect((await place.gsa('policy show Guard')).stdout).toContain('not known, as an export lost it');
    expect((await place.gsa('check')).stdout).toMatch(/the export lost `.*` of `Guard`/);
  });

  test('is no sure guard beside a policy that a switch makes stop more', async () => {
    const place = await tenantWith(conditions);
    const question = 'impact --all --of signaling=disabled --fail-on newlyBlocked --certificate c.json';
    const run = await place.gsa(question);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('unknown')]);
    const checked = await place.gsa('check certificate c.json');
    expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('holds')]);
    expect((await (await tenantWith({})).gsa(question)).exitCode).toBe(0);
  });
});

describe.each(CONDITIONS)('%s that an export lost of the only policy: %j', (list, conditions) => {
  const lost = { users: USERS, ...conditions };
  const fact = `conditions.${list.split(', ')[0] ?? ''}`;

  test('leaves what becomes of a sign-in unknown', async () => {
    const files = { 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions: { ...PLACES, ...lost } })] };
    const place = await tenantOf(files, EVERYTHING_ELSE);
    writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
    const forecast = await place.gsa('impact s.json --fail-on newlyBlocked');
    expect([forecast.exitCode, forecast.stdout]).toEqual([1, expect.stringContaining(fact)]);
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  });

  test('leaves gaps', async () => {
    const mfa = { ...policy({ conditions: lost }), grantControls: { operator: 'OR', builtInControls: ['mfa'] } };
    const place = await tenantOf({ 'u.json': { users: [ADA] }, 'policies.json': [mfa] }, EVERYTHING_ELSE);
    const gaps = await place.gsa('check --gaps --fail-on note');
    expect([gaps.exitCode, gaps.stdout]).toEqual([1, expect.stringContaining('for lack of a fact')]);
  });
});

describe('guests whose kinds an export lost', () => {
  test.each([[{}], [{ guestOrExternalUserTypes: null, ...ALL_HOMES }], [{ guestOrExternalUserTypes: '' }]])(
    'may be included: %j',
    async (lost) => {
      const conditions = { ...PLACES, ...guests('include', lost) };
      const place = await tenantOf(
        { 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions })] },
        EVERYTHING_ELSE,
      );
      const record = { ...TUNNELLED, userType: 'guest', authenticationContextClassReferences: [] };
      writeFileSync(join(place.folder, 's.json'), JSON.stringify([record]));
      expect((await place.gsa('impact s.json --fail-on newlyBlocked')).exitCode).toBe(1);
      expect((await place.gsa('impact --all --of signaling=disabled --fail-on newlyBlocked')).exitCode).toBe(1);
      expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
      expect((await place.gsa('check')).stdout).not.toContain('can never apply');
    },
  );
});

test('a policy for Exchange ActiveSync may be one where its client app types were lost', async () => {
  const users = { ...USERS, includeUsers: [], includeRoles: ['62e90394-69f5-4237-9190-012177145e10'] };
  const files = {
    'u.json': { users: [ADA] },
    'policies.json': [policy({ conditions: { users, clientAppTypes: null } })],
  };
  const place = await tenantOf(files, EVERYTHING_ELSE);
  const asked = `whatif --user ada@contoso.com --app ${TUNNELLED.resourceId} --source-ip 198.51.100.7 -o json`;
  expect((await place.gsa(asked)).json()).toMatchObject({ outcome: 'granted' });
  expect((await place.gsa(`${asked} --client-app-type exchangeActiveSync`)).json()).toMatchObject({
    outcome: 'unknown',
  });
});

describe('what a policy does not ask for', () => {
  test.each([
    ['of the SDK, which has null for risks that Graph did not give', { ...OF_SDK, servicePrincipalRiskLevels: null }],
    [
      'of the SDK, which has objects of nulls',
      {
        ...OF_SDK,
        ...guests('exclude', { guestOrExternalUserTypes: null, externalTenants: { membershipKind: null } }),
        devices: { deviceFilter: NO_FILTER, includeDevices: null },
        applications: { ...APPLICATIONS, applicationFilter: NO_FILTER },
        authenticationFlows: { transferMethods: null },
        locations: { includeLocations: null, excludeLocations: null },
      },
    ],
    ['a filter that is null', { devices: { deviceFilter: null } }],
    ['insider risk, which is nullable', { insiderRiskLevels: null }],
    ['lists that are empty', { clientAppTypes: [], signInRiskLevels: [], userRiskLevels: [] }],
    ['guests of no kind', guests('exclude', { guestOrExternalUserTypes: 'none', ...ALL_HOMES })],
  ])('is none: %s', async (_, conditions) => {
    const lists = policy({ conditions: { users: USERS, ...conditions } });
    const place = await tenantOf({ 'u.json': { users: [ADA] }, 'policies.json': [lists] }, EVERYTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).not.toContain('the export lost');
    const asked = `whatif --user ada@contoso.com --app ${TUNNELLED.resourceId} --source-ip 198.51.100.7 -o json`;
    expect((await place.gsa(asked)).json()).toMatchObject({ outcome: 'blocked' });
  });

  test('risks of service principals in what the SDK wrote in its capitals', async () => {
    const { conditions, ...rest } = policy({ conditions: { users: USERS } });
    const sdk = { ...conditions, ServicePrincipalRiskLevels: null, Platforms: { IncludePlatforms: null } };
    const place = await tenantOf({ 'policies.json': [{ ...rest, Conditions: sdk }] }, EVERYTHING_ELSE);
    expect((await place.gsa('policy show "Block outside"')).stdout).not.toContain('lost');
    expect((await place.gsa('check')).stdout).not.toContain('the export lost');
  });
});

test.each([
  [{ operator: 'AND', builtInControls: ['mfa'], termsOfUse: null, customAuthenticationFactors: [] }],
  [{ operator: 'OR', builtInControls: ['compliantDevice'], termsOfUse: [], customAuthenticationFactors: null }],
  [{ operator: 'OR', termsOfUse: null, authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' } }],
  [{ operator: null, builtInControls: null, termsOfUse: ['c1000000-0000-4000-8000-000000000001'] }],
  [{ builtInControls: null, customAuthenticationFactors: ['Duo'] }],
  [{ operator: null, builtInControls: null, authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' } }],
])('a list of controls that is null beside others leaves open what is asked for: %j', async (grantControls) => {
  const files = { 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions: PLACES, grantControls })] };
  const place = await tenantOf(files, EVERYTHING_ELSE);
  const proof = await place.gsa('impact --all --of signaling=disabled --fail-on newlyBlocked,unknown');
  expect([proof.exitCode, proof.stdout]).toEqual([1, expect.stringContaining('unknown')]);
  const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
  expect(again.stdout).toContain('the export lost grant controls');
  expect((await place.gsa('check')).stdout).toContain('the export lost the controls of `Block outside`');
});
