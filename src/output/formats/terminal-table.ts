import type { ChalkInstance } from 'chalk';
import type { Block, Column, Inline } from '../view.ts';
import { dim, itemsOf, rowsOf } from '../view.ts';
import { foldable, foldedLeast, GAP, groupDigits, widthOf } from './cell-text.ts';
import type { FittedColumn, Needs } from './fit-columns.ts';
import { fitColumns, isCutShort, wholeWidth } from './fit-columns.ts';
import { plainText } from './plain.ts';
import { wrap } from './prose.ts';
import type { Fitted } from './table-lines.ts';
import { foldedLines, headLines, rowLines } from './table-lines.ts';
import { paint } from './tones.ts';
import { longestWord } from './whole-words.ts';

type TableBlock = Extract<Block, { block: 'table' }>;

/** Rows that are measured and shown at once. */
const ROWS_A_PAGE = 200;

/** A table on a screen: column widths come from the rows in memory; rows that stream in later widen them page by page. */
export function* table(whole: TableBlock, chalk: ChalkInstance, width: number): Iterable<string> {
  const block = withoutIdleColumns(grouped(whole));
  const { columns, rows, after = [] } = block;
  const onScreen = { chalk, width };
  let needs: Needs = { natural: columns.map(({ header }) => widthOf(header)), unbroken: columns.map(() => 0) };
  needs = grown(needs, block, [...after, ...rows]);
  let isBegun = block.after !== undefined;
  let first: Layout | undefined;
  // The rows that are held were measured above.
  let measured = rows.length;
  for (const page of pagesOf(rowsOf(block))) {
    if (measured < page.length) needs = grown(needs, block, page);
    measured = Math.max(measured - page.length, 0);
    // What was begun without a record goes on without one.
    first ??= isBegun && after.length === 0 ? withBelow(columns, needs, width, []) : layoutOf(columns, needs, width);
    if (first.form === 'records') {
      yield* records(block, first.kept, chalk, width);
      break;
    }
    const { kept, below } = withBelow(columns, needs, width, first.below);
    const fitted = { columns, kept, chalk };
    if (!isBegun) yield headLines(fitted);
    isBegun = true;
    yield* below.length > 0 ? linesWithBelow(fitted, below, page, onScreen) : rowLines(fitted, page);
  }
  if (first === undefined && !isBegun) yield `${block.empty}\n`;
  // A table that goes on says it where it began.
  if (first !== undefined && block.after === undefined) yield* leftOut(block, first, chalk, width);
}

/** How the rows of a table stand on a screen: the columns beside each other, and those of which texts may stand below. */
interface Layout {
  readonly form: 'lines' | 'records';
  readonly kept: readonly FittedColumn[];
  readonly below: readonly number[];
}

/**
 * All beside each other where that shows as much as any other way; else long texts below their rows; else one record below
 * the other.
 */
function layoutOf(columns: readonly Column[], needs: Needs, width: number): Layout {
  const told = fitColumns(columns, needs, Math.max(width, NARROW), GAP.length);
  const records: Layout = { form: 'records', kept: told, below: [] };
  const all = columnsBelow(columns);
  if (all.length === 0) {
    const lines = withBelow(columns, needs, width, []);
    return lines.kept.length >= told.length && !isTooNarrow(lines.kept, needs.natural, width) ? lines : records;
  }
  const first = all.filter((at) => columns[at]?.belowFrom === 0);
  const ways = [[], first].map((below) => withBelow(columns, needs, width, below));
  const most = ways
    .filter((way) => isWhole(columns, way.kept, needs, width))
    .sort((a, b) => shownBy(b) - shownBy(a))[0];
  if (most !== undefined) return most;
  const last = withBelow(columns, needs, width, all);
  return width >= NARROW && isFitting(last.kept, width) && isLegible(columns, last.kept) ? last : records;
}

/** Columns that never go, of which texts may stand below their rows. */
function columnsBelow(columns: readonly Column[]): readonly number[] {
  return [...columns.keys()].filter(
    (at) => columns[at]?.belowFrom !== undefined && (columns[at]?.dropOrder ?? 0) === 0,
  );
}

function shownBy({ kept, below }: Layout): number {
  return new Set([...kept.map(({ at }) => at), ...below]).size;
}

/** Whether the columns fit, and of those that never go nothing that matters is cut. */
function isWhole(columns: readonly Column[], kept: readonly FittedColumn[], needs: Needs, width: number): boolean {
  const isCut = ({ at, width: given }: FittedColumn) =>
    (columns[at]?.dropOrder ?? 0) === 0 &&
    given < wholeWidth(columns[at], { at, width: needs.natural[at] ?? 0 }, needs);
  return isFitting(kept, width) && !kept.some(isCut);
}

function isFitting(kept: readonly FittedColumn[], width: number): boolean {
  return kept.reduce((sum, column) => sum + column.width, GAP.length * (kept.length - 1)) <= width;
}

/** Whether of every text that is cut enough is shown to know it by. */
function isLegible(columns: readonly Column[], kept: readonly FittedColumn[]): boolean {
  return kept.every((column) => !isCutShort(columns[column.at]) || column.width >= LEGIBLE);
}

const LEGIBLE = 12;

/** Columns beside each other, without those whose texts all stand below; where some may, only what never goes. */
function withBelow(
  columns: readonly Column[],
  { natural, unbroken }: Needs,
  width: number,
  below: readonly number[],
): Layout {
  const isLast = below.some((at) => columns[at]?.belowFrom !== 0);
  const stay = [...columns.keys()].filter(
    (at) => !(below.includes(at) && columns[at]?.belowFrom === 0) && !(isLast && (columns[at]?.dropOrder ?? 0) > 0),
  );
  const bounded = (widths: readonly number[]) =>
    stay.map((at) => Math.min(widths[at] ?? 0, below.includes(at) ? (columns[at]?.belowFrom ?? 0) : Infinity));
  const needs = { natural: bounded(natural), unbroken: bounded(unbroken) };
  const staying = stay.flatMap((at) => columns[at] ?? []);
  const kept = fitColumns(staying, needs, width, GAP.length);
  return { form: 'lines', kept: kept.map((column) => ({ ...column, at: stay[column.at] ?? 0 })), below };
}

/** Rows in lines, what is too wide for its column on a line of its own below them. */
function* linesWithBelow(
  fitted: Fitted,
  below: readonly number[],
  rows: Rows,
  { chalk, width }: OnScreen,
): Iterable<string> {
  const roomOf = (at: number) => fitted.kept.find((column) => column.at === at)?.width ?? 0;
  for (const cells of rows) {
    const long = below.filter((at) => widthOf(plainText(cells[at] ?? '')) > roomOf(at));
    yield* rowLines(fitted, [cells.map((cell, at) => (long.includes(at) ? BELOW : cell))]);
    const labelWidth = Math.max(0, ...long.map((at) => widthOf(fitted.columns[at]?.header ?? '')));
    for (const at of long) {
      const column = fitted.columns[at] ?? { header: '' };
      const text = record(column, cells[at] ?? '', { labelWidth, chalk, width: width - GAP.length });
      yield text.replace(/^/gm, GAP).trimEnd().concat('\n');
    }
  }
}

/** Stands for a text that follows below its row. */
const BELOW = dim('below');

interface OnScreen {
  readonly chalk: ChalkInstance;
  readonly width: number;
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

/**
 * Without the columns that say nothing in any row, or the same as the one before them: of a table that goes on, in the rows
 * that began it. What was asked for by name stays.
 */
function withoutIdleColumns(block: TableBlock): TableBlock {
  const { columns, rows, more, after } = block;
  const seen = after === undefined || after.length === 0 ? rows : after;
  if (more !== undefined || seen.length === 0) return block;
  const isIdle = (at: number) => columns[at]?.isAsked !== true && (isEmpty(seen, at) || isRepeated(seen, at));
  const kept = columns.flatMap((_, at) => (isIdle(at) ? [] : [at]));
  if (kept.length === columns.length || kept.length === 0) return block;
  const cells = (row: readonly Inline[]) => kept.map((at) => row[at] ?? '');
  return {
    ...block,
    columns: kept.flatMap((at) => columns[at] ?? []),
    rows: rows.map(cells),
    ...(after === undefined ? {} : { after: after.map(cells) }),
  };
}

type Rows = readonly (readonly Inline[])[];

function isEmpty(rows: Rows, at: number): boolean {
  return rows.every((row) => plainText(row[at] ?? '') === '');
}

/** Texts that stand twice in each row; numbers that happen to be equal are two facts. */
function isRepeated(rows: Rows, at: number): boolean {
  if (at === 0 || rows.length < 2) return false;
  return rows.every((row) => {
    const text = plainText(row[at] ?? '');
    return text === plainText(row[at - 1] ?? '') && !/^\d*$/.test(text);
  });
}

/** What a wider screen would show too: said, so that nobody takes the table for a whole one. */
function* leftOut(
  { columns, rows }: TableBlock,
  { kept, below }: Layout,
  chalk: ChalkInstance,
  width: number,
): Iterable<string> {
  const missing = columns.filter(
    (_, at) =>
      !below.includes(at) &&
      !kept.some((each) => each.at === at) &&
      rows.some((cells) => plainText(cells[at] ?? '') !== ''),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ header }) => header).join(', ');
  yield `${chalk.dim(wrap(`Left out for want of width: ${names}`, width - GAP.length).replaceAll('\n', '\n  '))}\n`;
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

/** What the columns need for these rows too. */
function grown({ natural, unbroken }: Needs, { columns }: TableBlock, rows: Rows): Needs {
  const widths = [...natural];
  const words = [...unbroken];
  for (const cells of rows) {
    for (const at of widths.keys()) {
      const text = plainText(cells[at] ?? '');
      widths[at] = Math.max(widths[at] ?? 0, widthOf(text));
      if (columns[at]?.overflow === 'fold') words[at] = Math.max(words[at] ?? 0, foldedLeast(itemsOf(cells[at] ?? '')));
      else if (!isCutShort(columns[at])) words[at] = Math.max(words[at] ?? 0, longestWord(text));
    }
  }
  return { natural: widths, unbroken: words };
}

/**
 * One record below the other, a line for each column: for a terminal so narrow that side by side they would be cut to
 * letters.
 */
function* records(
  block: TableBlock,
  told: readonly FittedColumn[],
  chalk: ChalkInstance,
  width: number,
): Iterable<string> {
  const columns = told.map(({ at }) => ({ at, column: block.columns[at] ?? { header: '' } }));
  const labelWidth = Math.max(...columns.map(({ column }) => widthOf(column.header)));
  let isBegun = block.after !== undefined;
  for (const cells of rowsOf(block)) {
    if (isBegun) yield '\n';
    isBegun = true;
    for (const { at, column } of columns) {
      const cell = cells[at] ?? '';
      if (plainText(cell) !== '') yield record(column, cell, { labelWidth, chalk, width });
    }
  }
  if (!isBegun) yield `${block.empty}\n`;
}

/** One line of a record, or two: what means nothing in pieces stands on a line of its own where it has no room. */
function record(
  { header, overflow }: Column,
  value: Inline,
  { labelWidth, chalk, width }: { labelWidth: number; chalk: ChalkInstance; width: number },
): string {
  const besides = Math.max(width - labelWidth - GAP.length, NARROWEST_VALUE);
  const isBelow = longestWord(plainText(value)) > besides && longestWord(plainText(value)) <= width - GAP.length;
  const room = isBelow ? width - GAP.length : besides;
  const isFolded = overflow === 'fold' && !isBelow;
  const text = isFolded ? foldedLines(value, room).join('\n') : paint(value, chalk, (part) => foldable(part, room));
  const lines = wrap(text, room);
  const label = chalk.dim(header);
  if (isBelow) return `${label}\n${GAP}${lines.replaceAll('\n', `\n${GAP}`)}\n`;
  const padding = ' '.repeat(labelWidth - widthOf(header));
  return `${label}${padding}${GAP}${lines.replaceAll('\n', `\n${' '.repeat(labelWidth)}${GAP}`)}`
    .trimEnd()
    .concat('\n');
}

const NARROWEST_VALUE = 8;
