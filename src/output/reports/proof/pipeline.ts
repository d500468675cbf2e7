import type { Gate } from '../../gate.ts';
import type { PipelineCase, PipelineFinding, PipelineReport } from '../../pipeline.ts';
import { worstFirst } from '../../pipeline.ts';
import { IMPACT_RULES, levelOf, ruleIdOf } from '../impact/pipeline.ts';
import { classWords } from '../impact/words.ts';
import { peopleText } from './names.ts';
import type { ProofReport, ProofReportRow } from './report.ts';

/** What a pipeline is told of a proof: each policy that decides a change, and as a test case each class. */
export function pipelineOfProof(report: ProofReport, version: string): PipelineReport {
  return {
    tool: 'gsa impact --all',
    version,
    suites: [{ name: 'gsa impact --all', file: undefined, cases: casesOf(report) }],
    rules: IMPACT_RULES,
    findings: worstFirst(report.value.map((row) => findingOf(row, report))),
  };
}

/** What the classes of `--fail-on` came to; without them nothing was asked. */
export function gateOfProof({ failOn, failed, classes, peopleAreSupposed }: ProofReport): Gate | undefined {
  if (failOn.length === 0) return undefined;
  const passed = failed.length === 0;
  const people = (gate: string) => classes.find((each) => each.class === gate)?.people;
  const by = failed.map((gate) => {
    const count = people(gate);
    return `${classWords(gate)}${count === undefined ? '' : ` (${peopleText(count, peopleAreSupposed)})`}`;
  });
  return {
    name: `Gate --fail-on ${failOn.join(',')}`,
    passed,
    by: passed ? 'proved for every sign-in there could be' : `by ${by.join(', ')}`,
  };
}

function findingOf(row: ProofReportRow, { failed, people, peopleAreSupposed }: ProofReport): PipelineFinding {
  return {
    ruleId: ruleIdOf(row.class),
    level: levelOf(row.class, failed),
    title: `${row.displayName}: ${classWords(row.class)}`,
    message: [
      `sign-ins of ${row.people} of ${peopleText(people, peopleAreSupposed)} ${row.isCertain ? 'are' : 'may be'} ${classWords(row.class)}`,
      ...(row.from.length === 0 ? [] : [`from ${row.from.join('; ')}`]),
      `look closer: ${row.command}`,
    ],
    place: undefined,
    subject: `policy/${row.displayName}`,
    fingerprint: JSON.stringify(['policy', row.policyId, row.class]),
  };
}

/** Each class that the gate asks for, and each that there is: these are told as skipped, for nobody asked. */
function casesOf({ failOn, failed, classes, value, peopleAreSupposed }: ProofReport): readonly PipelineCase[] {
  const kinds = [...new Set([...failOn, ...failed, ...classes.map((each) => each.class)])].filter(
    (kind) => kind !== 'unchanged',
  );
  return kinds.map((kind) => {
    const status = failed.includes(kind) ? 'failed' : failOn.includes(kind) ? 'passed' : 'skipped';
    const found = classes.find((each) => each.class === kind);
    const counted = found === undefined ? 'there are such sign-ins' : peopleText(found.people, peopleAreSupposed);
    return {
      name: `no sign-in there could be is ${classWords(kind)}`,
      status,
      place: undefined,
      message: status === 'passed' ? '' : status === 'skipped' ? `${counted}; --fail-on does not ask` : counted,
      details:
        status === 'passed'
          ? []
          : value.filter((row) => row.class === kind).map((row) => `${row.displayName}: ${row.command}`),
    };
  });
}
