import { outcomeRange } from '../conditional-access/outcome/range.ts';
import type { Effect, Evaluation } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';

/**
 * The outcomes that the known facts leave open: from what applying policies certainly do to the worst that others might. A
 * statement about all sign-ins holds where it holds of each of them, whatever is not known.
 */
export function possibleOutcomes(evaluation: Evaluation): readonly Effect[] {
  if (evaluation.outcome !== 'unknown') return [evaluation.outcome];
  const { least, most } = outcomeRange(evaluation);
  return EFFECTS.slice(least, most + 1);
}
