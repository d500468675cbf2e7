import { indexGroups, transitiveGroups } from '../membership.ts';
import type { Tenant } from '../tenant.ts';

/**
 * Template ids of the built-in roles that a principal holds now over the whole tenant, itself or through a group: active
 * assignments only, no administrative units, no custom roles (D-USERS). Unknown members of groups hold nothing here. Groups and
 * assignments are walked once, for as many principals as are asked.
 */
export function heldRoles(tenant: Tenant): (principalId: string) => ReadonlySet<string> {
  const groups = indexGroups(tenant.groups);
  const assigned = assignedRoles(tenant);
  return (principalId) => {
    const holders = [principalId.toLowerCase(), ...transitiveGroups(groups, principalId)];
    return new Set(holders.flatMap((holder) => assigned.get(holder) ?? []));
  };
}

/** The same for one principal. */
export function rolesOf(tenant: Tenant, principalId: string): ReadonlySet<string> {
  return heldRoles(tenant)(principalId);
}

/** Roles by who they are assigned to, a person, a group or an application. */
function assignedRoles({ roleDefinitions, roleAssignments }: Tenant): ReadonlyMap<string, readonly string[]> {
  const definitions = new Map((roleDefinitions ?? []).map((definition) => [definition.id.toLowerCase(), definition]));
  const assigned = new Map<string, string[]>();
  for (const { principalId, roleDefinitionId, directoryScopeId, status } of roleAssignments ?? []) {
    if (status !== 'active' || directoryScopeId !== '/') continue;
    const definition = definitions.get(roleDefinitionId.toLowerCase());
    if (definition?.isBuiltIn === false) continue;
    const role = (definition?.templateId ?? roleDefinitionId).toLowerCase();
    const holder = principalId.toLowerCase();
    const held = assigned.get(holder);
    if (held === undefined) assigned.set(holder, [role]);
    else held.push(role);
  }
  return assigned;
}
