import { ADDRESS_COLUMNS, GROUPS } from '../fact-columns.ts';

/** The columns of a table of sign-ins: what judging reads, under Graph's names, a member of a member behind an underscore. */
export const TABLE_COLUMNS: readonly string[] = [
  'id',
  'createdDateTime',
  ...new Set([...ADDRESS_COLUMNS, ...Object.values(GROUPS).flat()].filter(isMember).map(columnOf)),
];

/** The column that holds a fact. */
export function columnOf(fact: string): string {
  return fact.replace('.', '_');
}

/** What is made of other columns has none of its own. */
function isMember(fact: string): boolean {
  return fact !== 'category' && fact !== 'workloadAppId';
}

export function createTableSql(table: string): string {
  const columns = TABLE_COLUMNS.map((name) =>
    name === 'id' || name === 'createdDateTime' ? `\`${name}\` String` : `\`${name}\` Nullable(String)`,
  );
  return `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}) ENGINE = MergeTree() ORDER BY (createdDateTime, id)`;
}

/** The table over all shards; records of one id lie on one of them. */
export function createDistributedSql(table: string, shard: string, cluster: string): string {
  const [database, name] = shard.split('.');
  const place = name === undefined ? `currentDatabase(), ${database}` : `${database}, ${name}`;
  return `CREATE TABLE IF NOT EXISTS ${table} AS ${shard} ENGINE = Distributed(${cluster}, ${place}, cityHash64(lower(id)))`;
}

/** A name that can stand in a query as it is. */
export function isTableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/.test(name);
}
