import type { Format, RenderSettings } from './format.ts';
import { jsonBody, writeJson, writeJsonValue, writeNdjson } from './formats/json.ts';
import { writeMarkdown } from './formats/markdown.ts';
import { writePlain } from './formats/plain.ts';
import { pipelineOf } from './pipeline-of.ts';
import type { Report } from './report.ts';
import { pageOf, rowsOf, viewOf } from './report.ts';

/** A report as text in one format, in pieces. Pure: the caller writes. */
export async function* render(report: Report, format: Format, settings: RenderSettings): AsyncIterable<string> {
  if (settings.query !== undefined) {
    const { select } = await import('./formats/query.ts');
    yield writeJsonValue(select(format === 'graph' ? graphBody(report) : jsonBody(report.data), settings.query));
    return;
  }
  switch (format) {
    case 'table':
      if (report.kind === 'script') yield report.data.text;
      else if (settings.terminal) {
        const { writeTerminal } = await import('./formats/terminal.ts');
        yield* writeTerminal(viewOf(report), settings);
      } else if (settings.color > 0) {
        const [{ Chalk }, { paint }] = await Promise.all([import('chalk'), import('./formats/tones.ts')]);
        const chalk = new Chalk({ level: settings.color });
        yield* writePlain(viewOf(report), (inline) => paint(inline, chalk));
      } else yield* writePlain(viewOf(report));
      return;
    case 'json':
      yield* writeJson(jsonBody(report.data));
      return;
    case 'ndjson':
      yield* writeNdjson(report.data);
      return;
    case 'markdown':
      yield* writeMarkdown(viewOf(report));
      return;
    case 'graph':
      yield* writeJson(graphBody(report));
      return;
    case 'html': {
      const { writeHtml } = await import('./formats/html.ts');
      yield* writeHtml(pageOf(report));
      return;
    }
    case 'csv': {
      const { writeCsv } = await import('./formats/csv.ts');
      yield* writeCsv(rowsOf(report));
      return;
    }
    case 'junit': {
      const { writeJunit } = await import('./formats/junit.ts');
      yield* writeJunit(pipelineOf(report));
      return;
    }
    case 'sarif': {
      const { writeSarif } = await import('./formats/sarif.ts');
      yield* writeSarif(pipelineOf(report));
      return;
    }
    case 'github': {
      const { writeGithub } = await import('./formats/github.ts');
      yield* writeGithub(pipelineOf(report));
      return;
    }
    case 'azuredevops': {
      const { writeAzureDevOps } = await import('./formats/azuredevops.ts');
      yield* writeAzureDevOps(pipelineOf(report));
      return;
    }
    case 'tap': {
      const { writeTap } = await import('./formats/tap.ts');
      yield* writeTap(pipelineOf(report));
      return;
    }
    default:
      throw new Error(`no writer for ${format} and ${report.kind}`);
  }
}

/** The response as Graph would give it: a collection, without members of ours. */
function graphBody(report: Report): Record<string, unknown> {
  return {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.whatIfAnalysisResult)',
    value: 'graph' in report.data ? report.data.graph : [],
  };
}
