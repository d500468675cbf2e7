import { GsaError } from '../../trouble/error.ts';
import type { Connection } from './connect.ts';
import { literal, quoted } from './sql-text.ts';
import { COUNT_COLUMN } from './table-columns.ts';
import type { TableName } from './table-name.ts';
import { quotedTable } from './table-name.ts';

/** How many sign-ins a row stands for, and which rows do not say it. */
export interface Weight {
  /** A whole number. */
  readonly value: string;
  /** Whether a row stands for several people; `undefined`: no column could say so. */
  readonly people: string | undefined;
  /** Whether what a row says is no number of sign-ins; `undefined`: no column says any. */
  readonly unknown: string | undefined;
}

/** What the columns of a table say of it: in tables of others, and in those of before, a row is one sign-in. */
export async function weightIn(connection: Connection, table: TableName): Promise<Weight> {
  const names = await columnsOf(connection, table);
  const people = ['userCount', 'userIds'].filter((name) => names.has(name));
  const text = `toString(${quoted(COUNT_COLUMN)})`;
  const number = `toUInt64OrZero(assumeNotNull(${text}))`;
  return {
    people: people.length === 0 ? undefined : people.map((name) => `isNotNull(${quoted(name)})`).join(' OR '),
    ...(names.has(COUNT_COLUMN)
      ? {
          value: `if(isNull(${quoted(COUNT_COLUMN)}), 1, ${number})`,
          unknown: `isNotNull(${quoted(COUNT_COLUMN)}) AND ${number} = 0`,
        }
      : { value: '1', unknown: undefined }),
  };
}

/** In one row, which is there whole or not at all: a column that got lost would be a weight that nobody sees. */
async function columnsOf(connection: Connection, table: TableName): Promise<ReadonlySet<string>> {
  const database = table.database === undefined ? 'currentDatabase()' : literal(table.database);
  const { names } = await connection.row(
    `SELECT groupUniqArray(name) AS names FROM system.columns WHERE database = ${database} AND table = ${literal(table.name)}`,
  );
  if (Array.isArray(names) && names.includes('id')) return new Set(names.map(String));
  throw new GsaError('invalid', `ClickHouse shows no column \`id\` of the table ${quotedTable(table)}`, {
    hint: '`gsa engine clickhouse create` makes a table of sign-ins and fills it; the user has to be allowed to read it',
  });
}
