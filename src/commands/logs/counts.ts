import type { Tenant } from '../../core/tenant/tenant.ts';
import type { LogColumn, LogRow } from '../../output/reports/log/columns.ts';
import type { LogCount, LogCountsReport } from '../../output/reports/log/logs.ts';
import type { SignInLog } from '../../store/types.ts';
import { UNITS } from '../options.ts';
import { rfc3339 } from '../times.ts';
import { storedColumn, valueIn } from './columns.ts';
import { countSignIns, LogRows, logRow, NEWEST_FIRST, signInsOf } from './rows.ts';
import type { LogSelection } from './selection.ts';

type Counted = { readonly value: string | null; readonly count: number };

/** How many sign-ins of the meant entries have each value of the columns: by the log itself where it can, else record by record. */
export function countsOf(
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  columns: readonly LogColumn[],
): LogCountsReport['value'] {
  const [only, ...others] = columns;
  const isOne = only !== undefined && others.length === 0;
  const counts = isOne
    ? countsOfOne(log, selection, only).map(({ value, count }) => ({ values: [value], count }))
    : countedOneByOne(new LogRows(log, selection, NEWEST_FIRST, undefined), columns);
  const names = columns.includes('decidedBy') ? policyNames(tenant) : undefined;
  return counts.map((counted) => withNames(counted, columns, names));
}

function countsOfOne(log: SignInLog, selection: LogSelection, column: LogColumn): readonly Counted[] {
  const stored = storedColumn(column);
  if (isPeriod(column) && selection.test === undefined) return [...heldPeriods(log, selection.query, column)];
  if (stored !== undefined && selection.test === undefined) return log.countBy(stored, selection.query);
  return countedOneByOne(new LogRows(log, selection, NEWEST_FIRST, undefined), [column]).map(({ values, count }) => ({
    value: values[0] ?? null,
    count,
  }));
}

/**
 * A warning that counts are doubled: a replay with signaling on and another with it off leave two entries of each sign-in. Given
 * where the counted entries are of both; `counts` are all of them, so that one more question tells.
 */
export function bothStatusesText(
  log: SignInLog,
  selection: LogSelection,
  counts: LogCountsReport['value'],
): readonly string[] {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const conditions = [
    ...selection.query.conditions,
    { column: 'signalingStatus', operator: 'eq', value: 'enabled' } as const,
  ];
  const enabled = countSignIns(log, { ...selection, query: { ...selection.query, conditions } });
  if (enabled === 0 || enabled === all) return [];
  return [
    `these are entries: ${enabled} of sign-ins replayed with signaling enabled, ${all - enabled} with it disabled; ` +
      '`--signaling enabled` or `--signaling disabled` counts each sign-in once',
  ];
}

interface CountedTogether {
  /** One for each column. */
  readonly values: readonly (string | null)[];
  readonly count: number;
}

function countedOneByOne(rows: Iterable<LogRow>, columns: readonly LogColumn[]): readonly CountedTogether[] {
  const counts = new Map<string, { readonly values: readonly (string | null)[]; count: number }>();
  for (const row of rows) {
    const values = columns.map((column) => valueIn(row, column));
    const key = JSON.stringify(values);
    const counted = counts.get(key);
    if (counted === undefined) counts.set(key, { values, count: signInsOf(row) });
    else counted.count += signInsOf(row);
  }
  const all = [...counts.values()];
  // The rows came newest first, and so do the periods.
  return columns.some(isPeriod) ? all.sort(byPeriod(columns)) : all.sort(byCount);
}

/** The newest periods first, within one the most frequent. */
function byPeriod(columns: readonly LogColumn[]) {
  const at = columns.findIndex(isPeriod);
  return (one: CountedTogether, other: CountedTogether): number => {
    const [a, b] = [one.values[at] ?? '', other.values[at] ?? ''];
    return a === b ? byCount(one, other) : a < b ? 1 : -1;
  };
}

/** The most frequent first, then by value, what has none last: as the log itself counts. */
function byCount(one: CountedTogether, other: CountedTogether): number {
  if (one.count !== other.count) return other.count - one.count;
  const at = one.values.findIndex((value, place) => value !== other.values[place]);
  const [a = null, b = null] = [one.values[at], other.values[at]];
  if (a === b) return 0;
  return a === null || (b !== null && a > b) ? 1 : -1;
}

/** Milliseconds in the periods that are columns. */
const PERIODS = { day: UNITS.d, hour: UNITS.h };

function isPeriod(column: LogColumn): column is keyof typeof PERIODS {
  return column === 'day' || column === 'hour';
}

/** Newest first, from one period that holds a sign-in to the next: two questions each, however many sign-ins it holds. */
function* heldPeriods(log: SignInLog, query: LogSelection['query'], column: keyof typeof PERIODS): Iterable<Counted> {
  let rest = query;
  for (;;) {
    const [newest] = log.query({ ...rest, order: NEWEST_FIRST, limit: 1 });
    if (newest === undefined) return;
    const row = logRow(newest);
    const begin = Math.floor(Date.parse(row.createdDateTime) / PERIODS[column]) * PERIODS[column];
    const isBeforeSince = query.since !== undefined && Date.parse(query.since) > begin;
    const since = isBeforeSince ? query.since : rfc3339(begin);
    yield { value: valueIn(row, column), count: log.signIns({ ...rest, ...(since === undefined ? {} : { since }) }) };
    if (isBeforeSince) return;
    rest = { ...rest, until: rfc3339(begin) };
  }
}

/** Ids of policies by the names that they have now, or had. */
function policyNames({ policies, deletedItems }: Tenant): ReadonlyMap<string, string> {
  return new Map([...deletedItems.policies, ...policies].map(({ id, displayName }) => [id.toLowerCase(), displayName]));
}

function withNames(
  { values, count }: CountedTogether,
  columns: readonly LogColumn[],
  names: ReadonlyMap<string, string> | undefined,
): LogCount {
  const by = Object.fromEntries(columns.map((column, at) => [column, values[at] ?? null]));
  const policies = by['decidedBy'];
  const decidedBy =
    names === undefined || policies == null
      ? undefined
      : policies
          .split(',')
          .map((id) => names.get(id.toLowerCase()) ?? id)
          .join(', ');
  if (columns.length === 1) {
    return { value: values[0] ?? null, ...(decidedBy === undefined ? {} : { displayName: decidedBy }), count };
  }
  return { by, ...(decidedBy === undefined ? {} : { displayNames: { decidedBy } }), count };
}
