import { describe, expect, test } from 'vitest';
import { HQ, policy, put, TUNNELLED, tenantOfFolders } from './exports.ts';

/** The word of an administrator that all groups are known, and what is done to the list after it. */

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const SALES = 'b0000000-0000-4000-8000-000000000001';
const INSIDE = 'b0000000-0000-4000-8000-000000000002';
const DEEPER = 'b0000000-0000-4000-8000-000000000003';
const ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const ADA = { id: TUNNELLED.userId, userPrincipalName: 'ada@contoso.com', userType: 'Member' };

const listed = (path: string, ...value: readonly unknown[]) => ({ '@odata.context': `${GRAPH}${path}`, value });
const group = (id: string, ...members: readonly string[]) => ({ id, displayName: id.slice(-1), members });
const groups = (...value: readonly unknown[]) => ({ 'groups.json': listed('groups', ...value) });
const holder = (principalId: string, principal?: object) => ({
  'roleAssignments.json': listed('roleManagement/directory/roleAssignmentScheduleInstances', {
    ...{ id: 'r1', principalId, roleDefinitionId: ADMINISTRATOR, directoryScopeId: '/', assignmentType: 'Assigned' },
    ...(principal === undefined ? {} : { principal: { id: principalId, ...principal } }),
  }),
});

/** A policy that blocks outside of headquarters whoever is in a group, over groups that an administrator said are all. */
async function allKnown(...value: readonly unknown[]) {
  const place = await tenantOfFolders({
    'namedLocations.json': listed('identity/conditionalAccess/namedLocations', HQ),
    'users.json': listed('users', ADA),
    ...groups(...value),
    'policies.json': listed(
      'identity/conditionalAccess/policies',
      policy({
        include: ['All'],
        exclude: [HQ.id],
        conditions: { users: { includeUsers: [], includeGroups: [SALES] } },
      }),
    ),
  });
  await place.gsa('tenant set --mfa-trusted-ips none --known groups,servicePrincipals,roleAssignments');
  put(place, { 'signIns.json': { value: [TUNNELLED] } }, '.');
  return place;
}
type Place = Awaited<ReturnType<typeof allKnown>>;

const gateOf = async (place: Place) => (await place.gsa('impact signIns.json --fail-on newlyBlocked')).exitCode;
const areAllKnown = (place: Place) => JSON.parse(place.bytes()).tenant.groupsKnown === true;

async function imports(place: Place, files: Readonly<Record<string, unknown>>, words = '') {
  put(place, files, 'later');
  const run = await place.gsa(`import later ${words}`.trim());
  expect([run.exitCode, run.stderr]).toEqual([0, expect.any(String)]);
  return run.stdout;
}

const NESTED = [group(SALES, INSIDE), group(INSIDE, ADA.id)];

describe('that all groups are known', () => {
  test('is no longer known where an import removes one: no gate turns green for it', async () => {
    const place = await allKnown(...NESTED);
    expect([await gateOf(place), areAllKnown(place)]).toEqual([1, true]);
    const said = await imports(place, groups(group(SALES, INSIDE)), '--replace');
    expect(said).toContain('Whether all groups are known');
    expect([await gateOf(place), areAllKnown(place)]).toEqual([1, false]);
  });

  test.each([
    ['leaves out what stays', '', groups(group(SALES, INSIDE)), true],
    ['has the same ones', '--replace', groups(group(INSIDE, ADA.id), group(SALES, INSIDE)), true],
    ['gives a group somebody of whom nothing tells what it is', '', groups(group(SALES, DEEPER)), false],
    ['gives a role to such a one', '', holder(DEEPER), false],
    ['gives a role to somebody by the type', '', holder(DEEPER, { '@odata.type': '#microsoft.graph.user' }), true],
    ['gives a group a user of its own list', '', groups(group(SALES, ADA.id)), true],
  ])('stays known or not where an import %s', async (_what, words, files, stays) => {
    const place = await allKnown(...NESTED);
    await imports(place, files, words);
    expect(areAllKnown(place)).toBe(stays);
  });

  test('is what a new member rests on: who is in the group is then not known, and no gate is green', async () => {
    const place = await allKnown(group(SALES), group(INSIDE, ADA.id));
    expect(await gateOf(place)).toBe(0);
    await imports(place, groups(group(SALES, DEEPER)));
    expect(await gateOf(place)).toBe(1);
    await place.gsa('tenant set --known groups');
    expect(await gateOf(place)).toBe(0);
  });

  test('was said of what an import brought: that is taken back after it alone', async () => {
    const place = await allKnown(group(SALES, INSIDE));
    await place.gsa('tenant set --not-known groups');
    await imports(place, groups(group(INSIDE, ADA.id)));
    const serial = Number(JSON.parse(place.bytes()).serial);
    await place.gsa('tenant set --known groups');
    expect(await gateOf(place)).toBe(1);
    const refused = await place.gsa(`undo ${serial}`);
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain('a later change to `Whether all groups are known` would be lost');
    expect(refused.stdout).toContain(`gsa undo ${serial + 1}`);
    expect([await gateOf(place), areAllKnown(place)]).toEqual([1, true]);
    await place.gsa(`undo ${serial + 1}`);
    expect((await place.gsa(`undo ${serial}`)).exitCode).toBe(0);
    expect([await gateOf(place), areAllKnown(place)]).toEqual([1, false]);
  });
});

test('that all policies are known was said of what an import brought as well', async () => {
  const blocking = policy({ include: ['All'], exclude: [HQ.id] });
  const place = await tenantOfFolders({
    'namedLocations.json': listed('identity/conditionalAccess/namedLocations', HQ),
  });
  await place.gsa('tenant set --mfa-trusted-ips none --known users,groups,servicePrincipals,roleAssignments');
  put(
    place,
    { 'policy.json': { '@odata.context': `${GRAPH}identity/conditionalAccess/policies/$entity`, ...blocking } },
    'later',
  );
  expect((await place.gsa('import later')).exitCode).toBe(0);
  const serial = Number(JSON.parse(place.bytes()).serial);
  await place.gsa('tenant set --known policies');
  expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  expect((await place.gsa(`undo ${serial}`)).exitCode).toBe(3);
  expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
});
