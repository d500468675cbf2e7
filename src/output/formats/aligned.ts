import type { Block, Column, Inline, View } from '../view.ts';
import { rowsOf } from '../view.ts';
import { GAP, padded, widthOf } from './cell-text.ts';
import { plainText, writePlain } from './plain.ts';

/**
 * Columns are as wide as their texts up to here: one that is longer stands whole and moves what follows in its own row alone,
 * lest a single name of 200,000 letters make every row as long.
 */
const WIDEST = 120;

/** Writes a view for a pipe that a person reads: columns as wide as their texts, nothing cut and nothing folded. */
export function* writeAligned(view: View): Iterable<string> {
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    const sheet = sheetOf(block);
    if (sheet === undefined || sheet.rows.length === 0) yield* writePlain([block]);
    else yield* laidOut(sheet);
  }
}

/** What of a block stands in columns, its header among the rows. */
interface Sheet {
  readonly columns: readonly Pick<Column, 'align'>[];
  readonly rows: readonly (readonly Inline[])[];
}

function sheetOf(block: Block): Sheet | undefined {
  switch (block.block) {
    case 'fields':
      return { columns: [], rows: block.fields };
    case 'bars':
      return { columns: [{}, { align: 'right' }], rows: block.bars.map(({ label, count }) => [label, String(count)]) };
    case 'table': {
      const rows = [...rowsOf(block)];
      const isHeaded = block.after === undefined && rows.length > 0;
      return { columns: block.columns, rows: isHeaded ? [block.columns.map(({ header }) => header), ...rows] : rows };
    }
    default:
      return undefined;
  }
}

function* laidOut({ columns, rows }: Sheet): Iterable<string> {
  const texts = rows.map((cells) => cells.map(plainText));
  const widths: number[] = [];
  for (const cells of texts) {
    for (const [at, text] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, Math.min(widthOf(text), WIDEST));
  }
  for (const cells of texts) {
    const line = cells.map((text, at) => padded({ text, width: widthOf(text) }, widths[at] ?? 0, columns[at]));
    yield `${line.join(GAP).trimEnd()}\n`;
  }
}
