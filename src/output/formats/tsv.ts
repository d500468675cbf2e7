import type { RenderSettings } from '../render-settings.ts';
import type { Report } from '../report.ts';
import { rowsOf as rowsOfReport } from '../report.ts';
import { shaped } from '../shaped-view.ts';
import type { View } from '../view.ts';
import { rowsOf } from '../view.ts';
import { plainText } from './plain.ts';

/** A report's tables with tabs between the cells: one line a row, whatever a cell holds. */
export function write(report: Report, settings: RenderSettings): Iterable<string> {
  // Prose around the tables is for people.
  const tables = rowsOfReport(report).filter(({ block }) => block === 'table' || block === 'bars');
  return rowsOfView(shaped(tables, settings));
}

/** What a query selected: values alone, without names, as `az` gives them to scripts. */
export function writeView(view: View): Iterable<string> {
  return rowsOfView(view.map((block) => (block.block === 'table' ? { ...block, after: block.after ?? [] } : block)));
}

function* rowsOfView(view: View): Iterable<string> {
  const row = (cells: readonly string[]) => `${cells.join('\t')}\n`;
  for (const block of view) {
    if (block.block === 'text') yield row([plainText(block.text)]);
    if (block.block === 'fields') yield row(block.fields.map(([, value]) => plainText(value)));
    if (block.block === 'bars') for (const { label, count } of block.bars) yield row([plainText(label), String(count)]);
    if (block.block !== 'table') continue;
    if (block.after === undefined) yield row(block.columns.map(({ header }) => header));
    for (const cells of rowsOf(block)) yield row(cells.map(plainText));
  }
}
