import type { Failure, TestStatus } from '../../core/gsatest/result.ts';
import { TEST_STATUSES } from '../../core/gsatest/result.ts';
import type { SuiteProblem, Test } from '../../core/gsatest/suite.ts';
import { cutMiddle } from '../../core/values/cut-middle.ts';
import type { TestFile } from '../../intake/gsatest/files.ts';
import type { PlacedProblem, ReadSuite } from '../../intake/gsatest/read-suite.ts';
import { placed } from '../../intake/gsatest/read-suite.ts';
import type { TestFailure, TestResult, TestSummary } from '../../output/reports/gsatest/result.ts';
import { commandText } from '../command-text.ts';

/** A file that could not be run: one result that holds every problem. */
export function brokenFile(file: TestFile, problems: readonly PlacedProblem[]): TestResult {
  const [first] = problems;
  return {
    file: file.name,
    line: first?.position.line ?? 1,
    column: first?.position.column ?? 1,
    suite: '',
    name: file.name,
    kind: 'file',
    status: 'error',
    tags: [],
    source: null,
    assumed: [],
    cases: 0,
    failures: [],
    problems: problems.map(({ message, hint, position }) => ({
      message: told(message),
      hint: hint ?? null,
      ...position,
    })),
    skip: null,
    expectFailure: null,
  };
}

/** Columns of what is told of a test: names of a tenant and words of a command may be as long as a book. */
const ROOM = 1_000;

const told = (text: string): string => cutMiddle(text, ROOM);

export interface Outcome {
  readonly status: TestStatus;
  readonly cases: number;
  readonly failures: readonly Failure[];
  readonly problems: readonly SuiteProblem[];
}

/** `tenant` is how `gsa whatif` is told the same tenant; `undefined` where that is in no file of its own. */
export function resultOf(
  file: TestFile,
  read: ReadSuite,
  test: Test,
  outcome: Outcome,
  tenant: readonly string[] | undefined,
): TestResult {
  const problems = placed(outcome.problems, read);
  const position = problems[0]?.position ?? read.positionOf(['tests', test.at, 'name']);
  return {
    file: file.name,
    ...position,
    suite: read.suite.suite,
    name: test.name,
    kind: test.kind,
    status: outcome.status,
    tags: test.tags,
    source: test.source ?? null,
    assumed: assumptionsOf(test),
    cases: outcome.cases,
    failures: outcome.failures.map((failure, at) => failureOf(file, test, failure, at === 0, tenant)),
    problems: problems.map(({ message, hint, position: place }) => ({
      message: told(message),
      hint: hint ?? null,
      ...place,
    })),
    skip: test.skip ?? null,
    expectFailure: test.expectFailure ?? null,
  };
}

/** What the result rests on that no record tells. */
function assumptionsOf(test: Test): readonly string[] {
  if (test.kind !== 'change' || test.proxyCountry === undefined) return [];
  return [
    `the addresses of Global Secure Access are in ${test.proxyCountry} where no record tells their country (proxyCountry)`,
  ];
}

function failureOf(
  file: TestFile,
  test: Test,
  failure: Failure,
  isFirst: boolean,
  tenant: readonly string[] | undefined,
): TestFailure {
  const again = ['test', file.name, '--run', `^${test.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`];
  return {
    subject: failure.subject === undefined ? null : told(failure.subject),
    status: failure.status,
    mismatches: failure.mismatches.map(({ member, expected, got }) => ({
      member,
      expected: told(expected),
      got: told(got),
    })),
    because: failure.because.map(told),
    decidedBy: failure.decidedBy,
    reproduce: [
      ...(isFirst ? [again] : []),
      ...(failure.reproduce === undefined || tenant === undefined ? [] : [[...tenant, ...failure.reproduce]]),
    ].map(commandText),
    hint: failure.hint === undefined ? null : told(failure.hint),
    alike: failure.alike,
  };
}

export function summaryOf(results: readonly TestResult[]): TestSummary {
  const counts = Object.fromEntries(
    TEST_STATUSES.map((status) => [status, results.filter((result) => result.status === status).length]),
  ) as { readonly [status in TestStatus]: number };
  return {
    ...counts,
    files: new Set(results.map(({ file }) => file)).size,
    tests: results.filter(({ kind }) => kind !== 'file').length,
    cases: results.reduce((sum, { cases }) => sum + cases, 0),
  };
}
