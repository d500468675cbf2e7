import type { Outcome } from '../conditional-access/result.ts';
import type { RecordedOutcome } from '../signaling/attempt.ts';

/** Why gsa and the record differ on a policy, in the order in which a reason is looked for. */
export const DISAGREEMENT_CAUSES = ['unknownPolicy', 'changedSince', 'missingFact', 'unexplained'] as const;
export type DisagreementCause = (typeof DISAGREEMENT_CAUSES)[number];

/** One result of one policy that the records give and gsa does not. */
export interface Disagreement {
  readonly cause: DisagreementCause;
  readonly policyId: string;
  readonly displayName: string;
  /** `result` in the record. */
  readonly recorded: string;
  /** What gsa makes of it; `null` where the tenant lacks the policy. */
  readonly evaluated: string | null;
  readonly count: number;
  /** The first sign-in of the kind; `missing`: what its evaluation lacks. */
  readonly example: {
    readonly signInId: string;
    readonly createdDateTime: string;
    readonly missing: readonly string[];
  };
}

/** An outcome that records tell and gsa does not come to. */
export interface OutcomeDisagreement {
  /** `changedSince`: a policy that may be the reason changed after the record. */
  readonly cause: Extract<DisagreementCause, 'changedSince' | 'unexplained'>;
  readonly recorded: RecordedOutcome;
  readonly evaluated: Outcome;
  readonly count: number;
  /** The first sign-in of the kind; `decidedBy`: the policies that decide here, by id. */
  readonly example: {
    readonly signInId: string;
    readonly createdDateTime: string;
    readonly decidedBy: readonly string[];
  };
}

/** Sign-ins that ended alike by their records. */
export interface OutcomeCounts {
  readonly compared: number;
  readonly agreed: number;
  /** Those that do not agree, and of which a policy that may be the reason changed since. */
  readonly changedSince: number;
}

/** How far gsa comes to the outcomes that the records tell. */
export interface OutcomeAgreement {
  readonly letIn: OutcomeCounts;
  /** By Conditional Access. */
  readonly stopped: OutcomeCounts;
  /** Sign-ins of which the outcome is not known here. */
  readonly open: number;
  /** Most frequent first. */
  readonly disagreements: readonly OutcomeDisagreement[];
}

/**
 * How far the evaluation gives what the records themselves say: every recorded sign-in that lists its policies, evaluated
 * as it was recorded and without hearing what the record says of them.
 */
export interface Agreement {
  readonly signIns: {
    /** List at least one policy whose result can be compared. */
    readonly compared: number;
    /** Sign-ins of which every policy agrees. */
    readonly agreed: number;
    /** List none. */
    readonly silent: number;
  };
  readonly policies: {
    readonly compared: number;
    readonly agreed: number;
    /** Results that say nothing, such as `unknown`. */
    readonly incomparable: number;
  };
  /** Agreeing policies of those compared, 0 to 1; `null`: nothing to compare. */
  readonly share: number | null;
  readonly causes: { readonly [cause in DisagreementCause]: number };
  /** Policies that the records speak of. */
  readonly policiesOfRecords: number;
  /** The policies among those that the tenant does not have, by name. */
  readonly unknownPolicies: readonly { readonly id: string; readonly displayName: string; readonly signIns: number }[];
  /** Most frequent first. */
  readonly disagreements: readonly Disagreement[];
  /** What came of the sign-ins: also of those that list no policies, or none that explains it. */
  readonly outcomes: OutcomeAgreement;
}

/**
 * The share that a forecast may rest on. Results of policies that changed since the record speak of another policy: they are
 * left out, unless nothing is left then. `null`: nothing to compare.
 */
export function reliableShare({
  share,
  policies: { compared, agreed },
  causes: { changedSince },
}: Agreement): number | null {
  return compared === changedSince ? share : agreed / (compared - changedSince);
}

/**
 * The shares of outcomes that a forecast may rest on: of whom records let in, and of whom they stopped, as few are stopped and would be
 * lost among all the others. What a change since may explain is left out, unless nothing is left then. `null`: nothing to compare.
 */
export function reliableOutcomeShares({ letIn, stopped }: OutcomeAgreement): {
  readonly letIn: number | null;
  readonly stopped: number | null;
} {
  const isAnyLeft = [letIn, stopped].some(({ compared, changedSince }) => compared > changedSince);
  const shareOf = ({ compared, agreed, changedSince }: OutcomeCounts) => {
    const left = isAnyLeft ? compared - changedSince : compared;
    return left === 0 ? null : agreed / left;
  };
  return { letIn: shareOf(letIn), stopped: shareOf(stopped) };
}
