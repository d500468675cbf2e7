import type { IdsOf } from '../../graph/policy-members.ts';
import type { ExternalUserType } from '../../graph/words.ts';
import type { Group, RoleAssignment, User } from '../../tenant/directory.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/**
 * The tenants with a supposed directory, where neither knows people: everybody whom a policy names, one person in each named
 * group and in no other, one holder of each named role, a member of the tenant in none, and a guest of its own in none: guests from
 * elsewhere stand in no directory anyway. `supposed`: it was made up, and must be said. What a policy has in the place of an id may be
 * any of these, so nobody is made up of it.
 */
export function withDirectory(
  before: Tenant,
  after: Tenant,
): { readonly before: Tenant; readonly after: Tenant; readonly supposed: boolean } {
  const filled = { before: completedBy(before, after), after: completedBy(after, before) };
  if (filled.before.users !== undefined) return { ...filled, supposed: false };
  const directory = directoryFor([filled.before, filled.after]);
  return { before: { ...filled.before, ...directory }, after: { ...filled.after, ...directory }, supposed: true };
}

/** The same for a question about one tenant. */
export function withDirectoryAlone(tenant: Tenant): { readonly tenant: Tenant; readonly supposed: boolean } {
  const { before, supposed } = withDirectory(tenant, tenant);
  return { tenant: before, supposed };
}

/**
 * The tenant with the stand-in of that id, as a proof names it in a worked example; `undefined` where the tenant knows people, or
 * the id is of no stand-in. One of a group or role that no policy of this tenant names is in none that any names.
 */
export function withStandIn(
  tenant: Tenant,
  id: string,
): { readonly tenant: Tenant; readonly standIn: User } | undefined {
  if (tenant.users !== undefined || !STAND_IN.test(id)) return undefined;
  const { tenant: filled } = withDirectoryAlone(tenant);
  const users = filled.users ?? [];
  const known = users.find((user) => user.id.toLowerCase() === id.toLowerCase());
  const standIn = known ?? person(id, id);
  return { standIn, tenant: known === undefined ? { ...filled, users: [...users, standIn] } : filled };
}

const STAND_IN = /^supposed (nobody|guest|(member|holder) of \S+)$/i;

/** What one side does not know of people and applications it takes from the other: the question is about policies. */
function completedBy(tenant: Tenant, other: Tenant): Tenant {
  const lists = [
    'users',
    'groups',
    'roleAssignments',
    'roleDefinitions',
    'servicePrincipals',
    'mfaTrustedIps',
  ] as const;
  const taken = lists.flatMap((list) =>
    tenant[list] === undefined && other[list] !== undefined ? [[list, other[list]]] : [],
  );
  if (taken.length === 0) return tenant;
  // Whether there are other groups goes with the groups.
  const { groupsKnown } = tenant.groups === undefined ? other : tenant;
  return { ...tenant, ...Object.fromEntries(taken), ...(groupsKnown === undefined ? {} : { groupsKnown }) };
}

function directoryFor(tenants: readonly Tenant[]): Pick<Tenant, 'users' | 'groups' | 'roleAssignments'> {
  const named = (
    of: IdsOf,
    ...members: (
      | 'includeUsers'
      | 'excludeUsers'
      | 'includeGroups'
      | 'excludeGroups'
      | 'includeRoles'
      | 'excludeRoles'
    )[]
  ) => [
    ...new Set(
      tenants.flatMap((tenant) =>
        tenant.policies
          .flatMap(({ conditions }) => members.flatMap((member) => texts(conditions?.users?.[member])))
          .filter((entry) => canBeId(tenant, of, entry))
          .map((id) => id.toLowerCase()),
      ),
    ),
  ];
  const known = tenants.flatMap(({ groups }) => groups ?? []);
  const groups = named('groups', 'includeGroups', 'excludeGroups').map((id) => groupOf(id, known));
  const roles = named('roleDefinitions', 'includeRoles', 'excludeRoles');
  const people = named('users', 'includeUsers', 'excludeUsers');
  return {
    users: [
      ...people.map((id): User => ({ id, externalUserType: 'none' })),
      ...groups.flatMap(({ id, displayName, members = [] }) =>
        members
          .filter((member) => member.startsWith('supposed '))
          .map((member) => person(member, `anyone in group ${displayName ?? id} alone`)),
      ),
      ...roles.map((id) => person(`supposed holder of ${id}`, `anyone with role ${id} alone`)),
      person('supposed nobody', 'anyone in no named group or role'),
      person('supposed guest', 'any internalGuest', 'internalGuest'),
    ],
    groups,
    roleAssignments: roles.map(
      (roleDefinitionId): RoleAssignment => ({
        principalId: `supposed holder of ${roleDefinitionId}`,
        roleDefinitionId,
        directoryScopeId: '/',
        status: 'active',
      }),
    ),
  };
}

function groupOf(id: string, known: readonly Group[]): Group {
  const found = known.find((group) => group.id.toLowerCase() === id);
  return {
    id,
    ...(found?.displayName === undefined ? {} : { displayName: found.displayName }),
    members: [`supposed member of ${id}`],
  };
}

function person(id: string, displayName: string, externalUserType: ExternalUserType = 'none'): User {
  return { id, displayName, externalUserType };
}
