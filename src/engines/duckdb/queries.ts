import type { DuckDBConnection } from '@duckdb/node-api';
import { GsaError } from '../../trouble/error.ts';
import type { Database } from './connect.ts';

export type Cells = readonly unknown[];

/** What is asked of DuckDB: its troubles are told as ours. */
export class Queries {
  readonly #connection: DuckDBConnection;
  readonly #grow: () => Promise<boolean>;
  readonly #interrupted: AbortSignal;

  constructor({ connection, grow }: Database, interrupted: AbortSignal) {
    this.#connection = connection;
    this.#grow = grow;
    this.#interrupted = interrupted;
  }

  async rows(sql: string): Promise<readonly Cells[]> {
    return this.#guarded(async () => (await this.#connection.runAndReadAll(sql)).getRows());
  }

  /** Rows as they come; nothing else may be asked before the last of them. */
  async *stream(sql: string): AsyncIterable<Cells> {
    const result = await this.#guarded(() => this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#told(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield* chunk.getRows();
    }
  }

  async run(sql: string): Promise<void> {
    await this.#guarded(() => this.#connection.run(sql));
  }

  /** Makes a table of whole numbers, such as `gsa_range (first BIGINT, class INTEGER)`, and fills it; the first may be large. */
  async fill(table: string, rows: Iterable<readonly [number | bigint, ...number[]]>): Promise<void> {
    await this.run(`CREATE TEMP TABLE ${table}`);
    const appender = await this.#connection.createAppender(table.slice(0, table.indexOf(' ')));
    for (const [first, ...others] of rows) {
      appender.appendBigInt(BigInt(first));
      for (const value of others) appender.appendInteger(value);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Adds rows of a text, a small number, and another text or none. */
  async addAddresses(
    table: string,
    rows: Iterable<readonly [text: string, number: number, same: string | null]>,
  ): Promise<void> {
    const appender = await this.#connection.createAppender(table);
    for (const [text, number, same] of rows) {
      appender.appendVarchar(text);
      appender.appendInteger(number);
      if (same === null) appender.appendNull();
      else appender.appendVarchar(same);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Work that is done whole or not at all, so that it can be asked for again with more memory. */
  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        this.#interrupted.throwIfAborted();
        if (!isOutOfMemory(error) || !(await this.#grow())) throw troubleOf(error);
      }
    }
  }

  /** Work that cannot be asked for again. */
  async #told<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.#interrupted.throwIfAborted();
      throw troubleOf(error);
    }
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error');
}

/** What DuckDB says of files it cannot read to their end is told as ours; nothing was counted then. */
function troubleOf(error: unknown): unknown {
  if (error instanceof GsaError || !(error instanceof Error)) return error;
  const [line = error.message] = error.message.split('\n');
  if (isOutOfMemory(error)) {
    return new GsaError('invalid', `DuckDB could not answer: ${line}`, {
      hint: 'give it the sign-ins of a shorter time, or a machine with more memory: it takes no more than half of it',
      cause: error,
    });
  }
  return new GsaError('invalid', `DuckDB could not answer: ${line}`, {
    hint: 'mend or leave out the file that it names; `gsa impact` without --engine counts what it cannot read and goes on',
    cause: error,
  });
}
