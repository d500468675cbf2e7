import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { GsaError } from '../../trouble/error.ts';
import { codeOf } from '../package-code.ts';

/** A database of its own for one run, and the way to leave nothing of it behind. */
export interface Database {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** Enough for millions of sign-ins; what does not fit goes to a temporary folder. */
const MEMORY = '640MB';
const THREADS = 2;

/** Opens an empty database that writes to a temporary folder only, and fetches nothing. */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await load();
  const folder = await mkdtemp(join(tmpdir(), 'gsa-duckdb-'));
  const instance = await DuckDBInstance.create(join(folder, 'keys.duckdb'), {
    threads: String(THREADS),
    memory_limit: MEMORY,
    temp_directory: join(folder, 'spilled'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  return {
    connection,
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function load(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    if (codeOf(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new GsaError('usage', '`--engine duckdb` needs the package @duckdb/node-api, which is not installed', {
      hint: '`npm install @duckdb/node-api@1.5.6-r.1` beside gsa, with -g if gsa is installed so',
      cause,
    });
  }
}
