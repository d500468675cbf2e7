import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { policy, tenantOf } from './exports.ts';

/** Statements about a group or a role, where it is not known of everybody whether they are in it. */

const ADA = 'a0000000-0000-4000-8000-000000000001';
const BEN = 'a0000000-0000-4000-8000-000000000002';
const STAFF = 'b0000000-0000-4000-8000-000000000001';
const INNER = 'b0000000-0000-4000-8000-000000000002';
const UNLISTED = 'b0000000-0000-4000-8000-0000000000ff';
const ROLE = '62e90394-69f5-4237-9190-012177145e10';

const list = (what: string, value: readonly object[]) => ({
  '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${what}`,
  value,
});
const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });
const inside = (id: string) => ({ '@odata.type': '#microsoft.graph.group', id });
const group = (id: string, members?: readonly object[]) => ({
  id,
  displayName: id === STAFF ? 'Staff' : 'Inner',
  ...(members === undefined ? {} : { members }),
});
const holders = (...ids: readonly string[]) =>
  list(
    'roleManagement/directory/roleAssignments',
    ids.map((id) => ({ id, principalId: id, roleDefinitionId: ROLE, directoryScopeId: '/' })),
  );
const OF_STAFF = '{ group: Staff }';
const OF_ROLE = '{ role: Global Administrator }';
const NEVER = 'never: { outcome: [blocked] }';

async function verdictOf(
  who: string,
  says: string,
  { groups, roles = holders(), blocked }: { groups: readonly object[]; roles?: object; blocked: string },
) {
  const one = policy({ conditions: { users: { includeUsers: [blocked] } } });
  const people = [
    { id: ADA, userPrincipalName: 'ada@contoso.com', userType: 'Member' },
    { id: BEN, userPrincipalName: 'ben@contoso.com', userType: 'Member' },
  ];
  const files = { 'p.json': [one], 'u.json': list('users', people), 'g.json': list('groups', groups), 'r.json': roles };
  const place = await tenantOf(files, '--mfa-trusted-ips none --known policies,namedLocations,servicePrincipals');
  const text = `suite: s\ntests:\n  - name: one\n    invariant: { for: { users: ${who} }, ${says} }\n`;
  writeFileSync(join(place.folder, 'one.gsatest.yaml'), text);
  const run = await place.gsa('test one.gsatest.yaml -o json');
  const { value } = run.json() as { value: { status: string }[] };
  return { exitCode: run.exitCode, status: value[0]?.status };
}

const OPEN: readonly (readonly [string, string, { groups: readonly object[]; roles?: object }])[] = [
  ['a group inside was not exported', OF_STAFF, { groups: [group(STAFF, [user(ADA), inside(UNLISTED)])] }],
  ['what is in it may be a group', OF_STAFF, { groups: [group(STAFF, [{ id: ADA }, { id: UNLISTED }])] }],
  [
    'the members of a group inside are not known',
    OF_STAFF,
    { groups: [group(STAFF, [user(ADA), inside(INNER)]), group(INNER)] },
  ],
  [
    'a group inside a group inside was not exported',
    OF_STAFF,
    { groups: [group(STAFF, [user(ADA), inside(INNER)]), group(INNER, [inside(UNLISTED)])] },
  ],
  [
    'a group that holds the role was not exported',
    OF_ROLE,
    { groups: [group(STAFF, [])], roles: holders(ADA, UNLISTED) },
  ],
  [
    'the members of a group that holds the role are not known',
    OF_ROLE,
    { groups: [group(STAFF)], roles: holders(ADA, STAFF) },
  ],
];

describe('an invariant for a group or a role of which not everybody is known', () => {
  test.each(OPEN)('is unknown where it does not hold for who may be one of them: %s', async (_, who, tenant) => {
    for (const says of [NEVER, 'always: { outcome: granted }', 'always: { outcome: granted, decidedBy: [] }']) {
      expect(await verdictOf(who, says, { ...tenant, blocked: BEN })).toEqual({ exitCode: 1, status: 'unknown' });
    }
  });

  test.each(OPEN)('fails where it does not hold for who surely is one of them: %s', async (_, who, tenant) => {
    expect(await verdictOf(who, NEVER, { ...tenant, blocked: ADA })).toEqual({ exitCode: 1, status: 'failed' });
  });

  test.each(OPEN)('passes where it holds for everybody: %s', async (_, who, tenant) => {
    expect(await verdictOf(who, NEVER, { ...tenant, blocked: UNLISTED })).toEqual({ exitCode: 0, status: 'passed' });
  });

  test.each([
    ['all are known', OF_STAFF, { groups: [group(STAFF, [user(ADA)])] }],
    ['all who hold it are known', OF_ROLE, { groups: [group(STAFF, [user(ADA)])], roles: holders(STAFF) }],
  ] as const)('speaks of nobody else where %s', async (_, who, tenant) => {
    expect(await verdictOf(who, NEVER, { ...tenant, blocked: BEN })).toEqual({ exitCode: 0, status: 'passed' });
  });
});
