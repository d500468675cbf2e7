import type { Effect, Evaluation, Outcome } from '../result.ts';

/** The outcome without its reasons. Sign-ins that come out alike may share one: nothing may be changed in it. */
export interface Decision {
  readonly outcome: Outcome;
  /** The worst effect that remains possible: of an outcome that is known, itself. */
  readonly most: Effect;
  readonly conditionalAccessStatus: Evaluation['conditionalAccessStatus'];
  /** The result of each policy in the tenant's order, by its position in `APPLIED_POLICY_RESULTS`. */
  readonly results: Uint8Array;
  /** The same as {@link Evaluation.decidedBy}. */
  readonly decidedBy: readonly string[];
  readonly status: Evaluation['status'];
  readonly authenticationRequirement: Evaluation['authenticationRequirement'];
  /** Names of the facts that {@link Evaluation.missing} lists, sorted, each once. */
  readonly missing: readonly string[];
}
