import { placeText } from '../core/values/place-text.ts';
import type { SkippedSignIn } from '../intake/types.ts';

/** Records of one reason that could not be used. */
export interface SkippedCount {
  readonly reason: string;
  readonly count: number;
  /** The first places. */
  readonly examples: readonly string[];
}

/** How many places of each reason are kept. */
const EXAMPLES = 3;

/** Counts what was skipped by its reason. */
export class SkippedTally {
  readonly #reasons = new Map<string, { count: number; examples: string[] }>();

  add({ reason, message, place, signIns = 1 }: SkippedSignIn): void {
    const entry = this.#reasons.get(reason) ?? { count: 0, examples: [] };
    entry.count += signIns;
    if (entry.examples.length < EXAMPLES) entry.examples.push(`${placeText(place)}: ${message}`);
    this.#reasons.set(reason, entry);
  }

  /** Most frequent first, then by reason. */
  counts(): SkippedCount[] {
    return [...this.#reasons]
      .map(([reason, { count, examples }]) => ({ reason, count, examples }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}
