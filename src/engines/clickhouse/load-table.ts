import type { SignIn } from '../../core/conditional-access/record/sign-in.ts';
import { ONE } from '../../core/conditional-access/record/weight.ts';
import type { Members } from '../../intake/sign-ins/facts/members.ts';
import { isMembers } from '../../intake/sign-ins/facts/members.ts';
import type { SignInStream } from '../../intake/types.ts';
import { LISTED_MEMBERS, LISTS } from '../fact-columns.ts';
import type { Row, Server } from './connect.ts';
import { connect } from './connect.ts';
import { COUNT_COLUMN, createDistributedSql, createTableSql, TABLE_COLUMNS } from './table-columns.ts';
import { clusterNamed, quotedTable, shardOf, tableNamed } from './table-name.ts';

/** Rows of one insert. */
const BATCH = 10_000;

/** Makes the table where it is not there; with a cluster, one on this server and one over all of its shards. */
export async function createSignInTable(server: Server, table: string, cluster: string | undefined): Promise<void> {
  const statements = createStatements(table, cluster);
  const connection = await connect(server);
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    await connection.close();
  }
}

/** What makes the table, for each server. */
export function createStatements(table: string, cluster: string | undefined): readonly string[] {
  const name = tableNamed(table);
  if (cluster === undefined) return [createTableSql(name)];
  const shard = shardOf(name);
  return [createTableSql(shard), createDistributedSql(name, shard, clusterNamed(cluster))];
}

/** Puts the sign-ins into the table; returns how many, and how many records were none. A row is there when this returns. */
export async function loadSignIns(
  server: Server,
  table: string,
  stream: SignInStream,
): Promise<{ readonly loaded: number; readonly skipped: number }> {
  const name = quotedTable(tableNamed(table));
  const connection = await connect(server);
  connection.use({ insert_distributed_sync: 1 });
  let [loaded, waiting, skipped] = [0, 0, 0];
  let batch: Row[] = [];
  const flush = async () => {
    if (batch.length > 0) await connection.insert(name, batch);
    loaded += waiting;
    [batch, waiting] = [[], 0];
  };
  try {
    for await (const item of stream) {
      if ('skipped' in item) {
        skipped++;
        continue;
      }
      const { record, marks, weight = ONE } = item.signIn;
      const row = rowOf(record, marks.includes('derivedId'));
      batch.push({ ...row, [COUNT_COLUMN]: weight.signIns });
      waiting += weight.signIns;
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    return { loaded, skipped };
  } finally {
    await connection.close();
  }
}

function rowOf(record: SignIn, hasNoId: boolean): Row {
  const row: Record<string, string> = {};
  for (const column of TABLE_COLUMNS) {
    const value = valueAt(record, column);
    if (value !== undefined) row[column] = value;
  }
  return hasNoId ? { ...row, id: '' } : row;
}

function valueAt(record: Members, column: string): string | undefined {
  const [outer = '', inner] = column.split('_');
  const value = inner === undefined ? record[outer] : memberOf(record[outer], inner);
  if (value === undefined || value === null) return undefined;
  if (!LISTS.has(outer)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const members = LISTED_MEMBERS[outer];
  if (members === undefined || !Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(
    value.map((each: unknown) => Object.fromEntries(members.map((name) => [name, memberOf(each, name)]))),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return isMembers(value) ? value[name] : undefined;
}
