import { DirectHolders } from '../direct-holders.ts';
import type { RoleAssignment, RoleDefinition } from '../directory.ts';
import { transitiveGroups } from '../membership.ts';
import { lower } from '../policy-words.ts';
import type { Tenant } from '../tenant.ts';

/**
 * The roles that count, by who they are assigned to: template ids of assignments of that status over the whole tenant, of built-in
 * roles; not those over an administrative unit or an object, not custom roles (D-USERS). Ids are in lower case.
 */
export function assignedRoles(
  status: RoleAssignment['status'],
  assignments: readonly RoleAssignment[] = [],
  definitions: readonly RoleDefinition[] = [],
): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(definitions.map((definition) => [definition.id.toLowerCase(), definition]));
  const roles = new Map<string, string[]>();
  for (const assignment of assignments) {
    if (assignment.status !== status || assignment.directoryScopeId !== '/') continue;
    const definition = byId.get(assignment.roleDefinitionId.toLowerCase());
    if (definition?.isBuiltIn === false) continue;
    const role = lower(definition?.templateId) ?? assignment.roleDefinitionId.toLowerCase();
    const holder = assignment.principalId.toLowerCase();
    const held = roles.get(holder);
    if (held === undefined) roles.set(holder, [role]);
    else held.push(role);
  }
  return roles;
}

type Holders = Pick<Tenant, 'groups' | 'roleAssignments' | 'roleDefinitions'>;

/**
 * The roles that a principal holds now, by active assignments to itself or to a group of it. Unknown members of groups hold nothing here.
 * Groups and assignments are walked once, for as many principals as are asked.
 */
export function heldRoles(tenant: Holders): (principalId: string) => ReadonlySet<string> {
  const groups = { holders: new DirectHolders(tenant.groups ?? []) };
  const roles = assignedRoles('active', tenant.roleAssignments, tenant.roleDefinitions);
  return (principalId) => {
    const holders = [principalId.toLowerCase(), ...transitiveGroups(groups, principalId)];
    return new Set(holders.flatMap((holder) => roles.get(holder) ?? []));
  };
}

/** The same for one principal. */
export function rolesOf(tenant: Holders, principalId: string): ReadonlySet<string> {
  return heldRoles(tenant)(principalId);
}
