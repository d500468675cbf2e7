import type { Evaluation } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { plural } from '../values/plural.ts';
import { attemptOf, withDefaults } from './attempt-of.ts';
import type { Expected } from './compare.ts';
import { compare, isUndecided, resolveExpectation } from './compare.ts';
import { failureOf } from './explain.ts';
import { judge, ownSignaling } from './judge.ts';
import { matchesQuickly } from './quick-match.ts';
import type { Failure, Verdict } from './result.ts';
import type { Scene } from './scene.ts';
import type {
  Defaults,
  Dimension,
  DimensionValue,
  FilePath,
  MatrixRow,
  SignInSpec,
  SuiteProblem,
  TestOf,
} from './suite.ts';

/** A test that was judged, or why it could not be. */
export type Run = Verdict | { readonly problems: readonly SuiteProblem[] };

/** Called with every evaluation that a case or a cell made, for coverage; `undefined`: coverage is not asked for. */
export type OnEvaluation = ((evaluation: Evaluation) => void) | undefined;

/** More cells than this are no table that anybody reads. */
const MOST_CELLS = 100_000;

export function runCase(test: TestOf<'case'>, scene: Scene, defaults: Defaults, onEvaluation: OnEvaluation): Run {
  const path = ['tests', test.at];
  const expectation = resolveExpectation(test.expect, scene, [...path, 'expect']);
  const made = attemptOf(withDefaults(defaults.signIn, test.signIn), scene, [...path, 'signIn']);
  const problems = [...problemsOf(made), ...problemsOf(expectation)];
  if (!('attempt' in made) || !('expected' in expectation)) return { problems };
  const signaling = test.signaling ?? defaults.signaling ?? ownSignaling(scene);
  return {
    cases: 1,
    failures: failuresOf(expectation.expected, scene, made.attempt, signaling, undefined, onEvaluation),
  };
}

/** Runs every combination of the dimensions; the first row that a cell fits says what is expected of it. */
export function runMatrix(test: TestOf<'matrix'>, scene: Scene, defaults: Defaults, onEvaluation: OnEvaluation): Run {
  const path = ['tests', test.at];
  const rows = test.rows.map((row, at) => ({ row, ...resolvedRow(row, scene, [...path, 'expect', at]) }));
  const problems = rows.flatMap(problemsOf);
  const count = test.dimensions.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_CELLS) {
    problems.push({
      path: [...path, 'matrix'],
      message: `the matrix has ${count} cells, more than ${MOST_CELLS}`,
      hint: 'use an `invariant`, which looks only at sign-ins that policies can tell apart',
    });
  }
  if (problems.length > 0) return { problems };
  const failures: Failure[] = [];
  const unmatched: string[] = [];
  const broken = new Map<string, SuiteProblem>();
  for (const cell of cellsOf(test.dimensions)) {
    const found = rows.find(({ row }) => fits(row, cell));
    const subject = textOf(cell);
    if (found?.expected === undefined) {
      unmatched.push(subject);
      continue;
    }
    const made = attemptOf(specOf(cell, test, defaults), scene, [...path, 'signIn']);
    if (!('attempt' in made)) {
      for (const each of made.problems) note(broken, inMatrix(each, cell, test.at));
      continue;
    }
    const signaling = signalingOf(cell) ?? test.signaling ?? defaults.signaling ?? ownSignaling(scene);
    failures.push(...failuresOf(found.expected, scene, made.attempt, signaling, subject, onEvaluation));
  }
  const [first] = unmatched;
  if (first !== undefined) {
    const others = unmatched.length === 1 ? '' : ` and ${plural(unmatched.length - 1, 'other cell')}`;
    broken.set('unmatched', {
      path: [...path, 'matrix'],
      message: `no row of \`expect\` is for the cell ${first}${others}`,
      hint: 'add a row; `when: {}` at the end is for every cell that is left',
    });
  }
  return broken.size > 0 ? { problems: [...broken.values()] } : { cases: count, failures };
}

/** One sign-in against what is expected of it: fast where nobody asks for reasons, explained where something is wrong. */
function failuresOf(
  expected: Expected,
  scene: Scene,
  attempt: SignInAttempt,
  signaling: SignalingStatus,
  subject: string | undefined,
  onEvaluation: OnEvaluation,
): Failure[] {
  if (onEvaluation === undefined && matchesQuickly(expected, scene, attempt, signaling)) return [];
  const judged = judge(scene, attempt, signaling);
  onEvaluation?.(judged.evaluation);
  const mismatches = compare(expected, judged.evaluation);
  if (mismatches.length === 0) return [];
  return [failureOf(judged, mismatches, isUndecided(mismatches) ? 'unknown' : 'failed', subject)];
}

function resolvedRow(row: MatrixRow, scene: Scene, path: FilePath) {
  const resolved = resolveExpectation(row.expect, scene, path);
  return 'expected' in resolved
    ? { expected: resolved.expected, problems: [] }
    : { expected: undefined, problems: resolved.problems };
}

export function problemsOf(made: object): SuiteProblem[] {
  return 'problems' in made ? [...(made.problems as readonly SuiteProblem[])] : [];
}

interface CellPart {
  readonly name: string;
  readonly value: DimensionValue;
}
type Cell = readonly CellPart[];

/** All combinations, the last dimension turning fastest, as one would write them down. */
function* cellsOf([first, ...others]: readonly Dimension[]): Iterable<Cell> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first.values) {
    for (const rest of cellsOf(others)) yield [{ name: first.name, value }, ...rest];
  }
}

function fits({ when }: MatrixRow, cell: Cell): boolean {
  return cell.every(({ name, value }) => when[name]?.includes(value.text) ?? true);
}

function specOf(cell: Cell, test: TestOf<'matrix'>, defaults: Defaults): SignInSpec {
  return withDefaults(defaults.signIn, test.signIn, ...cell.map(({ value }) => value.signIn));
}

function signalingOf(cell: Cell): SignalingStatus | undefined {
  return cell.find(({ value }) => value.signaling !== undefined)?.value.signaling;
}

function textOf(cell: Cell): string {
  return cell.map(({ name, value }) => `${name}: ${value.text}`).join(', ');
}

/** A word of a dimension stands in the matrix, not in `signIn`. */
function inMatrix(problem: SuiteProblem, cell: Cell, test: number): SuiteProblem {
  const member = problem.path.at(-1);
  const part = cell.find(({ name }) => name === member);
  return part === undefined ? problem : { ...problem, path: ['tests', test, 'matrix', part.name, part.value.text] };
}

function note(found: Map<string, SuiteProblem>, problem: SuiteProblem): void {
  found.set(`${problem.path.join('/')} ${problem.message}`, problem);
}
