import { stringify } from 'csv-stringify/sync';
import { encodeText } from '../encode.ts';
import type { RenderSettings } from '../render-settings.ts';
import type { Report } from '../report.ts';
import { rowsOf as rowsOfReport } from '../report.ts';
import { shaped } from '../shaped-view.ts';
import type { Inline, View } from '../view.ts';
import { rowsOf } from '../view.ts';
import { plainText } from './plain.ts';

/** A report as the table that spreadsheets take. */
export function write(report: Report, settings: RenderSettings): Iterable<string> {
  return writeCsv(shaped(rowsOfReport(report), settings));
}

export function writeView(view: View): Iterable<string> {
  return writeCsv(view.map(selectedTable));
}

/** What a query selected of one object as a row, and one value as a list of it would be. */
function selectedTable(block: View[number]): View[number] {
  if (block.block === 'fields') return membersTable(block.fields);
  if (block.block === 'text') return membersTable([['value', block.text]]);
  return block;
}

function membersTable(fields: readonly (readonly [string, Inline])[]): View[number] {
  return {
    block: 'table',
    columns: fields.map(([header]) => ({ header })),
    rows: [fields.map(([, value]) => value)],
    empty: '',
  };
}

/** The tables and counts of a view as RFC 4180 CSV; a cell that a spreadsheet would run as a formula is neutralised. */
export function* writeCsv(view: View): Iterable<string> {
  for (const block of view) {
    if (block.block === 'bars') {
      yield csvRow(block.header ?? ['', 'count']);
      for (const { label, count } of block.bars) yield csvRow([plainText(label), String(count)]);
    }
    if (block.block !== 'table') continue;
    if (block.after === undefined) yield csvRow(block.columns.map((column) => column.header));
    for (const cells of rowsOf(block)) yield csvRow(cells.map(plainText));
  }
}

/** What a spreadsheet may run: a starter of formulas, its full-width form, or one behind blanks, which spreadsheets skip. */
const FORMULA = /^[\s\p{Z}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A mark of tables, known to be none. Alone it is no formula, and scripts compare it. */
const NONE = '-';

function csvRow(cells: readonly string[]): string {
  const safe = cells.map((cell) => (cell !== NONE && FORMULA.test(cell) ? `'${encodeText(cell)}` : encodeText(cell)));
  return stringify([safe], { record_delimiter: 'unix' });
}
