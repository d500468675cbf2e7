import type { Column } from '../view.ts';

export interface FittedColumn {
  /** Index of the column in the table. */
  readonly at: number;
  readonly width: number;
}

/** No column becomes narrower than this (or than its own text). */
const NARROWEST = 8;

/** What a table needs: how wide each column is by its texts, and how narrow it may become. */
export interface Needs {
  readonly natural: readonly number[];
  /** The longest word that is not to be broken, of a list its first item and how many follow; 0 where any may. */
  readonly unbroken: readonly number[];
}

/**
 * Chooses columns and widths for a terminal: as wide as the text if all fits; else the columns with the highest
 * `dropOrder` go until the rest can be squeezed, and the widest of the rest are narrowed. A wider terminal never shows
 * less: no text is cut for the sake of a column that is worth less. What never goes may still be wider than a very narrow
 * terminal: better a broken line than a missing answer.
 */
export function fitColumns(
  columns: readonly Column[],
  needs: Needs,
  width: number,
  gap: number,
): readonly FittedColumn[] {
  let kept = columns.map((_, at) => ({ at, width: needs.natural[at] ?? 0 }));
  const leastsOf = (all: readonly FittedColumn[]) => {
    const last = Math.max(...all.map(({ at }) => columns[at]?.dropOrder ?? 0));
    return all.map((column) => leastWidth(columns[column.at], column, needs, last));
  };
  let leasts = leastsOf(kept);
  while (total(leasts, gap) > width || squeezedTooFar(columns, kept, leasts, width, gap)) {
    const droppable = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) > 0);
    if (droppable.length === 0) break;
    const order = Math.max(...droppable.map(({ at }) => columns[at]?.dropOrder ?? 0));
    kept = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) !== order);
    leasts = leastsOf(kept);
  }
  if (total(leasts, gap) > width) leasts = kept.map(({ at }, index) => slightest(columns[at], leasts[index] ?? 0));
  const widths = kept.map((column) => column.width);
  for (let excess = total(widths, gap) - width; excess > 0; excess--) {
    const widest = widestAbove(widths, leasts);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return kept.map(({ at }, index) => ({ at, width: widths[index] ?? 0 }));
}

/** How narrow a column may become; a text is cut only where no column follows that is worth less. */
function leastWidth(column: Column | undefined, { at, width }: FittedColumn, needs: Needs, last: number): number {
  if (column?.rigid === true) return width;
  if (!isCutShort(column)) return Math.min(width, Math.max(NARROWEST, needs.unbroken[at] ?? 0));
  const isLast = (column?.dropOrder ?? 0) === last || column?.isAsked === true;
  return isLast ? Math.min(width, WIDEST_CUT) : wholeWidth(column, { at, width }, needs);
}

/** A text that is cut may be a sliver where nothing else can give way. */
function slightest(column: Column | undefined, least: number): number {
  return isCutShort(column) ? Math.min(least, NARROWEST) : least;
}

/**
 * The width in which nothing that matters of a column is cut: the whole text, or the first of its items and how many follow; 0 where it
 * wraps.
 */
export function wholeWidth(column: Column | undefined, { at, width }: FittedColumn, needs: Needs): number {
  if (!isCutShort(column)) return 0;
  return Math.min(width, WIDEST_WHOLE, column?.overflow === 'fold' ? (needs.unbroken[at] ?? 0) : width);
}

/** The column that gives way next; `undefined` when every one that may has become as narrow as it gets. */
function widestAbove(widths: readonly number[], leasts: readonly number[]): number | undefined {
  let widest: number | undefined;
  for (const [at, width] of widths.entries()) {
    if (width <= (leasts[at] ?? 0)) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = at;
  }
  return widest;
}

/** A text that is longer than this is not shown whole by giving it the room of other columns: it wraps. */
const WIDEST_WANTED = 48;
/** Of a text that is cut at its end the beginning tells most. */
const WIDEST_CUT = 18;
/** A text that is longer than this is cut although there is room for another column. */
const WIDEST_WHOLE = 60;

/** Dropping a column is better than squeezing the rest below about two thirds of their text. */
function squeezedTooFar(
  columns: readonly Column[],
  kept: readonly FittedColumn[],
  leasts: readonly number[],
  room: number,
  gap: number,
): boolean {
  const wanted = ({ at, width }: FittedColumn) => Math.min(width, isCutShort(columns[at]) ? WIDEST_CUT : WIDEST_WANTED);
  const isFlexible = (column: FittedColumn, at: number) => column.width > (leasts[at] ?? 0);
  const flexible = kept.filter(isFlexible).map(wanted);
  const fixed = kept.filter((column, at) => !isFlexible(column, at)).map((column) => column.width);
  const left = room - total(fixed, gap) - (fixed.length > 0 ? gap : 0);
  return total(flexible, gap) * 0.62 > left;
}

/** Whether a column shows the beginning of a text that is too wide, so that no word of it asks for room. */
export function isCutShort(column: Column | undefined): boolean {
  return column?.overflow === 'cut' || column?.overflow === 'fold';
}

function total(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(widths.length - 1, 0);
}
