import { isGuid } from '../values/guid.ts';
import { isListKnown } from './knowledge.ts';
import { indexGroups, isWhollyKnown } from './membership.ts';
import type { UsersCondition } from './policy.ts';
import { isSet, texts } from './policy-words.ts';
import { isHeldByGroup } from './possible-groups.ts';
import { openRoles } from './roles/open-roles.ts';
import type { Tenant } from './tenant.ts';

/** One request to Microsoft Graph that an export is made of: it reads and changes nothing. */
export interface ExportRequest {
  /** Beginning of the path of the files with its pages; a folder tells `gsa import` whose members these are. */
  readonly file: string;
  /** Path behind `https://graph.microsoft.com/`, with its version. */
  readonly url: string;
  /** What it gives, for a person. */
  readonly what: string;
  /** The least permission that reads it. */
  readonly permission: string;
  /** Policies whose answers hang on it. */
  readonly settles: number;
}

/**
 * The requests for what a tenant still lacks, in the order in which they settle most: its policies, then the lists and the
 * groups that these name. Sign-ins come last, for `gsa replay` and `gsa impact`. Addresses and permissions are those of the
 * documentation of each request (GDOC).
 */
export function exportRequests(tenant: Tenant): readonly ExportRequest[] {
  const holders = openHolders(tenant);
  const missing = [...listRequests(tenant, holders), ...groupRequests(tenant, holders)].sort(
    (a, b) => b.settles - a.settles,
  );
  return [...(isListKnown(tenant, 'policies') ? [] : [POLICIES]), ...missing, SIGN_INS];
}

/** Whether anything is lacking besides sign-ins. */
export function lacksAnything(tenant: Tenant): boolean {
  return exportRequests(tenant).length > 1;
}

const POLICIES: ExportRequest = {
  file: 'policies',
  url: 'beta/identity/conditionalAccess/policies',
  what: 'Conditional Access policies',
  permission: 'Policy.Read.All',
  settles: 0,
};

/** beta: v1.0 leaves out the Global Secure Access members and sign-ins without a person in front of them. */
const SIGN_INS: ExportRequest = {
  file: 'signIns',
  url: "beta/auditLogs/signIns?$top=999&$filter=createdDateTime ge SINCE and (signInEventTypes/any(t:t eq 'interactiveUser') or signInEventTypes/any(t:t eq 'nonInteractiveUser'))",
  what: 'sign-ins since the day that you put in place of SINCE, such as 2026-11-01T00:00:00Z',
  permission: 'AuditLog.Read.All',
  settles: 0,
};

function listRequests(tenant: Tenant, { isUntold }: Holders): readonly ExportRequest[] {
  const { policies } = tenant;
  const counted = (needs: (policy: Tenant['policies'][number]) => boolean) => policies.filter(needs).length;
  const requests: (ExportRequest & { readonly lacks: boolean })[] = [
    {
      file: 'namedLocations',
      url: 'beta/identity/conditionalAccess/namedLocations',
      what: 'named locations',
      permission: 'Policy.Read.All',
      settles: counted(({ conditions }) => namesAny(conditions?.locations)),
      lacks: !isListKnown(tenant, 'namedLocations'),
    },
    {
      file: 'conditionalAccessSettings',
      url: 'beta/networkAccess/settings/conditionalAccess',
      what: 'the signaling setting',
      permission: 'NetworkAccess.Read.All',
      settles: policies.length,
      lacks: tenant.globalSecureAccess.onboardingStatus === undefined,
    },
    {
      file: 'users',
      url: 'v1.0/users?$select=id,displayName,userPrincipalName,userType,accountEnabled&$top=999',
      what: 'people',
      permission: 'User.Read.All',
      settles: counted(({ conditions }) => namesAny(conditions?.users)),
      lacks: !isListKnown(tenant, 'users'),
    },
    {
      file: 'roleAssignments',
      url: 'v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$expand=principal',
      what: 'role assignments that are active',
      permission: 'RoleAssignmentSchedule.Read.Directory',
      settles: counted(({ conditions }) =>
        [conditions?.users?.includeRoles, conditions?.users?.excludeRoles].some((list) => texts(list).length > 0),
      ),
      lacks: !isListKnown(tenant, 'roleAssignments') || isUntold,
    },
    {
      file: 'servicePrincipals',
      url: 'v1.0/servicePrincipals?$select=id,appId,displayName,servicePrincipalType,appOwnerOrganizationId&$top=999',
      what: 'service principals',
      permission: 'Application.Read.All',
      settles: counted(({ conditions }) => namesAny(conditions?.clientApplications)),
      lacks: !isListKnown(tenant, 'servicePrincipals'),
    },
  ];
  return requests.flatMap(({ lacks, ...request }) => (lacks ? [request] : []));
}

/** What leaves open who holds the roles that policies name. */
interface Holders {
  /** Groups that hold such a role, by their ids in lower case, with how many policies hang on who is in them. */
  readonly groups: ReadonlyMap<string, number>;
  /** Whether one is held by somebody of whom nothing says whether it is a group, and of whom no export was asked. */
  readonly isUntold: boolean;
}

function openHolders(tenant: Tenant): Holders {
  const uses = usesOf(tenant, ({ includeRoles, excludeRoles }) => [includeRoles, excludeRoles]);
  const told = Map.groupBy(tenant.roleAssignments ?? [], ({ principalId }) => principalId.toLowerCase());
  const listed = new Set((tenant.groups ?? []).map(({ id }) => id.toLowerCase()));
  const groups = new Map<string, number>();
  let isUntold = false;
  for (const [role, holders] of openRoles(tenant)) {
    const settles = uses.get(role) ?? 0;
    for (const holder of settles === 0 ? [] : holders) {
      const own = told.get(holder) ?? [];
      if (listed.has(holder) || own.some(isHeldByGroup)) groups.set(holder, (groups.get(holder) ?? 0) + settles);
      else if (own.every(({ principal }) => principal === undefined)) isUntold = true;
    }
  }
  return { groups, isUntold };
}

/**
 * Members of the groups that policies name, or that hold a role which they name, where it is not known who is in them, through every group
 * in between: nothing is left open by a group inside. `$expand=members` would end at twenty.
 */
function groupRequests(tenant: Tenant, { groups }: Holders): readonly ExportRequest[] {
  const index = indexGroups(tenant);
  const uses = usesOf(tenant, ({ includeGroups, excludeGroups }) => [includeGroups, excludeGroups]);
  for (const [id, settles] of groups) uses.set(id, (uses.get(id) ?? 0) + settles);
  const named = new Set(
    (tenant.groups ?? []).flatMap((group) => (isSet(group.displayName) ? [group.id.toLowerCase()] : [])),
  );
  return [...uses].flatMap(([id, settles]): readonly ExportRequest[] => {
    // Placeholders of templates are no groups, and nothing but an id goes into a command line.
    if (isWhollyKnown(index, id) || !isGuid(id)) return [];
    const group = { permission: 'GroupMember.Read.All', settles };
    const itself = { file: `Groups/${id}/${id}`, url: `v1.0/groups/${id}?$select=id,displayName`, what: `group ${id}` };
    return [
      ...(named.has(id) ? [] : [{ ...group, ...itself }]),
      {
        ...group,
        file: `Groups/${id}/TransitiveMembers/transitiveMembers`,
        url: `v1.0/groups/${id}/transitiveMembers?$select=id&$top=999`,
        what: `members of group ${id}`,
      },
    ];
  });
}

/** How many policies name each id in some of their lists of people, by the ids in lower case. */
function usesOf({ policies }: Tenant, listsOf: (users: UsersCondition) => readonly unknown[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { conditions } of policies) {
    const named = listsOf(conditions?.users ?? {}).flatMap(texts);
    for (const id of new Set(named.map((each) => each.toLowerCase()))) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return uses;
}

/** Whether a part of the conditions lists anything at all. */
function namesAny(part: object | null | undefined): boolean {
  return Object.values(part ?? {}).some((list) => texts(list).length > 0);
}
