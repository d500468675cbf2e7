import { GsaError } from '../../trouble/error.ts';
import { quoted } from './sql-text.ts';

/** A table, in a database or in that of the user. */
export interface TableName {
  readonly database: string | undefined;
  readonly name: string;
}

/** The table that somebody named; throws GsaError `usage`. */
export function tableNamed(text: string | undefined): TableName {
  const [, database, name] = /^(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)$/.exec(text ?? '') ?? [];
  if (name !== undefined) return { database, name };
  throw new GsaError('usage', text === undefined ? 'no table for ClickHouse' : `\`${text}\` is no name of a table`, {
    hint: 'name it with `--table sign_ins` or `--table database.sign_ins`',
  });
}

/** As it stands in a query, where a bare name could be taken for one of an expression. */
export function quotedTable({ database, name }: TableName): string {
  return database === undefined ? quoted(name) : `${quoted(database)}.${quoted(name)}`;
}

/** The part of a distributed table that lies on each shard. */
export function shardOf({ database, name }: TableName): TableName {
  return { database, name: `${name}_shard` };
}

/** The cluster that somebody named, as the configuration of the servers calls it; throws GsaError `usage`. */
export function clusterNamed(text: string): string {
  if (/^[\w.{}-]+$/.test(text)) return text;
  throw new GsaError('usage', `\`${text}\` is no name of a cluster`, {
    hint: '`SELECT DISTINCT cluster FROM system.clusters` names those of a server',
  });
}
