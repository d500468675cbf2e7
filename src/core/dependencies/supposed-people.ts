import type { IdsOf } from '../graph/policy-members.ts';
import { GUEST_TYPES, startingWith } from '../graph/words.ts';
import type { Identity } from '../signaling/attempt.ts';
import type { ServicePrincipal, User } from '../tenant/directory.ts';
import { canBeId } from '../tenant/ids-of-lists.ts';
import type {
  ClientApplicationsCondition,
  ConditionSet,
  GuestsOrExternalUsers,
  UsersCondition,
} from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';

type Directory = Required<Pick<Tenant, 'users' | 'groups' | 'groupsKnown' | 'roleAssignments' | 'servicePrincipals'>>;

/** Identities that a policy may reach, each with nothing but what one entry of its lists asks for. */
export interface SupposedPeople {
  readonly identities: readonly Identity[];
  /** What makes them what they are. */
  readonly directory: Directory;
}

const OTHER_TENANT = 'another-tenant';
const SOMEBODY = 'somebody';
const AGENT: User = {
  id: 'account-of-an-agent',
  '@odata.type': '#microsoft.graph.agentUser',
  externalUserType: 'none',
};

function isAllAgents(word: string): boolean {
  return word.toLowerCase() === 'allagentidusers';
}

/**
 * People made up to find out whom the policy reaches: exports name groups without their members, and the effect on the members is
 * the same whoever they are. Each has one reason to be included, so that the policy reaches nobody at all exactly where an
 * exclusion takes away every one of them (D-USERS: exclusion wins). Nobody is made up of a name in the place of an id: whom it means
 * is not known here either.
 */
export function supposedPeople({ users, clientApplications }: ConditionSet, tenant: Tenant): SupposedPeople {
  const idsIn = (list: readonly string[] | null | undefined, of: IdsOf) =>
    listed(list).filter((entry) => canBeId(tenant, of, entry));
  const named = idsIn(users?.includeUsers, 'users');
  const groups = idsIn(users?.includeGroups, 'groups');
  const roles = idsIn(users?.includeRoles, 'roleDefinitions');
  const people = [
    plain(SOMEBODY),
    ...named.map(plain),
    ...groups.map((id) => plain(memberOf(id))),
    ...roles.map((id) => plain(holderOf(id))),
    ...guests(users, tenant),
    ...(listed(users?.includeUsers).some(isAllAgents) ? [AGENT] : []),
  ];
  const principals = servicePrincipals(clientApplications, tenant);
  return {
    identities: [
      ...people.map(({ id }): Identity => ({ kind: 'user', userId: id })),
      ...principals.map(({ id, appId }): Identity => ({ kind: 'servicePrincipal', servicePrincipalId: id, appId })),
    ],
    directory: {
      users: people,
      groups: [
        ...groups.map((id) => ({ id, members: [memberOf(id)] })),
        ...idsIn(users?.excludeGroups, 'groups').map((id) => ({ id, members: [memberOf(id)] })),
      ],
      groupsKnown: true,
      roleAssignments: roles.map((id) => ({
        principalId: holderOf(id),
        roleDefinitionId: id,
        directoryScopeId: '/',
        status: 'active',
      })),
      servicePrincipals: principals,
    },
  };
}

/** One directory with all of them and nobody else; whom several policies suppose is the same person. */
export function directoryOf(people: readonly SupposedPeople[]): Directory {
  const directories = people.map(({ directory }) => directory);
  return {
    users: unique(directories.flatMap(({ users }) => users)),
    groups: unique(directories.flatMap(({ groups }) => groups)),
    groupsKnown: true,
    roleAssignments: directories.flatMap(({ roleAssignments }) => roleAssignments),
    servicePrincipals: unique(directories.flatMap(({ servicePrincipals }) => servicePrincipals)),
  };
}

function unique<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id.toLowerCase(), item])).values()];
}

function plain(id: string): User {
  return { id, externalUserType: 'none' };
}

function memberOf(groupId: string): string {
  return `member-of-${groupId.toLowerCase()}`;
}

function holderOf(roleId: string): string {
  return `holder-of-${roleId.toLowerCase()}`;
}

/** Guests of every kind from every home tenant that the policy tells apart, and from one that it does not know. */
function guests(users: UsersCondition | null | undefined, tenant: Tenant): User[] {
  const homes = [users?.includeGuestsOrExternalUsers, users?.excludeGuestsOrExternalUsers]
    .flatMap(homeTenants)
    .filter((home) => canBeId(tenant, 'tenants', home));
  return startingWith(GUEST_TYPES, 'b2bCollaborationGuest').flatMap((externalUserType) =>
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
  const isId = (entry: string) => canBeId(tenant, 'servicePrincipals', entry);
  const named = listed(workloads.includeServicePrincipals).filter(isId);
  const agents = listed(workloads.includeAgentIdServicePrincipals).filter(isId);
  return [...['some-service-principal', ...named].map(ordinary), ...agents.map(agent)];

  function agent(id: string): ServicePrincipal {
    return {
      ...ordinary(`agent-of-${id}`),
      '@odata.type': '#microsoft.graph.agentIdentity',
      agentIdentityBlueprintId: id,
    };
  }

  function ordinary(id: string): ServicePrincipal {
    return {
      id,
      appId: `application-of-${id}`,
      servicePrincipalType: 'Application',
      appOwnerOrganizationId: tenant.tenantId,
      signInAudience: 'AzureADMyOrg',
    };
  }
}

function listed(list: readonly string[] | null | undefined): readonly string[] {
  return list ?? [];
}
