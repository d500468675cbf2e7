import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GUEST_TYPES } from '../../src/core/graph/words.ts';
import type { GapsReport } from '../../src/output/reports/proof/gaps.ts';
import { HQ, policy, put, tenantOf } from './exports.ts';

/** Everything is known but who there is. */
const NO_DIRECTORY = '--mfa-trusted-ips none --known namedLocations,policies,servicePrincipals';
const ELSEWHERE = { membershipKind: 'enumerated', members: ['99999999-9999-4999-8999-999999999999'] };
const guests = (guestOrExternalUserTypes: string, externalTenants: object | null = null) => ({
  guestOrExternalUserTypes,
  externalTenants,
});

/** Blocks whom the users say outside headquarters, so that the switch stops them there. */
const outside = (users: object) => policy({ include: ['All'], exclude: [HQ.id], conditions: { users } });

const ID = 'a0000000-0000-4000-8000-0000000000ff';
const REACHED: readonly (readonly [string, object])[] = [
  ...GUEST_TYPES.map((type) => [type, { includeGuestsOrExternalUsers: guests(type) }] as const),
  ...GUEST_TYPES.map((type): readonly [string, object] => [
    `${type}, where tenants are listed`,
    { includeGuestsOrExternalUsers: guests(type, ELSEWHERE) },
  ]),
  ...GUEST_TYPES.map((type): readonly [string, object] => [
    `all but members and kinds of guest other than ${type}`,
    {
      includeUsers: ['GuestsOrExternalUsers'],
      excludeGuestsOrExternalUsers: guests(GUEST_TYPES.filter((each) => each !== type).join()),
    },
  ]),
  ['a kind that nobody documents', { includeGuestsOrExternalUsers: guests('visitorFromTheMoon') }],
  ['unknownFutureValue', { includeGuestsOrExternalUsers: guests('unknownFutureValue') }],
  ['one user', { includeUsers: [ID] }],
  ['one group', { includeGroups: [ID] }],
  ['one role', { includeRoles: [ID] }],
  ['members alone', { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }],
];

describe('where no directory is known, somebody stands for whom a policy reaches:', () => {
  test.each(REACHED)('%s', async (_, users) => {
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    expect((await place.gsa('impact --all --fail-on newlyBlocked,unknown')).exitCode).toBe(1);
  });

  test('and nobody where it reaches nobody', async () => {
    const users = { includeUsers: ['None'], includeGuestsOrExternalUsers: guests('none') };
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    expect((await place.gsa('impact --all --fail-on newlyBlocked,unknown')).exitCode).toBe(0);
  });

  test.each(GUEST_TYPES)('and whom alone it leaves out: %s', async (type) => {
    const users = { includeUsers: ['All'], excludeGuestsOrExternalUsers: guests(type) };
    const mfa = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] }, conditions: { users } });
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [mfa] }, NO_DIRECTORY);
    const { value } = (await place.gsa('check --gaps -o json')).json() as unknown as GapsReport;
    expect(value.flatMap(({ who }) => who).join()).toContain(`any ${type}`);
  });

  test('a worked example of them can be asked', async () => {
    const users = { includeGuestsOrExternalUsers: guests('internalGuest') };
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    writeFileSync(
      join(place.folder, 'q.csv'),
      'user,app,source-ip\nsupposed guest,Office 365 SharePoint Online,198.51.100.7\n',
    );
    expect((await place.gsa('whatif --from q.csv -o json')).json()['value']).toMatchObject([{ outcome: 'blocked' }]);
  });
});

const GROUP = 'b0000000-0000-4000-8000-000000000001';
const INNER = 'b0000000-0000-4000-8000-000000000002';
const ROLE = '62e90394-69f5-4237-9190-012177145e10';
const member = (id: string, type = 'user') => ({ '@odata.type': `#microsoft.graph.${type}`, id });
const groups = (...members: readonly (readonly [id: string, members: object[] | undefined])[]) => ({
  'groups.json': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#groups',
    value: members.map(([id, some]) => ({ id, displayName: id, ...(some === undefined ? {} : { members: some }) })),
  },
});
const roles = (...holders: readonly string[]) => ({
  'roleAssignments.json': {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleAssignments',
    value: holders.map((principalId) => ({
      id: principalId,
      principalId,
      roleDefinitionId: ROLE,
      directoryScopeId: '/',
    })),
  },
});

interface Apart {
  readonly users: object;
  readonly a: object;
  readonly b: object;
}

const APART: readonly (readonly [string, Apart])[] = [
  [
    'who is in a group that is included',
    { users: { includeGroups: [GROUP] }, a: groups([GROUP, []]), b: groups([GROUP, [member(ID)]]) },
  ],
  [
    'who is in a group that is excluded',
    {
      users: { includeUsers: ['All'], excludeGroups: [GROUP] },
      a: groups([GROUP, [member(ID)]]),
      b: groups([GROUP, []]),
    },
  ],
  [
    'who is in a group inside',
    {
      users: { includeGroups: [GROUP] },
      a: groups([GROUP, [member(INNER, 'group')]], [INNER, []]),
      b: groups([GROUP, [member(INNER, 'group')]], [INNER, [member(ID)]]),
    },
  ],
  [
    'whether a group is in another one',
    {
      users: { includeGroups: [GROUP] },
      a: groups([GROUP, []], [INNER, [member(ID)]]),
      b: groups([GROUP, [member(INNER, 'group')]], [INNER, [member(ID)]]),
    },
  ],
  ['who holds a role', { users: { includeRoles: [ROLE] }, a: roles(), b: roles(ID) }],
  [
    'which group holds a role',
    {
      users: { includeRoles: [ROLE] },
      a: { ...groups([GROUP, [member(ID)]]), ...roles() },
      b: { ...groups([GROUP, [member(ID)]]), ...roles(GROUP) },
    },
  ],
  [
    'who is in two groups at once',
    {
      users: { includeGroups: [GROUP], excludeGroups: [INNER] },
      a: groups([GROUP, [member(ID)]], [INNER, [member(ID)]]),
      b: groups([GROUP, [member(ID)]], [INNER, []]),
    },
  ],
];

describe('where no directory is known, whomever groups and roles list is among those who sign in:', () => {
  const gate = '--signaling enabled --fail-on changed,unknown';
  const exported = (users: object, files: object) => ({
    'policies.json': [outside(users)],
    'namedLocations.json': [HQ],
    ...files,
  });

  test.each(APART)('%s: two exports that differ in it alone are not equivalent', async (_, { users, a, b }) => {
    const place = await tenantOf({ 'l.json': [HQ] }, NO_DIRECTORY);
    put(place, exported(users, a), 'a');
    put(place, exported(users, b), 'b');
    expect((await place.gsa(`policy diff a b ${gate}`)).exitCode).toBe(1);
    expect((await place.gsa(`policy diff b b ${gate}`)).exitCode).toBe(0);
  });

  test('a group of which one export has no members is as the other has it', async () => {
    const place = await tenantOf({ 'l.json': [HQ] }, NO_DIRECTORY);
    put(place, exported({ includeGroups: [GROUP] }, groups([GROUP, [member(ID)]])), 'a');
    put(place, exported({ includeGroups: [GROUP] }, groups([GROUP, undefined])), 'b');
    expect((await place.gsa(`policy diff a b ${gate}`)).exitCode).toBe(0);
  });
});
