import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LoggedSignIn } from '../core/conditional-access/sign-in.ts';
import { BlockReader, BlockWriter } from './sign-in-blocks.ts';
import type { Column } from './sign-in-columns.ts';
import { COLUMNS, columnOf, folded, timeKey } from './sign-in-columns.ts';
import { guarded, openForReading, openForWriting, troubleOf } from './sign-in-database.ts';
import type { Sql } from './sign-in-sql.ts';
import { orderOf, timeOf, whereOf } from './sign-in-sql.ts';
import { TextNumbers } from './sign-in-texts.ts';
import type { SignInColumn, SignInLog, SignInQuery } from './types.ts';

type Filter = Omit<SignInQuery, 'order' | 'limit'>;

/** What a batch needs, prepared once for a connection. */
interface Writer {
  readonly database: DatabaseSync;
  readonly texts: TextNumbers;
  readonly insert: StatementSync;
}

const NAMES = ['block', 'slot', ...COLUMNS.map(({ sql }) => sql)];

const INSERT = `INSERT INTO sign_in (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})
  ON CONFLICT (id, signaling_status) DO NOTHING`;

/**
 * The sign-in log in one SQLite database (sign-in-database.ts has its shape): one writer and any number of readers at a
 * time. Nothing is opened before it is needed, and reading a log that is not there finds nothing and makes nothing.
 */
export class SignInFile implements SignInLog {
  readonly path: string;
  #reader: DatabaseSync | undefined;
  #writer: Writer | undefined;

  /** `path` is absolute (`filesOf(tenant).signIns`). */
  constructor(path: string) {
    this.path = path;
  }

  append(batch: readonly LoggedSignIn[]): { readonly added: number; readonly alreadyThere: number } {
    if (batch.length === 0) return { added: 0, alreadyThere: 0 };
    const writer = this.#openWriter();
    const added = this.#transaction(writer, () => appendAll(writer, batch));
    return { added, alreadyThere: batch.length - added };
  }

  *query(query: SignInQuery): Iterable<LoggedSignIn> {
    const database = this.#openReader();
    if (database === undefined) return;
    try {
      const { text, values } = whereOf(query, userSql(database, query.user));
      const limit = query.limit === undefined ? '' : `LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
      const statement = database.prepare(
        `SELECT block, slot FROM sign_in WHERE ${text} ORDER BY ${orderOf(query.order)} ${limit}`,
      );
      const blocks = new BlockReader(database);
      for (const row of statement.iterate(...values)) yield blocks.read(Number(row['block']), Number(row['slot']));
    } catch (error) {
      throw troubleOf(this.path, error);
    }
  }

  count(query: Filter): number {
    const row = this.#select(query, (where) => `SELECT count(*) AS count FROM sign_in WHERE ${where}`)[0];
    return Number(row?.['count'] ?? 0);
  }

  countBy(name: SignInColumn, query: Filter): readonly { readonly value: string | null; readonly count: number }[] {
    const column = columnOf(name);
    const rows = this.#select(
      query,
      (where) =>
        `SELECT ${valueSql(column)} AS value, count(*) AS count FROM sign_in WHERE ${where} GROUP BY ${column.sql}`,
    );
    return rows
      .map(({ value, count }) => ({ value: countedValue(column, value), count: Number(count) }))
      .sort((one, other) => other.count - one.count || compareValues(one.value, other.value));
  }

  find(id: string): readonly LoggedSignIn[] {
    const database = this.#openReader();
    if (database === undefined) return [];
    return guarded(this.path, () => {
      const blocks = new BlockReader(database);
      return database
        .prepare('SELECT block, slot FROM sign_in WHERE id = ? ORDER BY seq DESC')
        .all(folded(id))
        .map((row) => blocks.read(Number(row['block']), Number(row['slot'])));
    });
  }

  prune(before: string): number {
    const time = timeOf(before);
    if (this.#openReader() === undefined) return 0;
    const writer = this.#openWriter();
    return this.#transaction(writer, () => {
      const { changes } = writer.database.prepare('DELETE FROM sign_in WHERE created_date_time < ?').run(time);
      if (changes !== 0) removeUnused(writer.database);
      writer.texts.forget();
      return Number(changes);
    });
  }

  close(): void {
    this.#reader?.close();
    this.#writer?.database.close();
    this.#reader = undefined;
    this.#writer = undefined;
  }

  #select(query: Filter, text: (where: string) => string): Record<string, unknown>[] {
    const database = this.#openReader();
    if (database === undefined) return [];
    return guarded(this.path, () => {
      const where = whereOf(query, userSql(database, query.user));
      return database.prepare(text(where.text)).all(...where.values);
    });
  }

  #openReader(): DatabaseSync | undefined {
    this.#reader ??= openForReading(this.path);
    return this.#reader;
  }

  #openWriter(): Writer {
    if (this.#writer === undefined) {
      const database = openForWriting(this.path);
      this.#writer = { database, texts: new TextNumbers(database), insert: database.prepare(INSERT) };
    }
    return this.#writer;
  }

  /** All of it or nothing, on the disk when it returns. */
  #transaction<T>({ database, texts }: Writer, work: () => T): T {
    return guarded(this.path, () => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        texts.forget();
        // SQLite takes a transaction back by itself when the disk is full.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

function appendAll({ database, texts, insert }: Writer, batch: readonly LoggedSignIn[]): number {
  const blocks = new BlockWriter(database);
  let added = 0;
  for (const signIn of batch) {
    const { block, slot } = blocks.place;
    const values = COLUMNS.map((column) => stored(column, signIn, texts));
    if (insert.run(block, slot, ...values).changes === 0) continue;
    blocks.add(signIn);
    added++;
  }
  blocks.flush();
  return added;
}

function stored({ kind, read }: Column, signIn: LoggedSignIn, texts: TextNumbers): string | number | null {
  const value = read(signIn);
  if (value === undefined || value === null) return null;
  switch (kind) {
    case 'text':
    case 'address':
      return texts.numberOf(String(value));
    case 'id':
      return folded(String(value));
    case 'time':
      return timeKey(String(value));
    case 'number':
      return Number.isFinite(value) ? Number(value) : null;
    case 'boolean':
      return Number(value);
  }
}

/** A user by name or object id: asked column by column, since each has an index and only one will know the user. */
function userSql(database: DatabaseSync, user: string | undefined): Sql {
  if (user === undefined) return { text: '1', values: [] };
  const numbers = database.prepare('SELECT number FROM text WHERE folded = ?').all(folded(user));
  const parts = numbers.flatMap(({ number }) =>
    ['user_principal_name', 'user_id']
      .filter((column) => database.prepare(`SELECT 1 FROM sign_in WHERE ${column} = ? LIMIT 1`).get(Number(number)))
      .map((column) => ({ text: `${column} = ?`, values: [Number(number)] })),
  );
  if (parts.length === 0) return { text: '0', values: [] };
  return { text: `(${parts.map(({ text }) => text).join(' OR ')})`, values: parts.flatMap(({ values }) => values) };
}

/** What no record names any more: a person who is pruned leaves no name behind. */
function removeUnused(database: DatabaseSync): void {
  const used = COLUMNS.filter(({ kind }) => kind === 'text' || kind === 'address').map(
    ({ sql }) => `SELECT ${sql} FROM sign_in WHERE ${sql} IS NOT NULL`,
  );
  database.exec('DELETE FROM block WHERE number NOT IN (SELECT block FROM sign_in)');
  database.exec(`DELETE FROM text WHERE number NOT IN (${used.join(' UNION ')})`);
}

function valueSql({ kind, sql }: Column): string {
  return kind === 'text' || kind === 'address' ? `(SELECT value FROM text WHERE number = ${sql})` : sql;
}

function countedValue({ kind }: Column, value: unknown): string | null {
  if (value === null) return null;
  if (kind === 'boolean') return value === 1 ? 'true' : 'false';
  if (kind === 'time') return new Date(Number(value) / 1000).toISOString();
  return String(value);
}

function compareValues(one: string | null, other: string | null): number {
  if (one === other) return 0;
  return one === null || (other !== null && one > other) ? 1 : -1;
}
