import { GsaError } from '../../trouble/error.ts';
import { refuseGrouped } from '../weights.ts';
import type { Connection } from './connect.ts';
import { literal, quoted } from './sql-text.ts';
import { COUNT_COLUMN, PEOPLE_COLUMNS } from './table-columns.ts';
import type { TableName } from './table-name.ts';
import { quotedTable } from './table-name.ts';

/** How many sign-ins a row stands for, and which rows do not say it. */
export interface Weight {
  /** A whole number. */
  readonly value: string;
  /** Whether what a row says is no number of sign-ins; `undefined`: no column says any. */
  readonly unknown: string | undefined;
  /** What a row says of people (`userIds`, `userCount`) as text; no entry: no column says it. */
  readonly people: ReadonlyMap<string, string>;
}

/** Types that hold nothing but a number from 0 on, and so the column of a table that `gsa` made. */
const UNSIGNED = /^UInt\d+$/;

/** What the columns of a table say of it: in tables of others, and in those of before, a row is one sign-in. */
export async function weightIn(connection: Connection, table: TableName): Promise<Weight> {
  const types = await columnsOf(connection, table);
  refuseGrouped(types.keys());
  const text = `toString(${quoted(COUNT_COLUMN)})`;
  const number = `toUInt64OrZero(assumeNotNull(${text}))`;
  const people = PEOPLE_COLUMNS.flatMap((name) => {
    const type = types.get(name);
    return type === undefined ? [] : [[name, saidBy(quoted(name), type)] as const];
  });
  return {
    people: new Map(people),
    ...(UNSIGNED.test(types.get(COUNT_COLUMN) ?? '')
      ? { value: quoted(COUNT_COLUMN), unknown: `${quoted(COUNT_COLUMN)} = 0` }
      : types.has(COUNT_COLUMN)
        ? {
            value: `if(isNull(${quoted(COUNT_COLUMN)}), 1, ${number})`,
            unknown: `isNotNull(${quoted(COUNT_COLUMN)}) AND ${number} = 0`,
          }
        : { value: '1', unknown: undefined }),
  };
}

/** A column that cannot hold nothing holds the default of its type where nothing was said: no people, 0 of them, or empty text. */
function saidBy(column: string, type: string): string {
  if (type.startsWith('Array(')) {
    const text = `replaceAll(replaceAll(each, '\\\\', '\\\\\\\\'), '"', '\\\\"')`;
    return `if(empty(${column}), NULL, concat('["', arrayStringConcat(arrayMap(each -> ${text}, ${column}), '","'), '"]'))`;
  }
  if (type.startsWith('Nullable(')) return `toString(${column})`;
  return `nullIf(toString(${column}), ${type.endsWith('String') ? "''" : "'0'"})`;
}

/** Names and types, in one row, which is there whole or not at all: a column that got lost would be a weight that nobody sees. */
async function columnsOf(connection: Connection, table: TableName): Promise<ReadonlyMap<string, string>> {
  const database = table.database === undefined ? 'currentDatabase()' : literal(table.database);
  const { names } = await connection.row(
    `SELECT groupArray(concat(name, ' ', type)) AS names FROM system.columns WHERE database = ${database} AND table = ${literal(table.name)}`,
  );
  const types = new Map(
    (Array.isArray(names) ? names : []).map(String).map((each) => {
      const at = each.indexOf(' ');
      return [each.slice(0, at), each.slice(at + 1)] as const;
    }),
  );
  if (types.has('id')) return types;
  throw new GsaError('invalid', `ClickHouse shows no column \`id\` of the table ${quotedTable(table)}`, {
    hint: '`gsa engine clickhouse create` makes a table of sign-ins and fills it; the user has to be allowed to read it',
  });
}
