import { addressOwner } from '../../core/conditional-access/record/address-owner.ts';
import type { SignInColumn } from '../../core/sign-in-log/columns.ts';
import { columnNamed, SIGN_IN_COLUMN_NAMES } from '../../core/sign-in-log/columns.ts';
import { nearNames } from '../../core/values/near-names.ts';
import type { LogColumn, LogRow, ShownColumn } from '../../output/reports/log/columns.ts';
import { GsaError } from '../../trouble/error.ts';
import { parts } from '../options.ts';

/** How a column of `gsa logs` is named on the command line, and the column of the log that sorts and counts by it. */
interface NamedColumn {
  /** Shorter words for Graph's name. */
  readonly aliases: readonly string[];
  readonly stored?: SignInColumn;
  readonly read: (row: LogRow) => unknown;
}

/** Columns that are worked out of a record. */
const WORKED_OUT: { readonly [column in Exclude<LogColumn, ShownColumn>]: NamedColumn } = {
  addressOwner: { aliases: ['whose'], read: addressOwner },
  location: { aliases: [], read: place },
  missing: { aliases: ['unknown'], read: ({ replay }) => replay.missing },
  day: { aliases: ['date'], read: ({ createdDateTime }) => createdDateTime.slice(0, 10) },
  hour: { aliases: [], read: ({ createdDateTime }) => `${createdDateTime.slice(0, 13)}Z` },
};

/** Those that the log keeps, then those that are worked out of them, and the id that hardly anybody asks for. */
const LOG_COLUMN_NAMES: readonly LogColumn[] = [
  ...SIGN_IN_COLUMN_NAMES.filter((name) => name !== 'id').map((name) =>
    name === 'signInEventType' ? 'signInEventTypes' : name,
  ),
  ...(Object.keys(WORKED_OUT) as (keyof typeof WORKED_OUT)[]),
  'id',
];

function namedColumn(column: LogColumn): NamedColumn {
  if (!isShown(column)) return WORKED_OUT[column];
  const stored = column === 'signInEventTypes' ? 'signInEventType' : column;
  const { aliases, read } = columnNamed(stored);
  const names = column === stored ? aliases : [...aliases, stored];
  return { aliases: names, stored, read: (row) => read({ record: row, replay: row.replay }) };
}

function isShown(column: LogColumn): column is ShownColumn {
  return !Object.hasOwn(WORKED_OUT, column);
}

/** The named locations that hold the address, or else its country. */
function place(row: LogRow): unknown {
  const names = (row.networkLocationDetails ?? []).flatMap(({ networkNames }) => networkNames ?? []);
  return names.length > 0 ? names : row.location?.countryOrRegion;
}

/** What the column holds of a row, as text; `null`: nothing. Lists are one text, as the log counts them. */
export function valueIn(row: LogRow, column: LogColumn): string | null {
  const value = namedColumn(column).read(row);
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === undefined || text === null || text === '' ? null : String(text);
}

/** The column of the log behind a column of the table; some are worked out from the record. */
export function storedColumn(column: LogColumn): SignInColumn | undefined {
  return namedColumn(column).stored;
}

/** A column by its name or a shorter word, without regard to case. Throws GsaError `usage` with the near names. */
export function logColumn(text: string): LogColumn {
  const wanted = text.trim().toLowerCase();
  for (const [name, { aliases }] of entries()) {
    if ([name, ...aliases].some((each) => each.toLowerCase() === wanted)) return name;
  }
  const near = nearNames(
    text.trim(),
    entries().flatMap(([name, { aliases }]) => [name, ...aliases]),
  );
  throw new GsaError('usage', `the log has no column \`${text.trim()}\``, {
    hint:
      near.length > 0
        ? `did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`
        : `one of: ${LOG_COLUMN_NAMES.join(', ')}`,
  });
}

/** A list of columns, joined by commas; the option may be repeated. */
export function logColumns(text: string, previous: readonly LogColumn[] | undefined): readonly LogColumn[] {
  const names = parts(text);
  if (names.length === 0) throw new GsaError('usage', 'no column is named', { hint: 'such as time,user,ip' });
  return [...new Set([...(previous ?? []), ...names.map(logColumn)])];
}

export interface LogOrder {
  readonly column: SignInColumn;
  readonly descending: boolean;
}

/** `<column>[:asc|desc]`; times and codes begin with the highest unless told, texts with the first letter. */
export function logOrder(text: string): LogOrder {
  const [name = '', direction, ...rest] = text.split(':');
  const chosen = logColumn(name);
  const column = storedColumn(chosen);
  if (column === undefined) {
    const sortable = entries().flatMap(([each, { stored }]) => (stored === undefined ? [] : [each]));
    throw new GsaError('usage', `the log cannot be sorted by \`${name}\``, { hint: `one of: ${sortable.join(', ')}` });
  }
  const wanted = direction?.toLowerCase();
  if (rest.length > 0 || (wanted !== undefined && wanted !== 'asc' && wanted !== 'desc')) {
    throw new GsaError('usage', `\`${text}\` is not a way to sort`, { hint: `write ${name}:asc or ${name}:desc` });
  }
  const highestFirst = ['time', 'number'].includes(columnNamed(column).kind);
  return { column, descending: wanted === undefined ? highestFirst : wanted === 'desc' };
}

function entries(): readonly (readonly [LogColumn, NamedColumn])[] {
  return LOG_COLUMN_NAMES.map((column) => [column, namedColumn(column)]);
}
