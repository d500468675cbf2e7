import { ADDRESS_COLUMNS, GROUPS } from '../fact-columns.ts';
import { literal, quoted } from './sql-text.ts';
import type { TableName } from './table-name.ts';
import { quotedTable } from './table-name.ts';

/** The columns of a table of sign-ins: what judging reads, under Graph's names, a member of a member behind an underscore. */
export const TABLE_COLUMNS: readonly string[] = [
  'id',
  'createdDateTime',
  ...new Set([...ADDRESS_COLUMNS, ...Object.values(GROUPS).flat()].filter(isMember).map(columnOf)),
];

/** How many sign-ins a row stands for; a table without the column has one in each row. */
export const COUNT_COLUMN = 'signInCount';

/** Columns that say whom a row stands for; a table without them names one person in each row. */
export const PEOPLE_COLUMNS: readonly string[] = GROUPS.people;

/** The column that holds a fact. */
export function columnOf(fact: string): string {
  return fact.replace('.', '_');
}

/** What is made of other columns has none of its own. */
function isMember(fact: string): boolean {
  return fact !== 'category' && fact !== 'workloadAppId';
}

export function createTableSql(table: TableName): string {
  const columns = TABLE_COLUMNS.map((name) =>
    name === 'id' || name === 'createdDateTime' ? `${quoted(name)} String` : `${quoted(name)} Nullable(String)`,
  );
  columns.push(`${quoted(COUNT_COLUMN)} UInt64 DEFAULT 1`);
  return `CREATE TABLE IF NOT EXISTS ${quotedTable(table)} (${columns.join(', ')}) ENGINE = MergeTree() ORDER BY (createdDateTime, id)`;
}

/** The table over all shards; records of one id lie on one of them. */
export function createDistributedSql(table: TableName, shard: TableName, cluster: string): string {
  const database = shard.database === undefined ? 'currentDatabase()' : literal(shard.database);
  const engine = `Distributed(${literal(cluster)}, ${database}, ${literal(shard.name)}, cityHash64(lower(id)))`;
  return `CREATE TABLE IF NOT EXISTS ${quotedTable(table)} AS ${quotedTable(shard)} ENGINE = ${engine}`;
}
