import type { Inline, View } from '../view.ts';
import { rowsOf } from '../view.ts';
import { widthOf } from './cell-text.ts';
import { plainText, writePlain } from './plain.ts';

/** For pipes that a person reads: tables in columns of their own widths, nothing cut and nothing folded. */
export function* writeAligned(view: View): Iterable<string> {
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    if (block.block !== 'table') {
      yield* writePlain([block]);
      continue;
    }
    const header = block.after === undefined ? [block.columns.map((column) => column.header)] : [];
    const rows = [...rowsOf(block)].map((cells: readonly Inline[]) => cells.map(plainText));
    if (rows.length === 0) yield `${block.empty}\n`;
    else yield* padded([...header, ...rows]);
  }
}

function* padded(rows: readonly (readonly string[])[]): Iterable<string> {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [at, text] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(text));
  }
  for (const cells of rows) {
    const line = cells.map((text, at) => text + ' '.repeat((widths[at] ?? 0) - widthOf(text))).join('  ');
    yield `${line.trimEnd()}\n`;
  }
}
