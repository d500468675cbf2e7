import type { TestStatus } from '../../../core/gsatest/result.ts';
import { cutMiddle } from '../../../core/values/cut-middle.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Gate } from '../../gate.ts';
import type { Block, Inline, Span, View } from '../../view.ts';
import { bad, code, dim, good, strong, warning } from '../../view.ts';
import type { RunSummary } from '../run-history.ts';

/** What `gsa test` found: one result for each test, and one for each file that could not be run. */
export type TestReport = {
  readonly summary: TestSummary;
  readonly coverage: CoverageReport | null;
  readonly value: readonly TestResult[];
  /** Runs that `--history` keeps; absent where nobody asked. */
  readonly history?: readonly RunSummary[];
};

export type TestSummary = { readonly [status in TestStatus]: number } & {
  readonly files: number;
  readonly tests: number;
  /** Sign-ins that were judged: a matrix has one for each cell. */
  readonly cases: number;
};

export interface TestResult {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Empty for a file that could not be read. */
  readonly suite: string;
  /** The name of the test; of the file where it could not be read. */
  readonly name: string;
  readonly kind: 'case' | 'matrix' | 'invariant' | 'change' | 'all' | 'dependencies' | 'command' | 'file';
  readonly status: TestStatus;
  readonly tags: readonly string[];
  readonly source: string | null;
  /** What the result rests on that no record tells. */
  readonly assumed: readonly string[];
  readonly cases: number;
  readonly failures: readonly TestFailure[];
  /** What is wrong with the test itself, where the status is `error`. */
  readonly problems: readonly TestProblem[];
  readonly skip: { readonly reason: string; readonly owner: string; readonly until: string } | null;
  readonly expectFailure: string | null;
}

export interface TestFailure {
  readonly subject: string | null;
  readonly status: 'failed' | 'unknown';
  readonly mismatches: readonly { readonly member: string; readonly expected: string; readonly got: string }[];
  readonly because: readonly string[];
  readonly decidedBy: readonly string[];
  /** Command lines to type for a closer look. */
  readonly reproduce: readonly string[];
  readonly hint: string | null;
  readonly alike: number;
}

export interface TestProblem {
  readonly message: string;
  readonly hint: string | null;
  readonly line: number;
  readonly column: number;
}

export interface CoverageReport {
  readonly total: number;
  readonly covered: number;
  readonly percent: number;
  readonly threshold: number | null;
  readonly tenants: readonly {
    readonly tenant: string;
    readonly total: number;
    readonly covered: number;
    readonly uncovered: readonly {
      readonly kind: string;
      readonly id: string;
      readonly displayName: string;
      readonly branch: string;
    }[];
  }[];
}

/** Tests and sign-ins that are told in full; a job summary takes 1 MiB. JSON has all of them. */
const MOST_TESTS = 50;
export const MOST_FAILURES = 5;

export function viewTest({ summary, coverage, value }: TestReport): View {
  const told = value.filter(({ status }) => status === 'failed' || status === 'unknown' || status === 'error');
  const skipped = value.filter(({ status }) => status === 'skipped');
  const view: Block[] = told.slice(0, MOST_TESTS).flatMap(resultBlocks);
  if (told.length > MOST_TESTS)
    view.push({ block: 'text', text: `… and ${told.length - MOST_TESTS} more; -o json has all of them` });
  if (skipped.length > 0) {
    view.push({
      block: 'list',
      items: skipped.map(({ name, skip }) => [
        warning('skipped '),
        name,
        dim(skip === null ? '' : ` (${skip.reason}; ${skip.owner}, until ${skip.until})`),
      ]),
    });
  }
  const assuming = value.filter(({ assumed }) => assumed.length > 0);
  if (assuming.length > 0) {
    view.push({
      block: 'list',
      items: assuming.map(({ name, assumed }) => [
        warning('assumed, not known: '),
        assumed.join('; '),
        dim(` (${name})`),
      ]),
    });
  }
  view.push(fileTable(value));
  if (coverage !== null) view.push(...coverageBlocks(coverage, summary));
  return view;
}

const WORDS: { readonly [status in TestStatus]: Span } = {
  passed: good('passed'),
  failed: bad('FAILED'),
  unknown: warning('UNKNOWN'),
  skipped: warning('skipped'),
  error: bad('ERROR'),
};

function resultBlocks(result: TestResult): Block[] {
  const { status, name, file, line, failures, problems, source } = result;
  const where: readonly [string, Inline] = ['at', code(`${file}:${line}`)];
  const blocks: Block[] = [{ block: 'heading', text: [WORDS[status], ' ', name] }];
  if (status === 'error') {
    const items = problems.map(
      (problem): Inline => [
        code(`${file}:${problem.line}:${problem.column}`),
        ` ${problem.message}`,
        problem.hint === null ? '' : dim(`; ${problem.hint}`),
      ],
    );
    return [...blocks, { block: 'list', items }];
  }
  const origin: readonly (readonly [string, Inline])[] = source === null ? [] : [['source', source]];
  const told = failures.slice(0, result.kind === 'invariant' ? 1 : MOST_FAILURES);
  for (const [at, failure] of told.entries()) {
    blocks.push({
      block: 'fields',
      fields: [...(at === 0 ? [where, ...origin] : []), ...failureFields(failure, result)],
    });
  }
  const others = otherFailures(result, told.length);
  if (others !== undefined) blocks.push({ block: 'text', text: dim(`… ${others}`) });
  return blocks;
}

/** What is left after the ones that are told: for a statement about all sign-ins one counter-example is enough. */
export function otherFailures({ kind, failures }: TestResult, told: number): string | undefined {
  const others = failures.slice(told);
  if (others.length === 0) return undefined;
  if (kind !== 'invariant') return `and ${others.length} more`;
  const signIns = others.reduce((sum, { alike }) => sum + 1 + alike, 0);
  return `and ${plural(signIns, 'more sign-in')} of others, or decided by others`;
}

/** Columns of a command to type: more is nothing that somebody types. */
export const LONGEST_COMMAND = 4_000;

function failureFields(failure: TestFailure, { kind }: TestResult): (readonly [string, Inline])[] {
  const { subject, status, mismatches, because, decidedBy, reproduce, hint, alike } = failure;
  const fields: (readonly [string, Inline])[] = [];
  const about = kind === 'command' ? 'command' : 'sign-in';
  if (subject !== null) fields.push([about, `${subject}${alike === 0 ? '' : ` (and ${alike} more like it)`}`]);
  for (const { member, expected, got } of mismatches) {
    fields.push([member, ['expected ', strong(expected), ', got ', bad(got)]]);
  }
  for (const [at, text] of because.entries()) fields.push([at === 0 ? 'why' : '', text]);
  if (decidedBy.length > 0)
    fields.push([status === 'unknown' ? 'hangs on' : 'decided by', cutMiddle(decidedBy.join(', '))]);
  if (hint !== null) fields.push(['hint', hint]);
  for (const [at, command] of reproduce.entries())
    fields.push([at === 0 ? 'look closer' : '', code(cutMiddle(command, LONGEST_COMMAND))]);
  return fields;
}

function fileTable(value: readonly TestResult[]): Block {
  const files = [...new Set(value.map(({ file }) => file))];
  const count = (file: string, status: TestStatus) =>
    String(value.filter((result) => result.file === file && result.status === status).length);
  return {
    block: 'table',
    columns: [
      { header: 'File' },
      ...(['Passed', 'Failed', 'Unknown', 'Skipped', 'Errors'] as const).map((header) => ({
        header,
        align: 'right' as const,
      })),
    ],
    rows: files.map((file) => [
      file,
      ...(['passed', 'failed', 'unknown', 'skipped', 'error'] as const).map((status) => count(file, status)),
    ]),
    empty: 'No test was run.',
  };
}

function coverageBlocks(coverage: CoverageReport, { error }: TestSummary): Block[] {
  const { percent, total, covered, threshold, tenants } = coverage;
  if (total === 0 && error > 0) {
    return [{ block: 'text', text: ['Coverage: ', bad('nothing was covered'), ', because a file is not valid.'] }];
  }
  const enough = threshold === null || percent >= threshold;
  const share = `${percent} %`;
  const rows = tenants.flatMap(({ uncovered }) =>
    uncovered.map(({ displayName, branch }): readonly Inline[] => [displayName, branch]),
  );
  return [
    {
      block: 'text',
      text: [
        'Coverage: ',
        enough ? good(share) : bad(share),
        ` of the branches (${covered} of ${total}) are decided by a test`,
        threshold === null ? '' : `, ${threshold} % are wanted`,
        '.',
      ],
    },
    {
      block: 'table',
      columns: [{ header: 'Policy or location' }, { header: 'No test decides that it' }],
      rows,
      empty: 'Everything is decided by a test.',
    },
  ];
}

/** Whether the run holds, and by what: each kind that occurs is named, so that none hides behind another. */
export function gateOfTest({ summary, coverage }: TestReport): Gate {
  const { passed, failed, unknown, skipped, error, cases } = summary;
  const lacking = coverage !== null && coverage.threshold !== null && coverage.percent < coverage.threshold;
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(error > 0 ? [plural(error, 'error')] : []),
    ...(lacking && coverage.total > 0
      ? [`coverage ${coverage.percent} % where ${coverage.threshold} % are wanted`]
      : []),
  ];
  return {
    name: 'gsa test',
    passed: failed + unknown + error === 0 && !lacking,
    by: `${parts.join(', ')}; ${plural(cases, 'sign-in')} judged`,
  };
}
