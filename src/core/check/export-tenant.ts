import type { KnowableList, MarkedList } from '../tenant/knowledge.ts';
import { isLive } from '../tenant/live.ts';
import type { TenantParts } from '../tenant/plans/tenant-parts.ts';
import { emptyTenant } from '../tenant/sample/sample.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { TenantFact } from './settings.ts';

/**
 * An export as a tenant to be checked, without a tenant file, and what it does not say: rules that need that are skipped
 * and named ({@link skippedRules}) instead of taking a default for a fact.
 */
export function tenantOfExport(parts: TenantParts): {
  readonly tenant: Tenant;
  readonly notKnown: readonly TenantFact[];
} {
  const { conditionalAccess, onboardingStatus, forwardingProfiles, mfaTrustedIps } = parts;
  const isEmpty = (list: KnowableList) => parts.emptyLists?.includes(list) === true;
  const isWhole = (list: MarkedList) =>
    isEmpty(list) || (parts[list].some(isLive) && parts.cutLists?.includes(list) !== true);
  const isThere = (list: 'users' | 'groups' | 'roleAssignments' | 'servicePrincipals') =>
    isEmpty(list) || (parts[list].length > 0 && parts.cutLists?.includes(list) !== true);
  // Where the export has the setting, no date decides what it is.
  const empty = emptyTenant({ isCreatedDateTimeMadeUp: conditionalAccess === undefined });
  const tenant: Tenant = {
    ...empty,
    policies: parts.policies.filter(isLive),
    policiesKnown: isWhole('policies'),
    namedLocations: parts.namedLocations.filter(isLive),
    namedLocationsKnown: isWhole('namedLocations'),
    ...(isThere('users') ? { users: parts.users } : {}),
    ...(isThere('groups') ? { groups: parts.groups } : {}),
    ...(parts.areAllGroups === true ? { groupsKnown: true } : {}),
    ...(isThere('roleAssignments') ? { roleAssignments: parts.roleAssignments } : {}),
    ...(parts.roleDefinitions.length > 0 ? { roleDefinitions: parts.roleDefinitions } : {}),
    ...(isThere('servicePrincipals') ? { servicePrincipals: parts.servicePrincipals } : {}),
    ...(mfaTrustedIps === undefined ? {} : { mfaTrustedIps }),
    globalSecureAccess: {
      conditionalAccess: conditionalAccess ?? { signalingStatus: 'enabled' },
      ...(onboardingStatus === undefined ? {} : { onboardingStatus }),
      ...(forwardingProfiles === undefined ? {} : { forwardingProfiles }),
    },
  };
  const notKnown: TenantFact[] = ['createdDateTime'];
  if (tenant.policies.length === 0 && !isEmpty('policies')) notKnown.push('policies');
  if (!tenant.namedLocationsKnown) notKnown.push('namedLocations');
  if (conditionalAccess === undefined) notKnown.push('signalingStatus');
  return { tenant, notKnown };
}
