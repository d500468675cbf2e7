import type { Unreached } from '../core/conditional-access/record/reach.ts';
import { UNREACHED, UNREACHED_REASONS } from '../core/conditional-access/record/reach.ts';

/** Sign-ins that no policy of this tenant was asked for, by one reason. */
export interface UnreachedCount {
  readonly reason: Unreached;
  /** The reason in words for people. */
  readonly why: string;
  readonly count: number;
}

export class UnreachedTally {
  readonly #counts = new Map<Unreached, number>();

  add(reason: Unreached, signIns: number): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + signIns);
  }

  counts(): UnreachedCount[] {
    return UNREACHED_REASONS.flatMap((reason) => {
      const count = this.#counts.get(reason);
      return count === undefined ? [] : [{ reason, why: UNREACHED[reason], count }];
    });
  }
}
