import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMemberships, membershipsOf } from '../../src/core/conditional-access/facts/membership.ts';
import type { RoleAssignment } from '../../src/core/tenant/directory.ts';
import { workplace } from '../support/in-process.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const READER = '5d6b6bb7-de71-4623-b4af-96380a352509';
const ADA = 'a0000000-0000-4000-8000-000000000001';
const BOB = 'a0000000-0000-4000-8000-000000000002';
const UNIT = 'a0000000-0000-4000-8000-0000000000aa';
const [ROLE, OTHER_ROLE] = ['77777777-0000-4000-8000-000000000001', '77777777-0000-4000-8000-000000000002'];
const INSTANCES = 'roleManagement/directory/roleAssignmentScheduleInstances';

const role = (id: string | undefined, template: string, members?: readonly string[]) => ({
  id,
  roleTemplateId: template,
  displayName: template,
  ...(members === undefined
    ? {}
    : { members: members.map((each) => ({ '@odata.type': '#microsoft.graph.user', id: each })) }),
});
const listOf = (path: string, ...value: readonly object[]) => ({ '@odata.context': `${GRAPH}${path}`, value });
const assignment = (more: object = {}) => ({
  principalId: ADA,
  roleDefinitionId: ADMINISTRATOR,
  directoryScopeId: '/',
  ...more,
});
const SCOPED = { id: 's', roleId: ROLE, administrativeUnitId: UNIT, roleMemberInfo: { id: BOB } };

/** What is not known after an import of these files at the middle of 2026, and who holds which role how. */
async function imported(files: Readonly<Record<string, unknown>>) {
  const place = workplace();
  await place.gsa('init --empty --quiet');
  for (const [name, value] of Object.entries(files)) {
    const path = join(place.folder, 'export', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(value));
  }
  await place.gsa(['import', join(place.folder, 'export'), '--now', '2026-07-01T00:00:00Z']);
  const shown = (await place.gsa('tenant show -o json')).json()['notKnown'] as readonly string[];
  const held = (await place.gsa('role list -o json')).json()['value'] as readonly RoleAssignment[];
  return { isKnown: !shown.includes('roleAssignments'), held: held.map(({ status }) => status), place };
}

describe('who holds a role is not known from', () => {
  test.each([
    [
      'one role that was asked for alone',
      { 'r.json': { '@odata.context': `${GRAPH}directoryRoles/$entity`, ...role(ROLE, ADMINISTRATOR, [ADA]) } },
    ],
    ['one role in a file', { 'r.json': role(ROLE, ADMINISTRATOR, [ADA]) }],
    [
      'roles of which one came without its people',
      { 'r.json': listOf('directoryRoles', role(ROLE, ADMINISTRATOR, [ADA]), role(OTHER_ROLE, READER)) },
    ],
    ['roles without their people', { 'r.json': listOf('directoryRoles', role(ROLE, ADMINISTRATOR)) }],
    [
      'a page of roles',
      { 'r.json': { ...listOf('directoryRoles', role(ROLE, ADMINISTRATOR, [ADA])), '@odata.count': 9 } },
    ],
    [
      'those who hold a role in an administrative unit',
      {
        'r.json': listOf('directoryRoles', role(ROLE, ADMINISTRATOR)),
        's.json': listOf(`directoryRoles('${ROLE}')/scopedMembers`, SCOPED),
      },
    ],
    [
      'the members of one role of several',
      {
        'r.json': listOf('directoryRoles', role(ROLE, ADMINISTRATOR), role(OTHER_ROLE, READER)),
        'm.json': listOf(`directoryRoles('${ROLE}')/members`, { '@odata.type': '#microsoft.graph.user', id: ADA }),
      },
    ],
    ['one assignment in a file', { 'a.json': assignment() }],
    ['a role in a folder of its own', { [`DirectoryRoles/${ROLE}/${ROLE}.json`]: role(ROLE, ADMINISTRATOR, [ADA]) }],
  ])('%s, and nothing of it is taken', async (_, files) => {
    expect(await imported(files)).toMatchObject({ isKnown: false, held: [] });
  });

  test('eligible assignments alone, which are taken', async () => {
    const eligible = listOf('roleManagement/directory/roleEligibilityScheduleInstances', assignment());
    expect(await imported({ 'e.json': eligible })).toMatchObject({ isKnown: false, held: ['eligible'] });
  });
});

describe('who holds a role is known from', () => {
  test.each([
    [
      'roles with their people',
      { 'r.json': listOf('directoryRoles', role(ROLE, ADMINISTRATOR, [ADA]), role(OTHER_ROLE, READER, [])) },
      1,
    ],
    ['a list of assignments', { 'a.json': [assignment()] }, 1],
    [
      'assignments beside eligible ones',
      {
        'a.json': [assignment()],
        'e.json': listOf('roleManagement/directory/roleEligibilitySchedules', assignment({ principalId: BOB })),
      },
      2,
    ],
    [
      'the folders of an exporter',
      {
        [`DirectoryRoles/${ROLE}/${ROLE}.json`]: role(ROLE, ADMINISTRATOR),
        [`DirectoryRoles/${OTHER_ROLE}/${OTHER_ROLE}.json`]: role(OTHER_ROLE, READER),
        [`DirectoryRoles/${ROLE}/Members/${ADA}/${ADA}.json`]: {
          id: ADA,
          displayName: 'Ada',
          userPrincipalName: 'ada@contoso.com',
        },
      },
      1,
    ],
  ])('%s', async (_, files, count) => {
    const { isKnown, held } = await imported(files);
    expect([isKnown, held.length]).toEqual([true, count]);
  });

  test('an administrator’s word, unless the file holds eligible assignments alone', async () => {
    const { place } = await imported({
      'e.json': listOf('roleManagement/directory/roleEligibilitySchedules', assignment()),
    });
    const refused = await place.gsa('tenant set --known roleAssignments');
    expect([refused.exitCode, refused.stdout + refused.stderr]).toEqual([
      3,
      expect.stringContaining('import the active ones'),
    ]);
    const other = workplace();
    await other.gsa('init --empty --quiet');
    expect((await other.gsa('tenant set --known roleAssignments')).exitCode).toBe(0);
    expect((await other.gsa('tenant show -o json')).json()['notKnown']).not.toContain('roleAssignments');
  });
});

describe('an assignment that is not in force is not taken', () => {
  test.each([
    ['one that begins later', { startDateTime: '2026-09-01T00:00:00Z', endDateTime: null, assignmentType: 'Assigned' }],
    [
      'one that has ended',
      { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-06-30T00:00:00Z', assignmentType: 'Activated' },
    ],
    [
      'a schedule that begins later',
      {
        scheduleInfo: {
          startDateTime: '2026-08-01T00:00:00Z',
          expiration: { type: 'noExpiration', endDateTime: null },
        },
      },
    ],
    [
      'a schedule that has ended',
      {
        scheduleInfo: {
          startDateTime: '2026-01-01T00:00:00Z',
          expiration: { type: 'afterDateTime', endDateTime: '2026-02-01T00:00:00Z' },
        },
      },
    ],
    ['a schedule of Windows PowerShell', { ScheduleInfo: { StartDateTime: '/Date(1790000000000)/' } }],
    ['one that was revoked', { status: 'Revoked' }],
    ['one that waits for an approval', { status: 'PendingApproval' }],
  ])('%s', async (_, more) => {
    const inForce = assignment({
      principalId: BOB,
      startDateTime: '2026-01-01T00:00:00Z',
      endDateTime: '2026-12-01T00:00:00Z',
      status: 'Provisioned',
    });
    const { held, isKnown } = await imported({ 'a.json': listOf(INSTANCES, assignment(more), inForce) });
    expect([isKnown, held]).toEqual([true, ['active']]);
  });
});

test('a role is held, not held or not known alike whatever else the list of eligible ones says', () => {
  const people = fc.constantFrom(ADA, BOB, UNIT);
  const roles = fc.constantFrom(ADMINISTRATOR, READER);
  const one = (status: 'active' | 'eligible') =>
    fc.record({
      principalId: people,
      roleDefinitionId: roles,
      directoryScopeId: fc.constant('/'),
      status: fc.constant(status),
    });
  fc.assert(
    fc.property(
      fc.array(one('eligible'), { minLength: 1 }),
      fc.array(one('active')),
      people,
      roles,
      (eligible, active, who, which) => {
        const holds = (assignments: readonly RoleAssignment[]) =>
          membershipsOf(compileMemberships({ groups: [], roleAssignments: assignments }), who).holdsRole(which);
        const isEligible = eligible.some(
          ({ principalId, roleDefinitionId }) => principalId === who && roleDefinitionId === which,
        );
        expect(holds(eligible)).toBe(isEligible ? false : 'unknown');
        expect(holds([...eligible, ...active])).toBe(active.length === 0 ? holds(eligible) : holds(active));
      },
    ),
  );
});
