import { withDefaults } from './attempt-of.ts';
import { resolveExpectation } from './compare.ts';
import { distinctAddresses } from './distinct-addresses.ts';
import { judgeByKind } from './invariant-by-kind.ts';
import { proveStatement } from './invariant-proved.ts';
import type { Asked } from './invariant-question.ts';
import { invariantRange } from './invariant-range.ts';
import { withOthers } from './not-proven.ts';
import type { Run } from './run-cases.ts';
import { problemsOf } from './run-cases.ts';
import type { Scene } from './scene.ts';
import type { Statement } from './statement.ts';
import { forbiddenOutcomes } from './statement.ts';
import type { Defaults, SuiteProblem, TestOf } from './suite.ts';

/**
 * A statement about all sign-ins of a range. About outcomes it is proved; one that says more, and one of a tenant whose
 * policies look at the address that the resource sees, which no proof speaks of, is looked at kind by kind.
 */
export function runInvariant(test: TestOf<'invariant'>, scene: Scene, defaults: Defaults): Run {
  const path = ['tests', test.at, 'invariant'];
  const spec = withDefaults(defaults.signIn, test.signIn);
  const range = invariantRange(test.range, spec, defaults, scene, distinctAddresses(scene.tenant), [...path, 'for']);
  const always = test.always === undefined ? undefined : resolveExpectation(test.always, scene, [...path, 'always']);
  const problems: SuiteProblem[] = [...problemsOf(range), ...problemsOf(always ?? {})];
  if ('problems' in range || problems.length > 0) return { problems };
  const { users, targets, networks, signaling } = range;
  const refused = (message: string, hint?: string): Run => ({ problems: [{ path: [...path, 'for'], message, hint }] });
  if ([users, targets, networks, signaling].some(({ length }) => length === 0))
    return refused('there is no such sign-in');
  const statement: Statement =
    always !== undefined && 'expected' in always
      ? { always: always.expected }
      : { never: new Set(test.never?.outcome ?? []) };
  const forbidden = hasStrictLocation(scene) ? undefined : forbiddenOutcomes(statement);
  const judged = (asked: Asked) =>
    forbidden === undefined ? judgeByKind(statement, asked) : proveStatement(statement, forbidden, asked);
  const tooMany = (why: string) => refused(why, 'name `users`, `apps`, `addresses` or `paths` instead of `any`');
  const verdict = judged({ scene, spec, range });
  if (typeof verdict === 'string') return tooMany(verdict);
  if (range.perhaps.length === 0 || verdict.failures.length > 0) return verdict;
  const ofOthers = judged({ scene, spec, range: { ...range, users: range.perhaps } });
  return typeof ofOthers === 'string' ? tooMany(ofOthers) : withOthers(verdict, ofOthers);
}

function hasStrictLocation({ compiled }: Scene): boolean {
  return compiled.policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation);
}
