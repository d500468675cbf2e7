import type { PipelineCase, PipelineFinding, PipelineReport } from '../../pipeline.ts';
import { worstFirst } from '../../pipeline.ts';
import type { CheckFinding, CheckReport, CheckRule } from './check.ts';

/** What a pipeline is told of a check: each finding at its line, and as a test case each rule that was asked. */
export function pipelineOfCheck(report: CheckReport, version: string): PipelineReport {
  return {
    tool: 'gsa check',
    version,
    suites: [{ name: 'gsa check', file: undefined, cases: report.rules.map((rule) => caseOf(rule, report)) }],
    rules: report.rules.map(({ id, name, severity, summary }) => ({
      id,
      name,
      summary,
      help: `${summary} \`gsa explain ${id}\` says why it matters and what to do.`,
      level: severity,
    })),
    findings: worstFirst(report.value.map(findingOf)),
  };
}

function findingOf(finding: CheckFinding): PipelineFinding {
  const { ruleId, severity, message, subject, file, line, column, fingerprint, expired } = finding;
  return {
    ruleId,
    level: severity,
    title: `${ruleId} ${subject.displayName}`,
    message: [
      message,
      ...(expired ? ['the baseline accepted it until a day that has passed'] : []),
      `what to do: gsa explain ${ruleId}`,
    ],
    place: line === null ? undefined : { file, line, column: column ?? 1 },
    subject: `${subject.kind}/${subject.displayName}`,
    fingerprint,
  };
}

const SEVERITIES = ['error', 'warning', 'note'] as const;

/**
 * A finding fails its case where it fails the check. Without a gate only an error does: a warning or a note is no broken
 * promise.
 */
function caseOf({ id, summary }: CheckRule, { value, skippedRules, failOn }: CheckReport): PipelineCase {
  const gate = SEVERITIES.indexOf(failOn ?? 'error');
  const own = value.filter(({ ruleId }) => ruleId === id);
  const failing = own.filter(({ severity }) => SEVERITIES.indexOf(severity) <= gate);
  const skipped = skippedRules.find(({ ruleId }) => ruleId === id);
  const placed = [...failing, ...own].find(({ line }) => line !== null);
  const point = {
    name: `${id} ${summary}`,
    place: placed === undefined ? undefined : { file: placed.file, line: placed.line ?? 1 },
  };
  if (skipped !== undefined) {
    return { ...point, status: 'skipped', message: `not known: ${skipped.notKnown.join(', ')}`, details: [] };
  }
  const [first, ...others] = failing.map(
    ({ message, file, line }) => `${message} (${file}${line === null ? '' : `:${line}`})`,
  );
  return first === undefined
    ? { ...point, status: 'passed', message: '', details: [] }
    : { ...point, status: 'failed', message: first, details: others };
}
