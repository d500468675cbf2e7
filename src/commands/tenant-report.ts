import type { TenantReport } from '../output/reports/tenant/tenant.ts';
import type { StoredTenant } from '../store/types.ts';

export function tenantReport({ tenant, serial }: StoredTenant, path: string, created: boolean): TenantReport {
  return {
    path,
    displayName: tenant.displayName,
    tenantId: tenant.tenantId,
    createdDateTime: tenant.createdDateTime,
    serial,
    signalingStatus: tenant.globalSecureAccess.conditionalAccess.signalingStatus,
    entraIdPlan: tenant.entraIdPlan ?? null,
    onboardingStatus: tenant.globalSecureAccess.onboardingStatus ?? null,
    defaultAdministrator: tenant.settings.defaultAdministrator ?? null,
    counts: {
      Policies: tenant.policies.length,
      'Named locations': tenant.namedLocations.length,
      'MFA trusted IPs': tenant.mfaTrustedIps?.length ?? null,
      Users: tenant.users?.length ?? null,
      Groups: tenant.groups?.length ?? null,
      'Role assignments': tenant.roleAssignments?.length ?? null,
      'Service principals': tenant.servicePrincipals?.length ?? null,
      'Deleted policies': tenant.deletedItems.policies.length,
      'Deleted locations': tenant.deletedItems.namedLocations.length,
    },
    created,
  };
}
