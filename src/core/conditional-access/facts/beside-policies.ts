import type { SignInAttempt } from '../../signaling/attempt.ts';
import { groupsOf } from '../../tenant/membership.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { mandatoryMfaNote } from './mandatory-mfa.ts';

/** More memberships than this "might block access" (D-USERS). */
const MOST_GROUPS = 2048;

const GLOBAL_SECURE_ACCESS: ReadonlySet<string> = new Set([
  'c08f52c9-8f03-4558-a0ea-9a4c878cf343',
  '5dc48733-b5df-475c-a49b-fa307ef00853',
  'e92b9b37-1b47-4c01-9fbc-91d84450870e',
]);

const TEAMS: ReadonlySet<string> = new Set([
  'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
]);

/** What decides beside the policies of Conditional Access, and is no part of the outcome: for whoever reads a story. */
export function besidePolicies(tenant: Tenant, attempt: SignInAttempt): readonly string[] {
  const resources = attempt.target.kind === 'userAction' ? [] : (attempt.target.audiences ?? []);
  const asksFor = (ids: ReadonlySet<string>) => resources.some(({ appId }) => ids.has(appId.toLowerCase()));
  return [
    mandatoryMfaNote(attempt),
    tenant.settings.securityDefaults === true ? SECURITY_DEFAULTS : undefined,
    perUserMfa(tenant, attempt),
    manyGroups(tenant, attempt),
    asksFor(GLOBAL_SECURE_ACCESS) ? UNIVERSAL_CAE : undefined,
    asksFor(TEAMS) ? TEAMS_CALLS : undefined,
  ].filter((note) => note !== undefined);
}

const SECURITY_DEFAULTS =
  'security defaults are on: they ask for MFA and block legacy clients by themselves, and no policy can be enabled beside them';

const UNIVERSAL_CAE =
  'universal continuous access evaluation judges this tunnel again when its user changes networks; in strict mode its token is ' +
  'good at the address only that it was given to';

const TEAMS_CALLS = 'calls and chats of Teams keep no location policy once they are signed in';

/** States of `strongAuthenticationRequirements`, Graph's `perUserMfaState`. */
function perUserMfa({ users }: Tenant, { identity }: SignInAttempt): string | undefined {
  if (identity.kind !== 'user') return undefined;
  const user = users?.find(({ id }) => id.toLowerCase() === identity.userId?.toLowerCase());
  const state: unknown = Object.getOwnPropertyDescriptor(user ?? {}, 'perUserMfaState')?.value;
  if (typeof state !== 'string' || state.toLowerCase() === 'disabled') return undefined;
  return `per-user MFA is ${state} for this person: it asks for MFA whatever the policies say, but from the MFA trusted IPs`;
}

function manyGroups(tenant: Tenant, { identity }: SignInAttempt): string | undefined {
  if (identity.kind !== 'user' || identity.userId === undefined) return undefined;
  const count = groupsOf(tenant, identity.userId).member.size;
  if (count <= MOST_GROUPS) return undefined;
  return `this person is in ${count} groups; more than ${MOST_GROUPS} may block access, whatever the policies say`;
}
