import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { Decision } from '../conditional-access/decide.ts';
import { codeOf } from '../conditional-access/decision-engine.ts';
import { gatherFacts } from '../conditional-access/evaluate.ts';
import type { CompiledCondition } from '../conditional-access/facts.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';

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
  const isStrict = compiled.policies.some(({ mode, isStrictLocation }) => mode === 'enabled' && isStrictLocation);
  const located = compiled.policies.flatMap(({ mode, conditions }, at) => {
    const condition = conditions.find(({ slot }) => slot === 'location');
    const canDecide = mode === 'enabled' || mode === 'other';
    return condition === undefined || !canDecide ? [] : [{ at, condition }];
  });
  return (attempt, a, b) => {
    // Under strict enforcement the address at the resource counts as well.
    if (isStrict) return false;
    const open = located.filter(({ at }) => mayApply(a, at) || mayApply(b, at));
    if (open.length === 0) return true;
    const facts = [a, b].map(({ seen }) => gatherFacts(compiled, attempt, seen));
    return open.every(({ condition }) => isAlike(condition, facts));
  };
}

function mayApply({ decision: { results } }: Side, at: number): boolean {
  return results[at] !== NOT_APPLIED;
}

function isAlike(condition: CompiledCondition, facts: readonly Parameters<CompiledCondition['judge']>[0][]): boolean {
  const truths = new Set(facts.map((each) => condition.judge(each).truth));
  return truths.size === 1 && !truths.has('unknown');
}
