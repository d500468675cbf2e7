import { closeSync, constants, existsSync, openSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { GsaError } from '../../trouble/error.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { checkAccess } from '../access.ts';
import { readRegularFile } from '../regular-file.ts';
import { SQLITE, sqliteCode } from '../sqlite-code.ts';
import { removeQuietly } from './durable-write.ts';
import type { TenantFiles } from './path.ts';

/** The process that holds the lock, for the message that another one gets. */
export interface Holder {
  readonly pid: number;
  readonly command: string;
  /** RFC 3339. */
  readonly since: string;
}

/** A file with more bytes is none that names a holder. */
const MAX_HOLDER = 1024 * 1024;

/** Milliseconds between two tries: short at first, since most holders are done at once; long when there is a queue. */
const PAUSE = { first: 10, longest: 80 };

/**
 * Runs `work` while no other process writes this tenant. The lock is SQLite's on a database that stays empty: the system
 * lets go of it in the moment its holder dies, and never before, however long the holder sleeps. Waits up to `timeout`
 * milliseconds, then throws GsaError `busy`.
 */
export async function underLock<T>(files: TenantFiles, holder: Holder, timeout: number, work: () => T): Promise<T> {
  const database = openLock(files);
  try {
    const started = performance.now();
    while (!tryLock(database, files)) {
      const waited = performance.now() - started;
      if (waited >= timeout) throw busy(files);
      const pause = Math.min(PAUSE.first + waited / 10, PAUSE.longest, timeout - waited);
      // Spread, so that many waiting processes do not march in step.
      await delay(pause * (0.5 + Math.random()));
    }
    introduce(files, holder);
    try {
      return work();
    } finally {
      removeQuietly(files.holder);
    }
  } finally {
    // Closing gives the lock back, also when a transaction is open.
    database.close();
  }
}

function openLock(files: TenantFiles): DatabaseSync {
  makePrivate(files.lock);
  // SQLite takes a lock that it may only read, too, and then shares it with everybody else.
  checkAccess('lock', files.lock, constants.R_OK | constants.W_OK);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(files.lock, { timeout: 0 });
    // Nothing is ever written, so nothing is ever rolled back: no journal file that a killed holder could leave.
    database.exec('PRAGMA journal_mode = MEMORY');
    return database;
  } catch (error) {
    database?.close();
    throw lockTrouble(files, error);
  }
}

function tryLock(database: DatabaseSync, files: TenantFiles): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (sqliteCode(error) === SQLITE.busy) return false;
    throw lockTrouble(files, error);
  }
}

function lockTrouble(files: TenantFiles, error: unknown): GsaError {
  if (sqliteCode(error) === SQLITE.notADatabase) {
    return new GsaError('invalid', `\`${files.lock}\` is not a lock of gsa`, {
      hint: `move it away: \`mv ${shellWord(files.lock)} ${shellWord(`${files.lock}.old`)}\``,
      cause: error,
    });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new GsaError('invalid', `cannot lock \`${files.lock}\`: ${why}`, { cause: error });
}

/** SQLite would make the file readable for all. A file that is there is not opened: closing it would drop its locks. */
function makePrivate(lock: string): void {
  if (existsSync(lock)) return;
  try {
    closeSync(openSync(lock, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function introduce(files: TenantFiles, holder: Holder): void {
  try {
    removeQuietly(files.holder);
    writeFileSync(files.holder, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  } catch {
    // Only a message would have been better.
  }
}

function busy(files: TenantFiles): GsaError {
  const holder = lockHolder(files);
  const who =
    holder === undefined ? 'another process' : `process ${holder.pid} (\`${holder.command}\`, since ${holder.since})`;
  return new GsaError('busy', `\`${files.tenant}\` is being written by ${who}`, {
    hint: 'try again, or wait longer with `--lock-timeout <seconds>`',
  });
}

/** The process that writes the tenant now, as its file names it; `undefined` where the file is torn or left by a dead process. */
export function lockHolder({ holder: file }: TenantFiles): Holder | undefined {
  try {
    const { pid, command, since } = JSON.parse(readRegularFile(file, MAX_HOLDER).toString('utf8')) as Partial<Holder>;
    if (typeof pid !== 'number' || typeof command !== 'string' || typeof since !== 'string') return undefined;
    process.kill(pid, 0);
    return { pid, command, since };
  } catch {
    return undefined;
  }
}
