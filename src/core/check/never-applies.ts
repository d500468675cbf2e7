import type { ListPath } from '../graph/policy-rows.ts';
import type { CheckedPolicy, Entry } from './checked-policy.ts';
import { isConfigured } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';
import { unknownIds } from './known-values.ts';
import { noLocationMatches } from './location-cover.ts';
import { unmodelledOf } from './unmodelled-members.ts';

/** One reason why no sign-in can ever meet a policy's conditions. */
export interface Obstacle {
  /** Stable, for the fingerprint. */
  readonly code: string;
  readonly pointer: string;
  /** Ends the sentence "`policy` can never apply: …". */
  readonly because: string;
}

/**
 * Conditions by which a policy never applies: all must hold (D-POL), so one that cannot is enough. Claimed only where the policy
 * alone, or with its named locations, settles it; who is in a group or has which risk is never guessed.
 */
export function obstaclesOf(tenant: CheckedTenant, policy: CheckedPolicy): Obstacle[] {
  return [
    ...noUser(tenant, policy),
    ...noApplication(tenant, policy),
    ...noLocation(tenant, policy),
    ...noPlatform(policy),
  ];
}

/** Whether some sign-in may meet the policy: what cannot apply neither blocks nor lets in, and GSA050 speaks of it. */
export function canApply(tenant: CheckedTenant, policy: CheckedPolicy): boolean {
  return obstaclesOf(tenant, policy).length === 0;
}

const WORKLOADS: readonly ListPath[] = [
  '/conditions/clientApplications/includeServicePrincipals',
  '/conditions/clientApplications/includeAgentIdServicePrincipals',
];

/** Whether an export lost a condition, or any list of what it includes: then what is not in the others may be in it. */
function hasLostIncludes({ lost }: CheckedPolicy, wanted: 'users' | 'clientApplications' | 'applications'): boolean {
  return lost.some(({ condition, side }) => condition === wanted && side === 'include');
}

function noUser(tenant: CheckedTenant, policy: CheckedPolicy): Obstacle[] {
  if (hasLostIncludes(policy, 'users') || hasLostIncludes(policy, 'clientApplications')) return [];
  if (WORKLOADS.some((path) => policy.list(path).length > 0)) return noWorkload(tenant, policy);
  // Previews, such as `agents`, assign policies by members that we do not model: then nothing is claimed.
  if (isAssignedByPreview(policy)) return [];
  const pointer = '/conditions/users';
  const users = policy.list('/conditions/users/includeUsers').filter(({ key }) => key !== 'none');
  const groups = policy.list('/conditions/users/includeGroups');
  const roles = policy.list('/conditions/users/includeRoles');
  const guests = policy.list('/conditions/users/includeGuestsOrExternalUsers/guestOrExternalUserTypes');
  if (users.length + groups.length + roles.length + guests.length === 0) {
    return [
      { code: 'noUser', pointer, because: 'it includes no user, group, role or service principal; include some' },
    ];
  }
  const isExcluded =
    guests.length === 0 &&
    !holdsName(tenant, policy, [...users, ...groups, ...roles]) &&
    isWithin(users, policy.list('/conditions/users/excludeUsers')) &&
    isWithin(groups, policy.list('/conditions/users/excludeGroups')) &&
    isWithin(roles, policy.list('/conditions/users/excludeRoles'));
  if (!isExcluded) return [];
  return [
    {
      code: 'usersExcluded',
      pointer,
      because: 'everyone it includes is excluded too; exclusion wins, so take one side out',
    },
  ];
}

function isAssignedByPreview(policy: CheckedPolicy): boolean {
  const places = ['/conditions/users', '/conditions/clientApplications', '/conditions/agents'];
  return unmodelledOf(policy).some(
    ({ pointer, name }) => places.includes(pointer) || places.includes(`${pointer}/${name}`),
  );
}

function noWorkload(tenant: CheckedTenant, policy: CheckedPolicy): Obstacle[] {
  const included = policy.list('/conditions/clientApplications/includeServicePrincipals');
  const excluded = policy.list('/conditions/clientApplications/excludeServicePrincipals');
  if (included.length === 0 || !isWithin(included, excluded) || holdsName(tenant, policy, included)) return [];
  return [
    {
      code: 'servicePrincipalsExcluded',
      pointer: '/conditions/clientApplications',
      because: 'every service principal it includes is excluded too; exclusion wins, so take one side out',
    },
  ];
}

/** `None` stands beside a user action or an authentication context (L-CORPUS); old exports select traffic instead. */
function noApplication(tenant: CheckedTenant, policy: CheckedPolicy): Obstacle[] {
  const pointer = '/conditions/applications';
  if (hasLostIncludes(policy, 'applications')) return [];
  const others = [
    'includeUserActions',
    'includeAuthenticationContextClassReferences',
    'applicationFilter',
    'networkAccess',
    'globalSecureAccess',
  ];
  if (others.some((member) => isConfigured(policy, `${pointer}/${member}`))) return [];
  const included = policy.list('/conditions/applications/includeApplications').filter(({ key }) => key !== 'none');
  if (included.length === 0) {
    return [
      {
        code: 'noApplication',
        pointer,
        because: 'it includes no application, user action or authentication context; include some',
      },
    ];
  }
  const excluded = policy.list('/conditions/applications/excludeApplications');
  if (!isWithin(included, excluded) || holdsName(tenant, policy, included)) return [];
  return [
    {
      code: 'applicationsExcluded',
      pointer,
      because: 'every application it includes is excluded too; exclusion wins, so take one side out',
    },
  ];
}

function noLocation(tenant: CheckedTenant, policy: CheckedPolicy): Obstacle[] {
  const pointer = '/conditions/locations';
  switch (noLocationMatches(tenant, policy)) {
    case undefined:
      return [];
    case 'noneIncluded':
      return [{ code: 'noLocation', pointer, because: 'it excludes locations but includes none; include `All`' }];
    case 'allExcluded':
      return [
        {
          code: 'locationsExcluded',
          pointer,
          because: 'every location it includes is excluded too; exclusion wins, so take one side out',
        },
      ];
  }
}

function noPlatform(policy: CheckedPolicy): Obstacle[] {
  const included = policy.list('/conditions/platforms/includePlatforms');
  if (included.length === 0 || !isWithin(included, policy.list('/conditions/platforms/excludePlatforms'))) return [];
  return [
    {
      code: 'platformsExcluded',
      pointer: '/conditions/platforms',
      because: 'every device platform it includes is excluded too; exclusion wins, so take one side out',
    },
  ];
}

/** Whether one of these is a name in the place of an id, which another list may hold of something else. */
function holdsName(tenant: CheckedTenant, policy: CheckedPolicy, entries: readonly Entry[]): boolean {
  const names = new Set(unknownIds(tenant, policy).map(({ pointer }) => pointer));
  return entries.some(({ pointer }) => names.has(pointer));
}

/** An exclusion of `All` is no value of Graph, so it counts only where the include is the same word. */
function isWithin(included: readonly Entry[], excluded: readonly Entry[]): boolean {
  return included.every(({ key }) => excluded.some((entry) => entry.key === key));
}
