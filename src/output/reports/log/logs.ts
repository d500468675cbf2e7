import type { Block, View } from '../../view.ts';
import { askedFor } from '../../view.ts';
import type { LogColumn, LogRow } from './columns.ts';
import { DEFAULT_LOG_COLUMNS, LOG_COLUMNS } from './columns.ts';

/** Rows of the sign-in log. They may be more than memory holds, so each walk through them reads the log again. */
export type LogsReport = {
  readonly value: Iterable<LogRow>;
};

/** How the rows are shown, which is no part of the JSON. */
export interface LogsLayout {
  readonly columns?: readonly LogColumn[];
  /** Rows that were shown before: these continue the same table. */
  readonly after?: readonly LogRow[];
  readonly isEmptyLog?: boolean;
}

/** The text for no rows: either nothing was ever replayed, or nothing matches. */
const nothing = (isEmptyLog: boolean) =>
  isEmptyLog ? 'The sign-in log is empty: `gsa replay <file>` fills it.' : 'No sign-ins in the log match.';

export function viewLogs(report: LogsReport, { columns: asked, after, isEmptyLog = false }: LogsLayout = {}): View {
  const table = logTable(report.value, asked ?? DEFAULT_LOG_COLUMNS, after);
  const columns = asked === undefined ? table.columns : table.columns.map(askedFor);
  return [{ ...table, columns, empty: nothing(isEmptyLog) }];
}

export function logTable(
  rows: Iterable<LogRow>,
  columns: readonly LogColumn[],
  after?: readonly LogRow[],
): Block & { readonly block: 'table' } {
  const chosen = columns.map((column) => LOG_COLUMNS[column]);
  const cells = (row: LogRow) => chosen.map(({ cell }) => cell(row));
  return {
    block: 'table',
    columns: chosen,
    ...(Array.isArray(rows) ? { rows: rows.map(cells) } : { rows: [], more: each(rows, cells) }),
    ...(after === undefined ? {} : { after: after.map(cells) }),
    empty: nothing(false),
  };
}

/** Makes each item when it is reached, and again for every reader. */
function each<From, To>(items: Iterable<From>, make: (item: From) => To): Iterable<To> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

/** How many entries of the log have each value of the columns, the most frequent first. */
export type LogCountsReport = {
  /** The first of the columns. */
  readonly column: LogColumn;
  readonly columns: readonly LogColumn[];
  readonly value: readonly LogCount[];
};

export interface LogCount {
  /** Of one column; `null`: sign-ins without a value. */
  readonly value?: string | null;
  /** What people call it, where that is something else. */
  readonly displayName?: string;
  /** Of several columns: the value of each. */
  readonly by?: { readonly [column: string]: string | null };
  /** What people call one of these, where that is something else. */
  readonly displayNames?: { readonly [column: string]: string };
  readonly count: number;
}

/** How the counts are shown. */
export type LogCountsLayout = Pick<LogsLayout, 'isEmptyLog'>;

export function viewLogCounts(report: LogCountsReport, { isEmptyLog = false }: LogCountsLayout = {}): View {
  const { columns, value } = report;
  const [only, ...others] = columns;
  const empty = nothing(isEmptyLog);
  if (only === undefined || others.length > 0) return [countsTable(report, empty)];
  const bars = value.map((entry) => ({ label: entry.displayName ?? entry.value ?? 'none', count: entry.count }));
  return [{ block: 'bars', header: [LOG_COLUMNS[only].header, 'Sign-ins'], bars, empty }];
}

function countsTable({ columns, value }: LogCountsReport, empty: string): Block {
  return {
    block: 'table',
    columns: [
      ...columns.map((column) => ({ header: LOG_COLUMNS[column].header })),
      { header: 'Sign-ins', align: 'right', rigid: true, isCount: true },
    ],
    rows: value.map((entry) => [...columns.map((column) => shownValue(entry, column)), String(entry.count)]),
    empty,
  };
}

function shownValue({ by, displayNames }: LogCount, column: LogColumn): string {
  return displayNames?.[column] ?? by?.[column] ?? 'none';
}
