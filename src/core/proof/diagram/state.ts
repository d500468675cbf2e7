import { FLAG_SETS } from '../levels/flags.ts';
import type { Mask } from '../worlds/masks.ts';
import { keyOf } from '../worlds/masks.ts';

/**
 * Policies of one world that may still apply, and those whose conditions surely hold as far as the levels gone through say; of these, a
 * policy whose state is not known may still do nothing (see `PolicyUnion.sure`).
 */
export interface Living {
  readonly sure: Mask;
  readonly possible: Mask;
}

/** What the levels gone through have left: two parts of sign-ins with the same state have the same future. */
export interface State {
  readonly before: Living;
  readonly after: Living;
  /** See flags.ts. */
  readonly flags: number;
  /** Settled to be blocked, whatever else applies: then nothing else of that world counts. */
  readonly isBlockedBefore: boolean;
  readonly isBlockedAfter: boolean;
  /** Policies that may apply in both worlds, and need not come out alike; see `Judge.compared`. */
  readonly unlike: Mask;
  /** Demands of which it is not settled that they are not lost. */
  readonly mayLose: Mask;
}

/** A number that is one to one with the states whose policies have this number. */
export function keyOfState({ flags, isBlockedBefore, isBlockedAfter }: State, policies: number): number {
  const blocked = (isBlockedBefore ? 1 : 0) + (isBlockedAfter ? 2 : 0);
  return (policies * FLAG_SETS + flags) * 4 + blocked;
}

/** What of a state says which policies are left and what they may lose, as a text. */
export function keyOfPolicies({ before, after, unlike, mayLose }: State): string {
  return keyOf(before.sure, before.possible, after.sure, after.possible, unlike, mayLose);
}
