import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import { encodeText } from '../encode.ts';
import type { Column, Inline } from '../view.ts';
import { itemsOf, spansOf } from '../view.ts';
import type { CellLine } from './cell-text.ts';
import { cut, foldable, folded, GAP, padded, widthOf, withoutBlanksBehind } from './cell-text.ts';
import type { FittedColumn } from './fit-columns.ts';
import { plainText } from './plain.ts';
import { paint, paintSafe } from './tones.ts';

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
 * Rows as lines. cli-table3 takes a quarter of a second for a thousand rows; a row of plain words, as almost every row of a
 * long list is, needs no more than breaks between words and blanks. What is painted in pieces and folded is left to cli-table3.
 */
export function* rowLines(fitted: Fitted, rows: readonly (readonly Inline[])[]): Iterable<string> {
  let left: (readonly Inline[])[] = [];
  for (const cells of rows) {
    const lines = plainLines(fitted, cells);
    if (lines === undefined) left.push(cells);
    else {
      if (left.length > 0) yield laidOut(fitted, left);
      left = [];
      yield lines;
    }
  }
  if (left.length > 0) yield laidOut(fitted, left);
}

function plainLines({ columns, kept, chalk }: Fitted, row: readonly Inline[]): string | undefined {
  const cells: (readonly CellLine[])[] = [];
  for (const { at, width } of kept) {
    const lines = cellLines(row[at] ?? '', columns[at], width, chalk);
    if (lines === undefined) return undefined;
    cells.push(lines);
  }
  let text = '';
  const height = Math.max(...cells.map((lines) => lines.length));
  for (let at = 0; at < height; at++) {
    const line = cells.map((lines, column) =>
      padded(lines[at] ?? NOTHING, kept[column]?.width ?? 0, columns[kept[column]?.at ?? 0]),
    );
    text += `${withoutBlanksBehind(line.join(GAP))}\n`;
  }
  return text;
}

const NOTHING: CellLine = { text: '', width: 0 };

/** Words with one blank between them: of other texts, cli-table3 knows what becomes of the blanks. */
const WORDS = /^(?:\S+(?: \S+)*)?$/u;

function cellLines(
  inline: Inline,
  column: Column | undefined,
  room: number,
  chalk: ChalkInstance,
): readonly CellLine[] | undefined {
  const whole = plainText(inline);
  if (!WORDS.test(whole)) return undefined;
  if (column?.overflow === 'fold') return foldedLines(inline, room).map((text) => ({ text, width: widthOf(text) }));
  const plain = column?.overflow === 'cut' ? cut(whole, room) : whole;
  const width = widthOf(plain);
  if (width <= room) return [{ text: typeof inline === 'string' ? plain : cell(inline, column, room, chalk), width }];
  const [span, ...others] = spansOf(inline);
  if (span === undefined || others.length > 0) return undefined;
  return wrapped(foldable(plain, room), room).map((line) => ({
    text: paintSafe(line, span.tone, chalk),
    width: widthOf(line),
  }));
}

/** Items that fold, in lines. */
export function foldedLines(inline: Inline, room: number): readonly string[] {
  return wrapped(folded(itemsOf(inline).map(encodeText), room), room);
}

/** The lines of a text: as many words on each as fit, and a line ends where the text has a break. */
function wrapped(text: string, room: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer) > room) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** A label in lines, whole: one that was cut might read as another does. What stands on several lines has the tone of its first span. */
export function labelLines(inline: Inline, room: number, chalk: ChalkInstance): readonly CellLine[] {
  const plain = plainText(inline);
  if (widthOf(plain) <= room) return [{ text: paint(inline, chalk), width: widthOf(plain) }];
  const tone = spansOf(inline)[0]?.tone;
  return wrapped(foldable(plain, room), room).map((line) => ({
    text: paintSafe(line, tone, chalk),
    width: widthOf(line),
  }));
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
  return `${table.toString().split('\n').map(withoutBlanksBehind).join('\n')}\n`;
}

/** @internal One cell, cut or with breaks in words that are too long. */
export function cell(inline: Inline, column: Column | undefined, room: number, chalk: ChalkInstance): string {
  if (column?.overflow === 'fold') return foldedLines(inline, room).join('\n');
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
