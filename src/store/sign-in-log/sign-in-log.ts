import type { DatabaseSync } from 'node:sqlite';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInColumn } from '../../core/sign-in-log/columns.ts';
import { fileTrouble } from '../../trouble/file-trouble.ts';
import type { Appended, Appending, Batch, LogAnchor, Loggable, Rewriting, SignInLog, SignInQuery } from '../types.ts';
import { keepLogAnchor, readLogAnchor } from './anchor.ts';
import { BatchWriter } from './batch.ts';
import { BlockReader } from './blocks.ts';
import type { Column, Key } from './columns.ts';
import { addressText, byCount, COLUMNS, columnOf, idKey, idText } from './columns.ts';
import { guarded, openForReading, openForWriting, troubleOf } from './database.ts';
import { REMOVE_UNUSED_JUDGINGS } from './judgings.ts';
import { LongAppend } from './long-append.ts';
import type { Packing } from './packing.ts';
import { PackingHere } from './packing.ts';
import { Rewriter } from './rewriter.ts';
import { PERIODS, selectionOf } from './selection.ts';
import { setLogAside } from './set-aside.ts';
import { orderOf, timeOf } from './sql.ts';
import { TextNumbers } from './texts.ts';
import { signInsSql } from './weights.ts';
import type { LogMeddling } from './writes.ts';
import { addWrite, lastWrite, meddlingOf, missingLog, startWrite } from './writes.ts';

type Filter = Omit<SignInQuery, 'order' | 'limit'>;

interface Options {
  readonly timeout?: number;
  readonly rewriting?: Rewriting | undefined;
  readonly anchor?: string;
  readonly packing?: Packing;
  readonly beforeClosing?: (written: DatabaseSync) => void;
}

/** What a batch needs, prepared once for a connection. */
interface Writer {
  readonly database: DatabaseSync;
  readonly batches: BatchWriter;
}

/**
 * The sign-in log in one SQLite database (database.ts has its shape): one writer and any number of readers at a
 * time. Nothing is opened before it is needed, and reading a log that is not there finds nothing and makes nothing.
 */
export class SignInFile implements SignInLog {
  readonly path: string;
  readonly #lineage: string;
  readonly #timeout: number;
  readonly #rewriting: Rewriting | undefined;
  #reader: DatabaseSync | undefined;
  #writer: Writer | undefined;
  readonly #anchor: string | undefined;
  readonly #packing: Packing;
  readonly #beforeClosing: Options['beforeClosing'];
  /** How far the log had come when it was looked at first. */
  #acknowledged: LogAnchor | undefined;
  #isLookedAt = false;
  #found: LogMeddling | undefined;
  readonly #notices: string[] = [];

  /**
   * `path` is absolute (`filesOf(tenant).signIns`); `lineage` is the tenant's: a log of another is refused. `timeout`:
   * milliseconds to wait for another writer; `rewriting`: needed to read records that are made later; `anchor`: absolute path of the file
   * that tells how far the log has come (`filesOf(tenant).logAnchor`), without which an older copy goes unnoticed; `packing`: what packs
   * blocks; `beforeClosing` is given a log that was written to.
   */
  constructor(path: string, lineage: string, options: Options = {}) {
    const { timeout = 5000, rewriting, anchor, packing = new PackingHere(), beforeClosing } = options;
    this.path = path;
    this.#lineage = lineage;
    this.#timeout = timeout;
    this.#rewriting = rewriting;
    this.#anchor = anchor;
    this.#packing = packing;
    this.#beforeClosing = beforeClosing;
  }

  append(batch: Batch): Appended {
    if (batch.length === 0) return { added: 0, judgedAnew: 0, alreadyThere: 0 };
    const writer = this.#openWriter();
    return this.#transaction(writer, () => writer.batches.append(batch));
  }

  /** `short`: batches that are not worth a thread. */
  appending(short?: number): Appending {
    const place = { path: this.path, lineage: this.#lineage, timeout: this.#timeout, anchor: this.#anchor };
    const append = (batch: readonly Loggable[]) => this.append(batch);
    return new LongAppend({ ...place, append, notice: (words) => this.#notices.push(words) }, short);
  }

  *query(query: SignInQuery): Iterable<LoggedSignIn> {
    const database = this.#openReader();
    if (database === undefined) return;
    try {
      const { from, where } = selectionOf(database, query);
      const limit = query.limit === undefined ? '' : `LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
      const statement = database.prepare(
        `SELECT block, slot FROM ${from} WHERE ${where.text} ORDER BY ${orderOf(query.order)} ${limit}`,
      );
      const blocks = new BlockReader(database, this.#rewriter(database));
      for (const row of statement.iterate(...where.values))
        yield blocks.read(Number(row['block']), Number(row['slot']));
    } catch (error) {
      throw troubleOf(this.path, error);
    }
  }

  count(query: Filter): number {
    const row = this.#select(query, (rest) => `SELECT count(*) AS count ${rest}`)[0];
    return Number(row?.['count'] ?? 0);
  }

  signIns(query: Filter): number {
    const row = this.#select(query, (rest, database) => `SELECT ${signInsSql(database)} AS count ${rest}`)[0];
    return Number(row?.['count'] ?? 0);
  }

  countBy(name: SignInColumn, query: Filter): readonly { readonly value: string | null; readonly count: number }[] {
    const column = columnOf(name);
    const rows = this.#select(
      query,
      (rest, database) =>
        `SELECT ${valueSql(column)} AS value, ${signInsSql(database)} AS count ${rest} GROUP BY ${column.sql}`,
    );
    return rows.map(({ value, count }) => ({ value: countedValue(column, value), count: Number(count) })).sort(byCount);
  }

  position(): number {
    const database = this.#openReader();
    if (database === undefined) return 0;
    return guarded(this.path, () =>
      Number(database.prepare('SELECT max(seq) AS seq FROM sign_in').get()?.['seq'] ?? 0),
    );
  }

  find(id: string): readonly LoggedSignIn[] {
    const database = this.#openReader();
    if (database === undefined) return [];
    return guarded(this.path, () => {
      const blocks = new BlockReader(database, this.#rewriter(database));
      const statement = database.prepare(
        `SELECT block, slot FROM sign_in INDEXED BY sign_in_once WHERE period IN ${PERIODS} AND id = ? ORDER BY seq DESC`,
      );
      const found: LoggedSignIn[] = [];
      // Read while the statement is open, which keeps the blocks that it names: a writer may replace them at any time.
      for (const row of statement.iterate(idKey(id)))
        found.push(blocks.read(Number(row['block']), Number(row['slot'])));
      return found;
    });
  }

  prune(before: string): number {
    const time = timeOf(before);
    if (this.#openReader() === undefined) return 0;
    const writer = this.#openWriter();
    return this.#transaction(writer, () => {
      const { changes } = writer.database.prepare('DELETE FROM sign_in WHERE created_date_time < ?').run(time);
      if (changes !== 0) removeUnused(writer.database);
      writer.batches.forget();
      return Number(changes);
    });
  }

  setAside(): string | undefined {
    this.close();
    return setLogAside(this.path, this.#lineage);
  }

  acknowledge(): void {
    const { database } = this.#writer ?? {};
    if (this.#anchor === undefined || database === undefined) return;
    try {
      database.exec('BEGIN IMMEDIATE');
      try {
        const last = lastWrite(database);
        // What was found and is not kept by a write yet is to be found again.
        const isKept = meddlingOf(database, this.#acknowledged) === undefined;
        if (last !== undefined && isKept && last.hash !== this.#acknowledged?.hash) {
          keepLogAnchor(this.#anchor, this.#lineage, last);
          this.#acknowledged = last;
        }
      } finally {
        database.exec('ROLLBACK');
      }
    } catch (error) {
      const { message } = troubleOf(this.path, fileTrouble('write', this.#anchor, error)) as Error;
      this.#notices.push(
        `how far the sign-in log has come could not be kept (${message}): nobody will notice an older copy`,
      );
    }
  }

  notices(): readonly string[] {
    return this.#notices;
  }

  close(): void {
    this.acknowledge();
    if (this.#writer !== undefined) this.#beforeClosing?.(this.#writer.database);
    this.#reader?.close();
    this.#writer?.database.close();
    this.#reader = undefined;
    this.#writer = undefined;
  }

  #select(query: Filter, text: (rest: string, database: DatabaseSync) => string): Record<string, unknown>[] {
    const database = this.#openReader();
    if (database === undefined) return [];
    return guarded(this.path, () => {
      const { from, where } = selectionOf(database, query);
      return database.prepare(text(`FROM ${from} WHERE ${where.text}`, database)).all(...where.values);
    });
  }

  #rewriter(database: DatabaseSync): Rewriter {
    return new Rewriter(database, this.#rewriting, (work) => guarded(this.path, work));
  }

  #openReader(): DatabaseSync | undefined {
    if (this.#reader === undefined) {
      // Before the log is opened: a write in between leaves the log ahead, which is as it should be.
      if (this.#anchor !== undefined) this.#acknowledged ??= readLogAnchor(this.#anchor, this.#lineage);
      this.#reader = openForReading(this.path, this.#lineage);
      this.#look(this.#reader);
    }
    return this.#reader;
  }

  #openWriter(): Writer {
    if (this.#writer === undefined) {
      this.#openReader();
      const database = openForWriting(this.path, this.#lineage, this.#timeout);
      const texts = new TextNumbers(database);
      this.#writer = { database, batches: new BatchWriter(database, texts, this.#rewriter(database), this.#packing) };
    }
    return this.#writer;
  }

  /** Tells once what was done to the log since it was acknowledged last. */
  #look(database: DatabaseSync | undefined): void {
    if (this.#isLookedAt) return;
    this.#isLookedAt = true;
    const acknowledged = this.#acknowledged;
    if (database !== undefined) this.#found = guarded(this.path, () => meddlingOf(database, acknowledged));
    else this.#found = missingLog(acknowledged);
    if (this.#found !== undefined) this.#notices.push(`warning: ${this.#found.words}`);
  }

  /** What the write in this transaction is to keep of that: nothing where another one was faster. */
  #foundBefore(database: DatabaseSync): LogMeddling | undefined {
    const meddled = meddlingOf(database, this.#acknowledged);
    return meddled === undefined ? undefined : (this.#found ?? meddled);
  }

  /** Does all of the work or none; it is on the disk when this returns. */
  #transaction<T>({ database, batches }: Writer, work: () => T): T {
    return guarded(this.path, () => {
      database.exec('BEGIN IMMEDIATE');
      try {
        // Another process may have pruned since: then the numbers of texts may be those of other ones.
        batches.rememberIf(database.prepare('PRAGMA data_version').get()?.['data_version']);
        const start = startWrite(database);
        const found = this.#foundBefore(database);
        const result = work();
        addWrite(database, start, { found, acknowledged: this.#acknowledged });
        database.exec('COMMIT');
        return result;
      } catch (error) {
        batches.forget();
        // SQLite takes a transaction back by itself when the disk is full.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

/** What no record names any more: a person who is pruned leaves no name behind. */
function removeUnused(database: DatabaseSync): void {
  const used = COLUMNS.filter(({ kind }) => kind === 'text').map(
    ({ sql }) => `SELECT ${sql} FROM sign_in WHERE ${sql} IS NOT NULL`,
  );
  database.exec('DELETE FROM alias WHERE person NOT IN (SELECT person FROM sign_in WHERE person IS NOT NULL)');
  database.exec('DELETE FROM block WHERE number NOT IN (SELECT block FROM sign_in)');
  database.exec(REMOVE_UNUSED_JUDGINGS);
  database.exec(`DELETE FROM text WHERE number NOT IN (${['SELECT name FROM alias', ...used].join(' UNION ')})`);
}

function valueSql({ kind, sql }: Column): string {
  return kind === 'text' ? `(SELECT value FROM text WHERE number = ${sql})` : sql;
}

function countedValue({ kind }: Column, value: unknown): string | null {
  if (value === null) return null;
  if (kind === 'address') return addressText(value as Key);
  if (kind === 'id') return idText(value as Key);
  if (kind === 'boolean') return value === 1 ? 'true' : 'false';
  if (kind === 'time') return new Date(Number(value) / 1000).toISOString();
  return String(value);
}
