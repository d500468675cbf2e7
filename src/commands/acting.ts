import type { People } from '../core/tenant/certain-names.ts';
import { findUser } from '../core/tenant/lookup.ts';
import { rolesOf } from '../core/tenant/roles/held-roles.ts';
import type { Operation } from '../core/tenant/roles/roles.ts';
import { leastPrivilegedRole, mayDo, roleAllowing, rolesAllowing } from '../core/tenant/roles/roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Invoked } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';

/** The administrator who acts, with the display names of the roles whose rights were used. */
export interface ActingAdministrator {
  readonly userPrincipalName: string;
  readonly role: string;
}

/** The command line, which may name who acts. */
type Actor = Pick<Invoked, 'globals'>;

/** What of a tenant says who acts and with which rights. */
type ActingTenant = People & Pick<Tenant, 'settings'>;

/** The administrator of a tenant that names none: whoever holds the file. */
export const LOCAL_ADMINISTRATOR: ActingAdministrator = {
  userPrincipalName: 'local administrator',
  role: 'owner of the file',
};

/**
 * The administrator of `--as`, `GSA_AS` or the tenant's default, who must have the right for every operation. All of them
 * are checked before anything is asked or written. A local file is no security boundary: the check shows what Entra would
 * allow, it does not protect the file. Throws GsaError `forbidden`, naming the least privileged role that would do.
 */
export function acting(session: Actor, tenant: ActingTenant, operations: readonly Operation[]): ActingAdministrator {
  const actor = actorOrRefusal(session, tenant, operations);
  if (actor instanceof GsaError) throw actor;
  return actor;
}

/** Whether the actor has the right for every operation; for choices that are offered only when they may be made. */
export function mayAct(session: Actor, tenant: ActingTenant, operations: readonly Operation[]): boolean {
  return !(actorOrRefusal(session, tenant, operations) instanceof GsaError);
}

/** The administrator who acts, or the error that says why they may not. */
function actorOrRefusal(
  session: Actor,
  tenant: ActingTenant,
  operations: readonly Operation[],
): ActingAdministrator | GsaError {
  const name = session.globals.as ?? tenant.settings.defaultAdministrator;
  if (name === undefined) return LOCAL_ADMINISTRATOR;
  const found = findUser(tenant, name);
  const person =
    'found' in found ? found.found : 'near' in found && found.partly?.length === 1 ? found.partly[0] : undefined;
  if (person === undefined) {
    return new GsaError('forbidden', `\`${name}\` is not a person of this tenant`, {
      hint: 'name one with --as, or import the users first; `gsa user list` shows them',
    });
  }
  const { id, userPrincipalName = name, accountEnabled } = person;
  if (accountEnabled === false) return new GsaError('forbidden', `the account \`${userPrincipalName}\` is disabled`);
  const roles = rolesOf(tenant, id);
  const missing = operations.filter((operation) => roleAllowing(roles, operation) === undefined);
  const [first] = missing;
  if (first !== undefined) {
    return new GsaError(
      'forbidden',
      `\`${userPrincipalName}\` has no role that may ${missing.map((operation) => WORDS[operation]).join(' and ')}`,
      {
        hint: `the least privileged role that may is ${leastRoleFor(first, missing)}; act as somebody else with --as`,
      },
    );
  }
  const used = operations.flatMap((operation) => roleAllowing(roles, operation)?.displayName ?? []);
  return { userPrincipalName, role: [...new Set(used)].sort().join(', ') };
}

function leastRoleFor(first: Operation, operations: readonly Operation[]): string {
  const covering = rolesAllowing(first).find(({ templateId }) =>
    operations.every((operation) => mayDo([templateId], operation)),
  );
  return (covering ?? leastPrivilegedRole(first)).displayName;
}

const WORDS: { readonly [operation in Operation]: string } = {
  'signaling.read': 'read the signaling setting',
  'signaling.write': 'switch signaling',
  'policy.read': 'read Conditional Access policies',
  'policy.write': 'change Conditional Access policies',
  'policy.restore': 'restore Conditional Access policies',
  'namedLocation.write': 'change named locations',
  'signin.read': 'read sign-in logs',
  'traffic.read': 'read Global Secure Access traffic logs',
  'audit.read': 'read audit logs',
  'tenant.write': 'change people, roles and settings of the tenant',
};
