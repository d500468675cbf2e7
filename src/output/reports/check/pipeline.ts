import type { UndecidedRule } from '../../../core/check/undecided.ts';
import type { PipelineCase, PipelineFinding, PipelineReport } from '../../pipeline.ts';
import { worstFirst } from '../../pipeline.ts';
import type { CheckFinding, CheckReport, CheckRule } from './check.ts';
import { isAsBad } from './check.ts';

/** What a pipeline is told of a check: each finding at its line, and as a test case each rule that was asked. */
export function pipelineOfCheck(report: CheckReport, version: string): PipelineReport {
  return {
    tool: 'gsa check',
    version,
    suites: [{ name: 'gsa check', file: undefined, cases: report.rules.map((rule) => caseOf(rule, report)) }],
    rules: report.rules.map(({ id, name, severity, summary, helpUri }) => ({
      id,
      name,
      summary,
      help: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}. \`gsa explain ${id}\` says why it matters and what to do.`,
      ...(helpUri === null ? {} : { helpUri }),
      level: severity,
    })),
    findings: worstFirst([...report.value.map(findingOf), ...failingDoubts(report).map(findingOfDoubt)]),
  };
}

/** What a missing fact could turn fails the check where the gate asks for it; without a gate it is only told. */
function failingDoubts({ undecided, failOn }: CheckReport) {
  return failOn === null ? [] : undecided.filter(({ severity }) => isAsBad(severity, failOn));
}

function findingOfDoubt({ ruleId, severity, notKnown, settle, fingerprint }: UndecidedRule): PipelineFinding {
  return {
    ruleId,
    level: severity,
    title: `${ruleId} not decided`,
    message: [`not decided, for want of ${notKnown.join(', ')}`, ...settle.map((how) => `what to do: ${how}`)],
    place: undefined,
    subject: 'setting/what is not known',
    fingerprint,
  };
}

function findingOf(finding: CheckFinding): PipelineFinding {
  const { ruleId, severity, message, subject, file, line, column, fingerprint, expired, worse } = finding;
  return {
    ruleId,
    level: severity,
    title: `${ruleId} ${subject.displayName}`,
    message: [
      message,
      ...(expired ? ['the baseline accepted it until a day that has passed'] : []),
      ...(worse ? ['the baseline accepts it where it is less severe'] : []),
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
function caseOf({ id, summary }: CheckRule, report: CheckReport): PipelineCase {
  const { value, skippedRules, failOn } = report;
  const gate = SEVERITIES.indexOf(failOn ?? 'error');
  const own = value.filter(({ ruleId }) => ruleId === id);
  const failing = own.filter(({ severity }) => SEVERITIES.indexOf(severity) <= gate);
  const skipped = skippedRules.find(({ ruleId }) => ruleId === id);
  const placed = [...failing, ...own].find(({ line }) => line !== null);
  const point = {
    name: `${id} ${summary}`,
    place: placed === undefined ? undefined : { file: placed.file, line: placed.line ?? 1 },
  };
  const doubt = failingDoubts(report).find(({ ruleId }) => ruleId === id);
  if (doubt !== undefined && failing.length === 0) {
    const message = `not decided, for want of ${doubt.notKnown.join(', ')}`;
    return { ...point, status: 'unknown', message, details: doubt.settle };
  }
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
