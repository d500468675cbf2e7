import type { Inline } from '../view.ts';
import { spansOf } from '../view.ts';
import { escapeHtml } from './html-escape.ts';

interface Bar {
  readonly label: Inline;
  readonly count: number;
}

/** Height of one bar with its label above it, in pixels. */
const ROW = 42;

/**
 * Bars as one inline picture, drawn to one scale. Lengths are percentages, so that it fits any width and its text stays
 * readable; a colour is the label's tone, and every count is written beside its bar.
 */
export function chart(bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ count }) => count), 1);
  const told = bars.map(({ label, count }) => `${textOf(label)} ${count}`).join(', ');
  const rows = bars.map(({ label, count }, at) => {
    const y = at * ROW;
    const tone = spansOf(label)[0]?.tone ?? 'plain';
    const width = count === 0 ? 0 : Math.max(Math.round((count / largest) * 1000) / 10, 0.5);
    const muted = count === 0 ? ' none' : '';
    return (
      `<text class="label${muted}" x="0" y="${y + 16}">${textOf(label)}</text>` +
      `<text class="count${muted}" x="100%" y="${y + 16}">${count}</text>` +
      `<rect class="track" x="0" y="${y + 23}" width="100%" height="8" rx="4"/>` +
      (count === 0 ? '' : `<rect class="bar ${tone}" x="0" y="${y + 23}" width="${width}%" height="8" rx="4"/>`)
    );
  });
  return `<svg class="chart" role="img" aria-label="${told}" width="100%" height="${bars.length * ROW}">\n${rows.join('\n')}\n</svg>\n`;
}

function textOf(label: Inline): string {
  return spansOf(label)
    .map(({ text }) => escapeHtml(text))
    .join('');
}
