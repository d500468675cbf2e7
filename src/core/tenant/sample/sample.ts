import type { ForwardingProfile, Tenant } from '../tenant.ts';
import { defaultSignalingStatus } from '../tenant.ts';
import { SAMPLE_GROUPS, SAMPLE_ROLE_ASSIGNMENTS, SAMPLE_SERVICE_PRINCIPALS, SAMPLE_USERS } from './directory.ts';
import { SAMPLE_LOCATIONS } from './locations.ts';
import { SAMPLE_POLICIES } from './policies.ts';

/** What `gsa init` may set of a new tenant. */
export interface NewTenantOptions {
  readonly tenantId?: string;
  /** No export says the id: what hangs on it is not known. */
  readonly isTenantIdMadeUp?: boolean;
  readonly displayName?: string;
  /** RFC 3339 or a date; decides whether signaling starts enabled (SEED). */
  readonly createdDateTime?: string;
  /** Nobody said the creation date: whether signaling is enabled is not known where it hangs on that. */
  readonly isCreatedDateTimeMadeUp?: boolean;
  /** When Global Secure Access was enabled in it. */
  readonly onboardedDateTime?: string;
  /** The clock of the run, for a tenant without another creation date. */
  readonly now?: string;
}

export const SAMPLE_TENANT_ID = 'c0000000-0000-4000-8000-000000000001';

/**
 * Contoso: a small believable tenant in which switching signaling off locks people out. All addresses are documentation
 * addresses (RFC 5737, RFC 3849); every id is made up and the same on every machine.
 */
export function sampleTenant({
  tenantId = SAMPLE_TENANT_ID,
  displayName = 'Contoso',
  createdDateTime = '2025-09-01T08:00:00Z',
  onboardedDateTime,
}: NewTenantOptions = {}): Tenant {
  return {
    tenantId,
    displayName,
    createdDateTime,
    policies: SAMPLE_POLICIES,
    namedLocations: SAMPLE_LOCATIONS,
    namedLocationsKnown: true,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: [],
    users: SAMPLE_USERS,
    groups: SAMPLE_GROUPS,
    roleAssignments: SAMPLE_ROLE_ASSIGNMENTS,
    roleDefinitions: [],
    servicePrincipals: SAMPLE_SERVICE_PRINCIPALS,
    globalSecureAccess: {
      onboardingStatus: 'onboarded',
      ...(onboardedDateTime === undefined ? {} : { onboardedDateTime }),
      conditionalAccess: { signalingStatus: defaultSignalingStatus(createdDateTime, onboardedDateTime) },
      forwardingProfiles: FORWARDING_PROFILES,
    },
    entraIdPlan: 'P1',
    settings: {
      defaultAdministrator: 'megan.bowen@contoso.com',
      actingNetwork: {
        sourceIpAddress: '203.0.113.25',
        via: 'globalSecureAccessClient',
        proxyIpAddress: '151.206.0.10',
      },
    },
  };
}

/** A tenant about which nothing is known but its name and, where it is said, its age; `gsa import` fills it. */
export function emptyTenant({
  tenantId = '00000000-0000-0000-0000-000000000000',
  isTenantIdMadeUp = false,
  isCreatedDateTimeMadeUp = false,
  displayName = 'New tenant',
  now = '2025-09-01T08:00:00Z',
  createdDateTime = now,
  onboardedDateTime,
}: NewTenantOptions = {}): Tenant {
  return {
    tenantId,
    displayName,
    createdDateTime,
    policies: [],
    namedLocations: [],
    namedLocationsKnown: false,
    deletedItems: { policies: [], namedLocations: [] },
    globalSecureAccess: {
      ...(onboardedDateTime === undefined ? {} : { onboardedDateTime }),
      conditionalAccess: { signalingStatus: defaultSignalingStatus(createdDateTime, onboardedDateTime) },
    },
    settings: {
      ...(isTenantIdMadeUp ? { isTenantIdMadeUp } : {}),
      ...(isCreatedDateTimeMadeUp ? { isCreatedDateTimeMadeUp } : {}),
    },
  };
}

/** Named as in Graph's example of the list (GDOC list-forwardingprofiles). */
const FORWARDING_PROFILES: readonly ForwardingProfile[] = [
  {
    id: 'f0000000-0000-4000-8000-000000000001',
    name: 'Microsoft 365 traffic forwarding profile',
    state: 'enabled',
    trafficForwardingType: 'm365',
  },
  {
    id: 'f0000000-0000-4000-8000-000000000002',
    name: 'Private access traffic forwarding profile',
    state: 'disabled',
    trafficForwardingType: 'private',
  },
  {
    id: 'f0000000-0000-4000-8000-000000000003',
    name: 'Internet traffic forwarding profile',
    state: 'disabled',
    trafficForwardingType: 'internet',
  },
];
