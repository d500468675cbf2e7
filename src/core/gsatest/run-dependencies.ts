import { plural } from '../values/plural.ts';
import type { Failure, Mismatch } from './result.ts';
import type { Run } from './run-cases.ts';
import type { Scene } from './scene.ts';
import { resolvePolicy } from './scene.ts';
import type { FilePath, SuiteProblem, TestOf } from './suite.ts';

/** Names of policies that hang on something, as the analysis of dependencies finds them; `undefined`: nothing by that name. */
export type DependentsOf = (of: string) => readonly string[] | undefined;

/** Which policies hang on something: exactly these, these at least, or none of these. */
export function runDependencies(test: TestOf<'dependencies'>, scene: Scene, dependentsOf: DependentsOf): Run {
  const path = ['tests', test.at, 'dependencies'];
  const problems: SuiteProblem[] = [];
  const named = (texts: readonly string[] | undefined, member: string): readonly string[] | undefined =>
    texts?.flatMap((text, at) => policyName(text, scene, [...path, member, at], problems));
  const [equal, contains, excludes] = [
    named(test.equal, 'equal'),
    named(test.contains, 'contains'),
    named(test.excludes, 'excludes'),
  ];
  const found = dependentsOf(test.of);
  if (found === undefined) {
    problems.push({
      path: [...path, 'of'],
      message: `\`${test.of}\` is nothing that policies can hang on`,
      hint: 'write `signaling`, or the name of a named location',
    });
  }
  if (found === undefined || problems.length > 0) return { problems };
  const mismatches: Mismatch[] = [];
  const list = (names: readonly string[]) => names.toSorted().join('\n');
  const expect = (member: string, holds: boolean, expected: string) => {
    if (!holds) mismatches.push({ member, expected, got: policies(found) });
  };
  if (equal !== undefined) expect('equal', list(equal) === list(found), policies(equal));
  if (contains !== undefined)
    expect(
      'contains',
      contains.every((name) => found.includes(name)),
      policies(contains),
    );
  if (excludes !== undefined) {
    expect('excludes', !excludes.some((name) => found.includes(name)), `none of ${excludes.join(', ')}`);
  }
  return {
    cases: 0,
    failures: mismatches.length === 0 ? [] : [failureOf(mismatches, found, [...(equal ?? []), ...(contains ?? [])])],
  };
}

function failureOf(mismatches: readonly Mismatch[], found: readonly string[], wanted: readonly string[]): Failure {
  const more = found.filter((name) => !wanted.includes(name));
  const fewer = wanted.filter((name) => !found.includes(name));
  return {
    subject: undefined,
    status: 'failed',
    mismatches,
    because: [...fewer.map((name) => `${name} does not hang on it`), ...more.map((name) => `${name} hangs on it`)],
    decidedBy: [],
    reproduce: undefined,
    hint: '`gsa policy dependencies` shows each with the addresses that make the difference',
    alike: 0,
  };
}

function policyName(text: string, scene: Scene, path: FilePath, problems: SuiteProblem[]): string[] {
  const found = resolvePolicy(scene, text, path);
  if ('value' in found) return [found.value.displayName];
  problems.push(found.problem);
  return [];
}

/** The names are in the lines that say which are too many and which too few. */
function policies(names: readonly string[]): string {
  const [only] = names;
  return only !== undefined && names.length === 1 ? only : plural(names.length, 'policy', 'policies');
}
