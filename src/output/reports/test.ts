import type { TestStatus } from '../../core/safety/test/result.ts';

/** What `gsa test` found: one result for each test, and one for each file that could not be run. */
export type TestReport = {
  readonly summary: TestSummary;
  readonly coverage: CoverageReport | null;
  readonly value: readonly TestResult[];
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
  readonly kind: 'case' | 'matrix' | 'invariant' | 'change' | 'dependencies' | 'command' | 'file';
  readonly status: TestStatus;
  readonly tags: readonly string[];
  readonly source: string | null;
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
