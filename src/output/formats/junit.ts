import { encodeText } from '../encode.ts';
import type { PipelineCase, PipelineReport, PipelineStatus, PipelineSuite } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as a JUnit report. */
export function write(report: Report): Iterable<string> {
  return writeJunit(pipelineOf(report));
}

/**
 * JUnit XML as GitHub's reporters, GitLab, Azure DevOps and Jenkins read it: each case has a `classname` and, where it stands in a file,
 * `file` and `line`, and what is not a pass has one child with a `type`. JUnit has no word for unknown: it is a failure whose type says so.
 * There are no durations, because the same tests give the same text.
 */
export function* writeJunit({ tool, suites }: PipelineReport): Iterable<string> {
  const cases = suites.flatMap((suite) => suite.cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites ${attributes({ name: tool, ...counts(cases) })}>\n`;
  for (const suite of suites) yield* suiteLines(suite);
  yield '</testsuites>\n';
}

function* suiteLines({ name, file, cases }: PipelineSuite): Iterable<string> {
  yield `  <testsuite ${attributes({ name, ...counts(cases), ...(file === undefined ? {} : { file }) })}>\n`;
  for (const each of cases) yield caseLines(each, classOf(file ?? name.replaceAll(' ', '-')));
  yield '  </testsuite>\n';
}

function caseLines({ name, status, place, message, details }: PipelineCase, classname: string): string {
  const where = place === undefined ? {} : { file: place.file, line: String(place.line) };
  const open = `    <testcase ${attributes({ name, classname, ...where, time: '0' })}`;
  const element = ELEMENTS[status];
  if (element === undefined) return `${open}/>\n`;
  const what = attributes({ message, ...(status === 'skipped' ? {} : { type: status }) });
  const body = details.map(xml).join('\n');
  const child = body === '' ? `<${element} ${what}/>` : `<${element} ${what}>${body}</${element}>`;
  return `${open}>\n      ${child}\n    </testcase>\n`;
}

const ELEMENTS: { readonly [status in PipelineStatus]: string | undefined } = {
  passed: undefined,
  failed: 'failure',
  unknown: 'failure',
  skipped: 'skipped',
  error: 'error',
};

function counts(cases: readonly PipelineCase[]): Record<string, string> {
  const count = (...statuses: readonly PipelineStatus[]) =>
    String(cases.filter(({ status }) => statuses.includes(status)).length);
  return {
    tests: String(cases.length),
    failures: count('failed', 'unknown'),
    errors: count('error'),
    skipped: count('skipped'),
    time: '0',
  };
}

/** `policies/branch.gsatest.yaml` is shown as package `policies`, class `branch`. */
function classOf(file: string): string {
  return file
    .replace(/^[./]+/, '')
    .replace(/(\.gsatest)?\.(ya?ml|json)$/i, '')
    .replaceAll('.', '_')
    .split('/')
    .join('.');
}

function attributes(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .map(([name, value]) => `${name}="${xml(value)}"`)
    .join(' ');
}

/** Controls are made visible first, so what XML forbids is only what Unicode itself has no character for. */
function xml(text: string): string {
  return encodeText(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
