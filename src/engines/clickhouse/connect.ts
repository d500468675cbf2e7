import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { GsaError } from '../../trouble/error.ts';
import { errorCode } from '../../trouble/error-code.ts';
import type { SentTables } from './sent-tables.ts';

export interface Server {
  readonly url: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly interrupted: AbortSignal;
}

export type Row = Readonly<Record<string, unknown>>;

/** A server that is asked, and nothing is told of it but its host. */
export class Connection {
  readonly #client: ClickHouseClient;
  readonly #host: string;
  readonly #interrupted: AbortSignal;
  #settings: Record<string, string | number> = {};

  constructor(client: ClickHouseClient, host: string, interrupted: AbortSignal) {
    this.#client = client;
    this.#host = host;
    this.#interrupted = interrupted;
  }

  /** Settings of the queries that follow. */
  use(settings: Record<string, string | number>): void {
    this.#settings = settings;
  }

  /** `sent`: tables that the query names. */
  async rows(query: string, sent?: SentTables): Promise<readonly Row[]> {
    if (sent !== undefined && !sent.isEmpty) return this.#guarded(() => this.#rowsWith(query, sent));
    return this.#guarded(async () => {
      const answer = await this.#client.query({
        query,
        format: 'JSONEachRow',
        // What goes wrong at the end of a query is told as an error, and not behind the first rows of the answer.
        clickhouse_settings: { ...this.#settings, wait_end_of_query: 1 },
        abort_signal: this.#interrupted,
      });
      return answer.json<Row>();
    });
  }

  /** The client sends no tables beside a query: the form is ours, and goes where it sends values of an insert. */
  async #rowsWith(query: string, sent: SentTables): Promise<readonly Row[]> {
    const { headers, parameters, body } = sent.sentWith(`${query} FORMAT JSONEachRow`);
    const { stream } = await this.#client.exec({
      query: '',
      values: Readable.from(body),
      http_headers: headers,
      clickhouse_settings: { ...this.#settings, ...parameters, wait_end_of_query: 1 },
      abort_signal: this.#interrupted,
    });
    stream.setEncoding('utf8');
    const rows: Row[] = [];
    let rest = '';
    for await (const text of stream as AsyncIterable<string>) {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) rows.push(JSON.parse(line) as Row);
    }
    if (rest !== '') throw this.#cutOff();
    return rows;
  }

  /** The one row of an aggregation; throws GsaError where it is not there. */
  async row(query: string): Promise<Row> {
    const [row, ...others] = await this.rows(query);
    if (row !== undefined && others.length === 0) return row;
    throw this.#cutOff();
  }

  #cutOff(): GsaError {
    return new GsaError('invalid', `ClickHouse at ${this.#host} gave an answer that was cut off`, {
      hint: NOTHING_COUNTED,
    });
  }

  async run(query: string): Promise<void> {
    await this.#guarded(() => this.#client.command({ query, clickhouse_settings: this.#settings }));
  }

  async insert(table: string, values: readonly Row[]): Promise<void> {
    await this.#guarded(() =>
      this.#client.insert({ table, values, format: 'JSONEachRow', clickhouse_settings: this.#settings }),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.#interrupted.throwIfAborted();
      throw troubleOf(error, this.#host);
    }
  }
}

/** Hours may pass over a billion rows. */
const PATIENCE = 6 * 3_600_000;

export async function connect({ url, user, password, interrupted }: Server): Promise<Connection> {
  const parsed = url === undefined ? undefined : parsedUrl(url);
  if (parsed === undefined) {
    throw new GsaError('usage', 'no server for `--engine clickhouse`', {
      hint: 'name it with `--url http://127.0.0.1:8123`, or in GSA_CLICKHOUSE_URL',
    });
  }
  const { createClient } = await load();
  const client = createClient({
    url: parsed.origin,
    // Of a proxy before the server; the client adds to it.
    pathname: parsed.pathname.replace(/\/+$/, ''),
    username: user ?? 'default',
    password: password ?? '',
    request_timeout: PATIENCE,
    compression: { request: false, response: false },
    application: 'gsa',
    log: { level: 127 },
  });
  return new Connection(client, parsed.host, interrupted);
}

/** A password in a URL would stand in shell histories and in reports. */
function parsedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new GsaError('usage', '--url is no http or https URL', { hint: 'such as `--url http://127.0.0.1:8123`' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new GsaError('usage', '--url names a user or a password', {
      hint: 'put them into GSA_CLICKHOUSE_USER and GSA_CLICKHOUSE_PASSWORD, and leave them out of the URL',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new GsaError('usage', '--url has more than a server and a path', {
      hint: 'leave out what stands behind `?` or `#`; a database is named with the table: `--table database.sign_ins`',
    });
  }
  return url;
}

const NOTHING_COUNTED =
  'nothing was counted; see that the server and all of its shards are up, and that the user may read the table';

function troubleOf(error: unknown, host: string): unknown {
  if (error instanceof GsaError || !(error instanceof Error)) return error;
  const [line = ''] = error.message.split('\n');
  const isAnswer = 'type' in error || /^Code: \d+/.test(line);
  const what = isAnswer
    ? `${host} refused the query: ${line.slice(0, 300)}`
    : `${host} does not answer (${errorCode(error) ?? line.slice(0, 200)})`;
  return new GsaError('invalid', `ClickHouse at ${what}`, {
    hint: NOTHING_COUNTED,
    cause: error,
  });
}

async function load(): Promise<typeof import('@clickhouse/client')> {
  try {
    return await import('@clickhouse/client');
  } catch (cause) {
    if (errorCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new GsaError('usage', '`--engine clickhouse` needs the package @clickhouse/client, which is not installed', {
      hint: '`npm install @clickhouse/client@1.23.1` beside gsa, with -g if gsa is installed so',
      cause,
    });
  }
}
