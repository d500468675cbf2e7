import type { Tenant } from '../../core/tenant/tenant.ts';
import type { LogColumn, LogRow } from '../../output/reports/log/columns.ts';
import type { LogCountsReport } from '../../output/reports/log/logs.ts';
import type { SignInLog } from '../../store/types.ts';
import { UNITS } from '../options.ts';
import { rfc3339 } from '../times.ts';
import { storedColumn, valueIn } from './columns.ts';
import { countRows, LogRows, logRow, NEWEST_FIRST } from './rows.ts';
import type { LogSelection } from './selection.ts';

type Counted = { readonly value: string | null; readonly count: number };

/** How many of the meant entries have each value of the column: by the log itself where it can, else record by record. */
export function countsOf(
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  column: LogColumn,
): LogCountsReport['value'] {
  const stored = storedColumn(column);
  const counts =
    isPeriod(column) && selection.test === undefined
      ? [...heldPeriods(log, selection.query, column)]
      : stored === undefined || selection.test !== undefined
        ? countedOneByOne(new LogRows(log, selection, NEWEST_FIRST, undefined), column)
        : log.countBy(stored, selection.query);
  const names = column === 'decidedBy' ? policyNames(tenant) : undefined;
  return counts.map((counted) => withName(counted, names));
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
  const enabled = countRows(log, { ...selection, query: { ...selection.query, conditions } });
  if (enabled === 0 || enabled === all) return [];
  return [
    `these are entries: ${enabled} of sign-ins replayed with signaling enabled, ${all - enabled} with it disabled; ` +
      '`--signaling enabled` or `--signaling disabled` counts each sign-in once',
  ];
}

function countedOneByOne(rows: Iterable<LogRow>, column: LogColumn): readonly Counted[] {
  const counts = new Map<string | null, number>();
  for (const row of rows) {
    const value = valueIn(row, column);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const all = [...counts].map(([value, count]) => ({ value, count }));
  // The rows came newest first, and so do the periods.
  return isPeriod(column) ? all : all.sort(byCount);
}

/** The most frequent first, then by value, what has none last: as the log itself counts. */
function byCount(one: Counted, other: Counted): number {
  if (one.count !== other.count || one.value === other.value) return other.count - one.count;
  return one.value === null || (other.value !== null && one.value > other.value) ? 1 : -1;
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
    yield { value: valueIn(row, column), count: log.count({ ...rest, ...(since === undefined ? {} : { since }) }) };
    if (isBeforeSince) return;
    rest = { ...rest, until: rfc3339(begin) };
  }
}

/** Ids of policies by the names that they have now, or had. */
function policyNames({ policies, deletedItems }: Tenant): ReadonlyMap<string, string> {
  return new Map([...deletedItems.policies, ...policies].map(({ id, displayName }) => [id.toLowerCase(), displayName]));
}

function withName(counted: Counted, names: ReadonlyMap<string, string> | undefined): LogCountsReport['value'][number] {
  if (names === undefined || counted.value === null) return counted;
  const ids = counted.value.split(',');
  return {
    value: counted.value,
    displayName: ids.map((id) => names.get(id.toLowerCase()) ?? id).join(', '),
    count: counted.count,
  };
}
