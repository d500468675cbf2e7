import type { RoleAssignment } from './directory.ts';
import { areAllGroupsKnown } from './knowledge.ts';
import { objects } from './policy-words.ts';
import type { Tenant } from './tenant.ts';

/** The lists of a tenant that tell groups from people and applications. */
export type DirectoryLists = Pick<Tenant, 'users' | 'groups' | 'groupsKnown' | 'servicePrincipals' | 'roleAssignments'>;

/** Ids in lower case that are no group: those of people and applications, and of holders of roles whose type says so. */
export function* idsOfNoGroup({ users, servicePrincipals, roleAssignments }: DirectoryLists): Iterable<string> {
  for (const { id } of objects(users)) yield id.toLowerCase();
  for (const { id } of objects(servicePrincipals)) yield id.toLowerCase();
  for (const assignment of roleAssignments ?? [])
    if (isHeldByGroup(assignment) === false) yield assignment.principalId.toLowerCase();
}

/**
 * Tells whether an id in lower case that is none of the tenant's groups may be one that was not exported: a member of a group or the holder
 * of a role is a person, a group or an application (CSDL-v1, `directoryObject`), and only a list or a type says which. Lists are looked
 * through when somebody asks.
 */
export function possibleGroups(tenant: DirectoryLists): (id: string) => boolean {
  let settled: { readonly groups: ReadonlySet<string>; readonly others: ReadonlySet<string> } | undefined;
  const areAllKnown = areAllGroupsKnown(tenant);
  return (id) => {
    settled ??= {
      groups: new Set(
        (tenant.roleAssignments ?? []).filter(isHeldByGroup).map(({ principalId }) => principalId.toLowerCase()),
      ),
      others: new Set(idsOfNoGroup(tenant)),
    };
    if (settled.others.has(id)) return false;
    return settled.groups.has(id) || !areAllKnown;
  };
}

/** What the type of who holds a role says; `undefined`: nothing. */
export function isHeldByGroup({ principal }: RoleAssignment): boolean | undefined {
  const type = principal?.['@odata.type'];
  return typeof type === 'string' ? /^#?microsoft\.graph\.group$/i.test(type) : undefined;
}
