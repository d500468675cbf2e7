import type { Format } from './format.ts';
import { FORMATS } from './format.ts';
import { jsonBody } from './formats/json.ts';
import { graphBody } from './graph-body.ts';
import type { RenderSettings } from './render-settings.ts';
import type { Report } from './report.ts';
import { shaped } from './shaped-view.ts';

/** A report as text in one format, in pieces. Pure: the caller writes. */
export async function* render(report: Report, format: Format, settings: RenderSettings): AsyncIterable<string> {
  const writer = await FORMATS[format].load();
  if (settings.query === undefined) {
    yield* writer.write(report, settings);
    return;
  }
  const [{ select, isNothing }, { viewOfValue }] = await Promise.all([
    import('./formats/query.ts'),
    import('./value-view.ts'),
  ]);
  const selected = select(format === 'graph' ? graphBody(report) : jsonBody(report.data), settings.query);
  if (isNothing(selected)) settings.onNothing?.();
  if (writer.writeValue !== undefined) yield* writer.writeValue(selected);
  else if (writer.writeView !== undefined) yield* writer.writeView(shaped(viewOfValue(selected), settings), settings);
}
