import { isListKnown, KNOWABLE_LISTS, knownCount, LISTS_IN_WORDS } from '../core/tenant/knowledge.ts';
import { isCreatedDateTimeKnown, isSignalingStatusAssumed } from '../core/tenant/tenant.ts';
import type { TenantReport } from '../output/reports/tenant/tenant.ts';
import type { StoredTenant } from '../store/types.ts';

export function tenantReport({ tenant, serial }: StoredTenant, path: string, created: boolean): TenantReport {
  return {
    path,
    displayName: tenant.displayName,
    tenantId: tenant.tenantId,
    createdDateTime: tenant.createdDateTime,
    isCreatedDateTimeKnown: isCreatedDateTimeKnown(tenant),
    serial,
    signalingStatus: tenant.globalSecureAccess.conditionalAccess.signalingStatus,
    isSignalingStatusKnown: !isSignalingStatusAssumed(tenant),
    entraIdPlan: tenant.entraIdPlan ?? null,
    onboardingStatus: tenant.globalSecureAccess.onboardingStatus ?? null,
    defaultAdministrator: tenant.settings.defaultAdministrator ?? null,
    counts: {
      Policies: tenant.policies.length,
      ...Object.fromEntries(KNOWABLE_LISTS.map((list) => [LISTS_IN_WORDS[list], knownCount(tenant, list) ?? null])),
      'Traffic profiles': tenant.globalSecureAccess.forwardingProfiles?.length ?? null,
      'Deleted policies': tenant.deletedItems.policies.length,
      'Deleted locations': tenant.deletedItems.namedLocations.length,
    },
    notKnown: KNOWABLE_LISTS.filter((list) => !isListKnown(tenant, list)),
    created,
  };
}
