import { cutMiddle } from '../../../core/values/cut-middle.ts';
import type { PipelineCase, PipelineFinding, PipelineReport, PipelineRule, PipelineSuite } from '../../pipeline.ts';
import { worstFirst } from '../../pipeline.ts';
import type { TestFailure, TestReport, TestResult } from './result.ts';
import { LONGEST_COMMAND, MOST_FAILURES, otherFailures } from './result.ts';

/** What a pipeline is told of a test run. */
export function pipelineOfTest(report: TestReport, version: string): PipelineReport {
  return {
    tool: 'gsa test',
    version,
    suites: suitesOf(report.value),
    rules: RULES,
    findings: worstFirst([...report.value.flatMap(findingsOf), ...coverageFinding(report)]),
  };
}

const RULES: readonly PipelineRule[] = [
  {
    id: 'test-failed',
    name: 'test-failed',
    summary: 'A test of the tenant failed.',
    help: 'A sign-in does not come out as the test expects. Either the policies changed what they do, or the expectation is out of date.',
    level: 'error',
  },
  {
    id: 'test-unknown',
    name: 'test-unknown',
    summary: 'A test cannot be decided.',
    help: 'A fact is missing, so that nobody can say how the sign-in comes out. Add the fact to the test, or expect `unknown`.',
    level: 'error',
  },
  {
    id: 'test-error',
    name: 'test-error',
    summary: 'A test file is not valid.',
    help: 'The file has an unknown key or name, a cell that no row is for, or names a tenant that cannot be read. Mend the file.',
    level: 'error',
  },
  {
    id: 'test-skipped',
    name: 'test-skipped',
    summary: 'A test is skipped.',
    help: 'Somebody skipped it until a day; after that day it fails.',
    level: 'note',
  },
  {
    id: 'test-coverage',
    name: 'test-coverage',
    summary: 'The tests cover too little of the tenant.',
    help: 'Policies, named locations, include and exclude entries that no test decides can change without a test failing.',
    level: 'error',
  },
];

function suitesOf(results: readonly TestResult[]): PipelineSuite[] {
  const suites = new Map<string, { readonly name: string; readonly file: string; readonly cases: PipelineCase[] }>();
  for (const result of results) {
    const suite = suites.get(result.file) ?? { name: result.suite || result.file, file: result.file, cases: [] };
    suites.set(result.file, suite);
    const [message = '', ...details] = linesOf(result);
    suite.cases.push({
      name: result.name,
      status: result.status,
      place: { file: result.file, line: result.line },
      message,
      details,
    });
  }
  return [...suites.values()];
}

function findingsOf(result: TestResult): PipelineFinding[] {
  const { status, file, name, suite } = result;
  if (status === 'passed') return [];
  const finding = (message: readonly string[], line: number, column: number): PipelineFinding => ({
    ruleId: `test-${status}`,
    level: status === 'skipped' ? 'note' : 'error',
    title: name,
    message,
    place: { file, line, column },
    subject: suite === '' ? name : `${suite}/${name}`,
    fingerprint: JSON.stringify([file, name, status, status === 'error' ? message[0] : '']),
  });
  if (status === 'error') {
    return result.problems.map(({ message, hint, line, column }) =>
      finding([message, ...(hint === null ? [] : [hint])], line, column),
    );
  }
  return [finding(linesOf(result), result.line, result.column)];
}

/** What to say of a test that is no pass, the first line by itself enough. */
function linesOf(result: TestResult): string[] {
  const { status, failures, problems, skip, assumed } = result;
  if (status === 'skipped') return skip === null ? [] : [`${skip.reason} (${skip.owner}, until ${skip.until})`];
  if (status === 'error') {
    return problems.map(
      ({ message, hint, line, column }) => `${line}:${column}: ${message}${hint === null ? '' : `; ${hint}`}`,
    );
  }
  const told = failures.slice(0, result.kind === 'invariant' ? 1 : MOST_FAILURES);
  const others = otherFailures(result, told.length);
  return [
    ...told.flatMap(failureLines),
    ...(others === undefined ? [] : [others]),
    ...(told.length === 0 ? [] : assumed.map((text) => `assumed, not known: ${text}`)),
  ];
}

function failureLines({
  subject,
  status,
  mismatches,
  because,
  decidedBy,
  reproduce,
  hint,
  alike,
}: TestFailure): string[] {
  const [first, ...others] = mismatches.map(
    ({ member, expected, got }) => `${member}: expected ${expected}, got ${got}`,
  );
  return [
    `${status === 'unknown' ? 'unknown: ' : ''}${first ?? 'not as expected'}`,
    ...(subject === null ? [] : [`sign-in: ${subject}${alike === 0 ? '' : ` (and ${alike} more like it)`}`]),
    ...others,
    ...because.map((text) => `why: ${text}`),
    ...(decidedBy.length === 0
      ? []
      : [`${status === 'unknown' ? 'hangs on' : 'decided by'}: ${cutMiddle(decidedBy.join(', '))}`]),
    ...(hint === null ? [] : [`hint: ${hint}`]),
    ...reproduce.map((command) => `look closer: ${cutMiddle(command, LONGEST_COMMAND)}`),
  ];
}

function coverageFinding({ coverage }: TestReport): PipelineFinding[] {
  // Where nothing at all was counted, the finding is the file that is not valid.
  if (
    coverage === null ||
    coverage.total === 0 ||
    coverage.threshold === null ||
    coverage.percent >= coverage.threshold
  )
    return [];
  return [
    {
      ruleId: 'test-coverage',
      level: 'error',
      title: 'coverage',
      message: [`${coverage.percent} % of the branches are decided by a test, ${coverage.threshold} % are wanted`],
      place: undefined,
      subject: 'coverage',
      fingerprint: 'coverage',
    },
  ];
}
