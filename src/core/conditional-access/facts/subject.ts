import type { ExternalUserType } from '../../graph/words.ts';
import { EXTERNAL_USER_TYPES } from '../../graph/words.ts';
import type { Identity } from '../../signaling/attempt.ts';
import type { ServicePrincipal, User } from '../../tenant/directory.ts';
import { isSet, lower, objects } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Truth } from '../result.ts';
import { isAgent, isAgentIdentity, isAgentUser } from './agents.ts';
import type { Memberships, PrincipalMemberships } from './membership.ts';
import { compileMemberships, membershipsOf } from './membership.ts';

/** The people of a tenant, prepared once. */
export interface People {
  readonly tenantId: string;
  readonly isTenantIdKnown: boolean;
  readonly usersById: ReadonlyMap<string, User>;
  readonly usersByName: ReadonlyMap<string, User>;
  readonly servicePrincipalsById: ReadonlyMap<string, ServicePrincipal>;
  readonly servicePrincipalsByAppId: ReadonlyMap<string, ServicePrincipal>;
  readonly memberships: Memberships;
  /** Whether the tenant lists any agent. */
  readonly hasAgents: boolean;
}

/** The subject of a sign-in, with everything the tenant knows about them. */
export type Subject = UserSubject | WorkloadSubject;

export interface UserSubject {
  readonly kind: 'user';
  /** Object id in lower case; `undefined`: not known. */
  readonly id: string | undefined;
  readonly memberships: PrincipalMemberships | undefined;
  /** The kinds of user this can be; one when it is known. */
  readonly types: readonly ExternalUserType[];
  readonly homeTenantId: string | undefined;
  /** The account of an agent. */
  readonly isAgent: Truth;
}

export interface WorkloadSubject {
  readonly kind: 'servicePrincipal' | 'managedIdentity';
  readonly id: string | undefined;
  readonly principal: ServicePrincipal | undefined;
  readonly tenantId: string;
  readonly isTenantIdKnown: boolean;
  /** An agent identity. */
  readonly isAgent: Truth;
}

export function compilePeople(tenant: Tenant): People {
  const users = objects(tenant.users);
  const principals = objects(tenant.servicePrincipals);
  let byName: People['usersByName'] | undefined;
  return {
    tenantId: tenant.tenantId.toLowerCase(),
    isTenantIdKnown: tenant.settings?.isTenantIdMadeUp !== true,
    usersById: usersById(users),
    // Most sign-ins have the id of who signs in: nobody has to be found by name then.
    get usersByName() {
      byName ??= namedUsers(users);
      return byName;
    },
    servicePrincipalsById: new Map(principals.map((principal) => [principal.id.toLowerCase(), principal])),
    servicePrincipalsByAppId: new Map(
      principals.flatMap((principal) =>
        isSet(principal.appId) ? [[String(principal.appId).toLowerCase(), principal]] : [],
      ),
    ),
    hasAgents: users.some(isAgentUser) || principals.some(isAgentIdentity),
    memberships: compileMemberships(tenant),
  };
}

function usersById(users: readonly User[]): People['usersById'] {
  const byId = new Map<string, User>();
  for (const user of users) {
    const id = user.id.toLowerCase();
    // The text that the user has anyway is not kept twice.
    byId.set(id === user.id ? user.id : id, user);
  }
  return byId;
}

function namedUsers(users: readonly User[]): People['usersByName'] {
  const byName = new Map<string, User>();
  for (const user of users) {
    if (isSet(user.userPrincipalName)) byName.set(String(user.userPrincipalName).toLowerCase(), user);
  }
  return byName;
}

export function resolveSubject(people: People, identity: Identity): Subject {
  return identity.kind === 'user' ? resolveUser(people, identity) : resolveWorkload(people, identity);
}

function resolveUser(people: People, identity: Extract<Identity, { kind: 'user' }>): UserSubject {
  const given = identity.userId?.toLowerCase();
  const user =
    given === undefined ? people.usersByName.get(lower(identity.userPrincipalName) ?? '') : people.usersById.get(given);
  const id = given ?? user?.id.toLowerCase();
  return {
    kind: 'user',
    id,
    memberships: id === undefined ? undefined : membershipsOf(people.memberships, id),
    types: typesOf(identity, user),
    homeTenantId: lower(identity.homeTenantId ?? user?.homeTenantId),
    isAgent: isAgent(identity, user, people.hasAgents ? isAgentUser : isNone),
  };
}

/**
 * What the sign-in says, then what the tenant says, then what user type and name leave possible: a B2B user object bears
 * `#EXT#` in its name, a local one does not (our reading; G-GUEST only names the kinds). A sign-in that says that the account is
 * this tenant's leaves the kinds of its own beside those.
 */
function typesOf(
  { externalUserType: given, userPrincipalName, isOfThisTenant }: Extract<Identity, { kind: 'user' }>,
  user: User | undefined,
): readonly ExternalUserType[] {
  const stated = STATED.get(lower(given ?? user?.externalUserType));
  if (stated !== undefined) return stated;
  if (isSet(given ?? user?.externalUserType)) return EXTERNAL_USER_TYPES;
  const userType = lower(user?.userType);
  const isExternal = (lower(user?.userPrincipalName) ?? lower(userPrincipalName))?.includes('#ext#');
  if (isOfThisTenant === true) return typesFromHere(userType, isExternal === true);
  if (userType === undefined) return EXTERNAL_USER_TYPES;
  if (userType === 'guest') {
    if (isExternal === undefined) return GUESTS;
    return isExternal ? GUESTS_FROM_ELSEWHERE : GUESTS_FROM_HERE;
  }
  if (userType !== 'member') return EXTERNAL_USER_TYPES;
  if (isExternal === undefined) return MEMBERS_FROM_ANYWHERE;
  return isExternal ? MEMBERS_FROM_ELSEWHERE : MEMBERS;
}

/** The sign-in says that the account is this tenant's: a name that says otherwise leaves both open. */
function typesFromHere(userType: string | undefined, isExternal: boolean): readonly ExternalUserType[] {
  if (userType === 'guest') return isExternal ? GUESTS : GUESTS_FROM_HERE;
  if (userType === 'member') return isExternal ? MEMBERS_FROM_ANYWHERE : MEMBERS;
  return isExternal ? EXTERNAL_USER_TYPES : ANYBODY_FROM_HERE;
}

/** Lists of what somebody can be: many people share each. */
const STATED: ReadonlyMap<string | undefined, readonly ExternalUserType[]> = new Map(
  EXTERNAL_USER_TYPES.map((type) => [type.toLowerCase(), [type]]),
);
const GUESTS: readonly ExternalUserType[] = ['internalGuest', 'b2bCollaborationGuest'];
const GUESTS_FROM_ELSEWHERE: readonly ExternalUserType[] = ['b2bCollaborationGuest'];
const GUESTS_FROM_HERE: readonly ExternalUserType[] = ['internalGuest'];
const MEMBERS_FROM_ELSEWHERE: readonly ExternalUserType[] = ['b2bCollaborationMember'];
const MEMBERS: readonly ExternalUserType[] = ['none'];
const MEMBERS_FROM_ANYWHERE: readonly ExternalUserType[] = ['none', 'b2bCollaborationMember'];
const ANYBODY_FROM_HERE: readonly ExternalUserType[] = ['none', 'internalGuest'];

function isNone(): boolean {
  return false;
}

function resolveWorkload(people: People, identity: Exclude<Identity, { kind: 'user' }>): WorkloadSubject {
  const given = identity.servicePrincipalId?.toLowerCase();
  const byId = given === undefined ? undefined : people.servicePrincipalsById.get(given);
  const principal = byId ?? people.servicePrincipalsByAppId.get(identity.appId?.toLowerCase() ?? '');
  return {
    kind: identity.kind,
    id: given ?? principal?.id.toLowerCase(),
    principal,
    tenantId: people.tenantId,
    isTenantIdKnown: people.isTenantIdKnown,
    isAgent: isAgent(identity, principal, isAgentIdentity),
  };
}
