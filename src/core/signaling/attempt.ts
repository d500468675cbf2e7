import type { GrantControl } from '../graph/controls.ts';
import type { SignInFacts } from '../graph/sign-in-facts.ts';
import type { ExternalUserType } from '../graph/words.ts';
import type { Address } from '../network/address.ts';

/**
 * What is known of one sign-in before it is judged. The rule for every member: `undefined` (or absent) is *not known*,
 * `null` is *known to be none*. Nothing here is a default; the evaluator names what it lacks.
 */
export interface SignInAttempt extends SignInFacts {
  readonly identity: Identity;
  readonly target: Target;
  readonly network: NetworkPath;
  /** `null`: an unregistered device, whose every attribute is null (D-DEVF). */
  readonly device?: Device | null | undefined;
  /** Country that Microsoft Authenticator reports by GPS; `null`: none shared. */
  readonly gpsCountryOrRegion?: string | null | undefined;
  /** The `insidecorporatenetwork` claim of a federated sign-in (D-MFATIP). */
  readonly insideCorporateNetwork?: boolean | undefined;
  readonly satisfied: Satisfied;
  /** The control for lack of which the record says that the sign-in was stopped, whatever it says of the session besides. */
  readonly refusedControl?: GrantControl | undefined;
  /** Whether the session is bound to the device, for token protection. */
  readonly isSessionBound?: boolean | undefined;
  /** False where an MFA prompt cannot succeed, such as B2B direct connect without inbound trust (D-B2B). */
  readonly canPerformMfa?: boolean | undefined;
  /** False where no password can be changed here, as of people whose account is in another tenant (D-B2B). */
  readonly canChangePassword?: boolean | undefined;
  /** What the exported record itself says about policies, used where the tenant lacks a fact. */
  readonly testimony?: ReadonlyMap<string, PolicyTestimony> | undefined;
  /** What the record says of how far the sign-in came. */
  readonly reach?: Reach | undefined;
  /** The address that the record was judged by; its testimony on locations speaks for that address alone. */
  readonly recordedIpAddress?: Address | undefined;
}

/** A sign-in of which nothing is known: a part that is judged by itself, or what is told, is put over it. */
export const NOTHING_TOLD: SignInAttempt = {
  identity: { kind: 'user' },
  target: { kind: 'application', audiences: undefined },
  network: { via: undefined, source: {} },
  satisfied: {},
};

/**
 * The identity that signs in; `isAgent`: the account of an agent, or an agent identity, and no person or ordinary application.
 */
export type Identity =
  | {
      readonly kind: 'user';
      readonly userId?: string | undefined;
      readonly userPrincipalName?: string | undefined;
      /** Graph `guestOrExternalUserTypes`; `none` for a member of this tenant. */
      readonly externalUserType?: ExternalUserType | undefined;
      readonly homeTenantId?: string | undefined;
      /** The record says something of a kind that no member of this tenant is, and not which kind. */
      readonly mayBeFromElsewhere?: true;
      /** The record says that the account is this tenant's, and not whether it is a guest's: `none` or `internalGuest`. */
      readonly isOfThisTenant?: true | undefined;
      readonly isAgent?: boolean | undefined;
    }
  | {
      readonly kind: 'servicePrincipal' | 'managedIdentity';
      readonly servicePrincipalId?: string | undefined;
      readonly appId?: string | undefined;
      readonly isAgent?: boolean | undefined;
    };

export type Target =
  | {
      readonly kind: 'application';
      readonly audiences: readonly Audience[] | undefined;
      readonly clientAppId?: string | undefined;
      /** The record lists every resource that was asked for (`conditionalAccessAudiences`). */
      readonly areAllAudiences?: true;
      /** What is asked for beside the resource, as a record lists it; a sign-in that is supposed asks for nothing else. */
      readonly authenticationContexts?: readonly RequestedContext[] | undefined;
      /** The user actions that the sign-in may be where the record has no such list; absent: it is none (facts/registration.ts). */
      readonly possibleActions?: readonly string[] | undefined;
      /** An agent exchanges its token for that of an account, which no policy looks at (facts/presented.ts). */
      readonly isAgentExchange?: true;
      /** An agent signs in while security defaults are on: Conditional Access does not apply to it. */
      readonly isUnderSecurityDefaults?: true;
    }
  | { readonly kind: 'userAction'; readonly userAction: string }
  | {
      readonly kind: 'authenticationContext';
      readonly authenticationContext: string;
      readonly audiences: readonly Audience[] | undefined;
    };

/** An authentication context, or a user action, by its name in lower case (`c1`, `urn:user:registersecurityinfo`). */
export interface RequestedContext {
  readonly id: string;
  /** The sign-in had to meet it; `undefined`: an earlier one had, or the record does not say which. */
  readonly isRequired: true | undefined;
}

/** A resource that is asked for; policies look at the resource, not at a public client (D-APPS). */
export interface Audience {
  readonly appId: string;
  readonly displayName?: string | undefined;
}

/** How the sign-in travelled (WIN, FWD, REMOTE, LIM). */
export interface NetworkPath {
  readonly via: 'globalSecureAccessClient' | 'remoteNetwork' | 'direct' | undefined;
  /** The user's own public egress address. */
  readonly source: AddressFacts;
  /** The egress address of Global Secure Access, for traffic that goes through it. */
  readonly proxy?: AddressFacts | undefined;
  /** Whether the tunnel is this tenant's; another tenant's never makes the network compliant (CN). */
  readonly tunnelOfThisTenant?: boolean | undefined;
  /** The person is, or may be, from another tenant, and the owner of the tunnel is not known (EXT). */
  readonly mayBeForeign?: true;
  /** What the record gives as the address the resource saw (`ipAddressFromResourceProvider`). */
  readonly resourceProvider?: Address | undefined;
}

export interface AddressFacts {
  readonly address?: Address | undefined;
  /** Two letters; `null`: the address maps to no country (D-NET). */
  readonly countryOrRegion?: string | null | undefined;
}

/** Device attributes by the names of the device filter (D-DEVF); a missing attribute is not known, `null` is null. */
export interface Device {
  readonly [attribute: string]: string | boolean | readonly string[] | null | undefined;
}

/** What the session already proves, by Graph's control names. */
export interface Satisfied extends Readonly<Partial<Record<GrantControl, boolean | undefined>>> {
  /** A combination such as `password,sms` (authenticationMethodModes), for authentication strengths. */
  readonly authenticationMethodCombination?: string | undefined;
  /** Agreement ids. */
  readonly termsOfUseAccepted?: readonly string[] | undefined;
  /** Custom control ids. */
  readonly customAuthenticationFactors?: readonly string[] | undefined;
}

/**
 * One entry of a record's `appliedConditionalAccessPolicies`, reduced to what it proves. `satisfied` and `notSatisfied`
 * are names of Graph's `conditionalAccessConditions`; `controlsSatisfied` follows from `result`.
 */
export interface PolicyTestimony {
  readonly result: string;
  readonly satisfied: readonly string[];
  readonly notSatisfied: readonly string[];
  /** The policy applied (result success, failure, reportOnly…): every condition held at the recorded address. */
  readonly applied: boolean | undefined;
  readonly controlsSatisfied: boolean | undefined;
}

/** What a record says came of Conditional Access: blocked, stopped in whatever way, or let in. */
export type RecordedOutcome = 'blocked' | 'stopped' | 'letIn';

/** Whether a recorded sign-in came as far as this tenant's policies (record/reach.ts), and what came of it there. */
export interface Reach {
  readonly errorCode: number | undefined;
  /** `undefined`: the record does not say (record/recorded-outcome.ts). */
  readonly outcome: RecordedOutcome | undefined;
  /** The record says that policies were asked. */
  readonly wasJudged: boolean;
  /** The token is of AD FS or of another issuer than Microsoft Entra ID. */
  readonly isFederated: boolean;
  readonly homeTenantId: string | undefined;
  readonly resourceTenantId: string | undefined;
  /** A member of its own tenant at the resource of another, of whom no policy was asked. */
  readonly looksOutbound: boolean;
}
