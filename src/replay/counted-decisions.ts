import type { Decision } from '../core/conditional-access/fast/decide.ts';
import type { Outcome } from '../core/conditional-access/result.ts';
import { bitsOfVerdict } from './record-content.ts';

/** A decision with the sign-ins that came out so and are not counted yet. */
export interface CountedDecision {
  readonly decision: Decision;
  /** What of it tells records of one sign-in apart. */
  readonly bits: number;
  signIns: number;
}

/** Sign-ins that come out alike share a decision: so many decisions are counted at once. */
const UNCOUNTED = 20_000;

/** Decisions as they come, each looked for once a sign-in. */
export class CountedDecisions {
  readonly #known = new Map<Decision, CountedDecision>();
  /** By the outcome, then by who decides: many decisions share a list. */
  readonly #bits = new Map<Outcome, WeakMap<readonly string[], number>>();
  readonly #count: (counted: CountedDecision) => void;

  constructor(count: (counted: CountedDecision) => void) {
    this.#count = count;
  }

  of(decision: Decision): CountedDecision {
    const known = this.#known.get(decision);
    if (known !== undefined) return known;
    if (this.#known.size >= UNCOUNTED) this.flush();
    const counted = { decision, bits: this.#bitsOf(decision), signIns: 0 };
    this.#known.set(decision, counted);
    return counted;
  }

  #bitsOf({ outcome, decidedBy }: Decision): number {
    const byDeciding = this.#bits.get(outcome) ?? new WeakMap<readonly string[], number>();
    this.#bits.set(outcome, byDeciding);
    const bits = byDeciding.get(decidedBy) ?? bitsOfVerdict([outcome, decidedBy]);
    byDeciding.set(decidedBy, bits);
    return bits;
  }

  /** Counts what is not counted yet. */
  flush(): void {
    for (const counted of this.#known.values()) this.#count(counted);
    this.#known.clear();
  }
}
