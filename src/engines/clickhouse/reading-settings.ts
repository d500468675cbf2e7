import { GsaError } from '../../trouble/error.ts';
import type { Connection } from './connect.ts';

/** Settings with which an answer is smaller than the truth, or another one, and what they have to be. */
const NEEDED: Readonly<Record<string, string>> = {
  skip_unavailable_shards: '0',
  distributed_group_by_no_merge: '0',
  empty_result_for_aggregation_by_empty_set: '0',
  limit: '0',
  offset: '0',
  use_query_cache: '0',
};

/** What happens at a limit of the profile, such as `read_overflow_mode`: anything but an error leaves rows out. */
const AT_LIMITS = '%\\_overflow\\_mode%';
const AN_ERROR = 'throw';

/** The tables of classes stand in the queries: bytes of the longest. */
const MOST_QUERY = 1_000_000_000;

/**
 * The settings that the queries need, of those that the server has: what is missing is an error, never a smaller answer. Throws
 * GsaError where the profile has them otherwise, and the user may set nothing.
 */
export async function settingsOf(connection: Connection): Promise<Record<string, string | number>> {
  const names = [...Object.keys(NEEDED), 'readonly'].map((name) => `'${name}'`);
  const rows = await connection.rows(
    `SELECT name, toString(value) AS value FROM system.settings WHERE name IN (${names.join(', ')}) OR name LIKE '${AT_LIMITS}'`,
  );
  const settings = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
  const maySet = settings.get('readonly') !== '1';
  settings.delete('readonly');
  const others = [...settings].filter(([name, value]) => value !== (NEEDED[name] ?? AN_ERROR));
  const [wrong] = others;
  if (wrong !== undefined && !maySet) throw mayNotSet(wrong);
  const needed = Object.fromEntries(others.map(([name]) => [name, NEEDED[name] ?? AN_ERROR]));
  return maySet ? { ...needed, max_query_size: MOST_QUERY } : {};
}

function mayNotSet([name, value]: readonly [name: string, value: string]): GsaError {
  return new GsaError(
    'invalid',
    `ClickHouse would leave out what it should count (${name} = ${value}), and the user may not set that`,
    { hint: `ask for a profile with ${name} = ${NEEDED[name] ?? AN_ERROR}, or with readonly = 2` },
  );
}
