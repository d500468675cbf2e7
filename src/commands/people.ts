import type { User } from '../core/tenant/directory.ts';
import { builtInRole } from '../core/tenant/roles/built-in-roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';

/** What a person is called: the name that signs in, where it is known. */
export function userName({ userPrincipalName, displayName, id }: User): string {
  return userPrincipalName ?? displayName ?? id;
}

/** Member or guest, and whether it is an emergency access account; `null`: nothing of it is known. */
export function userKind({ userType, isEmergencyAccess }: User): string | null {
  const kinds = [userType, isEmergencyAccess === true ? 'emergency access' : null];
  return kinds.filter((kind) => kind != null).join(', ') || null;
}

/** What a group is called, by its id in lower case: one that the tenant does not list, by the id. */
export function groupName({ groups = [] }: Tenant, id: string): string {
  return groups.find((group) => group.id.toLowerCase() === id)?.displayName ?? id;
}

/** Names of roles by their template ids, in the order of the alphabet. */
export function roleNames(templateIds: ReadonlySet<string>): readonly string[] {
  return [...templateIds].map((id) => builtInRole(id)?.displayName ?? id).sort();
}

/** Roles that a person, or a group of theirs, holds and that do not count now: eligible, or in one part of the tenant. */
export function rolesThatDoNotCount(tenant: Tenant, holders: ReadonlySet<string>): readonly string[] {
  const names = new Map((tenant.roleDefinitions ?? []).map(({ id, displayName }) => [id, displayName]));
  return (tenant.roleAssignments ?? [])
    .filter(({ principalId, status, directoryScopeId }) => {
      const counts = status === 'active' && directoryScopeId === '/';
      return !counts && holders.has(principalId.toLowerCase());
    })
    .map(({ roleDefinitionId, status, directoryScopeId }) => {
      const name = builtInRole(roleDefinitionId)?.displayName ?? names.get(roleDefinitionId) ?? roleDefinitionId;
      return `${name} (${status}${directoryScopeId === '/' ? '' : ` in ${directoryScopeId}`})`;
    })
    .sort();
}
