import { withGate } from '../gate-of.ts';
import type { RenderSettings } from '../render-settings.ts';
import type { Report } from '../report.ts';
import { viewOf } from '../report.ts';
import { shaped } from '../shaped-view.ts';
import type { View } from '../view.ts';
import { writePlain } from './plain.ts';

/** A report for people: fitted to a terminal, plain where it goes elsewhere, a script as it is. */
export async function* write(report: Report, settings: RenderSettings): AsyncIterable<string> {
  if (report.kind === 'script') yield report.data.text;
  else yield* writeView(shaped(withGate(report, viewOf(report)), settings), settings);
}

export async function* writeView(view: View, settings: RenderSettings): AsyncIterable<string> {
  if (settings.terminal) {
    const { writeTerminal } = await import('./terminal.ts');
    yield* writeTerminal(view, settings);
  } else if (settings.aligned) {
    const { writeAligned } = await import('./aligned.ts');
    yield* writeAligned(view);
  } else if (settings.color > 0) {
    const [{ Chalk }, { paint }] = await Promise.all([import('chalk'), import('./tones.ts')]);
    const chalk = new Chalk({ level: settings.color });
    yield* writePlain(view, (inline) => paint(inline, chalk));
  } else yield* writePlain(view);
}
