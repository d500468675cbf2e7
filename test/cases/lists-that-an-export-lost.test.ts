import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Lists of users, applications, workload identities and platforms that are null where Graph gives a list (CSDL-v1). */

const PLACES = { locations: { includeLocations: ['All'], excludeLocations: [HQ.id] } };
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const SOMEBODY = 'a0000000-0000-4000-8000-00000000000b';
const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };
const EVERYTHING_ELSE = `${NOTHING_ELSE},servicePrincipals`;

const USERS = { includeUsers: [], excludeUsers: [], includeGroups: [], excludeGroups: [], excludeRoles: [] };
const APPLICATIONS = { includeApplications: [], excludeApplications: [], includeUserActions: [] };

/** Conditions of which a list that was lost decides over the sign-in of Ada. */
const DECIDING = [
  [
    'users beside a role',
    'users.includeUsers',
    { users: { ...USERS, includeUsers: null, includeRoles: [GLOBAL_ADMINISTRATOR] } },
  ],
  [
    'groups beside a user',
    'users.includeGroups',
    { users: { ...USERS, includeGroups: null, includeUsers: [SOMEBODY] } },
  ],
  ['roles beside a user', 'users.includeRoles', { users: { ...USERS, includeRoles: null, includeUsers: [SOMEBODY] } }],
  ['users that are excluded', 'users.excludeUsers', { users: { ...USERS, includeUsers: ['All'], excludeUsers: null } }],
  [
    'groups that are excluded',
    'users.excludeGroups',
    { users: { ...USERS, includeUsers: ['All'], excludeGroups: null } },
  ],
  ['roles that are excluded', 'users.excludeRoles', { users: { ...USERS, includeUsers: ['All'], excludeRoles: null } }],
  [
    'applications beside a user action',
    'applications.includeApplications',
    { applications: { ...APPLICATIONS, includeApplications: null, includeUserActions: ['urn:user:registerdevice'] } },
  ],
  [
    'applications that are excluded',
    'applications.excludeApplications',
    { applications: { ...APPLICATIONS, includeApplications: ['All'], excludeApplications: null } },
  ],
  [
    'platforms that are excluded',
    'platforms.excludePlatforms',
    { platforms: { includePlatforms: ['all'], excludePlatforms: null } },
  ],
] as const;

describe.each(DECIDING)('%s that an export lost', (_, list, conditions) => {
  const lost = policy({ conditions: { ...PLACES, ...conditions } });
  const told = list.split('.').at(-1) ?? list;

  test('are told at the import, and shown afterwards', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [lost] }, NOTHING_ELSE);
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).toContain(`the export lost what the policy includes or excludes: ${list} is null`);
    expect((await place.gsa(['policy', 'show', 'Block outside'])).stdout).toContain(`${told}: not known`);
    const check = await place.gsa('check');
    expect(check.stdout).toContain(`the export lost \`${told}\` of \`Block outside\``);
    expect(check.stdout).not.toMatch(list.startsWith('users.exclude') ? /excludes nobody/ : /can never apply/);
  });

  test('leave what becomes of a sign-in unknown, and no gate is green over it', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [lost] }, EVERYTHING_ELSE);
    writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
    const forecast = await place.gsa('impact s.json --fail-on newlyBlocked');
    expect([forecast.exitCode, forecast.stdout]).toEqual([1, expect.stringContaining(`conditions.${list}`)]);
    const proof = await place.gsa('impact --all --of signaling=disabled --fail-on newlyBlocked');
    expect([proof.exitCode, proof.stdout]).toEqual([1, expect.stringContaining('unknown: ')]);
  });

  test('are all that was not known of the sign-in: with an empty list it is', async () => {
    const empty = JSON.parse(JSON.stringify(lost).replace(`"${told}":null`, `"${told}":[]`)) as object;
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [empty] }, EVERYTHING_ELSE);
    writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
    const forecast = await place.gsa('impact s.json -o json');
    expect(forecast.json()).toMatchObject({ missing: [], couldBe: [] });
  });

  test('may be other ones in another export', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [lost] }, EVERYTHING_ELSE);
    writeFileSync(join(place.folder, 'other.json'), JSON.stringify([lost]));
    const diff = await place.gsa('policy diff policies.json other.json');
    expect([diff.exitCode, diff.stderr]).toEqual([3, expect.stringContaining('the export lost lists')]);
  });
});

test.each([
  ['nobody', USERS],
  ['somebody', { ...USERS, excludeUsers: [SOMEBODY] }],
])('a list that was lost is no proof that it held %s', async (_, users) => {
  const excluding = (more: object) => [policy({ conditions: { users: { ...users, includeUsers: ['All'], ...more } } })];
  const place = await tenantOf({});
  writeFileSync(join(place.folder, 'lost.json'), JSON.stringify(excluding({ excludeUsers: null })));
  writeFileSync(join(place.folder, 'known.json'), JSON.stringify(excluding({})));
  for (const files of ['lost.json known.json', 'known.json lost.json']) {
    const diff = await place.gsa(`policy diff ${files} --fail-on changed`);
    expect([diff.exitCode, diff.stdout]).toEqual([1, expect.stringContaining('unknown')]);
  }
});

describe('what another list settles is known', () => {
  test.each([
    [
      'a person whom another list includes',
      { users: { ...USERS, includeUsers: ['All'], includeGroups: null } },
      'blocked',
    ],
    [
      'a person whom another list excludes',
      { users: { ...USERS, includeUsers: ['All'], excludeUsers: [ADA.id], excludeGroups: null } },
      'granted',
    ],
    [
      'a person whom nothing includes',
      { users: { ...USERS, includeUsers: [SOMEBODY], includeRoles: [], excludeUsers: null } },
      'granted',
    ],
    [
      'an application where actions alone were lost',
      { applications: { ...APPLICATIONS, includeApplications: [SOMEBODY], includeUserActions: null } },
      'granted',
    ],
    [
      'what the SDK has in the place of none',
      {
        users: { ...USERS, includeUsers: ['All'] },
        platforms: { includePlatforms: null, excludePlatforms: null },
        clientApplications: { includeServicePrincipals: null, excludeServicePrincipals: null },
      },
      'blocked',
    ],
  ])('%s', async (_, conditions, outcome) => {
    const files = { 'u.json': { users: [ADA] }, 'policies.json': [policy({ conditions })] };
    const place = await tenantOf(files, `${NOTHING_ELSE},servicePrincipals`);
    const asked = `whatif --user ada@contoso.com --app ${TUNNELLED.resourceId} --source-ip 198.51.100.7 -o json`;
    expect((await place.gsa(asked)).json()).toMatchObject({ outcome });
  });

  test('and nothing is told of guests, who are no list', async () => {
    const conditions = { users: { ...USERS, includeUsers: ['All'], excludeGuestsOrExternalUsers: null } };
    const place = await tenantOf({ 'policies.json': [policy({ conditions })] });
    const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(again.stdout).not.toContain('lost');
  });
});

describe('a policy that excludes a list that was lost', () => {
  const excluding = (users: object) =>
    policy({ displayName: 'Guard', conditions: { users: { ...USERS, includeUsers: ['All'], ...users } } });
  const tenantWith = (...policies: readonly object[]) =>
    tenantOf(
      { 'l.json': { value: [HQ] }, 'u.json': { users: [ADA] }, 'policies.json': policies },
      `${NOTHING_ELSE},servicePrincipals`,
    );

  test('is no sure guard beside one that a switch makes stop more', async () => {
    const outside = { ...policy({ conditions: PLACES }), id: '11111111-1111-4111-8111-000000000002' };
    const place = await tenantWith(excluding({ excludeUsers: null }), outside);
    const certificate = 'impact --all --of signaling=disabled --fail-on newlyBlocked --certificate c.json';
    const run = await place.gsa(certificate);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('unknown')]);
    const checked = await place.gsa('check certificate c.json');
    expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('holds')]);
    const known = await tenantWith(excluding({}), outside);
    expect((await known.gsa(certificate)).exitCode).toBe(0);
    // What was proved of lists that are known does not hold of others.
    writeFileSync(join(place.folder, 'known.json'), readFileSync(join(known.folder, 'c.json')));
    expect((await place.gsa('check certificate known.json')).exitCode).toBe(1);
  });

  test.each([[{ excludeUsers: null }], [{ excludeGroups: null, excludeRoles: null }]])(
    'leaves gaps: %j',
    async (lists) => {
      const mfa = { operator: 'OR', builtInControls: ['mfa'] };
      const place = await tenantWith({ ...excluding(lists), grantControls: mfa });
      const gaps = await place.gsa('check --gaps --fail-on note');
      expect(gaps.stdout).toContain('perhaps neither blocked nor asked for MFA, for lack of a fact');
    },
  );

  test('leaves open what rules say of nobody who is excluded', async () => {
    const place = await tenantWith(excluding({ excludeUsers: null }));
    await place.gsa(['tenant', 'set', '--emergency-access', 'ada@contoso.com']);
    const check = await place.gsa('check --fail-on error');
    expect([check.exitCode, check.stdout]).toEqual([1, expect.stringContaining('for want of lists of Guard')]);
    expect(check.stdout).toMatch(/GSA020, GSA022 .*lists of Guard/);
  });
});

test('home tenants of guests that are enumerated and did not come are not known', async () => {
  const guests = {
    guestOrExternalUserTypes: 'b2bCollaborationGuest',
    externalTenants: { membershipKind: 'enumerated' },
  };
  const conditions = { ...PLACES, users: { ...USERS, includeGuestsOrExternalUsers: guests } };
  const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions })] }, NOTHING_ELSE);
  const again = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
  expect(again.stdout).toContain('users.includeGuestsOrExternalUsers.externalTenants.members is null');
  const proof = await place.gsa('impact --all --of signaling=disabled --fail-on newlyBlocked');
  expect([proof.exitCode, proof.stdout]).toEqual([1, expect.stringContaining('unknown: ')]);
});

describe('workload identities that an export lost', () => {
  const conditions = {
    ...PLACES,
    users: { includeUsers: ['None'] },
    clientApplications: { includeServicePrincipals: [SOMEBODY], excludeServicePrincipals: null },
  };

  const TENANT = '22222222-2222-4222-8222-222222222222';
  const robot = {
    ...{ id: SOMEBODY, appId: TUNNELLED.appId, displayName: 'Robot', servicePrincipalType: 'Application' },
    ...{ appOwnerOrganizationId: TENANT, signInAudience: 'AzureADMyOrg' },
  };

  /** What a proof of the switch says where these are excluded. */
  const proofOf = async (excludeServicePrincipals: readonly string[] | null) => {
    const clientApplications = { ...conditions.clientApplications, excludeServicePrincipals };
    const files = {
      'l.json': { value: [HQ] },
      'policies.json': [policy({ conditions: { ...conditions, clientApplications } })],
      's.json': { '@odata.context': 'x#servicePrincipals', value: [robot] },
    };
    const place = await tenantOf(files, `${EVERYTHING_ELSE} --tenant-id ${TENANT}`);
    return (await place.gsa('impact --all --of signaling=disabled')).stdout;
  };

  test('may be reached or not', async () => {
    const files = { 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions })] };
    const place = await tenantOf(files, NOTHING_ELSE);
    expect((await place.gsa('impact --all --of signaling=disabled --fail-on newlyBlocked')).exitCode).toBe(3);
    expect(await proofOf(null)).toContain('conditions.clientApplications.excludeServicePrincipals');
    expect(await proofOf([])).toContain('Stricter; newly blocked: 0 of 0 people, 1 kind of others. Everything else');
    expect(await proofOf([SOMEBODY])).toContain('Nothing changes');
  });
});

test('a policy that asks for nothing is said to, whatever its locations hold', async () => {
  const asking = { ...policy({ conditions: PLACES }), grantControls: null };
  const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': [asking] }, EVERYTHING_ELSE);
  const run = await place.gsa('policy dependencies -o json');
  expect(run.stdout).toContain('it asks for nothing where it applies');
  expect(run.stdout).not.toContain('none, or all');
});

test.each([
  ['user actions', { ...APPLICATIONS, includeApplications: [SOMEBODY], includeUserActions: null }],
  [
    'authentication contexts',
    { ...APPLICATIONS, includeApplications: [SOMEBODY], includeAuthenticationContextClassReferences: null },
  ],
])('%s that an export lost are gone through by a proof', async (_, applications) => {
  const conditions = { ...PLACES, applications };
  const place = await tenantOf(
    { 'l.json': { value: [HQ] }, 'policies.json': [policy({ conditions })] },
    EVERYTHING_ELSE,
  );
  const proof = await place.gsa('impact --all --of signaling=disabled -o json');
  expect(JSON.stringify(proof.json())).toContain('"class":"unknown"');
});
