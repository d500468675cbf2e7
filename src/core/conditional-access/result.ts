import type { ConditionKind } from '../graph/conditions.ts';
import type { Observation } from '../signaling/observation.ts';
import type { Demand } from './demand.ts';

/** Three-valued: a fact that is missing makes an answer unknown, never a default. */
export type Truth = true | false | 'unknown';

/** Graph `appliedConditionalAccessPolicyResult` (D-RO, D-APPLIED). */
export const APPLIED_POLICY_RESULTS = [
  'success',
  'failure',
  'notApplied',
  'notEnabled',
  'unknown',
  'reportOnlySuccess',
  'reportOnlyFailure',
  'reportOnlyNotApplied',
  'reportOnlyInterrupted',
] as const;
export type AppliedPolicyResult = (typeof APPLIED_POLICY_RESULTS)[number];

/** Which include or exclude entry matched, by Graph's `conditionalAccessRule` names. */
export interface RuleSatisfied {
  readonly conditionalAccessCondition: ConditionKind;
  readonly ruleSatisfied: string;
  /** The entry of the policy that matched: an id, `All` …; ours, for the explanation. */
  readonly value: string;
}

/** A fact that an answer hangs on: what is missing and where it would come from. */
export interface MissingFact {
  /** Short and stable, such as `ipAddress`, `members of group <id>`, `namedLocation <id>`. */
  readonly fact: string;
  readonly condition: ConditionKind | 'grantControls' | 'state' | 'policies';
}

/** The origin of an answer: the tenant's and the sign-in's own facts, or what the exported record says was decided. */
export type FactOrigin = 'facts' | 'record';

/** One configured condition of one policy. */
export interface ConditionResult {
  readonly condition: ConditionKind;
  readonly truth: Truth;
  /** `record`: the facts left it open and the exported record itself said so (invariant 5 keeps that apart). */
  readonly origin: FactOrigin;
  /** Set where the address that the resource sees settled it, under strict location enforcement (D-STRICT). */
  readonly atResource?: true;
  readonly includeRules: readonly RuleSatisfied[];
  readonly excludeRules: readonly RuleSatisfied[];
  readonly missing: readonly MissingFact[];
  /** One line for people: why it holds, fails or is unknown. */
  readonly because: string;
}

/** One grant control of one policy and whether the session satisfies it. */
export interface ControlResult {
  /** Graph's name (`mfa`, `block`, …), an agreement id, a custom factor id or `authenticationStrength`. */
  readonly control: string;
  readonly displayName: string;
  readonly satisfied: Truth;
  /** Whether the user could still satisfy it by answering a prompt. */
  readonly interactive: boolean;
  readonly missing: readonly MissingFact[];
}

/** What one policy does to a sign-in, mildest first; the outcome is the worst effect of all enabled policies (D-POL). */
export const EFFECTS = ['granted', 'interrupted', 'denied', 'blocked'] as const;
export type Effect = (typeof EFFECTS)[number];

/** The effects that are still possible; `least` and `most` are equal when no missing fact matters. */
export interface EffectRange {
  readonly least: Effect;
  readonly most: Effect;
}

export interface PolicyEvaluation {
  readonly policyId: string;
  readonly displayName: string;
  readonly state: string;
  readonly result: AppliedPolicyResult;
  /** Whether all conditions hold, whatever the state. */
  readonly applies: Truth;
  /** The configured conditions, also those behind the one that Microsoft's log stops at. */
  readonly conditions: readonly ConditionResult[];
  readonly controls: readonly ControlResult[];
  /** How the controls combine; `undefined`: the policy does not say, and has more than one. */
  readonly operator: 'AND' | 'OR' | undefined;
  /** What it asks for, by which a change is told. */
  readonly demands: readonly Demand[];
  /** What the policy would do where it enforced; report-only and disabled policies have this too. */
  readonly effect: EffectRange;
  /** Short names as the sign-in log has them, also for a policy that does not apply (L-REAL). */
  readonly enforcedGrantControls: readonly string[];
  readonly authenticationStrength: AppliedAuthenticationStrength | undefined;
  readonly sessionControls: readonly string[];
  /** What the answer hangs on; empty unless `applies` or `result` is unknown. */
  readonly missing: readonly MissingFact[];
}

/** What an evaluation of a policy says without its reasons: as much as a change is told by. */
export interface PolicyStanding
  extends Pick<PolicyEvaluation, 'policyId' | 'state' | 'applies' | 'demands' | 'effect' | 'sessionControls'> {
  readonly conditions: readonly Pick<ConditionResult, 'condition' | 'truth'>[];
}

/** The log's `authenticationStrength` of a policy that requires one (L-REAL). */
export interface AppliedAuthenticationStrength {
  readonly authenticationStrengthId: string;
  readonly displayName: string;
}

export type Outcome = Effect | 'unknown';

export interface Evaluation {
  readonly outcome: Outcome;
  readonly conditionalAccessStatus: 'success' | 'failure' | 'notApplied' | undefined;
  readonly status: {
    readonly errorCode: number | undefined;
    readonly failureReason: string;
    readonly additionalDetails: string;
  };
  readonly authenticationRequirement: 'singleFactorAuthentication' | 'multiFactorAuthentication' | undefined;
  /** Ids of the policies that made the outcome what it is; empty for granted. */
  readonly decidedBy: readonly string[];
  readonly policies: readonly PolicyEvaluation[];
  /** Named locations that hold the address seen. */
  readonly networkLocationDetails: readonly {
    readonly networkType: string;
    readonly networkNames: readonly string[];
  }[];
  /** Session controls of all applying enabled policies together (D-POL), sorted. */
  readonly sessionControls: readonly string[];
  readonly missing: readonly MissingFact[];
  readonly observation: Observation;
}
