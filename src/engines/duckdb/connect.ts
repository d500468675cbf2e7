import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { GsaError } from '../../trouble/error.ts';
import { codeOf } from '../package-code.ts';

/** What a database needs of the outside. */
export interface DatabasePlace {
  readonly makeFolder: () => Promise<string>;
  readonly interrupted: AbortSignal;
}

/** A database of its own for one run, and the way to leave nothing of it behind. */
export interface Database {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** Enough for millions of sign-ins; what does not fit goes to a temporary folder. */
const MEMORY = '400MB';
const THREADS = 2;

/** Opens an empty database that writes to that folder only, which goes with it, and fetches nothing. */
export async function openDatabase({ makeFolder, interrupted }: DatabasePlace): Promise<Database> {
  const { DuckDBInstance } = await load();
  const folder = await makeFolder();
  try {
    return await databaseIn(DuckDBInstance, folder, interrupted);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function databaseIn(
  Instance: typeof DuckDBInstance,
  folder: string,
  interrupted: AbortSignal,
): Promise<Database> {
  const instance = await Instance.create(join(folder, 'keys.duckdb'), {
    threads: String(THREADS),
    memory_limit: MEMORY,
    temp_directory: join(folder, 'spilled'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  // A query may take minutes, and nobody waits for the end of it.
  const interrupt = () => connection.interrupt();
  interrupted.addEventListener('abort', interrupt, { once: true });
  return {
    connection,
    close: async () => {
      interrupted.removeEventListener('abort', interrupt);
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
