import type { Members } from '../facts/members.ts';
import { integerOf, isBlank } from '../facts/members.ts';

/**
 * Rows that KQL's `summarize` made of several records: `count()` goes into a column `count_` and other aggregates into columns that
 * it names after them, unless a query gives them names of its own (KQL-SUMMARIZE).
 */
const COUNT = 'count_';

const AGGREGATES =
  /^(countif_$|(count|dcount|dcountif|count_distinct|sum|sumif|avg|avgif|min|max|minif|maxif|set|list|bag|percentile|stdev|variance)_\w)/;

/** Names that queries give a count. */
const COUNTS = /(count|^total|^signins|^logins|^attempts|^events|^hits)$/i;

/** Columns that say by themselves how many sign-ins a row stands for, or how many people. */
const OWN: ReadonlySet<string> = new Set(['signincount', 'usercount']);

/** How many records a row stands for, under the name that gsa reads a count by; `open`: the column that leaves it open. */
export type Summary = { readonly signInCount: unknown } | { readonly open: string };

/**
 * What of a row was counted; `undefined`: it is one record. What is counted by default are the records of a table of sign-ins; a column of
 * another name may count anything. A record has an id of its own: where a row has one, `count_` counts its copies, or it is one of those
 * that were counted.
 */
export function summaryOf(row: Members): Summary | undefined {
  const column = summaryColumn(Object.keys(row).filter((name) => isCounted(name, row[name])));
  if (column === undefined) return undefined;
  const count = row[column];
  if (column === COUNT && (isBlank(row['id']) || integerOf(count) === 1)) return { signInCount: count };
  return { open: column };
}

/** The column that shows that rows with these, and an id or not, may stand for several records; `undefined`: none does. */
export function summaryColumn(columns: readonly string[]): string | undefined {
  if (columns.some((name) => OWN.has(name.toLowerCase()))) return undefined;
  const hasId = columns.some((name) => name.toLowerCase() === 'id');
  const isCount = (name: string) => (hasId ? name.toLowerCase() === 'count' : COUNTS.test(name));
  const isAggregate = (name: string) => !hasId && AGGREGATES.test(name);
  return columns.find((name) => name === COUNT) ?? columns.find(isCount) ?? columns.find(isAggregate);
}

/** A column of a name that queries give a count holds numbers; one that KQL named holds what it may. */
function isCounted(name: string, value: unknown): boolean {
  if (isBlank(value)) return false;
  return !COUNTS.test(name) || name === COUNT || OWN.has(name.toLowerCase()) || integerOf(value) !== undefined;
}
