import type { Failure, Verdict } from './result.ts';
import { statusOf } from './result.ts';
import type { OnEvaluation, Run } from './run-cases.ts';
import { runCase, runMatrix } from './run-cases.ts';
import type { DependentsOf } from './run-dependencies.ts';
import { runDependencies } from './run-dependencies.ts';
import { runInvariant } from './run-invariant.ts';
import type { Scene } from './scene.ts';
import type { Defaults, Skip, Test, TestHead } from './suite.ts';

/** Tests that need nothing but the tenant; sign-in files and commands are brought by the caller. */
export type PureTest = Extract<Test, { readonly kind: 'case' | 'matrix' | 'invariant' | 'dependencies' }>;

export function runTest(
  test: PureTest,
  scene: Scene,
  defaults: Defaults,
  onEvaluation: OnEvaluation,
  dependentsOf: DependentsOf,
): Run {
  switch (test.kind) {
    case 'case':
      return runCase(test, scene, defaults, onEvaluation);
    case 'matrix':
      return runMatrix(test, scene, defaults, onEvaluation);
    case 'invariant':
      return runInvariant(test, scene, defaults);
    case 'dependencies':
      return runDependencies(test, scene, dependentsOf);
  }
}

/** What a test counts as, after its skip and its expected failure. */
export interface Settled {
  readonly status: 'passed' | 'failed' | 'unknown' | 'skipped';
  readonly failures: readonly Failure[];
}

/** A skip holds through its last day; after that it is a failure, whatever the test itself would say. */
export function skipOf({ skip }: TestHead, now: string): Settled | undefined {
  if (skip === undefined) return undefined;
  if (Date.parse(now) < endOfDay(skip.until)) return { status: 'skipped', failures: [] };
  return { status: 'failed', failures: [expired(skip)] };
}

const DAY = 86_400_000;

function endOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY;
}

function expired({ until, owner, reason }: Skip): Failure {
  return {
    ...plainFailure('skip.until', `on or before ${until}`, 'the day is past'),
    because: [`${owner} skipped it: ${reason}`],
    hint: `take the skip away, or agree on another day with ${owner}`,
  };
}

/** A test that is expected to fail passes while it does, and fails when it passes: then the note has to go. */
export function settle({ expectFailure }: TestHead, verdict: Verdict): Settled {
  const status = statusOf(verdict);
  if (expectFailure === undefined) return { status, failures: verdict.failures };
  if (status === 'failed') return { status: 'passed', failures: [] };
  if (status === 'unknown') return { status, failures: verdict.failures };
  const failure = plainFailure('expectFailure', 'a failure', 'the test passes');
  return {
    status: 'failed',
    failures: [
      { ...failure, because: [`it was expected to fail: ${expectFailure}`], hint: 'take `expectFailure` away' },
    ],
  };
}

function plainFailure(member: string, expected: string, got: string): Failure {
  return {
    subject: undefined,
    status: 'failed',
    mismatches: [{ member, expected, got }],
    because: [],
    decidedBy: [],
    reproduce: undefined,
    hint: undefined,
    alike: 0,
  };
}
