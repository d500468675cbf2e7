import { randomUUID } from 'node:crypto';
import { list, literal, sum } from './sql-text.ts';

/** The type of what is looked up, as ClickHouse names it. */
export type LookedUp = 'UInt64' | 'String';

/** Up to so many entries stand in the query itself. */
const FEW = 32;

/** Tables of one form: servers take a hundred fields. */
const MOST = 80;

/**
 * Tables that are sent beside a query, once to the server and by it once to each shard, as external data: neither has to read them in
 * the text of the query, which takes far longer than the counting, and nobody needs the right to write anything. A number that
 * is looked up is made of its bits, each of them a set of those who have it: sets are known to all versions, wherever the query runs.
 */
export class SentTables {
  readonly #rows = new Map<string, readonly string[]>();
  readonly #types = new Map<string, LookedUp>();
  readonly #bits = new Map<ReadonlyMap<string, number>, readonly (Bit & { readonly name: string })[]>();

  /**
   * An expression for the number of a value, above 0, or 0. `column` is written once for each bit: a name, not an expression. The
   * same numbers are sent once.
   */
  numberOf(column: string, type: LookedUp, numbers: ReadonlyMap<string, number>): string {
    const known = this.#bits.get(numbers);
    if (known === undefined && numbers.size <= FEW) return few(column, type, numbers);
    const bits = known ?? bitsOf(numbers);
    // So many do not fit into one form: the others stand in the query after all.
    if (known === undefined && this.#rows.size + bits.length > MOST) return few(column, type, numbers);
    const sets = known ?? bits.map(({ weight, values }) => ({ weight, values, name: this.#add(type, values) }));
    this.#bits.set(numbers, sets);
    return sum(sets.map(({ weight, name }) => `toUInt64(${column} IN ${name}) * ${weight}`));
  }

  /** Whether a value is one of these. */
  isAmong(column: string, type: LookedUp, values: readonly string[]): string {
    return `${column} IN ${this.#add(type, values)}`;
  }

  #add(type: LookedUp, values: readonly string[]): string {
    const name = `gsa_set_${this.#rows.size}`;
    this.#rows.set(name, values);
    this.#types.set(name, type);
    return name;
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** The query and the tables that it names, as a form. */
  sentWith(query: string): SentForm {
    const used = [...this.#rows].filter(([name]) => new RegExp(`\\b${name}\\b`).test(query));
    const boundary = `gsa-${randomUUID()}`;
    const body = [...form(boundary, query, used)].map((text) => Buffer.from(text));
    // Without a format they are lines of text.
    const parameters = used.map(([name]) => [`${name}_structure`, `value ${this.#types.get(name)}`]);
    const length = body.reduce((sum, { length }) => sum + length, 0);
    return {
      // Told, so that it is no stream of chunks: a server that leaves the end of one unread resets the connection.
      headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': String(length) },
      parameters: Object.fromEntries(parameters),
      body,
    };
  }
}

export interface SentForm {
  readonly headers: Readonly<Record<string, string>>;
  /** For the URL: what each table holds. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: readonly Buffer[];
}

/** The values whose number has a bit. */
interface Bit {
  readonly weight: number;
  readonly values: readonly string[];
}

function bitsOf(numbers: ReadonlyMap<string, number>): readonly Bit[] {
  const bits = new Map<number, string[]>();
  for (const [value, number] of numbers) {
    for (let [weight, rest] = [1, number]; rest > 0; weight *= 2, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const values = bits.get(weight) ?? [];
      bits.set(weight, values);
      values.push(value);
    }
  }
  return [...bits].map(([weight, values]) => ({ weight, values }));
}

function few(column: string, type: LookedUp, numbers: ReadonlyMap<string, number>): string {
  if (numbers.size === 0) return 'toUInt64(0)';
  const keys = [...numbers.keys()];
  const values = type === 'UInt64' ? keys : keys.map(literal);
  return `toUInt64(transform(${column}, ${list(values)}, ${list([...numbers.values()])}, 0))`;
}

const LINE = '\r\n';
/** Rows of one piece of text. */
const PIECE = 10_000;

function* form(boundary: string, query: string, tables: Iterable<readonly [string, readonly string[]]>) {
  const part = (name: string, file = '') =>
    `--${boundary}${LINE}Content-Disposition: form-data; name="${name}"${file}${LINE}${LINE}`;
  yield `${part('query')}${query}${LINE}`;
  for (const [name, rows] of tables) {
    yield part(name, `; filename="${name}"`);
    for (let at = 0; at < rows.length; at += PIECE)
      yield rows
        .slice(at, at + PIECE)
        .map((row) => `${escaped(row)}\n`)
        .join('');
    yield LINE;
  }
  yield `--${boundary}--`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

function escaped(text: string): string {
  return text.replaceAll(/[\\\t\n\r\0]/g, (sign) => ESCAPES[sign] ?? sign);
}
