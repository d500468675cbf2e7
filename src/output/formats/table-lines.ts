import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { Column, Inline } from '../view.ts';
import { spansOf } from '../view.ts';
import { cut, foldable, widthOf } from './cell-text.ts';
import type { FittedColumn } from './fit-columns.ts';
import { plainText } from './plain.ts';
import { paint } from './tones.ts';

/** Between two columns. */
export const GAP = '  ';

/** The columns of a table as they stand on the screen. */
export interface Fitted {
  readonly columns: readonly Column[];
  readonly kept: readonly FittedColumn[];
  readonly chalk: ChalkInstance;
}

/** The names of the columns, each in the room of its column. */
export function headLines({ columns, kept, chalk }: Fitted): string {
  const head = kept.map(({ at }) => chalk.bold(columns[at]?.header ?? ''));
  return laidOut({ columns, kept, chalk }, [], head);
}

/**
 * Rows as lines. cli-table3 breaks long cells between words, and takes a quarter of a second for a thousand rows; a row whose
 * cells all fit, as almost every row of a long list does, needs no more than blanks.
 */
export function* rowLines(fitted: Fitted, rows: readonly (readonly Inline[])[]): Iterable<string> {
  let folded: (readonly Inline[])[] = [];
  for (const cells of rows) {
    const line = straightLine(fitted, cells);
    if (line === undefined) folded.push(cells);
    else {
      if (folded.length > 0) yield laidOut(fitted, folded);
      folded = [];
      yield line;
    }
  }
  if (folded.length > 0) yield laidOut(fitted, folded);
}

/** Words with one blank between them: of other texts, cli-table3 knows what becomes of the blanks. */
const WORDS = /^(?:\S+(?: \S+)*)?$/u;

function straightLine({ columns, kept, chalk }: Fitted, cells: readonly Inline[]): string | undefined {
  let line = '';
  for (const { at, width: room } of kept) {
    const inline = cells[at] ?? '';
    const plain = columns[at]?.overflow === 'cut' ? cut(plainText(inline), room) : plainText(inline);
    const width = widthOf(plain);
    if (width > room || !WORDS.test(plain)) return undefined;
    const text = cell(inline, columns[at], room, chalk);
    const blanks = ' '.repeat(room - width);
    line += `${line === '' ? '' : GAP}${columns[at]?.align === 'right' ? blanks + text : text + blanks}`;
  }
  return `${line.replace(/[ \t]+$/, '')}\n`;
}

function laidOut({ columns, kept, chalk }: Fitted, rows: readonly (readonly Inline[])[], head: string[] = []): string {
  const table = new Table({
    ...(head.length === 0 ? {} : { head }),
    colWidths: kept.map((column) => column.width),
    colAligns: kept.map(({ at }) => columns[at]?.align ?? 'left'),
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    chars: NO_LINES,
  });
  for (const cells of rows) {
    table.push(kept.map(({ at, width: room }) => cell(cells[at] ?? '', columns[at], room, chalk)));
  }
  return `${table.toString().replace(/[ \t]+$/gm, '')}\n`;
}

/** One cell, cut or with breaks in words that are too long. */
export function cell(inline: Inline, column: Column | undefined, room: number, chalk: ChalkInstance): string {
  if (column?.overflow !== 'cut') return paint(inline, chalk, (text) => foldable(text, room));
  const plain = plainText(inline);
  if (widthOf(plain) <= room) return paint(inline, chalk);
  const tone = spansOf(inline)[0]?.tone;
  const text = cut(plain, room);
  return paint(tone === undefined ? text : { text, tone }, chalk);
}

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);
Object.assign(NO_LINES, { middle: GAP });
