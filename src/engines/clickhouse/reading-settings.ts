import { GsaError } from '../../trouble/error.ts';
import type { Connection } from './connect.ts';

/** The tables of classes stand in the queries: bytes of the longest. */
const MOST_QUERY = 1_000_000_000;

/** A shard that is down is an error, never a smaller answer; who may set nothing must have it so already. */
export async function settingsOf(connection: Connection): Promise<Record<string, string | number>> {
  const rows = await connection.rows(
    "SELECT name, value FROM system.settings WHERE name IN ('readonly', 'skip_unavailable_shards')",
  );
  const settingOf = (name: string) => rows.find((row) => row['name'] === name)?.['value'];
  if (String(settingOf('readonly') ?? '0') !== '1') return { skip_unavailable_shards: 0, max_query_size: MOST_QUERY };
  if (String(settingOf('skip_unavailable_shards') ?? '0') === '0') return {};
  throw new GsaError(
    'invalid',
    'ClickHouse would leave out shards that are down (skip_unavailable_shards = 1), and the user may not set that',
    {
      hint: 'ask for a profile with skip_unavailable_shards = 0, or with readonly = 2',
    },
  );
}
