import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMemberships, membershipsOf } from '../../src/core/conditional-access/facts/membership.ts';
import type { RoleAssignment } from '../../src/core/tenant/directory.ts';
import { exportRequests } from '../../src/core/tenant/export-requests.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { HQ, policy, put, TUNNELLED, tenantOfFolders } from './exports.ts';

/** Ids among the members of a group, or of who holds a role, that no list of the tenant has: each may be a group that was not exported. */

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const GROUP = 'b0000000-0000-4000-8000-000000000001';
const INSIDE = 'b0000000-0000-4000-8000-000000000002';
const ADA = { id: TUNNELLED.userId, userPrincipalName: 'ada@contoso.com', userType: 'Member' };
const BEN = { id: 'a0000000-0000-4000-8000-000000000002', userPrincipalName: 'ben@contoso.com', userType: 'Member' };
const USER = '#microsoft.graph.user';
const A_GROUP = '#microsoft.graph.group';

type Files = Readonly<Record<string, unknown>>;
const listed = (path: string, value: readonly unknown[]) => ({ '@odata.context': `${GRAPH}${path}`, value });
const typed = (type: string, id: string) => ({ '@odata.type': type, id });
const objects = (...value: readonly unknown[]) => listed('directoryObjects(id)', value);

/** A policy that nobody but Ben is surely left alone by. */
const outsideHq = (users: object) =>
  policy({
    include: ['All'],
    exclude: [HQ.id],
    conditions: { users: { includeUsers: [], excludeUsers: [BEN.id], ...users } },
  });
const OF_GROUP = outsideHq({ includeGroups: [GROUP] });
const OF_ROLE = outsideHq({ includeRoles: [ADMINISTRATOR] });
const KNOWN: Files = {
  'namedLocations.json': listed('identity/conditionalAccess/namedLocations', [HQ]),
  'users.json': listed('users', [ADA, BEN]),
  'servicePrincipals.json': listed('servicePrincipals', []),
};
const NO_ROLES: Files = {
  'roleAssignments.json': listed('roleManagement/directory/roleAssignmentScheduleInstances', []),
};
const NO_GROUPS: Files = { 'groups.json': listed('groups', []) };
const held = (principalId: string, more: object = {}): Files => ({
  'roleAssignments.json': listed('roleManagement/directory/roleAssignmentScheduleInstances', [
    {
      id: 'r1',
      principalId,
      roleDefinitionId: ADMINISTRATOR,
      directoryScopeId: '/',
      assignmentType: 'Assigned',
      ...more,
    },
  ]),
});

/** A tenant of folders of files, and the sign-in that is asked about. */
async function tenantOf(...exports: readonly Files[]) {
  const place = await tenantOfFolders(...exports);
  await place.gsa('tenant set --mfa-trusted-ips none');
  put(place, { 'signIns.json': { value: [TUNNELLED] } }, '.');
  return place;
}

type Place = Awaited<ReturnType<typeof tenantOf>>;

/** The gates over a recorded sign-in of Ada and over every sign-in. */
async function gatesOf(place: Place) {
  const recorded = await place.gsa('impact signIns.json --fail-on newlyBlocked');
  return [recorded.exitCode, (await place.gsa('impact --all --fail-on newlyBlocked')).exitCode];
}

const RED = [1, 1];
const GREEN = [0, 0];

const asked = async (place: Place) =>
  (await place.gsa('import --requests curl')).stdout
    .split('\n')
    .flatMap((line) => /^page '([^']+)'/.exec(line)?.[1] ?? []);

describe('a member of a group that no list has', () => {
  const ofGroup = { ...KNOWN, ...NO_ROLES, 'policies.json': listed('identity/conditionalAccess/policies', [OF_GROUP]) };
  const group = (...members: readonly unknown[]) => ({
    'groups.json': [{ id: GROUP, displayName: 'Finance', groupTypes: [], securityEnabled: true, members }],
  });
  const apart = (name: string, value: unknown) => ({ ...group(), ...{ [`Groups/${GROUP}/${name}`]: value } });
  const alone = { id: GROUP, displayName: 'Finance', groupTypes: [] };
  const inFolder = (name: string, value: unknown) => ({
    [`Groups/${GROUP}/${GROUP}.json`]: alone,
    [`Groups/${GROUP}/${name}`]: value,
  });

  test.each<[string, Files]>([
    ['by its id', group(BEN.id, INSIDE)],
    ['by an object that says nothing of what it is', group(typed(USER, BEN.id), { id: INSIDE, displayName: 'Sub' })],
    ['as a group', group(typed(USER, BEN.id), typed(A_GROUP, INSIDE))],
    ['as a directory object', group(typed('#microsoft.graph.directoryObject', INSIDE))],
    ['as a group of the AzureAD module', group({ ObjectId: INSIDE, ObjectType: 'Group', DisplayName: 'Sub' })],
    ['in a file of its own', inFolder(`Members/${INSIDE}/${INSIDE}.json`, { id: INSIDE, displayName: 'Sub' })],
    ['in an answer', inFolder('Members/members.0.json', objects(typed(USER, BEN.id), typed(A_GROUP, INSIDE)))],
    ['beside those of one kind alone', inFolder('Members/members.0.json', listed('users(id)', [{ id: BEN.id }]))],
  ])('may be a group that somebody is in: %s', async (_, files) => {
    const place = await tenantOf({ ...ofGroup, ...files });
    expect(await gatesOf(place)).toEqual(RED);
    expect(
      (
        await place.gsa(
          'whatif --user ada@contoso.com --source-ip 203.0.113.10 --via gsa --app cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
        )
      ).stdout,
    ).toContain('Finance');
    expect(await asked(place)).toContain(`Groups/${GROUP}/TransitiveMembers/transitiveMembers`);
  });

  test.each<[string, Files]>([
    ['by the list of users', group(BEN.id)],
    ['by its type', group(typed(USER, INSIDE))],
    ['by the type of another kind', group(typed('#microsoft.graph.device', INSIDE), typed(USER, BEN.id))],
    [
      'by members that only a person has',
      inFolder(`Members/${INSIDE}/x.json`, { id: INSIDE, userPrincipalName: 'x@contoso.com' }),
    ],
    ['by a member that only a device has', inFolder(`Members/${INSIDE}/x.json`, { id: INSIDE, deviceId: INSIDE })],
    ['by the word of the AzureAD module', group({ ObjectId: INSIDE, ObjectType: 'User' })],
    [
      'by the members of the group that it is',
      {
        'groups.json': [
          { id: GROUP, displayName: 'Finance', groupTypes: [], members: [typed(A_GROUP, INSIDE)] },
          { id: INSIDE, displayName: 'Sub', groupTypes: [], members: [typed(USER, BEN.id)] },
        ],
      },
    ],
    ['because nobody is in it', inFolder('TransitiveMembers/transitiveMembers.0.json', objects())],
  ])('is known to be none that matters: %s', async (_, files) => {
    const place = await tenantOf({ ...ofGroup, ...files });
    expect(await gatesOf(place)).toEqual(GREEN);
    expect(await asked(place)).not.toContain(`Groups/${GROUP}/TransitiveMembers/transitiveMembers`);
  });

  test('nor where an administrator says that there are no other groups, until another one shows up', async () => {
    const place = await tenantOf({ ...ofGroup, ...group(INSIDE) });
    await place.gsa('tenant set --known groups');
    expect(await gatesOf(place)).toEqual(GREEN);
    await place.gsa('tenant set --not-known groups');
    expect(await gatesOf(place)).toEqual(RED);
    await place.gsa('tenant set --known groups');
    writeFileSync(
      join(place.folder, 'groups.json'),
      JSON.stringify([{ id: 'another', displayName: 'G', groupTypes: [] }]),
    );
    await place.gsa('import groups.json');
    expect(await gatesOf(place)).toEqual(RED);
  });

  test.each([
    ['the answer to what --requests prints', 'TransitiveMembers/transitiveMembers.0.json'],
    ['a page beside the group', 'transitiveMembers.0.json'],
    ['a file beside the group', 'transitiveMembers.json'],
  ])('does not matter where everybody came who is in the group through any other: %s', async (_, name) => {
    const all = objects(typed(USER, BEN.id), typed(A_GROUP, INSIDE));
    const direct = inFolder('Members/members.0.json', all);
    const place = await tenantOf({ ...ofGroup, ...direct }, { [`Groups/${GROUP}/${name}`]: all });
    expect(await gatesOf(place)).toEqual(GREEN);
    expect(await asked(place)).not.toContain(`Groups/${GROUP}/TransitiveMembers/transitiveMembers`);
    // The direct members alone, later, open it again.
    const again = await tenantOf({ ...ofGroup, [`Groups/${GROUP}/${name}`]: all }, direct);
    expect(await gatesOf(again)).toEqual(RED);
  });

  test('and does where only a page of these came', async () => {
    const page = { ...objects(typed(USER, BEN.id)), '@odata.nextLink': 'https://graph.microsoft.com/v1.0/next' };
    const files = { ...ofGroup, ...apart('TransitiveMembers/transitiveMembers.0.json', page) };
    expect(await gatesOf(await tenantOf(files))).toEqual(RED);
  });

  test.each<[string, Files]>([
    ['what is open', group(BEN.id, INSIDE)],
    ['a group that was not exported', group(typed(USER, BEN.id), typed(A_GROUP, INSIDE))],
    ['what types settle', group(typed(USER, INSIDE))],
    ['whoever is in a group through others', inFolder('transitiveMembers.json', objects(typed(A_GROUP, INSIDE)))],
  ])('says the same after an export of our own: %s', async (_, files) => {
    const place = await tenantOf({ ...ofGroup, ...files });
    const gates = await gatesOf(place);
    await place.gsa('export own');
    await place.gsa('init --empty --name Contoso --created 2025-07-01 --quiet --force');
    await place.gsa('import own');
    expect(await gatesOf(place)).toEqual(gates);
  });

  test('says so of all groups too, after an export of our own', async () => {
    const place = await tenantOf({ ...ofGroup, ...group(INSIDE) });
    await place.gsa('tenant set --known groups');
    await place.gsa('export own');
    await place.gsa('init --empty --name Contoso --created 2025-07-01 --quiet --force');
    await place.gsa('import own');
    expect(await gatesOf(place)).toEqual(GREEN);
    expect((await place.gsa('import own -o json')).json()['applied']).toBe(false);
  });
});

describe('who holds a role and is on no list', () => {
  const ofRole = { ...KNOWN, 'policies.json': listed('identity/conditionalAccess/policies', [OF_ROLE]) };
  const members = { [`Groups/${GROUP}/members.json`]: objects(typed(USER, BEN.id)) };
  const directoryRole = (...holders: readonly unknown[]): Files => ({
    'directoryRoles.json': listed('directoryRoles(members())', [
      { id: 'd1', displayName: 'Global Administrator', roleTemplateId: ADMINISTRATOR, members: holders },
    ]),
  });

  test.each<[string, Files]>([
    ['beside a group that was exported', { ...held(INSIDE), ...members }],
    ['where no group was exported', held(INSIDE)],
    ['as a group', { ...held(INSIDE, { principal: typed(A_GROUP, INSIDE) }), ...members }],
    [
      'as a group, although all others are known',
      { ...held(INSIDE, { principal: typed(A_GROUP, INSIDE) }), ...NO_GROUPS },
    ],
    ['as a group of directoryRoles', { ...directoryRole(typed(A_GROUP, INSIDE)), ...members }],
  ])('may hold it for anybody: %s', async (_, files) => {
    const place = await tenantOf({ ...ofRole, ...files });
    expect(await gatesOf(place)).toEqual(RED);
    expect((await place.gsa(['role', 'show', 'Global Administrator'])).stdout).toContain(
      `Perhaps held through\t${INSIDE}`,
    );
    expect((await place.gsa('user show ada@contoso.com')).stdout).toContain('Perhaps holds\tGlobal Administrator');
  });

  test.each<[string, Files]>([
    ['by the list of users', { ...held(BEN.id), ...members }],
    ['by the list of users, where no group was exported', held(BEN.id)],
    ['by its type', { ...held(INSIDE, { principal: typed('#microsoft.graph.servicePrincipal', INSIDE) }), ...members }],
    ['by its type in directoryRoles', { ...directoryRole(typed(USER, INSIDE)), ...members }],
    ['because there is no group', { ...held(INSIDE), ...NO_GROUPS }],
  ])('holds it alone: %s', async (_, files) => {
    const place = await tenantOf({ ...ofRole, ...files });
    expect(await gatesOf(place)).toEqual(GREEN);
    expect((await place.gsa(['role', 'show', 'Global Administrator'])).stdout).not.toContain('Perhaps');
  });

  test('is asked for, what it is first and then who is in it, until the gates are green', async () => {
    const first = { ...ofRole, ...held(INSIDE), ...members };
    expect(await asked(await tenantOf(first))).toContain('roleAssignments');
    const second = held(INSIDE, { principal: typed(A_GROUP, INSIDE) });
    const place = await tenantOf(first, second);
    const name = `Groups/${INSIDE}/TransitiveMembers/transitiveMembers`;
    expect(await asked(place)).toContain(name);
    expect(await asked(place)).not.toContain('roleAssignments');
    const settled = await tenantOf(first, second, { [`${name}.0.json`]: objects(typed(USER, BEN.id)) });
    expect(await gatesOf(settled)).toEqual(GREEN);
    expect(await asked(settled)).not.toContain(name);
  });

  test('is not asked for again where the answer does not say what it is', () => {
    const tenant = { policies: [OF_ROLE], namedLocations: [], deletedItems: { policies: [], namedLocations: [] } };
    const filesOf = (principal: object) =>
      exportRequests({
        ...(tenant as unknown as Tenant),
        globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
        users: [],
        roleAssignments: [
          {
            principalId: INSIDE,
            roleDefinitionId: ADMINISTRATOR,
            directoryScopeId: '/',
            status: 'active',
            ...principal,
          },
        ],
      }).map(({ file }) => file);
    expect([filesOf({}), filesOf({ principal: null })].map((files) => files.includes('roleAssignments'))).toEqual([
      true,
      false,
    ]);
  });
});

test('learning what an id is never takes back an answer, and nothing is left open where all of them are known', () => {
  const ids = ['u1', 'u2', 'g1', 'g2', 'x1', 'x2'];
  const some = fc.subarray(ids);
  const groups = fc.record({
    g1: some,
    g2: some,
    nested: fc.constantFrom(undefined, 'listed' as const, 'included' as const),
  });
  const users = fc.subarray(['u1', 'u2', 'x1', 'x2']);
  const assignments = fc.array(
    fc.record({
      principalId: fc.constantFrom(...ids),
      roleDefinitionId: fc.constant('role'),
      directoryScopeId: fc.constant('/'),
      status: fc.constant('active' as const),
    }),
    { minLength: 1, maxLength: 3 },
  );
  let [open, settled] = [0, 0];
  fc.assert(
    fc.property(
      groups,
      users,
      fc.subarray(['x1', 'x2']),
      assignments,
      (members, known, more, roleAssignments: RoleAssignment[]) => {
        const answers = (extra: readonly string[], all: boolean) => {
          const compiled = compileMemberships({
            users: [...new Set([...known, ...extra])].map((id) => ({ id })),
            groups: (['g1', 'g2'] as const).map((id) => ({
              id,
              members: members[id],
              ...(members.nested === undefined ? {} : { nestedGroups: members.nested }),
            })),
            ...(all ? { groupsKnown: true } : {}),
            roleAssignments,
          });
          const one = membershipsOf(compiled, 'u1');
          return [one.isMember('g1'), one.isMember('g2'), one.holdsRole('role')];
        };
        const [less, learned, whole] = [answers([], false), answers(more, false), answers(more, true)];
        for (const [at, truth] of less.entries()) {
          if (truth !== 'unknown') expect([learned[at], whole[at]]).toEqual([truth, truth]);
          else open++;
          if (truth === 'unknown' && whole[at] !== 'unknown') settled++;
          expect(whole[at]).not.toBe('unknown');
        }
      },
    ),
  );
  expect(Math.min(open, settled)).toBeGreaterThan(20);
});
