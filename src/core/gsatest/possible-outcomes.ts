import { modeOf } from '../conditional-access/grant/effect.ts';
import type { Effect, Evaluation } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';

/**
 * The outcomes that the known facts leave open: from what applying policies certainly do to the worst that others might. A
 * statement about all sign-ins holds where it holds of each of them, whatever is not known.
 */
export function possibleOutcomes({ outcome, policies }: Evaluation): readonly Effect[] {
  if (outcome !== 'unknown') return [outcome];
  let least = 0;
  let most = 0;
  for (const { state, applies, effect } of policies) {
    const mode = modeOf(state);
    if ((mode !== 'enabled' && mode !== 'other') || applies === false) continue;
    most = Math.max(most, EFFECTS.indexOf(effect.most));
    if (mode === 'enabled' && applies === true) least = Math.max(least, EFFECTS.indexOf(effect.least));
  }
  return EFFECTS.slice(least, most + 1);
}
