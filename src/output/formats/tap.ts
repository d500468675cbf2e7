import { encodeText } from '../encode.ts';
import type { PipelineCase, PipelineReport } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as a report in the Test Anything Protocol. */
export function write(report: Report): Iterable<string> {
  return writeTap(pipelineOf(report));
}

/** TAP version 14: one test point a test, and of what is no pass a YAML block that says which of the others it is. */
export function* writeTap({ suites }: PipelineReport): Iterable<string> {
  const cases = suites.flatMap(({ name, cases: own }) => own.map((each) => ({ suite: name, each })));
  yield `TAP version 14\n1..${cases.length}\n`;
  for (const [at, { suite, each }] of cases.entries()) yield point(at + 1, suite, each);
}

function point(number: number, suite: string, { name, status, place, message, details }: PipelineCase): string {
  const isOk = status === 'passed' || status === 'skipped';
  const title = suite === '' || suite === name ? name : `${suite} › ${name}`;
  const head = `${isOk ? 'ok' : 'not ok'} ${number} - ${description(title)}`;
  if (status === 'skipped') return `${head} # SKIP ${description(message)}\n`;
  if (isOk) return `${head}\n`;
  const lines = ['---', `status: ${status}`];
  if (place !== undefined) lines.push(`line: ${place.line}`);
  lines.push(`message: ${quoted(message)}`);
  if (details.length > 0) lines.push('details:', ...details.map((detail) => `  - ${quoted(detail)}`));
  return `${head}\n${[...lines, '...'].map((text) => `  ${text}\n`).join('')}`;
}

/** `#` would begin a directive, and a backslash escapes it. */
function description(text: string): string {
  return encodeText(text).replace(/[\\#]/g, '\\$&').trim();
}

/** JSON's quotes are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(encodeText(text));
}
