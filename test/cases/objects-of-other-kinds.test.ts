import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planImport } from '../../src/core/tenant/plans/import.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { partsOf } from '../../src/intake/import/parts.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { POLICY as ANY_POLICY, importing } from '../unit/intake/import/importing.ts';
import { put, tenantOfFolders } from './exports.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const [ADA, BEN, CY] = ['1', '2', '3'].map((n) => `a0000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const ROBOT = 'a0000000-0000-4000-8000-0000000000aa';

const person = (id: string, name: string) => ({
  id,
  displayName: name,
  userPrincipalName: `${name.toLowerCase()}@contoso.com`,
  userType: 'Member',
});
const PEOPLE = [person(ADA, 'Ada'), person(BEN, 'Ben'), person(CY, 'Cy')];
const listOf = (path: string, value: readonly object[], more: object = {}) => ({
  '@odata.context': `${GRAPH}${path}`,
  ...more,
  value,
});
const assignment = (more: object = {}) => ({
  id: 'x',
  principalId: ADA,
  roleDefinitionId: ADMINISTRATOR,
  directoryScopeId: '/',
  ...more,
});
const SCHEDULE = {
  AppScopeId: null,
  CreatedUsing: 'x',
  DirectoryScopeId: '/',
  Id: 'x',
  MemberType: 'Direct',
  PrincipalId: ADA,
  RoleDefinitionId: ADMINISTRATOR,
  ScheduleInfo: { Expiration: { Type: 'noExpiration' }, StartDateTime: '2025-01-02T10:00:00Z' },
  Status: 'Provisioned',
  AdditionalProperties: {},
};

/** A new tenant that takes a folder of these files and a policy, which has a folder always give something. */
function tenantAfter(files: Readonly<Record<string, unknown>>): Promise<Workplace> {
  return tenantOfFolders({ 'one-policy.json': [ANY_POLICY], ...files });
}

const notKnown = async (place: Workplace) => (await place.gsa('tenant show -o json')).json()['notKnown'];

describe('an eligible assignment is never taken for an active one', () => {
  const statusOf = (files: Readonly<Record<string, unknown>>) =>
    importing(files).roleAssignments.map(({ value }) => value.status);

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['by its schedule without `assignmentType`, as PowerShell writes it', { 'r.json': [SCHEDULE] }],
    ['nor by a column of PowerShell that has no value', { 'r.json': [{ ...SCHEDULE, AssignmentType: null }] }],
    [
      'by the schedule of a script',
      { 'r.json': [assignment({ memberType: 'Group', scheduleInfo: { startDateTime: null } })] },
    ],
    ['by the name of the file', { 'roleEligibilitySchedules.json': [assignment()] }],
    ['by another name', { 'pim-eligible-assignments.json': [assignment()] }],
    ['by the folder', { 'eligible/assignments.json': [assignment()] }],
    [
      'by the type of one',
      { 'r.json': [{ '@odata.type': '#microsoft.graph.unifiedRoleEligibilitySchedule', ...assignment() }] },
    ],
    [
      'by what a function gives',
      { 'r.json': listOf('Collection(unifiedRoleEligibilityScheduleInstance)', [assignment()]) },
    ],
  ])('%s', async (_, files) => {
    expect(statusOf(files)).toEqual(['eligible']);
    const place = await tenantAfter({ ...files, 'users.json': listOf('users', PEOPLE) });
    expect(await notKnown(place)).toContain('roleAssignments');
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['its `assignmentType`', { 'r.json': [{ ...SCHEDULE, AssignmentType: 'Assigned' }] }],
    [
      'the id of its schedule',
      { 'eligible.json': [assignment({ roleAssignmentScheduleId: 'x', roleEligibilityScheduleId: null })] },
    ],
    [
      'the context of its list, whatever the file is called',
      {
        'eligible.json': listOf('roleManagement/directory/roleAssignmentSchedules', [assignment({ scheduleInfo: {} })]),
      },
    ],
    ['our own word', { 'eligible.json': [assignment({ status: 'active' })] }],
  ])('and an active one is by %s', (_, files) => {
    expect(statusOf(files)).toEqual(['active']);
  });

  test('and none of them is not the word that nobody holds a role', async () => {
    const place = await tenantAfter({ 'eligible/roleAssignments.json': [] });
    expect(await notKnown(place)).toContain('roleAssignments');
  });
});

/** Objects that speak of people, of applications or of roles, each alone in a list; the report says what it is. */
const OTHERS: readonly (readonly [what: string, told: string, objects: readonly object[]])[] = [
  [
    'risky users',
    'a risk',
    [
      {
        Id: ADA,
        IsDeleted: false,
        IsProcessing: false,
        RiskLevel: 'high',
        RiskState: 'atRisk',
        UserPrincipalName: 'ada@contoso.com',
        AdditionalProperties: {},
      },
    ],
  ],
  [
    'risky service principals',
    'a risk',
    [
      {
        id: ROBOT,
        appId: ROBOT,
        displayName: 'R',
        servicePrincipalType: 'Application',
        isEnabled: true,
        riskState: 'none',
      },
    ],
  ],
  [
    'managed devices',
    'a device',
    [{ Id: ROBOT, UserId: ADA, DeviceName: 'PC1', ComplianceState: 'compliant', UserPrincipalName: 'ada@contoso.com' }],
  ],
  [
    'devices of Autopilot',
    'a device',
    [
      {
        id: ROBOT,
        serialNumber: '1',
        managedDeviceId: ROBOT,
        userPrincipalName: 'ada@contoso.com',
        displayName: 'PC1',
      },
    ],
  ],
  [
    'cloud PCs',
    'a device',
    [{ id: ROBOT, displayName: 'CPC', managedDeviceId: ROBOT, userPrincipalName: 'ada@contoso.com' }],
  ],
  [
    'who registered for multifactor authentication',
    'authentication methods',
    [
      {
        Id: ADA,
        IsMfaRegistered: true,
        MethodsRegistered: [],
        UserPrincipalName: 'ada@contoso.com',
        UserType: 'member',
      },
    ],
  ],
  [
    'the registration report of beta',
    'authentication methods',
    [{ id: ADA, userPrincipalName: 'ada@contoso.com', isCapable: true, authMethods: ['email'] }],
  ],
  [
    'mailboxes',
    'Exchange',
    [
      {
        ExternalDirectoryObjectId: ADA,
        Id: 'ada',
        RecipientTypeDetails: 'UserMailbox',
        UserPrincipalName: 'ada@contoso.com',
      },
    ],
  ],
  [
    'licences in use',
    'a usage report',
    [{ id: ADA, userPrincipalName: 'ada@contoso.com', reportRefreshDate: '2026-06-01', hasExchangeLicense: true }],
  ],
  ['requests for a role', 'a request', [{ ...SCHEDULE, Action: 'adminAssign', TargetScheduleId: 'x' }]],
  ['activations', 'a request', [assignment({ action: 'selfActivate', status: 'Provisioned', scheduleInfo: {} })]],
  ['requests with selected members', 'a request', [assignment({ justification: 'x', status: 'Granted' })]],
  [
    'requests for an eligible role',
    'a request',
    [{ '@odata.type': '#microsoft.graph.unifiedRoleEligibilityScheduleRequest', ...assignment() }],
  ],
  [
    'roles of entitlement management',
    '`appScopeId`',
    [{ ...assignment(), directoryScopeId: null, appScopeId: '/AccessPackageCatalog/x' }],
  ],
  [
    'such roles with their type',
    '`appScopeId`',
    [
      {
        '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
        ...assignment({ directoryScopeId: undefined, appScopeId: '/' }),
      },
    ],
  ],
  ['assignments of a script, with a state of its own', '`State`', [assignment({ State: 'Eligible' })]],
];

describe('what speaks of people and roles and is neither', () => {
  const LISTS = ['users', 'servicePrincipals', 'roleAssignments'];

  test.each(OTHERS)('%s: in a folder it is passed over, by name', async (_, told, objects) => {
    const place = await tenantAfter({ 'x/report.json': objects });
    expect(await notKnown(place)).toEqual(expect.arrayContaining(LISTS));
    const imported = importing({ 'x.json': { value: objects } }, { isNamed: false });
    expect([imported.users, imported.servicePrincipals, imported.roleAssignments]).toEqual([[], [], []]);
    expect(imported.problems.map(({ message }) => message).join()).toContain(told);
  });

  test.each(OTHERS)('%s: beside those who are it makes their list no list of all', (_, _told, objects) => {
    const robots = [{ id: ROBOT, appId: ROBOT, displayName: 'R', servicePrincipalType: 'Application' }];
    for (const list of [PEOPLE, robots, [assignment({ principalId: BEN })]]) {
      for (const file of [[...list, ...objects], { value: [...objects, ...list] }]) {
        const imported = importing({ 'x.json': file }, { isNamed: false });
        const taken = LISTS.filter((each) => imported[each as 'users'].length > 0);
        expect([taken.length, imported.cutLists]).toEqual([1, taken]);
      }
    }
  });

  test('a report is told apart by the columns that say something, and what to export instead is said', () => {
    const row = { id: ADA, userPrincipalName: 'ada@contoso.com', isMfaRegistered: false, authMethods: null };
    const { users, problems } = importing({ 'x.json': [row] });
    expect(users).toEqual([]);
    expect(problems[0]?.message).toBe(
      'is a row of a report on authentication methods, and none of the users of Microsoft Graph: export `users`',
    );
  });

  test('is refused where it is named, and nothing is removed for it', async () => {
    const place = workplace();
    await place.gsa('init --empty --quiet');
    put(place, { 'users.json': listOf('users', PEOPLE), 'risky.json': OTHERS[0]?.[2], 'devices.json': OTHERS[2]?.[2] });
    await place.gsa('import export/users.json');
    const before = place.bytes();
    for (const file of ['risky', 'devices']) {
      expect((await place.gsa(`import export/${file}.json --replace -y`)).exitCode).not.toBe(0);
    }
    expect(place.bytes()).toBe(before);
  });
});

/** Lists that do not have everybody, as what they came with says. */
const PARTS: readonly (readonly [what: string, files: Readonly<Record<string, unknown>>, list: string])[] = [
  [
    'changes of people',
    {
      'd.json': listOf('users', [PEOPLE[0] as object], {
        '@odata.deltaLink': 'https://graph.microsoft.com/v1.0/users/delta?x',
      }),
    },
    'users',
  ],
  [
    'changes of people in the words of an SDK',
    { 'd.json': { OdataDeltaLink: 'x', Value: PEOPLE, value: [PEOPLE[0]] } },
    'users',
  ],
  [
    'changes beside a link that is empty',
    { 'd.json': listOf('users', [PEOPLE[0] as object], { deltaLink: '', '@odata.deltaLink': 'x' }) },
    'users',
  ],
  ['changes by their context', { 'd.json': listOf('users/$delta', [PEOPLE[0] as object]) }, 'users'],
  [
    'changes of applications',
    { 'd.json': listOf('servicePrincipals', [{ id: ROBOT }], { '@odata.deltaLink': 'x' }) },
    'servicePrincipals',
  ],
  [
    'changes of groups',
    { 'd.json': listOf('groups', [{ id: ROBOT, displayName: 'G', 'members@delta': [] }], { '@odata.deltaLink': 'x' }) },
    'groups',
  ],
  [
    'changes of the whole directory',
    {
      'd.json': listOf('directoryObjects/$delta', [{ '@odata.type': '#microsoft.graph.user', ...PEOPLE[0] }], {
        '@odata.deltaLink': 'x',
      }),
    },
    'users',
  ],
  [
    'changes by somebody who is gone',
    { 'd.json': [PEOPLE[0], { id: BEN, '@removed': { reason: 'changed' } }] },
    'users',
  ],
  [
    'changes in lines',
    { 'd.ndjson': `${JSON.stringify(PEOPLE[0])}\n${JSON.stringify({ id: BEN, '@removed': { reason: 'deleted' } })}\n` },
    'users',
  ],
  ['changes by the name of the file', { 'users-delta.json': [PEOPLE[0]] }, 'users'],
  [
    'members that were cast to people',
    { 'Finance-members.json': listOf('users(id,userPrincipalName)', [PEOPLE[0] as object]) },
    'users',
  ],
  ['owners', { 'groupOwners.json': listOf('users', [PEOPLE[0] as object]) }, 'users'],
  ['nobody among the owners', { 'owners.json': listOf('users', []) }, 'users'],
  ['guests', { 'guests.json': [PEOPLE[0]] }, 'users'],
  [
    'my own roles',
    { 'mine.json': listOf('Collection(unifiedRoleAssignmentScheduleInstance)', [assignment()]) },
    'roleAssignments',
  ],
  [
    'my own roles with their type',
    {
      'mine.json': listOf('Collection(microsoft.graph.unifiedRoleAssignmentScheduleInstance)', [
        { '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleInstance', ...assignment() },
      ]),
    },
    'roleAssignments',
  ],
  [
    'people by their ids',
    {
      'x.json': listOf('Collection(microsoft.graph.directoryObject)', [
        { '@odata.type': '#microsoft.graph.user', ...PEOPLE[0] },
      ]),
    },
    'users',
  ],
  ['a report with a column of its own', { 'x.json': [{ ...PEOPLE[0], LastLogon: '2026-01-01' }] }, 'users'],
  [
    'such a report by the name of its list',
    { 'x.json': { users: [{ ...PEOPLE[0], LastLogon: '2026-01-01' }] } },
    'users',
  ],
  [
    'such a report of people without a name to sign in',
    { 'x.json': { users: [{ id: ADA, displayName: 'Ada', LastLogon: 'x' }] } },
    'users',
  ],
];

describe('a part of a list', () => {
  test.each(PARTS)('%s: leaves it not known', async (_, files, list) => {
    expect(await notKnown(await tenantAfter(files))).toContain(list);
  });

  test.each(PARTS.filter(([, , list]) => list === 'users'))(
    '%s: takes nobody away, with --replace as well',
    async (_, files) => {
      const place = workplace();
      await place.gsa('init --empty --quiet');
      put(place, { 'users.json': listOf('users', PEOPLE) });
      await place.gsa('import export/users.json');
      const [name = ''] = Object.keys(files);
      put(place, files);
      await place.gsa(['import', `export/${name}`, '--replace', '-y']);
      const { value } = (await place.gsa('user list -o json')).json();
      expect(value).toHaveLength(3);
      expect(value).toMatchObject(PEOPLE);
    },
  );

  test('does not keep the whole list beside it from being one', async () => {
    for (const [, files] of PARTS.slice(0, 13).filter(([, , list]) => list === 'users')) {
      const place = await tenantAfter({ 'people/all.json': listOf('users', PEOPLE), ...files });
      expect(await notKnown(place)).not.toContain('users');
    }
  });

  test('has of each what changed: the rest of it stays, but for who is in a group', async () => {
    const place = workplace();
    await place.gsa('init --empty --quiet');
    const group = { id: ROBOT, displayName: 'Finance', description: 'x', groupTypes: [], members: [ADA] };
    const changes = { '@odata.deltaLink': 'x' };
    put(place, {
      'all.json': { users: PEOPLE, groups: [group] },
      'u.json': listOf(
        'users',
        [
          { id: BEN, displayName: 'Benjamin' },
          { id: CY, '@removed': { reason: 'changed' } },
        ],
        changes,
      ),
      'g.json': listOf('groups', [{ id: ROBOT, displayName: 'Money', 'members@delta': [{ id: BEN }] }], changes),
    });
    for (const file of ['all', 'u', 'g']) await place.gsa(`import export/${file}.json`);
    expect((await place.gsa('user list -o json')).json()['value']).toMatchObject([
      PEOPLE[0],
      { ...PEOPLE[1], displayName: 'Benjamin' },
      PEOPLE[2],
    ]);
    const shown = (await place.gsa(['group', 'show', ROBOT, '-o', 'json'])).json();
    expect(shown['value']).toMatchObject([{ displayName: 'Money', description: 'x' }]);
    expect(shown['value']).not.toMatchObject([{ members: [ADA] }]);
  });
});

test.each([null, '', false])('a link that is %j leads nowhere, to a next page or to changes', (link) => {
  for (const name of ['@odata.nextLink', 'nextLink', '@odata.deltaLink', 'OdataDeltaLink', 'error'])
    expect([name, importing({ 'x.json': listOf('users', PEOPLE, { [name]: link }) }).cutLists]).toEqual([name, []]);
});

describe('a list with its own members alone is whole', () => {
  test.each<[string, object, string]>([
    [
      'members that a tenant adds',
      { ...PEOPLE[0], extension_0123456789abcdef0123456789abcdef_badge: '7', contoso_badge: { number: 7 } },
      'users',
    ],
    [
      'members of a class without a value',
      { ...PEOPLE[0], RiskHistory: null, AdditionalProperties: {}, BackingStore: {} },
      'users',
    ],
    [
      'columns of a report without a value',
      { Id: ADA, DisplayName: 'Ada', UserPrincipalName: 'ada@contoso.com', UserType: 'Member', RiskState: null },
      'users',
    ],
    ['such columns in a table', { ...PEOPLE[0], deviceId: null, deviceName: '', recipientType: '' }, 'users'],
    [
      'such columns of an application',
      { id: ROBOT, appId: ROBOT, displayName: 'R', servicePrincipalType: 'Application', riskLevel: '' },
      'servicePrincipals',
    ],
    [
      'members of the AzureAD module',
      {
        ObjectId: ADA,
        ObjectType: 'User',
        UserPrincipalName: 'ada@contoso.com',
        DirSyncEnabled: null,
        ImmutableId: 'x',
      },
      'users',
    ],
    ['whatever Graph has under the context of its list', { ...PEOPLE[0], somethingOfNextYear: 1 }, 'users'],
    [
      'names beside the ids of an assignment',
      assignment({ RoleName: 'x', PrincipalName: 'Ada', principal: { id: ADA } }),
      'roleAssignments',
    ],
  ])('%s', async (_, object, list) => {
    const file = 'somethingOfNextYear' in object ? listOf('users', [object]) : [object];
    expect(await notKnown(await tenantAfter({ 'x.json': file }))).not.toContain(list);
  });
});

test('no list with members of others is known as whole, and none replaces what is known', () => {
  const foreign = fc
    .string({ minLength: 3, maxLength: 12, unit: fc.constantFrom(...'abcdefghijXYZ_') })
    .map((name) => `${name}Qx`);
  const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant([]));
  const shapes = fc.constantFrom<(list: readonly object[]) => unknown>(
    (list) => list,
    (list) => ({ value: list }),
    (list) => ({ users: list }),
    (list) => list.map((each) => JSON.stringify(each)).join('\n'),
    (list) => ({ responses: [{ id: '1', status: 200, body: { value: list } }] }),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1 }),
      fc.dictionary(foreign, value, { minKeys: 1, maxKeys: 3 }),
      fc.nat(),
      shapes,
      fc.boolean(),
      (people, more, at, shape, isEverybody) => {
        const list = people.map((each, n) => (isEverybody || n === at % people.length ? { ...each, ...more } : each));
        const imported = importing({ 'x.json': shape(list) }, { isNamed: false });
        expect(imported.users.length === 0 || imported.cutLists.includes('users')).toBe(true);
        const tenant = {
          policies: [],
          namedLocations: [],
          users: PEOPLE,
          deletedItems: { policies: [], namedLocations: [] },
        };
        const known = { ...tenant, globalSecureAccess: { conditionalAccess: {} }, settings: {} } as unknown as Tenant;
        const { steps } = planImport(known, partsOf(imported), 'replace', '2026-01-15T09:00:00Z');
        const lost = steps.flatMap(({ changes }) =>
          changes.filter((change) => 'list' in change && change.after === null),
        );
        expect(lost).toEqual([]);
      },
    ),
  );
});
