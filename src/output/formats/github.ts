import { encodeText } from '../encode.ts';
import type { PipelineFinding, PipelineLevel, PipelineReport } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as annotations of GitHub. */
export function write(report: Report): Iterable<string> {
  return writeGithub(pipelineOf(report));
}

/**
 * Annotations by the workflow commands of GitHub Actions. A step shows ten of each level and drops the rest in silence, so
 * the tenth says how many there are. The job summary is the markdown format: `-o markdown:"$GITHUB_STEP_SUMMARY"`.
 */
export function* writeGithub({ tool, findings }: PipelineReport): Iterable<string> {
  for (const level of ['error', 'warning', 'note'] as const) {
    const own = findings.filter((finding) => finding.level === level);
    const shown = own.length > MOST ? own.slice(0, MOST - 1) : own;
    for (const finding of shown) yield annotation(finding);
    if (own.length > shown.length) {
      const rest = own.length - shown.length;
      yield `::${COMMANDS[level]} title=${property(tool)}::${data(`and ${rest} more; the job summary has all of them`)}\n`;
    }
  }
}

/** Annotations of one level in one step. */
const MOST = 10;

const COMMANDS: { readonly [level in PipelineLevel]: string } = { error: 'error', warning: 'warning', note: 'notice' };

function annotation({ level, title, message, place }: PipelineFinding): string {
  const where =
    place === undefined ? [] : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`];
  const properties = [...where, `title=${property(title)}`].join(',');
  return `::${COMMANDS[level]} ${properties}::${message.map(data).join('%0A')}\n`;
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** `::` and `##` begin commands: in data they are taken apart, which an IPv6 address survives as `2001:db8: :5`. */
function data(text: string): string {
  return escaped(text.replace(/::+/g, (colons) => [...colons].join(' ')));
}

function escaped(text: string): string {
  return encodeText(text)
    .replaceAll('%', '%25')
    .replace(/##+/g, (marks) => [...marks].join(' '));
}
