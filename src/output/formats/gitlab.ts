import { createHash } from 'node:crypto';
import { encodeJson, encodeText } from '../encode.ts';
import type { PipelineFinding, PipelineLevel, PipelineReport } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as a Code Quality report of GitLab. */
export function write(report: Report): Iterable<string> {
  return writeGitlab(pipelineOf(report));
}

/** A list of findings; GitLab wants a path and a line of each, so one without a file names what it is about. */
export function* writeGitlab({ tool, findings }: PipelineReport): Iterable<string> {
  const seen = new Map<string, number>();
  const issues = findings.map((finding) => issueOf(tool, finding, seen));
  yield `${encodeJson(JSON.stringify(issues, null, 2))}\n`;
}

const SEVERITIES: { readonly [level in PipelineLevel]: string } = { error: 'critical', warning: 'major', note: 'info' };

function issueOf(tool: string, finding: PipelineFinding, seen: Map<string, number>) {
  const { ruleId, level, title, message, place, subject, fingerprint } = finding;
  // Two findings of one fingerprint would be one finding.
  const times = (seen.get(fingerprint) ?? 0) + 1;
  seen.set(fingerprint, times);
  const [first] = message;
  return {
    description: encodeText([title, ...(first === undefined ? [] : [first])].join(': ')),
    check_name: ruleId,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([tool, ruleId, fingerprint, times]))
      .digest('hex'),
    severity: SEVERITIES[level],
    location: { path: encodeText(place?.file ?? subject), lines: { begin: place?.line ?? 1 } },
  };
}
