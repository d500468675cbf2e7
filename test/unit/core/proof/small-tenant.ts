import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

export const USER = 'a0000000-0000-4000-8000-000000000001';

/** A policy about everybody and everything that blocks, but for what is given. */
export function policyNamed(
  id: string,
  {
    conditions,
    ...rest
  }: Partial<Omit<ConditionalAccessPolicy, 'conditions'>> & {
    conditions?: Partial<ConditionalAccessPolicy['conditions']>;
  } = {},
): ConditionalAccessPolicy {
  return {
    id,
    displayName: id,
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      ...conditions,
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
    sessionControls: null,
    ...rest,
  };
}

/** A tenant with one member, of which everything is known but for what is given. */
export function tenantWith(policies: readonly ConditionalAccessPolicy[], more: Partial<Tenant> = {}): Tenant {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    displayName: 'Contoso',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies,
    policiesKnown: true,
    namedLocations: [],
    namedLocationsKnown: true,
    mfaTrustedIps: [],
    deletedItems: { policies: [], namedLocations: [] },
    users: [{ id: USER, userPrincipalName: 'ann@contoso.example', userType: 'Member' }],
    groups: [],
    roleAssignments: [],
    roleDefinitions: [],
    servicePrincipals: [],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
    ...more,
  };
}
