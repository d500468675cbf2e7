import type { CompiledTenant } from '../conditional-access/compile.ts';
import { gatherFacts } from '../conditional-access/evaluate.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import type { LocationAnswer } from '../conditional-access/fast/decide-numbered.ts';
import { truthAt } from '../conditional-access/fast/decide-numbered.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import { remembered } from '../conditional-access/fast/slot-bits.ts';
import { mayEnforce } from '../conditional-access/policy-mode.ts';
import type { Truth } from '../conditional-access/result.ts';
import { lookup } from '../network/range-index.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { locatedAddress } from '../signaling/observation.ts';

/** What Entra sees on one side and what the fast path makes of it. */
interface Side {
  readonly seen: Observation;
  readonly decision: Decision;
}

const NOT_APPLIED = codeOf('notApplied');

/**
 * The question of differing-policies.ts for one tenant under two signaling statuses, answered without reasons: only the
 * location hangs on what Entra sees, so only locations of policies that may apply on either side are looked at. `false` may
 * mean that the explaining path has to be asked.
 */
export function locatedAlike(compiled: CompiledTenant): (attempt: SignInAttempt, a: Side, b: Side) => boolean {
  const isStrict = compiled.policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation);
  const located = compiled.policies.flatMap(({ mode, conditions }, at) => {
    const condition = conditions.find(({ slot }) => slot === 'location');
    const canDecide = mayEnforce(mode);
    return condition === undefined || !canDecide ? [] : [{ at, condition }];
  });
  const truthsOf = remembered('location', ({ attempt, observation }): readonly Truth[] => {
    const facts = gatherFacts(compiled, attempt, observation);
    return located.map(({ condition }) => condition.judge(facts).truth);
  });
  return (attempt, a, b) => {
    // Under strict enforcement the address at the resource counts as well.
    if (isStrict) return false;
    const [before, after] = [truthsAt(attempt, a.seen), truthsAt(attempt, b.seen)];
    return located.every(
      ({ at }, place) =>
        !(mayApply(a, at) || mayApply(b, at)) || (before[place] === after[place] && before[place] !== 'unknown'),
    );
  };

  function truthsAt(attempt: SignInAttempt, observation: Observation): readonly Truth[] {
    const address = locatedAddress(observation);
    const holders = address === undefined ? undefined : lookup(compiled.locations.index, address);
    return truthsOf({ attempt, observation, holders });
  }
}

/** The same from what all location conditions say of either side; not for strict enforcement. */
export type LocatedAnswers = (before: LocationAnswer, after: LocationAnswer, decided: Decided) => boolean;

export function locatedAnswers(compiled: CompiledTenant): LocatedAnswers {
  const located = compiled.policies.flatMap(({ mode, conditions }, at) =>
    mayEnforce(mode) && conditions.some(({ slot }) => slot === 'location') ? [at] : [],
  );
  return (before, after, { was, becomes }) => {
    for (let place = 0; place < located.length; place++) {
      const at = located[place] as number;
      if (was.results[at] === NOT_APPLIED && becomes.results[at] === NOT_APPLIED) continue;
      const truth = truthAt(before, at);
      if (truth === 'unknown' || truth !== truthAt(after, at)) return false;
    }
    return true;
  };
}

interface Decided {
  readonly was: Decision;
  readonly becomes: Decision;
}

function mayApply({ decision: { results } }: Side, at: number): boolean {
  return results[at] !== NOT_APPLIED;
}
