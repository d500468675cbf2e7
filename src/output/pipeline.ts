/**
 * What a pipeline is told, whichever command tells it: test cases for what counts tests (JUnit, TAP), and findings with places
 * for what marks lines (SARIF, GitHub, Azure DevOps, GitLab). `pipeline-of.ts` knows the reports of which one is made.
 */
export interface PipelineReport {
  /** The command that made the results, such as `gsa test`. */
  readonly tool: string;
  readonly version: string;
  readonly suites: readonly PipelineSuite[];
  readonly rules: readonly PipelineRule[];
  /** Worst first. */
  readonly findings: readonly PipelineFinding[];
}

export interface PipelineSuite {
  readonly name: string;
  /** Path as it is shown, with `/`; `undefined` where the cases are in no file of their own. */
  readonly file: string | undefined;
  readonly cases: readonly PipelineCase[];
}

export type PipelineStatus = 'passed' | 'failed' | 'unknown' | 'skipped' | 'error';

export interface PipelineCase {
  readonly name: string;
  readonly status: PipelineStatus;
  /** Its place in a file; `undefined` for one that stands nowhere. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
  /** One line: what went wrong, or why it was skipped. Empty for a pass. */
  readonly message: string;
  /** More lines about it. */
  readonly details: readonly string[];
}

export type PipelineLevel = 'error' | 'warning' | 'note';

/** One kind of finding. */
export interface PipelineRule {
  /** Stable, such as `GSA001` or `test-failed`. */
  readonly id: string;
  /** A name in kebab case. */
  readonly name: string;
  readonly summary: string;
  /** What it means and what to do, in sentences. */
  readonly help: string;
  /** Where more is written of it. */
  readonly helpUri?: string;
  readonly level: PipelineLevel;
}

export interface PipelineFinding {
  readonly ruleId: string;
  readonly level: PipelineLevel;
  /** Which test, policy or location. */
  readonly title: string;
  /** The first line is enough where only one is shown. */
  readonly message: readonly string[];
  /** Its place in a file; `undefined` where there is no file, and then `subject` names it. */
  readonly place: PipelinePlace | undefined;
  /** What it is about, such as `policies/CA003 Block Finance`. */
  readonly subject: string;
  /** The same for the same finding in every run, wherever its line has moved to. */
  readonly fingerprint: string;
}

export interface PipelinePlace {
  /** Path as it is shown, with `/`; relative to the folder that the run was started in where it lies inside. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const WORST_FIRST: readonly PipelineLevel[] = ['error', 'warning', 'note'];

export function worstFirst(findings: readonly PipelineFinding[]): PipelineFinding[] {
  return findings.toSorted((a, b) => WORST_FIRST.indexOf(a.level) - WORST_FIRST.indexOf(b.level));
}
