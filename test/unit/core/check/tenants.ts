import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../../src/core/graph/location-words.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type {
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  SessionControls,
} from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

/** Small tenants for the rules: each begins as one that no rule has anything to say about. */

export const NOW = '2026-01-15T09:00:00Z';
export const RECENT = '2026-01-01T09:00:00Z';
export const LONG_AGO = '2024-03-01T09:00:00Z';

export const id = (kind: number, number: number) => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const EMERGENCY_ACCOUNT = id(4, 1);
export const HQ = id(3, 1);
export const BRANCH = id(3, 2);

export function tenant(changes: Partial<Tenant> = {}): Tenant {
  return {
    tenantId: id(1, 1),
    displayName: 'Contoso',
    createdDateTime: '2025-09-01T08:00:00Z',
    policies: [],
    namedLocations: [],
    namedLocationsKnown: true,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: [],
    users: [emergencyAccount()],
    groups: [],
    roleAssignments: [],
    globalSecureAccess: { onboardingStatus: 'onboarded', conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
    ...changes,
  };
}

export function signalingOff(changes: Partial<Tenant['globalSecureAccess']> = {}): Pick<Tenant, 'globalSecureAccess'> {
  return {
    globalSecureAccess: {
      onboardingStatus: 'onboarded',
      conditionalAccess: { signalingStatus: 'disabled' },
      ...changes,
    },
  };
}

function emergencyAccount(number = 1) {
  return {
    id: id(4, number),
    userPrincipalName: `breakglass${number}@contoso.com`,
    userType: 'Member',
    isEmergencyAccess: true,
  };
}

type PolicyChanges = Partial<Omit<ConditionalAccessPolicy, 'conditions' | 'grantControls' | 'sessionControls'>> & {
  readonly conditions?: ConditionSet & { readonly [member: string]: unknown };
  readonly sessionControls?: SessionControls & { readonly [member: string]: unknown };
  readonly controls?: readonly string[];
  readonly grantControls?: GrantControls | null;
};

/** MFA for everybody but the emergency access account, everywhere. */
export function policy({ conditions, controls = ['mfa'], ...changes }: PolicyChanges = {}): ConditionalAccessPolicy {
  return {
    id: id(2, 1),
    displayName: 'Policy',
    state: 'enabled',
    createdDateTime: RECENT,
    modifiedDateTime: RECENT,
    conditions: {
      users: { includeUsers: ['All'], excludeUsers: [EMERGENCY_ACCOUNT] },
      applications: { includeApplications: ['All'] },
      ...conditions,
    },
    grantControls: { operator: 'OR', builtInControls: controls },
    ...changes,
  };
}

export function outside(...excludeLocations: string[]) {
  return { locations: { includeLocations: ['All'], excludeLocations } };
}

export function inside(...includeLocations: string[]) {
  return { locations: { includeLocations } };
}

type LocationChanges = {
  readonly id?: string;
  readonly displayName?: string;
  readonly isTrusted?: boolean;
  readonly ranges?: readonly string[];
};

export function location(changes: LocationChanges = {}): NamedLocation {
  const { id = HQ, displayName = 'Headquarters', isTrusted = true } = changes;
  const { ranges = ['203.0.113.0/24', '2001:db8:10::/48'] } = changes;
  const ipRanges = ranges.map((cidrAddress) => ({ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress }));
  return { '@odata.type': '#microsoft.graph.ipNamedLocation', id, displayName, isTrusted, ipRanges };
}

export function countries(...countriesAndRegions: string[]): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: id(3, 9),
    displayName: 'Countries',
    countriesAndRegions,
  };
}

export const COMPLIANT_NETWORK: NamedLocation = {
  '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
  id: COMPLIANT_NETWORK_LOCATION_ID,
  displayName: 'All Compliant Network locations',
  isTrusted: false,
};
