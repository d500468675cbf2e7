import type { Format } from './format.ts';
import { FORMATS } from './format.ts';
import { jsonBody, writeJsonValue } from './formats/json.ts';
import { graphBody } from './graph-body.ts';
import type { RenderSettings } from './render-settings.ts';
import type { Report } from './report.ts';

/** A report as text in one format, in pieces. Pure: the caller writes. */
export async function* render(report: Report, format: Format, settings: RenderSettings): AsyncIterable<string> {
  if (settings.query !== undefined) {
    const { select } = await import('./formats/query.ts');
    yield writeJsonValue(select(format === 'graph' ? graphBody(report) : jsonBody(report.data), settings.query));
    return;
  }
  const writer = await FORMATS[format].load();
  yield* writer.write(report, settings);
}
