import type { ExternalUserType, Identity } from '../signaling/attempt.ts';
import type { Group, RoleAssignment, ServicePrincipal, User } from '../tenant/directory.ts';
import type { ClientApplicationsCondition, GuestsOrExternalUsers, UsersCondition } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Identities that a policy may reach, each with nothing but what one entry of its lists asks for. */
export interface SupposedPeople {
  readonly identities: readonly Identity[];
  /** The directory in which they are what they are; it has nobody else. */
  readonly directory: Required<Pick<Tenant, 'users' | 'groups' | 'roleAssignments' | 'servicePrincipals'>>;
}

const GUEST_TYPES = [
  'b2bCollaborationGuest',
  'internalGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
] as const satisfies readonly ExternalUserType[];

const OTHER_TENANT = 'another-tenant';
const SOMEBODY = 'somebody';

/**
 * Whom the policy reaches is asked of people made up for the purpose: exports name groups without their members, and the
 * effect on the members is the same whoever they are. Each has one reason to be included, so that the policy reaches
 * nobody at all exactly where an exclusion takes away every one of them (D-USERS: exclusion wins).
 */
export function supposedPeople(
  users: UsersCondition | null | undefined,
  workloads: ClientApplicationsCondition | null | undefined,
  tenant: Tenant,
): SupposedPeople {
  const named = listed(users?.includeUsers).filter((id) => !WORDS.has(id.toLowerCase()));
  const groups = listed(users?.includeGroups);
  const roles = listed(users?.includeRoles);
  const people = [
    { id: SOMEBODY, externalUserType: 'none' },
    ...named.map((id) => tenant.users?.find((user) => user.id.toLowerCase() === id.toLowerCase()) ?? plain(id)),
    ...groups.map((id) => plain(memberOf(id))),
    ...roles.map((id) => plain(holderOf(id))),
    ...guests(users),
  ] satisfies User[];
  const principals = servicePrincipals(workloads, tenant);
  return {
    identities: [
      ...people.map(({ id }): Identity => ({ kind: 'user', userId: id })),
      ...principals.map(({ id, appId }): Identity => ({ kind: 'servicePrincipal', servicePrincipalId: id, appId })),
    ],
    directory: {
      users: people,
      groups: groupsWith(groups, listed(users?.excludeGroups)),
      roleAssignments: roles.map(
        (id): RoleAssignment => ({
          principalId: holderOf(id),
          roleDefinitionId: id,
          directoryScopeId: '/',
          status: 'active',
        }),
      ),
      servicePrincipals: principals,
    },
  };
}

const WORDS: ReadonlySet<string> = new Set(['all', 'none', 'guestsorexternalusers']);

function plain(id: string): User {
  return { id, externalUserType: 'none' };
}

function memberOf(groupId: string): string {
  return `member-of-${groupId.toLowerCase()}`;
}

function holderOf(roleId: string): string {
  return `holder-of-${roleId.toLowerCase()}`;
}

function groupsWith(included: readonly string[], excluded: readonly string[]): Group[] {
  const members = new Map(excluded.map((id): [string, string[]] => [id.toLowerCase(), []]));
  for (const id of included) members.set(id.toLowerCase(), [memberOf(id)]);
  return [...members].map(([id, list]) => ({ id, members: list }));
}

/** Every kind of guest from every home tenant that the policy tells apart, and from one that it does not know. */
function guests(users: UsersCondition | null | undefined): User[] {
  const homes = [users?.includeGuestsOrExternalUsers, users?.excludeGuestsOrExternalUsers].flatMap(homeTenants);
  return GUEST_TYPES.flatMap((externalUserType) =>
    [OTHER_TENANT, ...new Set(homes)].map((homeTenantId) => ({
      id: `${externalUserType}-of-${homeTenantId}`,
      externalUserType,
      homeTenantId,
    })),
  );
}

function homeTenants(condition: GuestsOrExternalUsers | null | undefined): readonly string[] {
  return listed(condition?.externalTenants?.members);
}

/** Single-tenant applications of this tenant, the only ones that Conditional Access reaches (D-WI). */
function servicePrincipals(
  workloads: ClientApplicationsCondition | null | undefined,
  tenant: Tenant,
): ServicePrincipal[] {
  if (workloads === null || workloads === undefined) return [];
  const named = listed(workloads.includeServicePrincipals).filter(
    (id) => id.toLowerCase() !== 'serviceprincipalsinmytenant',
  );
  return ['some-service-principal', ...named].map((id) => ({
    id,
    appId: `application-of-${id}`,
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: tenant.tenantId,
    signInAudience: 'AzureADMyOrg',
  }));
}

function listed(list: readonly string[] | null | undefined): readonly string[] {
  return list ?? [];
}
