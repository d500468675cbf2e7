import { indexGroups, mayHoldForOthers } from '../membership.ts';
import type { DirectoryLists } from '../possible-groups.ts';
import type { Tenant } from '../tenant.ts';
import { assignedRoles } from './held-roles.ts';

/**
 * The roles that somebody may hold without anyone's knowing, by their template ids, each with its holders that may hold it for others: a
 * group with members that are not known, or what may be a group that was not exported. Ids are in lower case.
 */
export function openRoles(
  tenant: DirectoryLists & Pick<Tenant, 'roleDefinitions'>,
): ReadonlyMap<string, readonly string[]> {
  const index = indexGroups(tenant);
  const held = assignedRoles('active', tenant.roleAssignments, tenant.roleDefinitions);
  const roles = new Map<string, string[]>();
  for (const [holder, own] of held) {
    if (!mayHoldForOthers(index, holder)) continue;
    for (const role of new Set(own)) roles.set(role, [...(roles.get(role) ?? []), holder]);
  }
  return roles;
}
