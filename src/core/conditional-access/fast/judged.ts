import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';

/** What a sign-in is judged by. */
export interface Judged {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
  /** Positions of the named locations that hold the address; one array for all addresses with the same holders. */
  readonly holders: readonly number[] | undefined;
}

/** Gives what follows from the part of the facts that the conditions of one slot read. */
export type BySlot<Result> = (judged: Judged) => Result;
