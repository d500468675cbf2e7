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
  /** The longest word that is not to be broken; 0 where any may. */
  readonly unbroken: readonly number[];
}

/**
 * Chooses columns and widths for a terminal: as wide as the text if all fits; else the columns with the highest
 * `dropOrder` go until the rest can be squeezed, and the widest of the rest are narrowed. A wider terminal never shows
 * less. What never goes may still be wider than a very narrow terminal: better a broken line than a missing answer.
 */
export function fitColumns(
  columns: readonly Column[],
  { natural, unbroken }: Needs,
  width: number,
  gap: number,
): readonly FittedColumn[] {
  let kept = columns.map((_, at) => ({ at, width: natural[at] ?? 0 }));
  const least = (column: FittedColumn) =>
    columns[column.at]?.rigid === true
      ? column.width
      : Math.min(column.width, Math.max(NARROWEST, unbroken[column.at] ?? 0));
  while (total(kept.map(least), gap) > width || squeezedTooFar(columns, kept, kept.map(least), width, gap)) {
    const droppable = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) > 0);
    if (droppable.length === 0) break;
    const order = Math.max(...droppable.map(({ at }) => columns[at]?.dropOrder ?? 0));
    kept = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) !== order);
  }
  const leasts = kept.map(least);
  const widths = kept.map((column) => column.width);
  for (let excess = total(widths, gap) - width; excess > 0; excess--) {
    const widest = widestAbove(widths, leasts);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return kept.map(({ at }, index) => ({ at, width: widths[index] ?? 0 }));
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
/** Of a text that is cut at its end the beginning tells most; of who and why, which never go, a little more. */
const WIDEST_CUT = 18;
const WIDEST_CUT_THAT_STAYS = 24;

/** Dropping a column is better than squeezing the rest below about two thirds of their text. */
function squeezedTooFar(
  columns: readonly Column[],
  kept: readonly FittedColumn[],
  leasts: readonly number[],
  room: number,
  gap: number,
): boolean {
  const wanted = ({ at, width }: FittedColumn) => Math.min(width, widestWanted(columns[at]));
  const isFlexible = (column: FittedColumn, at: number) => column.width > (leasts[at] ?? 0);
  const flexible = kept.filter(isFlexible).map(wanted);
  const fixed = kept.filter((column, at) => !isFlexible(column, at)).map((column) => column.width);
  const left = room - total(fixed, gap) - (fixed.length > 0 ? gap : 0);
  return total(flexible, gap) * 0.62 > left;
}

function widestWanted(column: Column | undefined): number {
  if (!isCutShort(column)) return WIDEST_WANTED;
  return (column?.dropOrder ?? 0) === 0 ? WIDEST_CUT_THAT_STAYS : WIDEST_CUT;
}

/** Whether a column shows the beginning of a text that is too wide, so that no word of it asks for room. */
export function isCutShort(column: Column | undefined): boolean {
  return column?.overflow === 'cut' || column?.overflow === 'fold';
}

function total(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(widths.length - 1, 0);
}
