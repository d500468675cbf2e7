import type { Outcome } from '../result.ts';
import type { Unreached } from './reach.ts';

/**
 * A sign-in log record: Graph's beta `signIn` with every member its export carried, plus `sourceIpAddress`, the user's own
 * public egress address, which no export carries by itself. Declared are the members that `gsa` reads or writes.
 */
export interface SignIn {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly createdDateTime: string;
  readonly userId?: string | null;
  readonly userPrincipalName?: string | null;
  readonly userDisplayName?: string | null;
  readonly userType?: string | null;
  readonly appId?: string | null;
  readonly appDisplayName?: string | null;
  readonly resourceId?: string | null;
  readonly resourceDisplayName?: string | null;
  readonly servicePrincipalId?: string | null;
  readonly servicePrincipalName?: string | null;
  readonly ipAddress?: string | null;
  readonly sourceIpAddress?: string | null;
  readonly globalSecureAccessIpAddress?: string | null;
  readonly isThroughGlobalSecureAccess?: boolean | null;
  readonly ipAddressFromResourceProvider?: string | null;
  readonly clientAppUsed?: string | null;
  readonly correlationId?: string | null;
  readonly signInEventTypes?: readonly string[] | null;
  readonly isInteractive?: boolean | null;
  readonly conditionalAccessStatus?: string | null;
  readonly authenticationRequirement?: string | null;
  readonly status?: {
    readonly errorCode?: number | null;
    readonly failureReason?: string | null;
    readonly additionalDetails?: string | null;
  } | null;
  readonly location?: {
    readonly city?: string | null;
    readonly state?: string | null;
    readonly countryOrRegion?: string | null;
  } | null;
  readonly networkLocationDetails?: readonly NetworkLocationDetail[] | null;
  readonly appliedConditionalAccessPolicies?: readonly AppliedConditionalAccessPolicy[] | null;
  readonly conditionalAccessAudiences?: unknown;
  readonly authenticationContextClassReferences?: unknown;
  readonly deviceDetail?: unknown;
  readonly riskLevelDuringSignIn?: unknown;
  readonly authenticationProtocol?: unknown;
  readonly originalTransferMethod?: unknown;
  readonly authenticationDetails?: unknown;
  readonly mfaDetail?: unknown;
  readonly crossTenantAccessType?: unknown;
  readonly homeTenantId?: unknown;
  readonly resourceTenantId?: unknown;
  readonly managedServiceIdentity?: unknown;
  /**
   * The number of equal sign-ins that the record stands for, and whose they are (weight.ts); an ordinary one has none of these.
   */
  readonly signInCount?: number;
  readonly userCount?: number;
  readonly userIds?: readonly string[];
  /** By which ranges the addresses of those sign-ins were grouped, of which the record has one; absent: they are all the same. */
  readonly addressGrouping?: string;
  readonly [member: string]: unknown;
}

export interface NetworkLocationDetail {
  readonly networkType?: string | null;
  readonly networkNames?: readonly string[] | null;
}

export interface AppliedConditionalAccessPolicy {
  readonly id?: string | null;
  readonly displayName?: string | null;
  readonly result?: string | null;
  readonly conditionsSatisfied?: string | number | null;
  readonly conditionsNotSatisfied?: string | number | null;
  readonly enforcedGrantControls?: readonly string[] | null;
  readonly enforcedSessionControls?: readonly string[] | null;
  readonly [member: string]: unknown;
}

/** What `gsa` adds to a replayed sign-in: under which setting it was judged and what came of it. */
export interface Replay {
  readonly signalingStatus: 'enabled' | 'disabled';
  /** `notReached`: no policy of this tenant was asked, as `unreached` says why. */
  readonly outcome: Outcome | 'notReached';
  readonly unreached?: Unreached;
  /** Ids of the deciding policies. */
  readonly decidedBy: readonly string[];
  /** Facts that were missing, when the outcome is unknown. */
  readonly missing: readonly string[];
  /** Another record of the same id said something else of the sign-in: which is true is not known. */
  readonly isContradicted?: true;
  /** Serial of the tenant file that judged it. */
  readonly tenantSerial: number;
  /**
   * Members as the export had them, where the evaluation has written others over them; `null` for those it lacked. What the
   * record proves (MFA done, its policies, its address) is needed to judge it again. Absent: nobody kept them.
   */
  readonly recorded?: { readonly [member: string]: unknown };
}

/** One row of the sign-in log. */
export interface LoggedSignIn {
  readonly record: SignIn;
  readonly replay: Replay;
}
