import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { Decision, LocationAnswer } from '../conditional-access/fast/decide.ts';
import { locationTruth } from '../conditional-access/fast/decide.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import { mayEnforce } from '../conditional-access/policy-mode.ts';

/** What the locations say on either side, and what the fast path makes of both. */
export type LocatedAlike = (
  before: LocationAnswer | undefined,
  after: LocationAnswer | undefined,
  decided: { readonly was: Decision; readonly becomes: Decision },
) => boolean;

const NOT_APPLIED = codeOf('notApplied');

/**
 * The question of differing-policies.ts for one tenant under two signaling statuses, answered without reasons: only the
 * location hangs on what Entra sees, so only locations of policies that may apply on either side are looked at. `false` may
 * mean that the explaining path has to be asked.
 */
export function locatedAlike({ policies }: CompiledTenant): LocatedAlike {
  const isStrict = policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation);
  const located = policies.flatMap(({ mode, conditions }, at) =>
    mayEnforce(mode) && conditions.some(({ slot }) => slot === 'location') ? [at] : [],
  );
  return (before, after, { was, becomes }) => {
    // Under strict enforcement the address at the resource counts as well.
    if (isStrict) return false;
    if (before === undefined || after === undefined) return true;
    for (let place = 0; place < located.length; place++) {
      const at = located[place] as number;
      if (was.results[at] === NOT_APPLIED && becomes.results[at] === NOT_APPLIED) continue;
      const truth = locationTruth(before, at);
      if (truth === 'unknown' || truth !== locationTruth(after, at)) return false;
    }
    return true;
  };
}
