import type { TenantParts } from '../tenant/plans/import.ts';
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
  const isHere = ({ deletedDateTime }: { readonly deletedDateTime?: string | null }) =>
    typeof deletedDateTime !== 'string';
  const empty = emptyTenant();
  const tenant: Tenant = {
    ...empty,
    policies: parts.policies.filter(isHere),
    namedLocations: parts.namedLocations.filter(isHere),
    namedLocationsKnown: parts.namedLocations.length > 0 || parts.emptyLists?.includes('namedLocations') === true,
    ...(parts.users.length > 0 ? { users: parts.users } : {}),
    ...(parts.groups.length > 0 ? { groups: parts.groups } : {}),
    ...(parts.roleAssignments.length > 0 ? { roleAssignments: parts.roleAssignments } : {}),
    ...(parts.roleDefinitions.length > 0 ? { roleDefinitions: parts.roleDefinitions } : {}),
    ...(parts.servicePrincipals.length > 0 ? { servicePrincipals: parts.servicePrincipals } : {}),
    ...(mfaTrustedIps === undefined ? {} : { mfaTrustedIps }),
    globalSecureAccess: {
      conditionalAccess: conditionalAccess ?? { signalingStatus: 'enabled' },
      ...(onboardingStatus === undefined ? {} : { onboardingStatus }),
      ...(forwardingProfiles === undefined ? {} : { forwardingProfiles }),
    },
  };
  const notKnown: TenantFact[] = ['createdDateTime'];
  if (parts.policies.length === 0) notKnown.push('policies');
  if (!tenant.namedLocationsKnown) notKnown.push('namedLocations');
  if (conditionalAccess === undefined) notKnown.push('signalingStatus');
  return { tenant, notKnown };
}
