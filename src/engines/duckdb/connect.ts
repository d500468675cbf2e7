import { rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { GsaError } from '../../trouble/error.ts';
import { errorCode } from '../../trouble/error-code.ts';

/** What a database needs of the outside. */
export interface DatabasePlace {
  readonly makeFolder: () => Promise<string>;
  readonly interrupted: AbortSignal;
  /** Of memory that it begins with; absent: enough for millions of sign-ins. */
  readonly megabytes?: number;
}

/** A database of its own for one run, and the way to leave nothing of it behind. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** Lets it have twice the memory; false where that would be too much of the machine's. */
  grow(): Promise<boolean>;
  close(): Promise<void>;
}

/** Megabytes. What does not fit goes to a temporary folder, but for what a join needs at once. */
const MEMORY = 320;
const MOST_OF_MACHINE = 0.5;
const THREADS = 2;

/** Opens an empty database that writes to that folder only, which goes with it, and fetches nothing. */
export async function openDatabase({ makeFolder, interrupted, megabytes = MEMORY }: DatabasePlace): Promise<Database> {
  const { DuckDBInstance } = await load();
  const folder = await makeFolder();
  try {
    return await databaseIn(DuckDBInstance, folder, { interrupted, megabytes });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function databaseIn(
  Instance: typeof DuckDBInstance,
  folder: string,
  { interrupted, megabytes }: Required<Omit<DatabasePlace, 'makeFolder'>>,
): Promise<Database> {
  const instance = await Instance.create(join(folder, 'keys.duckdb'), {
    threads: String(THREADS),
    memory_limit: `${megabytes}MB`,
    temp_directory: join(folder, 'spilled'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  // A query may take minutes, and nobody waits for the end of it.
  const interrupt = () => connection.interrupt();
  interrupted.addEventListener('abort', interrupt, { once: true });
  let memory = megabytes;
  return {
    connection,
    grow: async () => {
      memory *= 2;
      if (memory > (memoryOfMachine() / 1_000_000) * MOST_OF_MACHINE) return false;
      await connection.run(`SET memory_limit = '${memory}MB'`);
      return true;
    },
    close: async () => {
      interrupted.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes: those of the container, where one limits them. */
function memoryOfMachine(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

async function load(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    if (errorCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new GsaError('usage', '`--engine duckdb` needs the package @duckdb/node-api, which is not installed', {
      hint: '`npm install @duckdb/node-api@1.5.6-r.1` beside gsa, with -g if gsa is installed so',
      cause,
    });
  }
}
