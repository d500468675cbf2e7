import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { plural } from '../../core/values/plural.ts';
import type { LogAnchor } from '../types.ts';

/**
 * The writes to a log, each with a hash over what it wrote and over the hash before, and what it found to be done to the log by
 * others. They stay when records are pruned, and hold nothing of anybody.
 */
export const WRITES_SCHEMA =
  'CREATE TABLE IF NOT EXISTS write (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, found TEXT);';

/** Where a log is not there, and that was told and recorded. */
export const NO_WRITE: LogAnchor = { write: 0, hash: '' };

/** A log that is not as its last write left it, in words; `key` names what it is in the audit. */
export interface LogMeddling {
  readonly key: 'signInLogMissing' | 'signInLogRolledBack' | 'signInLogReplaced';
  readonly words: string;
}

/** The last write of a log; `undefined` for one of an earlier version, or without any. */
export function lastWrite(database: DatabaseSync): LogAnchor | undefined {
  if (!hasWrites(database)) return undefined;
  const row = database.prepare('SELECT number, hash FROM write ORDER BY number DESC LIMIT 1').get();
  return row === undefined ? undefined : { write: Number(row['number']), hash: String(row['hash']) };
}

/**
 * What was done to a log that had come as far as `acknowledged`; `undefined`: nothing, or a write behind it has found it already. A
 * log that goes on behind it is as a crash leaves it too.
 */
export function meddlingOf(database: DatabaseSync, acknowledged: LogAnchor | undefined): LogMeddling | undefined {
  if (acknowledged === undefined || acknowledged.write === 0) return undefined;
  const last = lastWrite(database)?.write ?? 0;
  if (last === 0) return rolledBack(0, acknowledged.write);
  const row = database.prepare('SELECT hash FROM write WHERE number = ?').get(acknowledged.write);
  if (row?.['hash'] === acknowledged.hash) return undefined;
  const found = database.prepare('SELECT 1 FROM write WHERE number > ? AND found IS NOT NULL LIMIT 1');
  if (found.get(acknowledged.write) !== undefined) return undefined;
  if (last < acknowledged.write) return rolledBack(last, acknowledged.write);
  return {
    key: 'signInLogReplaced',
    words: `write ${acknowledged.write} of the sign-in log is not the one that was acknowledged: another log was put in its place`,
  };
}

function rolledBack(last: number, acknowledged: number): LogMeddling {
  return {
    key: 'signInLogRolledBack',
    words:
      `the sign-in log ends with write ${last}, but write ${acknowledged} was acknowledged: an older copy was put in its ` +
      'place',
  };
}

/** A log that should have come as far as `acknowledged` and is not there; `undefined`: no write to one was acknowledged. */
export function missingLog(acknowledged: LogAnchor | undefined): LogMeddling | undefined {
  const { write } = acknowledged ?? NO_WRITE;
  if (write === 0) return undefined;
  return {
    key: 'signInLogMissing',
    words: `the sign-in log is not there, but ${plural(write, 'write')} to it ${write === 1 ? 'was' : 'were'} acknowledged`,
  };
}

/** What writes have found, oldest first. */
export function foundByWrites(database: DatabaseSync): readonly string[] {
  if (!hasWrites(database)) return [];
  const rows = database.prepare('SELECT number, found FROM write WHERE found IS NOT NULL ORDER BY number').all();
  return rows.map(({ number, found }) => `before its write ${number}: ${found}`);
}

/** Where a write of the caller's transaction began. */
export interface WriteStart {
  readonly changes: number;
  readonly block: number;
}

export function startWrite(database: DatabaseSync): WriteStart {
  return { changes: totalChanges(database), block: lastBlock(database) };
}

/**
 * Adds the write that this transaction made; nothing where it changed nothing. What was found before it makes it go on behind
 * `acknowledged`, so that each number names one write.
 */
export function addWrite(
  database: DatabaseSync,
  { changes, block }: WriteStart,
  { found, acknowledged }: { readonly found: LogMeddling | undefined; readonly acknowledged: LogAnchor | undefined },
): boolean {
  const changed = totalChanges(database) - changes;
  if (changed === 0) return false;
  const last = lastWrite(database);
  const number = Math.max(last?.write ?? 0, found === undefined ? 0 : (acknowledged?.write ?? 0)) + 1;
  const hash = createHash('sha256').update(`${last?.hash ?? ''} ${number} ${changed} ${found?.words ?? ''}`);
  const written = database.prepare('SELECT content FROM block WHERE number > ? ORDER BY number');
  for (const { content } of written.iterate(block)) if (content instanceof Uint8Array) hash.update(content);
  const insert = database.prepare('INSERT INTO write (number, hash, found) VALUES (?, ?, ?)');
  insert.run(number, hash.digest('hex'), found?.words ?? null);
  return true;
}

function hasWrites(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'write'").get() !== undefined;
}

function totalChanges(database: DatabaseSync): number {
  return Number(database.prepare('SELECT total_changes() AS changes').get()?.['changes']);
}

function lastBlock(database: DatabaseSync): number {
  return Number(database.prepare('SELECT max(number) AS number FROM block').get()?.['number'] ?? 0);
}
