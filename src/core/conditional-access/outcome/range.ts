import { mayEnforce, modeOf } from '../policy-mode.ts';
import type { PolicyStanding } from '../result.ts';
import { EFFECTS } from '../result.ts';

/** The mildest and the worst outcome that missing facts leave possible, as positions in `EFFECTS`. */
export interface OutcomeRange {
  readonly least: number;
  readonly most: number;
}

/** The outcomes that remain possible, as they are combined: what surely applies sets the least, what may apply the most. */
export function outcomeRange({ policies }: { readonly policies: readonly PolicyStanding[] }): OutcomeRange {
  let [least, most] = [0, 0];
  for (const { state, applies, effect } of policies) {
    const mode = modeOf(state);
    if (!mayEnforce(mode)) continue;
    if (mode === 'enabled' && applies === true) least = Math.max(least, EFFECTS.indexOf(effect.least));
    if (applies !== false) most = Math.max(most, EFFECTS.indexOf(effect.most));
  }
  return { least, most };
}
