import type { SIGNALING_STATUSES } from '../graph/words.ts';
import type { CrossTenantAccessPolicy } from './cross-tenant-access.ts';
import type {
  ApplicationGroupName,
  Group,
  RoleAssignment,
  RoleDefinition,
  ServicePrincipal,
  User,
} from './directory.ts';
import type { NamedLocation } from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';

/** `networkaccess.status` of `networkAccess/settings/conditionalAccess` (META). */
export type SignalingStatus = (typeof SIGNALING_STATUSES)[number];

export function otherStatus(status: SignalingStatus): SignalingStatus {
  return status === 'enabled' ? 'disabled' : 'enabled';
}

/**
 * One tenant: everything that decides a sign-in, in Graph's shapes. A plain JSON value; edits make a new one.
 * Lists that are absent are not known (see directory.ts); members that are not declared here survive every edit.
 */
export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  /** The creation of the tenant: from 2025-06-01 on signaling starts enabled (SEED, SIR-2025). Made up where the settings say so. */
  readonly createdDateTime: string;
  readonly policies: readonly ConditionalAccessPolicy[];
  /** Whether `policies` is all that the tenant has; absent where the list itself tells (see knowledge.ts). */
  readonly policiesKnown?: boolean;
  readonly namedLocations: readonly NamedLocation[];
  /** Whether `namedLocations` is all that the tenant has; absent in older files (see knowledge.ts). */
  readonly namedLocationsKnown?: boolean;
  /** Soft-deleted for 30 days (RECOVER); each carries `deletedDateTime`. */
  readonly deletedItems: {
    readonly policies: readonly ConditionalAccessPolicy[];
    readonly namedLocations: readonly NamedLocation[];
  };
  /** Service settings of multifactor authentication: IPv4 CIDR ranges (D-MFATIP). Absent: not known. */
  readonly mfaTrustedIps?: readonly string[];
  readonly users?: readonly User[];
  readonly groups?: readonly Group[];
  /** Whether `groups` are all that the tenant has; absent: there may be others, unless it holds none (see knowledge.ts). */
  readonly groupsKnown?: boolean;
  readonly roleAssignments?: readonly RoleAssignment[];
  readonly roleDefinitions?: readonly RoleDefinition[];
  readonly servicePrincipals?: readonly ServicePrincipal[];
  /** Application ids of the named groups where the tenant's own table should replace the built-in one. */
  readonly applicationGroups?: Readonly<Partial<Record<ApplicationGroupName, readonly string[]>>>;
  /** Graph `policies/crossTenantAccessPolicy`. Absent: not known. */
  readonly crossTenantAccessPolicy?: CrossTenantAccessPolicy;
  readonly globalSecureAccess: GlobalSecureAccess;
  /** Entra ID edition; signaling needs P1 or P2 (OVW). Absent: not known. */
  readonly entraIdPlan?: 'free' | 'P1' | 'P2';
  readonly settings: TenantSettings;
}

/** `networkaccess.conditionalAccessSettings`, whose other members survive as they came. */
export interface SignalingSettings {
  readonly signalingStatus: SignalingStatus;
}

export interface GlobalSecureAccess {
  /** `networkaccess.onboardingStatus` (META). Absent: not known. */
  readonly onboardingStatus?: string;
  /** When Global Secure Access was enabled, which decides whether signaling starts enabled. Absent: not known. */
  readonly onboardedDateTime?: string;
  /** Graph `networkAccess/settings/conditionalAccess`. */
  readonly conditionalAccess: SignalingSettings;
  /** Who set the status last or, in an export, said what it is, and when; absent while the default by creation date stands. */
  readonly signalingChange?: { readonly changedDateTime: string; readonly changedBy: string };
  /** Graph `networkAccess/forwardingProfiles`. Absent: not known. */
  readonly forwardingProfiles?: readonly ForwardingProfile[];
  /** CIDR ranges of the service's egress, when the tenant's differ from the published ones (POP). */
  readonly egressRanges?: readonly string[];
}

export interface ForwardingProfile {
  readonly id: string;
  readonly name?: string;
  readonly state: string;
  /** `m365`, `internet` or `private` (META). */
  readonly trafficForwardingType: string;
}

/** From where administrators work, for the address that audit entries show; a missing member is not known. */
export interface ActingNetwork {
  readonly sourceIpAddress?: string;
  readonly via?: 'globalSecureAccessClient' | 'remoteNetwork' | 'direct';
  readonly proxyIpAddress?: string;
}

export interface TenantSettings {
  /** The administrator who acts when neither `--as` nor `GSA_AS` names one. */
  readonly defaultAdministrator?: string;
  readonly actingNetwork?: ActingNetwork;
  /** Minutes before a sign-in shows in the log; 0: at once. Absent: five (D-LATENCY). */
  readonly signInLogDelayMinutes?: number;
  /** Days that the sign-in log keeps records; absent: for ever. */
  readonly signInLogRetentionDays?: number;
  /**
   * How the tenant enforces policies on all resources with exclusions where only baseline scopes are asked for (D-BASE): the
   * application id stands for one that was chosen in their place. Absent: enforced, as the rollout of 2026 has it.
   */
  readonly baselineScopes?: 'enforced' | 'disabled' | { readonly applicationId: string };
  /** Graph `policies/identitySecurityDefaultsEnforcementPolicy`. Absent: not known. */
  readonly securityDefaults?: boolean;
  /**
   * Whether SharePoint and Exchange see the restored address; sources disagree, so absent is not known (SIR-2024 and GDOC against SEED).
   */
  readonly restoresSharePointAndExchange?: boolean;
  /** The id of the tenant was made up when its file was: no list of an export says it. Absent: it is the tenant's own. */
  readonly isTenantIdMadeUp?: true;
  /**
   * The creation date was made up when the file was: no list of an export says it. Absent: it is the tenant's own, as it is taken for
   * in files from before this mark, in which one that was made up looks like any other.
   */
  readonly isCreatedDateTimeMadeUp?: true;
  /** Whether sign-ins through another tenant's tunnel come with the user's own address; no source says, absent: not known. */
  readonly restoresForeignTunnels?: boolean;
}

/**
 * Signaling of a tenant where it was never set: off where Global Secure Access was enabled before June 2025 (SIR-2025), which a
 * tenant created later cannot have done (SEED). Where it is not known when an older tenant enabled it, off.
 */
export function defaultSignalingStatus(createdDateTime: string, onboardedDateTime?: string): SignalingStatus {
  return Date.parse(onboardedDateTime ?? createdDateTime) >= Date.parse('2025-06-01T00:00:00Z')
    ? 'enabled'
    : 'disabled';
}

/**
 * Whether the status is only taken by the tenant's age: nobody set it, no export said it, and either nobody said the age, or when an older
 * tenant enabled Global Secure Access, which decides how signaling starts, is not known (SIR-2025).
 */
export function isSignalingStatusAssumed(tenant: Tenant): boolean {
  const { signalingChange, onboardedDateTime, conditionalAccess } = tenant.globalSecureAccess;
  if (signalingChange !== undefined || onboardedDateTime !== undefined) return false;
  const byDefault = defaultSignalingStatus(tenant.createdDateTime);
  if (conditionalAccess.signalingStatus !== byDefault) return false;
  return byDefault === 'disabled' || !isCreatedDateTimeKnown(tenant);
}

export function isCreatedDateTimeKnown({ settings }: Tenant): boolean {
  return settings?.isCreatedDateTimeMadeUp !== true;
}
