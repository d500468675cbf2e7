import type { DayOrder } from '../../intake/sign-ins/facts/day-order.ts';
import { SLASHED_DATES } from '../../intake/sign-ins/facts/day-order.ts';
import { GsaError } from '../../trouble/error.ts';
import type { Queries } from './queries.ts';
import { literal } from './source-columns.ts';

/** The name of the column that says which file a record is of. */
export const FILE_COLUMN = 'gsa_file';

/**
 * The order of day and month in dates with slashes: each file has its own, as `gsa impact` reads it (intake/sign-ins/facts/day-order),
 * and all of those that have such dates must have the same. `source` has {@link FILE_COLUMN}, `times` are all texts of a record that
 * are times. Throws GsaError `invalid` where two files differ.
 */
export async function dayOrderOf(queries: Queries, source: string, times: readonly string[]): Promise<DayOrder> {
  if (times.length === 0) return 'open';
  const dates = times.map((time) => `SELECT ${FILE_COLUMN}, ${time} AS time FROM ${source}`).join(' UNION ALL ');
  const number = (at: number) => `CAST(split_part(time, '/', ${at}) AS INTEGER)`;
  const rows = await queries.rows(
    `SELECT ${FILE_COLUMN}, bool_or(${number(1)} > 12), bool_or(${number(1)} <= 12 AND ${number(2)} > 12),
        bool_and(regexp_full_match(time, ${literal(SLASHED_DATES.ofUnitedStates)}))
      FROM (SELECT * FROM (${dates}) WHERE regexp_matches(time, ${literal(SLASHED_DATES.any)})) GROUP BY ${FILE_COLUMN} ORDER BY ${FILE_COLUMN}`,
  );
  const [first, ...others] = rows.map(([file, ...shown]) => ({ file: String(file), order: orderOf(shown) }));
  if (first === undefined) return 'open';
  const other = others.find(({ order }) => order !== first.order);
  if (other !== undefined) throw differently(first, other);
  return first.order;
}

function orderOf([isDayFirst, isMonthFirst, isOfUnitedStates]: readonly unknown[]): DayOrder {
  if (isDayFirst === true) return isMonthFirst === true ? 'mixed' : 'dayFirst';
  return isMonthFirst === true || isOfUnitedStates === true ? 'monthFirst' : 'open';
}

const WORDS: Readonly<Record<DayOrder, string>> = {
  dayFirst: 'has the day first',
  monthFirst: 'has the month first',
  open: 'does not tell',
  mixed: 'has both',
};

interface Ordered {
  readonly file: string;
  readonly order: DayOrder;
}

function differently(one: Ordered, other: Ordered): GsaError {
  const [a, b] = [one, other].map(({ file, order }) => `\`${file}\` ${WORDS[order]}`);
  return new GsaError('invalid', `these files have day and month in different orders: ${a}, ${b}`, {
    hint: 'count them one by one, export JSON, or leave out --engine: `gsa impact` reads each file by its own order',
  });
}
