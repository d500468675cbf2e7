import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { TenantSettings } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import type { KnownTenant } from '../types.ts';
import { lineageOf, openForReading } from './database.ts';

/**
 * What a log knows of the tenant whose sign-ins it holds, so that a list of it need not read and check all of a company: whose log
 * it is, the settings, and by which names one person is found, with the roles that they hold. It is bound to the very file that it
 * was read from, and goes for nothing as soon as another one lies there.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS known_tenant (form TEXT NOT NULL, file TEXT NOT NULL, lineage TEXT NOT NULL, settings TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS known_name (name TEXT PRIMARY KEY, roles TEXT NOT NULL) WITHOUT ROWID;
`;

/** A tenant file of fewer bytes is read as quickly. */
const SMALL = 1024 * 1024;

/**
 * Milliseconds for which a file must have lain as it is, when it is read, to be known again: two changes that are closer together
 * may bear one time, on file systems that count in whole seconds or two.
 */
const SETTLED = 2_000;

/** A tenant as it was read, and what identified its file then. */
export interface ReadTenant {
  /** As `versionOf` of the store of tenants has it. */
  readonly file: string;
  readonly lineage: string;
  readonly settings: TenantSettings;
  /** Each name that is certain (certain-names.ts), with the roles of who bears it. */
  names(): Iterable<readonly [string, readonly string[]]>;
}

interface Lying {
  readonly key: string;
  readonly isSmall: boolean;
  /** When its bytes or its names changed last, in milliseconds since 1970. */
  readonly changed: number;
}

/** The file that lies there and can be read by who asks; `undefined`: there is none. */
function lyingAt(path: string): Lying | undefined {
  let file: number;
  try {
    // A pipe would be waited for; it is none of ours.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(file, { bigint: true });
    if (!stat.isFile()) return undefined;
    const { dev, ino, size, mtimeNs, ctimeNs } = stat;
    const changed = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
    return { key: [dev, ino, size, mtimeNs, ctimeNs].join(':'), isSmall: size < SMALL, changed };
  } finally {
    closeSync(file);
  }
}

/**
 * Keeps what was read of the tenant, in a transaction of its own; what the log knew of another one is gone. `readAfter`: a time
 * before the tenant was read, in milliseconds since 1970. `form`: the program that writes; another one does not take its word.
 * Gives whether it is kept, or would be if it was read again: the file had not lain for long then, and has now.
 */
export function keepKnown(
  database: DatabaseSync,
  path: string,
  read: ReadTenant | undefined,
  { form, readAfter }: { readonly form: string; readonly readAfter: number },
): 'kept' | 'readAgain' | 'notCertain' {
  const lying = lyingAt(path);
  const isOfCompany = lying !== undefined && !lying.isSmall;
  if (!isOfCompany || lying.key !== read?.file || readAfter - lying.changed < SETTLED) {
    if (hasTables(database)) database.exec('DELETE FROM known_tenant; DELETE FROM known_name;');
    return isOfCompany && Date.now() - lying.changed >= SETTLED ? 'readAgain' : 'notCertain';
  }
  const { file, lineage, settings } = read;
  if (hasTables(database) && rowOf(database, { form, file })?.lineage === lineage) return 'kept';
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(`${SCHEMA} DELETE FROM known_tenant; DELETE FROM known_name;`);
    const insert = database.prepare('INSERT INTO known_name (name, roles) VALUES (?, ?)');
    for (const [name, roles] of read.names()) insert.run(name, JSON.stringify(roles));
    database
      .prepare('INSERT INTO known_tenant (form, file, lineage, settings) VALUES (?, ?, ?, ?)')
      .run(form, file, lineage, JSON.stringify(settings));
    database.exec('COMMIT');
    return 'kept';
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * What the log at `signIns` knows of the tenant file that lies at `path` now, and who asks may read; `undefined` where it knows
 * nothing of it or there is any doubt: then the file is to be read, and whatever is wrong is told by who reads it.
 */
export function openKnown(signIns: string, path: string, form: string): (KnownTenant & { close(): void }) | undefined {
  const lying = lyingAt(path);
  if (lying === undefined || lying.isSmall) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = openForReading(signIns, undefined);
    const known = database === undefined ? undefined : knownIn(signIns, database, { form, file: lying.key });
    if (known !== undefined) return known;
  } catch {
    // Whoever reads the log tells it.
  }
  database?.close();
  return undefined;
}

function knownIn(
  signIns: string,
  database: DatabaseSync,
  wanted: { readonly form: string; readonly file: string },
): (KnownTenant & { close(): void }) | undefined {
  // Names and settings are of one moment: a writer may replace them at any time.
  database.exec('BEGIN');
  const row = hasTables(database) ? rowOf(database, wanted) : undefined;
  if (row === undefined || row.lineage !== lineageOf(signIns, database)) return undefined;
  const settings = settingsOf(row.settings);
  if (settings === undefined) return undefined;
  const select = database.prepare('SELECT roles FROM known_name WHERE name = ?');
  return {
    lineage: row.lineage,
    settings,
    rolesOf: (name) => rolesIn(select.get(name.toLowerCase())?.['roles']),
    close: () => database.close(),
  };
}

function hasTables(database: DatabaseSync): boolean {
  const tables = "SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('known_tenant', 'known_name')";
  return database.prepare(tables).get()?.['tables'] === 2;
}

function rowOf(database: DatabaseSync, { form, file }: { readonly form: string; readonly file: string }) {
  const rows = database.prepare('SELECT form, file, lineage, settings FROM known_tenant').all();
  const [row] = rows;
  if (rows.length !== 1 || row?.['form'] !== form || row['file'] !== file) return undefined;
  return { lineage: String(row['lineage']), settings: row['settings'] };
}

function settingsOf(text: unknown): TenantSettings | undefined {
  const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
  if (!isObject(value)) return undefined;
  const { defaultAdministrator: name, signInLogDelayMinutes: delay } = value;
  const isRight = ['string', 'undefined'].includes(typeof name) && ['number', 'undefined'].includes(typeof delay);
  return isRight ? value : undefined;
}

function rolesIn(text: unknown): readonly string[] | undefined {
  const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
  return Array.isArray(value) && value.every((role) => typeof role === 'string') ? value : undefined;
}
