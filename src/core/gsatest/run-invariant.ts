import { withDefaults } from './attempt-of.ts';
import { resolveExpectation } from './compare.ts';
import { distinctAddresses } from './distinct-addresses.ts';
import { judgeByKind } from './invariant-by-kind.ts';
import { proveStatement } from './invariant-proved.ts';
import { invariantRange } from './invariant-range.ts';
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
  const asked = { scene, spec, range };
  const verdict = forbidden === undefined ? judgeByKind(statement, asked) : proveStatement(statement, forbidden, asked);
  if (typeof verdict !== 'string') return verdict;
  return refused(verdict, 'name `users`, `apps`, `addresses` or `paths` instead of `any`');
}

function hasStrictLocation({ compiled }: Scene): boolean {
  return compiled.policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation);
}
