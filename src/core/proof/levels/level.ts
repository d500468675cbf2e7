import type { Satisfied, SignInAttempt } from '../../signaling/attempt.ts';
import { NOTHING_TOLD } from '../../signaling/attempt.ts';
import type { Mask } from '../worlds/masks.ts';
import type { Side } from '../worlds/policies.ts';

/** The parts of a sign-in that a proof goes through one after the other. */
export const LEVELS = [
  'who',
  'what',
  'client',
  'platform',
  'flow',
  'signInRisk',
  'userRisk',
  'servicePrincipalRisk',
  'insiderRisk',
  'device',
  'where',
] as const;
export type LevelName = (typeof LEVELS)[number];

/** A value of one level: what it puts into a sign-in, and what it is called. */
export interface LevelValue {
  readonly text: string;
  readonly part: Partial<SignInAttempt>;
  /** See flags.ts. */
  readonly flags: number;
}

/** Which policies a value surely and possibly lets apply, in one world. */
export interface Verdict {
  readonly sure: Mask;
  readonly possible: Mask;
}

/** The same in both worlds. */
export interface Verdicts extends Readonly<Record<Side, Verdict>> {
  /**
   * Policies that may apply in both worlds, are not known to in at least one of them, and need not come out alike: see `Judge.compared`.
   */
  readonly unlike: Mask;
}

/** Values that no policy of either world can tell apart. */
export interface LevelClass {
  readonly verdicts: Verdicts;
  readonly flags: number;
  /** Positions of its values. */
  readonly members: readonly number[];
}

export interface Level<Value extends LevelValue = LevelValue> {
  readonly name: LevelName;
  readonly values: readonly Value[];
  readonly classes: readonly LevelClass[];
}

/** The sign-in that values of the levels make together, by somebody who can do multifactor authentication where none says otherwise. */
export function signInOf(parts: readonly Partial<SignInAttempt>[], satisfied: Satisfied): SignInAttempt {
  return { ...NOTHING_TOLD, canPerformMfa: true, ...Object.assign({}, ...parts), satisfied };
}
