import { encodeText } from '../encode.ts';
import type { PipelineFinding, PipelineReport } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as logging commands of Azure DevOps. */
export function write(report: Report): Iterable<string> {
  return writeAzureDevOps(pipelineOf(report));
}

/**
 * Logging commands of Azure Pipelines: errors and warnings with their places. A note has no command of its own and is a line
 * of the log.
 */
export function* writeAzureDevOps({ findings }: PipelineReport): Iterable<string> {
  for (const finding of findings) yield finding.level === 'note' ? note(finding) : issue(finding);
}

function issue({ level, ruleId, title, message, place }: PipelineFinding): string {
  const where =
    place === undefined
      ? []
      : [`sourcepath=${property(place.file)}`, `linenumber=${place.line}`, `columnnumber=${place.column}`];
  const properties = [`type=${level}`, ...where, `code=${property(ruleId)}`].map((each) => `${each};`).join('');
  return `##vso[task.logissue ${properties}]${[title, ...message].map(data).join('%0D%0A')}\n`;
}

function note({ title, message }: PipelineFinding): string {
  return `${[title, ...message].map(data).join(': ')}\n`;
}

function property(text: string): string {
  return data(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

/** `%` first, as the agent takes it apart last; `##` begins a command and `::` one of another service. */
function data(text: string): string {
  return encodeText(text)
    .replaceAll('%', '%AZP25')
    .replace(/##+|::+/g, (marks) => [...marks].join(' '));
}
