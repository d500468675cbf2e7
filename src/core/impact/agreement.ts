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
