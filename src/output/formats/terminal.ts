import type { ChalkInstance, ColorSupportLevel } from 'chalk';
import { Chalk } from 'chalk';
import { encodeText } from '../encode.ts';
import type { Block, Inline, Span, View } from '../view.ts';
import { rowsOf, spansOf } from '../view.ts';
import { foldable, GAP, groupDigits, widthOf } from './cell-text.ts';
import type { FittedColumn } from './fit-columns.ts';
import { fitColumns } from './fit-columns.ts';
import { plainText } from './plain.ts';
import { cell, headLines, rowLines } from './table-lines.ts';
import { paint, paintSafe } from './tones.ts';

export interface TerminalSettings {
  /** Columns of the terminal; 80 when it does not say. */
  readonly width: number;
  readonly color: ColorSupportLevel;
}

type TableBlock = Extract<Block, { block: 'table' }>;

/** Rows that are measured and shown at once. */
const ROWS_A_PAGE = 200;

/** Columns that the bars of a chart keep beside long labels, and the share that the labels keep on a narrow terminal. */
const BAR = 20;
const LABEL_SHARE = 0.6;
/** Columns of a chart where a line may be as long as it likes. */
const WIDEST_CHART = 200;

export function* writeTerminal(view: View, settings: TerminalSettings): Iterable<string> {
  const chalk = new Chalk({ level: settings.color });
  for (const [at, block] of view.entries()) {
    if (at > 0) yield '\n';
    yield* lines(block, chalk, settings.width);
  }
}

function* lines(block: Block, chalk: ChalkInstance, width: number): Iterable<string> {
  switch (block.block) {
    case 'heading':
      yield `${chalk.bold(paint(block.text, chalk))}\n`;
      return;
    case 'text':
      yield `${prose(block.text, chalk, width)}\n`;
      return;
    case 'fields': {
      const labelWidth = Math.max(...block.fields.map(([label]) => widthOf(label)), 0);
      for (const [label, value] of block.fields) {
        const padding = ' '.repeat(labelWidth - widthOf(label));
        const text = prose(value, chalk, Math.max(width - labelWidth - GAP.length, 20));
        yield `${chalk.dim(encodeText(label))}${padding}${GAP}${text.replaceAll('\n', `\n${' '.repeat(labelWidth)}${GAP}`)}\n`;
      }
      return;
    }
    case 'list':
      for (const item of block.items) {
        const text = prose(item, chalk, width - 2);
        yield `- ${text.replaceAll('\n', '\n  ')}\n`;
      }
      return;
    case 'bars':
      yield* bars(block, chalk, width);
      return;
    case 'table':
      yield* table(grouped(block), chalk, width);
      return;
  }
}

/** A table as a person reads it: its counts with their digits in groups. */
function grouped(block: TableBlock): TableBlock {
  const { columns, rows, more, after } = block;
  if (!columns.some(({ isCount }) => isCount)) return block;
  const cells = (row: readonly Inline[]) =>
    row.map((inline, at) => (columns[at]?.isCount === true ? groupDigits(plainText(inline)) : inline));
  return {
    ...block,
    rows: rows.map(cells),
    ...(more === undefined ? {} : { more: mapped(more, cells) }),
    ...(after === undefined ? {} : { after: after.map(cells) }),
  };
}

/** Made anew by every reader, as the rows themselves are. */
function mapped<From, To>(items: Iterable<From>, make: (item: From) => To): Iterable<To> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

/** Column widths come from the rows in memory; rows that stream in later widen them page by page. */
function* table(block: TableBlock, chalk: ChalkInstance, width: number): Iterable<string> {
  const { columns, rows, after = [] } = block;
  let natural = columns.map((column) => widthOf(column.header));
  natural = widest(natural, [...after, ...rows]);
  let isBegun = block.after !== undefined;
  for (const page of pagesOf(rowsOf(block))) {
    natural = widest(natural, page);
    const kept = fitColumns(columns, natural, width, GAP.length);
    if (!isBegun && isTooNarrow(kept, natural, width)) {
      yield* records(block, chalk, width);
      return;
    }
    const fitted = { columns, kept, chalk };
    if (!isBegun) yield headLines(fitted);
    isBegun = true;
    yield* rowLines(fitted, page);
  }
  if (!isBegun) yield `${block.empty}\n`;
}

/** Columns that go past the edge, or that only fit because a screen of this width makes them slivers. */
function isTooNarrow(kept: readonly FittedColumn[], natural: readonly number[], width: number): boolean {
  const wanted = kept.reduce((sum, { at }) => sum + (natural[at] ?? 0), GAP.length * (kept.length - 1));
  const given = kept.reduce((sum, column) => sum + column.width, GAP.length * (kept.length - 1));
  return given > width || (wanted > width && width < NARROW);
}

/** Columns of a terminal below which a table that does not fit is told record by record. */
const NARROW = 44;

function* pagesOf(rows: Iterable<readonly Inline[]>): Iterable<readonly (readonly Inline[])[]> {
  let page: (readonly Inline[])[] = [];
  for (const cells of rows) {
    page.push(cells);
    if (page.length < ROWS_A_PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function widest(widths: readonly number[], rows: readonly (readonly Inline[])[]): number[] {
  return widths.map((width, at) =>
    rows.reduce((most, cells) => Math.max(most, widthOf(plainText(cells[at] ?? ''))), width),
  );
}

/**
 * One record below the other, a line for each column: for a terminal so narrow that side by side they would be cut to
 * letters.
 */
function* records(block: TableBlock, chalk: ChalkInstance, width: number): Iterable<string> {
  const labelWidth = Math.max(...block.columns.map(({ header }) => widthOf(header)));
  const indent = ' '.repeat(labelWidth) + GAP;
  const room = Math.max(width - indent.length, NARROWEST_VALUE);
  let isBegun = block.after !== undefined;
  for (const cells of rowsOf(block)) {
    if (isBegun) yield '\n';
    isBegun = true;
    for (const [at, { header }] of block.columns.entries()) {
      const text = wrap(
        paint(cells[at] ?? '', chalk, (each) => foldable(each, room)),
        room,
      );
      const label = chalk.dim(header) + ' '.repeat(labelWidth - widthOf(header));
      yield `${label}${GAP}${text.replaceAll('\n', `\n${indent}`)}`.trimEnd().concat('\n');
    }
  }
  if (!isBegun) yield `${block.empty}\n`;
}

const NARROWEST_VALUE = 8;

function* bars(block: Extract<Block, { block: 'bars' }>, chalk: ChalkInstance, width: number): Iterable<string> {
  if (block.bars.length === 0) yield `${block.empty}\n`;
  const labelWidth = Math.max(...block.bars.map(({ label }) => widthOf(plainText(label))), 0);
  const countWidth = Math.max(...block.bars.map(({ count }) => groupDigits(String(count)).length), 0);
  const largest = Math.max(...block.bars.map(({ count }) => count), 1);
  const space = Math.min(width, WIDEST_CHART) - countWidth - 2 * GAP.length;
  const labelRoom = Math.min(labelWidth, Math.max(space - BAR, Math.floor(space * LABEL_SHARE), 1));
  const room = Math.max(space - labelRoom, 1);
  for (const { label, count } of block.bars) {
    const bar = '█'.repeat(Math.max(Math.round((count / largest) * room), count > 0 ? 1 : 0));
    const padding = ' '.repeat(Math.max(labelRoom - widthOf(plainText(label)), 0));
    yield `${cell(label, { header: '', overflow: 'cut' }, labelRoom, chalk)}${padding}${GAP}${groupDigits(String(count)).padStart(countWidth)}${GAP}${chalk.cyan(bar)}\n`;
  }
}

/** Text in lines of that width. A command to type is never broken, wherever it stands: people copy it. */
function prose(text: Inline, chalk: ChalkInstance, width: number): string {
  const spans = spansOf(text);
  if (spans.every(({ tone }) => tone === 'code')) return paint(text, chalk);
  if (!spans.some(isCommand)) return wrap(paint(text, chalk), width);
  const words: Span[][] = [[]];
  for (const span of spans) {
    const safe = encodeText(span.text);
    for (const [at, part] of (isCommand(span) ? [safe] : safe.split(' ')).entries()) {
      // Spans follow each other without a blank: the first part goes on with the word before it.
      if (at > 0) words.push([]);
      words.at(-1)?.push({ ...span, text: part });
    }
  }
  return linesOf(words, width)
    .map((line) => painted(line, chalk))
    .join('\n');
}

/** As many words on each line as fit. */
function linesOf(words: readonly (readonly Span[])[], width: number): readonly (readonly Span[])[][] {
  const lines: (readonly Span[])[][] = [];
  let room = 0;
  for (const word of words) {
    const length = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    if (lines.length > 0 && length < room) lines.at(-1)?.push(word);
    else lines.push([word]);
    room = (lines.at(-1)?.length === 1 ? width : room - 1) - length;
  }
  return lines;
}

/** The words of a line, a blank between them; what follows in the same tone is painted at once. */
function painted(words: readonly (readonly Span[])[], chalk: ChalkInstance): string {
  const runs: { text: string; tone: Span['tone'] }[] = [];
  for (const [at, word] of words.entries()) {
    for (const [place, { text, tone }] of word.entries()) {
      const last = runs.at(-1);
      const blank = at > 0 && place === 0 ? ' ' : '';
      if (last !== undefined && last.tone === tone) last.text += blank + text;
      else {
        if (last !== undefined) last.text += blank;
        runs.push({ text, tone });
      }
    }
  }
  return runs.map(({ text, tone }) => paintSafe(text, tone, chalk)).join('');
}

function isCommand({ text, tone }: Span): boolean {
  return tone === 'code' && text.includes(' ');
}

/** Breaks painted text between words; escapes have no width. A word that is wider than the line stays whole. */
function wrap(text: string, width: number): string {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      wrapped.push(line);
      line = word;
    } else line = longer;
  }
  return [...wrapped, line].join('\n');
}
