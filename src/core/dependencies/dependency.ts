import type { SignalingStatus } from '../tenant/tenant.ts';

/**
 * Which policies hang on the address or on the signal, by which path, and what a switch of signaling does to them
 * (SEED, D-NET).
 */

/**
 * How a policy hangs on what signaling changes. `signInRisk` is indirect: direction not known (D-RISK).
 * `undocumented`: it has something that nobody documents, and `lost`: an export lost something, that may hang on the address or the signal.
 */
export type PathKind =
  | 'namedLocation'
  | 'allTrusted'
  | 'mfaTrustedIps'
  | 'country'
  | 'compliantNetwork'
  | 'strictLocation'
  | 'signInRisk'
  | 'undocumented'
  | 'lost';

export interface DependencyPath {
  readonly kind: PathKind;
  /** Which list of the policy names it; paths beside the locations condition have none. */
  readonly side?: 'include' | 'exclude';
  readonly locationId?: string;
  readonly displayName?: string;
  /** The switch works through something that no policy states, so there is an effect but it is not known which (D-RISK). */
  readonly indirect?: true;
}

/**
 * What a switch does to the people a policy reaches (D-POL, SEED), harshest first. `newlyLimited`: a policy with session controls
 * only begins to apply. `unknown`: a fact or the meaning of a word is missing, and the reason says which (invariant 5).
 */
export const SWITCH_EFFECTS = [
  'newlyBlocked',
  'newlyDenied',
  'newlyPrompted',
  'newlyLimited',
  'newlyAllowed',
  'lessProtected',
  'unknown',
  'logOnly',
  'none',
] as const;
export type SwitchEffect = (typeof SWITCH_EFFECTS)[number];

/** A concrete pair of addresses for which the policy's result differs, confirmed by the evaluator. */
export interface Witness {
  /** The effect that it shows. */
  readonly effect: SwitchEffect;
  /** The user's own public egress address. */
  readonly sourceIpAddress: string;
  /** The egress address of Global Secure Access. */
  readonly proxyIpAddress: string;
  /** Countries of the two, where the policy asks for them; `null`: the address maps to no country. */
  readonly sourceCountryOrRegion?: string | null;
  readonly proxyCountryOrRegion?: string | null;
  /** The user comes through another tenant's Global Secure Access, which is never compliant here (CN). */
  readonly isTunnelOfAnotherTenant?: true;
  /** It is so where what the tenant does not know of places is none; absent: whatever that is. */
  readonly isSupposing?: true;
  /** Graph's `appliedConditionalAccessPolicyResult` under the status that is left and under the one that is switched to. */
  readonly resultBefore: string;
  readonly resultAfter: string;
}

/** What one switch does to one policy: every effect it can have, each enforced one with a witness, or why there is none. */
export interface SwitchImpact {
  readonly effects: readonly SwitchEffect[];
  readonly reason: string;
  /** Facts that leave an effect unknown, sorted; empty where everything is known. */
  readonly notKnown: readonly string[];
  readonly witnesses: readonly Witness[];
}

export interface PolicyDependency {
  readonly policyId: string;
  readonly displayName: string;
  readonly state: string;
  readonly paths: readonly DependencyPath[];
  readonly onDisable: SwitchImpact;
  readonly onEnable: SwitchImpact;
}

/** Something of the tenant that makes a switch more dangerous than its policies say. */
export interface DependencyWarning {
  /** Stable: `trustedLocationHoldsProxy`, `ipv4OnlyLocation`, `danglingLocation`, `emergencyAccessLockedOut` … */
  readonly code: string;
  readonly message: string;
  readonly policyIds: readonly string[];
  readonly locationIds: readonly string[];
  /** The switch that it warns of; absent: both. */
  readonly onSwitchTo?: SignalingStatus;
}

/** Dependencies are in the order of the tenant's policies; warnings by code, then by name. */
export interface DependencyAnalysis {
  readonly dependencies: readonly PolicyDependency[];
  readonly warnings: readonly DependencyWarning[];
}
