import type { Decision } from '../core/conditional-access/fast/decide.ts';
import type { Outcome } from '../core/conditional-access/result.ts';
import { bitsOfVerdict } from './record-content.ts';

/** 32 bits of decisions: what of each tells records of one sign-in apart. */
export class DecisionBits {
  /** By the outcome, then by who decides: many decisions share a list. */
  readonly #known = new Map<Outcome, WeakMap<readonly string[], number>>();

  of({ outcome, decidedBy }: Decision): number {
    const byDeciding = this.#known.get(outcome) ?? new WeakMap<readonly string[], number>();
    this.#known.set(outcome, byDeciding);
    const bits = byDeciding.get(decidedBy) ?? bitsOfVerdict([outcome, decidedBy]);
    byDeciding.set(decidedBy, bits);
    return bits;
  }
}
