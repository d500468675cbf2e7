import { indexGroups } from '../membership.ts';
import type { DirectoryLists } from '../possible-groups.ts';
import type { Tenant } from '../tenant.ts';
import { assignedRoles } from './held-roles.ts';

/**
 * The roles that somebody may hold of whom nobody knows it, by template ids, with who holds them for others: groups with members that are not
 * known, and whatever may be a group that was not exported (D-USERS: a role held by a group is held by its members). Ids are in lower case.
 */
export function openRoles(
  tenant: DirectoryLists & Pick<Tenant, 'roleDefinitions'>,
): ReadonlyMap<string, readonly string[]> {
  const index = indexGroups(tenant);
  const listed = new Set((tenant.groups ?? []).map(({ id }) => id.toLowerCase()));
  const open = [...assignedRoles('active', tenant.roleAssignments, tenant.roleDefinitions)].filter(([holder]) =>
    listed.has(holder) ? index.unknown.has(holder) : index.mayBeGroup(holder),
  );
  const roles = new Map<string, string[]>();
  for (const [holder, held] of open) {
    for (const role of new Set(held)) roles.set(role, [...(roles.get(role) ?? []), holder]);
  }
  return roles;
}
