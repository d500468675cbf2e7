import type { User } from '../core/tenant/directory.ts';
import { rolesOf } from '../core/tenant/lookup.ts';
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

/** Names of the roles that a person holds now over the whole tenant. */
export function roleNames(tenant: Tenant, userId: string): readonly string[] {
  return [...rolesOf(tenant, userId)].map((id) => builtInRole(id)?.displayName ?? id).sort();
}
