import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../../src/core/graph/location-words.ts';
import type { User } from '../../../../src/core/tenant/directory.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type {
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  SessionControls,
} from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

/** A tenant of which every fact is known and every list is empty. */
export function tenantWith(parts: Partial<Tenant>): Tenant {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    displayName: 'Contoso',
    createdDateTime: '2024-03-01T00:00:00Z',
    policies: [],
    namedLocations: [],
    namedLocationsKnown: true,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: [],
    users: [],
    groups: [],
    roleAssignments: [],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
    ...parts,
  };
}

export function ipLocation(id: string, ranges: readonly string[], isTrusted = false): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName: id,
    isTrusted,
    ipRanges: ranges.map((cidrAddress) => ({ cidrAddress })),
  };
}

export function countryLocation(
  id: string,
  countriesAndRegions: readonly string[],
  lookup: { readonly gps?: boolean; readonly unknown?: boolean } = {},
): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id,
    displayName: id,
    countriesAndRegions,
    includeUnknownCountriesAndRegions: lookup.unknown ?? false,
    countryLookupMethod: lookup.gps === true ? 'authenticatorAppGps' : 'clientIpAddress',
  };
}

export function compliantNetwork(isTrusted = false): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
    id: COMPLIANT_NETWORK_LOCATION_ID,
    displayName: 'All Compliant Network locations',
    compliantNetworkType: 'allTenantCompliantNetworks',
    isTrusted,
  };
}

export const BLOCK: GrantControls = { operator: 'OR', builtInControls: ['block'] };
export const MFA: GrantControls = { operator: 'OR', builtInControls: ['mfa'] };
export const DEVICE: GrantControls = { operator: 'OR', builtInControls: ['compliantDevice'] };

export interface PolicyParts {
  readonly id?: string;
  readonly state?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly grant?: GrantControls | null;
  readonly session?: SessionControls;
  readonly conditions?: ConditionSet;
}

/** A policy on everyone and everything, enabled, that blocks. */
export function policyWith(parts: PolicyParts): ConditionalAccessPolicy {
  const {
    id = 'policy',
    state = 'enabled',
    include,
    exclude = [],
    grant = BLOCK,
    session = null,
    conditions = {},
  } = parts;
  return {
    id,
    displayName: id,
    state,
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      locations: include === undefined ? null : { includeLocations: include, excludeLocations: exclude },
      ...conditions,
    },
    grantControls: grant,
    sessionControls: session,
  };
}

export const BREAK_GLASS: User = {
  id: 'bbbbbbbb-0000-4000-8000-000000000001',
  userPrincipalName: 'break-glass@contoso.example',
  externalUserType: 'none',
  isEmergencyAccess: true,
};

/** Where Contoso is: documentation addresses, which count as public. */
export const OFFICE = ipLocation('office', ['203.0.113.0/24'], true);
export const BRANCH = ipLocation('branch', ['198.51.100.0/24']);
/** Somebody listed the proxy's own ranges. */
export const PROXY = ipLocation('proxy', ['128.94.0.0/19', '151.206.0.0/16']);
