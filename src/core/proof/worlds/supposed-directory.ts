import type { IdsOf } from '../../graph/policy-members.ts';
import type { ExternalUserType } from '../../graph/words.ts';
import type { Group, RoleAssignment, User } from '../../tenant/directory.ts';
import { areMembersKnown } from '../../tenant/group-members.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/**
 * The tenants with a supposed directory, where neither knows people: everybody whom a policy, a group or a role names, one person
 * more in each group that a policy names and in no other, one holder more of each named role, a member of the tenant in none, and a
 * guest of its own in none: guests from elsewhere stand in no directory anyway. `supposed`: it was made up, and must be said. What a
 * policy has in the place of an id may be any of these, so nobody is made up of it.
 */
export function withDirectory(
  before: Tenant,
  after: Tenant,
): { readonly before: Tenant; readonly after: Tenant; readonly supposed: boolean } {
  const filled = { before: completedBy(before, after), after: completedBy(after, before) };
  if (filled.before.users !== undefined) return { ...filled, supposed: false };
  const directoryOf = directoriesFor(filled);
  return {
    before: { ...filled.before, ...directoryOf('before') },
    after: { ...filled.after, ...directoryOf('after') },
    supposed: true,
  };
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

type Directory = Pick<Tenant, 'users' | 'groups' | 'roleAssignments'>;
type Sides = Readonly<Record<'before' | 'after', Tenant>>;

/** What each of the tenants is taken to hold: the same people, each in the groups and roles that the tenant itself says. */
function directoriesFor(sides: Sides): (side: keyof Sides) => Directory {
  const tenants = [sides.before, sides.after];
  const named = idsNamedIn(tenants);
  const inGroups = named('groups', 'includeGroups', 'excludeGroups');
  const roles = named('roleDefinitions', 'includeRoles', 'excludeRoles');
  const groups = {
    before: groupsOf(sides.before, sides.after, inGroups),
    after: groupsOf(sides.after, sides.before, inGroups),
  };
  const standIns: readonly User[] = [
    ...inGroups.map((id) => person(memberOf(id), `anyone in group ${displayNameOf(id, groups.before)} alone`)),
    ...roles.map((id) => person(holderOf(id), `anyone with role ${id} alone`)),
    person('supposed nobody', 'anyone in no named group or role'),
    person('supposed guest', 'any internalGuest', 'internalGuest'),
  ];
  const others = new Set(
    [...groups.before, ...tenants.flatMap(({ servicePrincipals }) => servicePrincipals ?? []), ...standIns].map(
      ({ id }) => id.toLowerCase(),
    ),
  );
  const people = new Set([
    ...named('users', 'includeUsers', 'excludeUsers'),
    ...[...groups.before, ...groups.after].flatMap(({ members }) => members ?? []).map((id) => id.toLowerCase()),
    ...tenants
      .flatMap(({ roleAssignments }) => roleAssignments ?? [])
      .map(({ principalId }) => principalId.toLowerCase()),
  ]);
  const users = [...people].filter((id) => !others.has(id)).map((id): User => ({ id, externalUserType: 'none' }));
  return (side) => ({
    users: [...users, ...standIns],
    groups: groups[side],
    roleAssignments: [...(sides[side].roleAssignments ?? []), ...roles.map(supposedAssignment)],
  });
}

type UserMember = 'includeUsers' | 'excludeUsers' | 'includeGroups' | 'excludeGroups' | 'includeRoles' | 'excludeRoles';

/** The ids that policies of any of the tenants have in these members, in lower case and each once. */
function idsNamedIn(tenants: readonly Tenant[]): (of: IdsOf, ...members: UserMember[]) => readonly string[] {
  const namedBy = (tenant: Tenant, of: IdsOf, members: readonly UserMember[]) =>
    tenant.policies
      .flatMap(({ conditions }) => members.flatMap((member) => texts(conditions?.users?.[member])))
      .filter((entry) => canBeId(tenant, of, entry))
      .map((id) => id.toLowerCase());
  return (of, ...members) => [...new Set(tenants.flatMap((tenant) => namedBy(tenant, of, members)))];
}

/** The groups of both tenants and those that policies name, with the members that this one knows, else the other. */
function groupsOf(tenant: Tenant, other: Tenant, named: readonly string[]): readonly Group[] {
  const [own, others] = [tenant, other].map(
    ({ groups }) => new Map(groups?.map((group) => [group.id.toLowerCase(), group])),
  );
  const ids = new Set([...named, ...(own?.keys() ?? []), ...(others?.keys() ?? [])]);
  const isNamed = new Set(named);
  return [...ids].map((id): Group => {
    const known = [own?.get(id), others?.get(id)].filter((group) => group !== undefined);
    const { members = [] } = known.find(areMembersKnown) ?? {};
    return { ...known[0], id, members: isNamed.has(id) ? [...members, memberOf(id)] : members };
  });
}

function displayNameOf(id: string, groups: readonly Group[]): string {
  return groups.find((group) => group.id === id)?.displayName ?? id;
}

const memberOf = (group: string) => `supposed member of ${group}`;
const holderOf = (role: string) => `supposed holder of ${role}`;

function supposedAssignment(roleDefinitionId: string): RoleAssignment {
  return { principalId: holderOf(roleDefinitionId), roleDefinitionId, directoryScopeId: '/', status: 'active' };
}

function person(id: string, displayName: string, externalUserType: ExternalUserType = 'none'): User {
  return { id, displayName, externalUserType };
}
