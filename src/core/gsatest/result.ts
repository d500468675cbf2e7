/** What came of a test. The five are never mixed: unknown is neither a pass nor a failure, an error is a broken test. */
export const TEST_STATUSES = ['passed', 'failed', 'unknown', 'skipped', 'error'] as const;
export type TestStatus = (typeof TEST_STATUSES)[number];

/** One thing that was not as expected. */
export interface Mismatch {
  readonly member: string;
  readonly expected: string;
  readonly got: string;
}

/** One sign-in (or command, or count) of a test that went wrong. */
export interface Failure {
  /** Which cell, counter-example or sign-in; `undefined` for a test of one sign-in. */
  readonly subject: string | undefined;
  /** `unknown`: the answer hangs on a missing fact. */
  readonly status: 'failed' | 'unknown';
  readonly mismatches: readonly Mismatch[];
  /** Why it came out so: a line for each policy that decided. */
  readonly because: readonly string[];
  /** Names of the policies that decided. */
  readonly decidedBy: readonly string[];
  /** What to type for a closer look; words of one command line. */
  readonly reproduce: readonly string[] | undefined;
  readonly hint: string | undefined;
  /** How many more sign-ins went wrong in the same way. */
  readonly alike: number;
}

/** What a test came to before skips and expected failures are counted. */
export interface Verdict {
  /** Sign-ins (cells, counter-example candidates, records) that were judged; 0 of a test of a command or of dependencies. */
  readonly cases: number;
  readonly failures: readonly Failure[];
}

export function statusOf({ failures }: Verdict): 'passed' | 'failed' | 'unknown' {
  if (failures.length === 0) return 'passed';
  return failures.some(({ status }) => status === 'failed') ? 'failed' : 'unknown';
}
