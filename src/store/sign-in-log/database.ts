import { closeSync, constants, existsSync, lstatSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble, isSystemError } from '../../trouble/file-trouble.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { checkAccess } from '../access.ts';
import { SQLITE, sqliteCode } from '../sqlite-code.ts';
import { DamagedBlock } from './blocks.ts';
import type { Key } from './columns.ts';
import { addressText, COLUMNS, idText } from './columns.ts';
import { DamagedTenant, JUDGING_SCHEMA } from './judgings.ts';
import { WEIGHTS_SCHEMA } from './weights.ts';
import { WRITES_SCHEMA } from './writes.ts';

/**
 * The version of the schema that this program writes (`PRAGMA user_version`). Version 1 did not say whose sign-ins it holds:
 * it is read as it is, and the next write makes it a log of the tenant that writes. Up to version 2 a block had no line of
 * entries (blocks.ts), and up to version 3 no record was made later (judged-block.ts): those blocks stay as they are and are read,
 * and the next write keeps older programs from the new ones. Up to version 4 writes had no numbers (writes.ts),
 * up to version 5 entries no weights (weights.ts).
 */
const LOG_VERSION = 6;

/** `gsa ` in ASCII: marks the database as ours (`PRAGMA application_id`). */
const APPLICATION_ID = 0x67736120;

const TYPES = {
  text: 'INTEGER',
  address: 'INTEGER',
  id: 'TEXT',
  time: 'INTEGER',
  number: 'INTEGER',
  boolean: 'INTEGER',
};

/**
 * `text` holds each repeating text once, with its form for comparing and, for addresses, its sortable key. `sign_in` holds
 * what can be asked for, with numbers of `text`; `seq` grows with every record and breaks ties. The whole records lie in
 * `block`, up to 64 written or 128 judged ones to a block (blocks.ts), because they compress many times better together than one by one.
 * `belongs_to` has one row: the lineage of the tenant file whose sign-ins these are.
 */
const SCHEMA = `
  CREATE TABLE belongs_to (lineage TEXT NOT NULL);
  CREATE TABLE text (number INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);
  CREATE INDEX text_by_folded ON text (folded);
  CREATE TABLE block (number INTEGER PRIMARY KEY, length INTEGER NOT NULL, content BLOB NOT NULL);
  CREATE TABLE sign_in (
    seq INTEGER PRIMARY KEY,
    block INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    period INTEGER NOT NULL,
    person INTEGER,
    ${COLUMNS.map(({ sql, kind }) => `${sql} ${TYPES[kind]}`.trimEnd()).join(',\n    ')}
  );
  CREATE UNIQUE INDEX sign_in_once ON sign_in (period, id, signaling_status);
  CREATE INDEX sign_in_by_time ON sign_in (created_date_time);
  CREATE INDEX sign_in_by_person ON sign_in (period, person, created_date_time);
  CREATE TABLE alias (name INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (name, person)) WITHOUT ROWID;
  ${JUDGING_SCHEMA}
  ${WRITES_SCHEMA}
  ${WEIGHTS_SCHEMA}
  PRAGMA application_id = ${APPLICATION_ID};
`;

/**
 * Opens the log of that lineage for reading; `undefined` when there is none yet, or one without tables. Nothing is made.
 * Throws GsaError `invalid` for a log of another tenant; where no lineage is given, the log of any.
 */
export function openForReading(path: string, lineage: string | undefined): DatabaseSync | undefined {
  if (!checkRegular(path)) return undefined;
  checkAccess('read', path, constants.R_OK);
  return guarded(path, () => {
    try {
      return opened(path, lineage, new DatabaseSync(path, { readOnly: true, timeout: 5000 }));
    } catch (error) {
      // A folder without the right to write has no place for the index of the write-ahead log; with no log left there is
      // nothing to miss in the main file alone.
      const isClosedToUs = sqliteCode(error) === SQLITE.cannotOpen || sqliteCode(error) === SQLITE.readOnly;
      if (!isClosedToUs || (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw error;
      const url = pathToFileURL(path);
      url.searchParams.set('immutable', '1');
      return opened(path, lineage, new DatabaseSync(url, { readOnly: true }));
    }
  });
}

/**
 * Opens the log of that lineage for writing and makes it when it is not there, 0600. `timeout`: milliseconds to wait for
 * another writer. Throws GsaError `invalid` for a log of another tenant.
 */
export function openForWriting(path: string, lineage: string, timeout: number): DatabaseSync {
  if (!checkRegular(path)) makePrivate(path);
  // SQLite's own words name no file, nor that it may be one beside the log that is closed to us.
  for (const file of [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file))) {
    checkAccess('write', file, constants.R_OK | constants.W_OK);
  }
  return guarded(path, () => {
    const database = new DatabaseSync(path, { timeout });
    try {
      // Nothing is set before it is known whose database this is: the journal mode alone would change a foreign one.
      const fresh = isEmpty(path, database);
      if (!fresh) check(path, lineage, database);
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;');
      // Neighbours in time fall on few pages: with a million records, 32 MB of cache were no faster than 4.
      database.exec('PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;');
      if (versionOf(database) !== LOG_VERSION) makeSchema(path, lineage, database);
      return withFunctions(database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Another process may make it in the same moment: only the first one in finds it empty, or without its tenant. */
function makeSchema(path: string, lineage: string, database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  if (isEmpty(path, database)) database.exec(SCHEMA);
  else {
    if (versionOf(database) === 1) database.exec('CREATE TABLE belongs_to (lineage TEXT NOT NULL)');
    database.exec(JUDGING_SCHEMA + WRITES_SCHEMA + WEIGHTS_SCHEMA);
  }
  if (versionOf(database) < 2) database.prepare('INSERT INTO belongs_to (lineage) VALUES (?)').run(lineage);
  if (versionOf(database) < LOG_VERSION) database.exec(`PRAGMA user_version = ${LOG_VERSION}`);
  database.exec('COMMIT');
  check(path, lineage, database);
}

/** Runs `work` and gives every trouble of the database the words and the kind that a user can act on. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw troubleOf(path, error);
  }
}

export function troubleOf(path: string, error: unknown): unknown {
  if (isSystemError(error)) return fileTrouble('open', path, error);
  const isDamage = error instanceof DamagedBlock || error instanceof DamagedTenant;
  const code = isDamage ? SQLITE.corrupt : sqliteCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const options = { cause: error, problems: [{ file: path, message: error.message }] };
  switch (code) {
    case SQLITE.busy:
      return new GsaError('busy', `the sign-in log \`${path}\` is being written by another process`, {
        ...options,
        hint: 'try again',
      });
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return new GsaError('invalid', `the sign-in log \`${path}\` is damaged: ${error.message}`, {
        ...options,
        hint: `move it away and replay again: \`mv ${shellWord(path)} ${shellWord(`${path}.damaged`)}\``,
      });
    default:
      return new GsaError('invalid', `the sign-in log \`${path}\` cannot be used: ${error.message}`, options);
  }
}

/** A connection that may read; `undefined` (and closed) when nothing was ever written. */
function opened(path: string, lineage: string | undefined, database: DatabaseSync): DatabaseSync | undefined {
  try {
    if (!isEmpty(path, database)) {
      check(path, lineage, database);
      return withFunctions(database);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  return undefined;
}

/** Throws GsaError `invalid` unless this is a log that can be read, of this tenant or of none yet. */
function check(path: string, lineage: string | undefined, database: DatabaseSync): void {
  const belongsTo = lineageOf(path, database);
  if (lineage === undefined || belongsTo === undefined) return;
  if (belongsTo !== lineage) throw ofAnotherTenant(path, belongsTo, lineage);
}

/**
 * The lineage of the tenant whose sign-ins these are; `undefined` where the log does not say. Throws GsaError `invalid` for what
 * is no log.
 */
export function lineageOf(path: string, database: DatabaseSync): string | undefined {
  const version = versionOf(database);
  const ours = pragma(database, 'application_id') === APPLICATION_ID;
  if (ours && version > LOG_VERSION) {
    const message = `the sign-in log \`${path}\` was written by a newer version of gsa (version ${version})`;
    throw new GsaError('invalid', message, { hint: 'install the newer gsa' });
  }
  if (!ours || version < 1) throw new GsaError('invalid', `\`${path}\` is not a sign-in log of gsa`);
  return version === 1 ? undefined : String(database.prepare('SELECT lineage FROM belongs_to').get()?.['lineage']);
}

/** The star takes along what a killed writer has left beside the log, which is a part of it. */
function ofAnotherTenant(path: string, belongsTo: string, lineage: string): GsaError {
  const folder = path.replace(/\.db$/, `.${belongsTo.slice(0, 8)}`);
  return new GsaError(
    'invalid',
    `the sign-in log \`${path}\` belongs to another tenant: lineage ${belongsTo}; here it is ${lineage}`,
    {
      hint: `move it away and replay again: \`mkdir ${shellWord(folder)} && mv ${shellWord(path)}* ${shellWord(folder)}\``,
    },
  );
}

/** New, or left by a process that was killed before it had made the tables. SQLite takes any few bytes for empty. */
export function isEmpty(path: string, database: DatabaseSync): boolean {
  const { size } = statSync(path);
  if (size > 0 && size < 512) return false;
  const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'];
  return tables === 0 && versionOf(database) === 0 && pragma(database, 'application_id') === 0;
}

/** Keys in words, for searching a part of them. */
function withFunctions(database: DatabaseSync): DatabaseSync {
  database.function('spelled_address', { deterministic: true }, (key) => addressText(key as Key));
  database.function('spelled_id', { deterministic: true }, (key) => idText(key as Key));
  return database;
}

function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

/** Whether a regular file is there; a pipe or a device would be opened for ever. */
export function checkRegular(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (!stat.isFile()) throw new GsaError('invalid', `\`${path}\` is not a regular file`);
  return true;
}

/** SQLite gives its other files the mode of this one. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw fileTrouble('write', path, error);
  }
}
