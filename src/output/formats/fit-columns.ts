import type { Column } from '../view.ts';

export interface FittedColumn {
  /** Index of the column in the table. */
  readonly at: number;
  readonly width: number;
}

/** No column becomes narrower than this (or than its own text). */
const NARROWEST = 8;

/**
 * Chooses columns and widths for a terminal: as wide as the text if all fits; else the columns with the highest
 * `dropOrder` go until the rest can be squeezed, and the widest of the rest are narrowed. What never goes may still be
 * wider than a very narrow terminal: better a broken line than a missing answer.
 */
export function fitColumns(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
  gap: number,
): readonly FittedColumn[] {
  let kept = columns.map((_, at) => ({ at, width: natural[at] ?? 0 }));
  const isRigid = ({ at }: FittedColumn) => columns[at]?.rigid === true;
  const least = (column: FittedColumn) => (isRigid(column) ? column.width : Math.min(column.width, NARROWEST));
  while (total(kept.map(least), gap) > width || squeezedTooFar(kept, width, gap)) {
    const droppable = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) > 0);
    if (droppable.length === 0) break;
    const order = Math.max(...droppable.map(({ at }) => columns[at]?.dropOrder ?? 0));
    kept = kept.filter(({ at }) => (columns[at]?.dropOrder ?? 0) !== order);
  }
  const widths = kept.map((column) => column.width);
  for (let excess = total(widths, gap) - width; excess > 0; excess--) {
    const widest = widestFlexible(widths, kept.map(isRigid));
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return kept.map(({ at }, index) => ({ at, width: widths[index] ?? 0 }));
}

/** The column that gives way next; `undefined` when every one that may has become as narrow as it gets. */
function widestFlexible(widths: readonly number[], rigid: readonly boolean[]): number | undefined {
  let widest: number | undefined;
  for (const [at, width] of widths.entries()) {
    if (rigid[at] === true || width <= NARROWEST) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = at;
  }
  return widest;
}

/** Dropping a column is better than squeezing the rest below about two thirds of their text. */
function squeezedTooFar(kept: readonly FittedColumn[], width: number, gap: number): boolean {
  return (
    total(
      kept.map((column) => column.width),
      gap,
    ) *
      0.62 >
    width
  );
}

function total(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(widths.length - 1, 0);
}
