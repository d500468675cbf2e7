import { rolesOf } from '../core/tenant/roles/held-roles.ts';
import type { Operation } from '../core/tenant/roles/roles.ts';
import { leastPrivilegedRole, roleAllowing } from '../core/tenant/roles/roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { DeniedError, GraphError } from './graph-error.ts';
import type { Claims } from './token.ts';

/** The caller, as the journal names them. */
export interface Caller {
  readonly name: string;
  readonly role: string;
}

/** The caller on a tenant that names nobody: whoever holds the file. */
const OWNER: Caller = { name: 'local administrator', role: 'owner of the file' };

/**
 * The sender of a token, where a role of theirs allows the operation in the tenant as it is now. Throws GraphError 403 as Graph
 * words it, with the least privileged role that would do, and 401 for an account that is disabled or gone.
 */
export function allowed(tenant: Tenant, { oid }: Claims, operation: Operation | undefined): Caller {
  if (oid === undefined) return OWNER;
  const name = nameOf(tenant, oid);
  if (operation === undefined) return { name, role: 'none' };
  const role = roleAllowing(rolesOf(tenant, oid), operation);
  if (role === undefined) throw denied(name, operation);
  return { name, role: role.displayName };
}

/** Whether a role of theirs allows it. */
export function mayDo(tenant: Tenant, { oid }: Claims, operation: Operation): boolean {
  return oid === undefined || roleAllowing(rolesOf(tenant, oid), operation) !== undefined;
}

function nameOf({ users = [], servicePrincipals = [] }: Tenant, oid: string): string {
  const id = oid.toLowerCase();
  const user = users.find((each) => each.id.toLowerCase() === id);
  if (user?.accountEnabled === false) throw gone(`The account '${user.userPrincipalName ?? oid}' is disabled.`);
  const principal = servicePrincipals.find((each) => each.id.toLowerCase() === id);
  if (user === undefined && principal === undefined) throw gone(`The identity '${oid}' is no longer in the tenant.`);
  return user?.userPrincipalName ?? user?.displayName ?? principal?.displayName ?? oid;
}

function gone(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message);
}

function denied(name: string, operation: Operation): DeniedError {
  const least = leastPrivilegedRole(operation).displayName;
  const why = `'${name}' has no role that may do this (${operation}); the least privileged one is ${least}.`;
  return new DeniedError(name, why);
}
