import type { DayOrder } from '../../intake/sign-ins/facts/day-order.ts';
import { logAnalyticsColumn } from '../../intake/sign-ins/formats/log-analytics.ts';
import { otherTableOfColumns } from '../../intake/sign-ins/formats/other-tables.ts';
import { summaryColumn } from '../../intake/sign-ins/formats/summary-rows.ts';
import { GsaError } from '../../trouble/error.ts';
import { policiesOf, textIn, valueIn, witnessOf } from '../answer-cells.ts';
import type { GroupName } from '../fact-columns.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES } from '../fact-columns.ts';
import type {
  FactEngine,
  GroupRow,
  KeyPlan,
  KeyRow,
  Keys,
  Members,
  Needs,
  PeopleCounts,
  Totals,
  Tuple,
  Verdict,
  Witness,
} from '../fact-engine.ts';
import { twoErrors } from '../incomplete.ts';
import { isSmall, keyParts, packed } from '../packed-key.ts';
import { noCount, refuseGrouped, summarized } from '../weights.ts';
import { addressTexts, fillAddresses } from './address-tables.ts';
import type { DatabasePlace } from './connect.ts';
import { openDatabase } from './connect.ts';
import { dayOrderOf, FILE_COLUMN } from './day-order.ts';
import { GROUP_QUERIES, groupRow, groupTable, PEOPLE_QUERY } from './group-queries.ts';
import type { Cells } from './queries.ts';
import { Queries } from './queries.ts';
import { hashOf, ONLY, SignInLines } from './sign-in-lines.ts';
import type { SourceColumn } from './source-columns.ts';
import { hasSubject, literal, SourceColumns } from './source-columns.ts';
import { jsonColumns, sourceFiles } from './source-files.ts';
import { fillVerdicts } from './verdict-tables.ts';

/** Sign-ins of these files, grouped by DuckDB in this process; `signInId`: only those of that id. */
export async function openDuckDb(
  files: readonly string[],
  signInId: string | undefined,
  place: DatabasePlace,
): Promise<FactEngine> {
  const source = sourceFiles(files);
  const database = await openDatabase(place);
  const { close } = database;
  try {
    const queries = new Queries(database, place.interrupted);
    const columns = await described(queries, source.described);
    const all = source.kind === 'json' ? jsonColumns(columns) : columns;
    const facts = new SourceColumns(columns, all);
    if (!hasSubject(columns)) throw noSignIns(files);
    const other = otherTableOfColumns(new Set(columns.map(({ name }) => logAnalyticsColumn(name))));
    if (other !== undefined) throw new GsaError('invalid', `${files.join(', ')} ${other.message}`);
    const summary = facts.isLogAnalytics ? summaryColumn(columns.map(({ name }) => name)) : undefined;
    if (summary !== undefined) throw summarized(summary);
    refuseGrouped(columns.map(({ name }) => name));
    const selected =
      signInId === undefined ? '' : ` WHERE lower(${facts.textOf('id')}) = ${literal(signInId.toLowerCase())}`;
    // A time without a zone is read in tables alone, and so is a date with slashes.
    const order = facts.isLogAnalytics ? await dayOrderOf(queries, source.read(all, FILE_COLUMN), facts.times) : 'open';
    return new DuckDbEngine(queries, facts, `(SELECT * FROM ${source.read(all)}${selected})`, { order, close });
  } catch (error) {
    await close();
    throw error;
  }
}

function noSignIns(files: readonly string[]): GsaError {
  return new GsaError('invalid', `${files.join(', ')}: no column of a sign-in (\`userId\`, \`UserPrincipalName\`, …)`, {
    hint: 'columns are named as in Graph or in Log Analytics; `gsa impact` without --engine reads other exports',
  });
}

async function described(queries: Queries, source: string): Promise<readonly SourceColumn[]> {
  const rows = await queries.rows(`DESCRIBE SELECT * FROM ${source}`);
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** What is read of a witness, in the order of `witnessOf`. */
const WITNESS_TEXTS = [
  'id',
  'time',
  ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
  ...GROUP_NAMES.map((group) => `${group}_number`),
]
  .map((column) => `CAST(${column} AS VARCHAR)`)
  .join(', ');

/** The numbers of the tuples of a line, by the columns of `gsa_line`. */
const NUMBERS = GROUP_NAMES.map((group) => `${group}_number`).join(', ');

function textsOf(cells: Cells): readonly string[] {
  return cells.map((value) => valueIn(value) ?? '');
}

class DuckDbEngine implements FactEngine {
  readonly #queries: Queries;
  readonly #facts: SourceColumns;
  readonly #close: () => Promise<void>;
  readonly order: DayOrder;
  #source: string;
  #lines: SignInLines;

  constructor(
    queries: Queries,
    facts: SourceColumns,
    source: string,
    { order, close }: Pick<FactEngine, 'order' | 'close'>,
  ) {
    this.order = order;
    this.#queries = queries;
    this.#facts = facts;
    this.#source = source;
    this.#close = close;
    this.#lines = new SignInLines(facts, { deviceIds: true }, 'some');
  }

  get zone() {
    return this.#facts.isLogAnalytics ? 'utc' : 'stated';
  }

  async totals(needs: Needs): Promise<Totals> {
    const id = this.#facts.textOf('id');
    const time = this.#facts.textOf('createdDateTime');
    const [row = []] = await this.#queries.rows(
      `SELECT count(*), count(nullif(${id}, '')), count(DISTINCT hash(lower(nullif(${id}, '')))), min(${time}), max(${time}),
        count(TRY_CAST(${id} AS UUID)), count(*) FILTER (WHERE ${this.#facts.hasTwoErrors}) FROM ${this.#source}`,
    );
    const [rows, named, distinct, from, to, uuids, doubted] = row;
    if (Number(doubted) > 0) throw twoErrors(Number(doubted));
    await this.#requireWeights();
    this.#lines = new SignInLines(this.#facts, needs, uuids === rows ? 'uuids' : named === rows ? 'texts' : 'some');
    const areRepeated = Number(named) > Number(distinct);
    const signIns = this.#facts.isWeighed ? await this.#signIns() : Number(rows);
    const contradicting = areRepeated ? await this.#contradicting(id) : 0;
    if (areRepeated) await this.#keepFirsts(id);
    const repeated = areRepeated ? signIns - (await this.#signIns()) : 0;
    return { signIns, repeated, contradicting, from: textIn(from), to: textIn(to) };
  }

  async #signIns(): Promise<number> {
    const [[signIns] = []] = await this.#queries.rows(
      `SELECT coalesce(sum(${this.#facts.weight}), 0) FROM ${this.#source}`,
    );
    return Number(signIns);
  }

  /** Throws GsaError unless it is known of every record how many sign-ins it stands for. */
  async #requireWeights(): Promise<void> {
    if (!this.#facts.isWeighed) return;
    const [[unknown] = []] = await this.#queries.rows(
      `SELECT count(*) FILTER (WHERE ${this.#facts.weight} IS NULL) FROM ${this.#source}`,
    );
    if (Number(unknown) > 0) throw noCount(Number(unknown));
  }

  /** How many different things rows say of an id besides the first, over all ids. */
  async #contradicting(id: string): Promise<number> {
    const facts = GROUP_NAMES.flatMap((group) => this.#lines.columnsOf(group).map(({ value }) => value));
    const said = [...facts, ...addressTexts(this.#facts), this.#facts.weight].map((value, at) => `${value} AS c${at}`);
    const [[count] = []] = await this.#queries.rows(
      `SELECT count(*) - count(DISTINCT i) FROM
        (SELECT DISTINCT lower(${id}) AS i, ${said.join(', ')} FROM ${this.#source} WHERE nullif(${id}, '') IS NOT NULL)`,
    );
    return Number(count);
  }

  /** Of records with one id the first counts, in the order of the files. */
  async #keepFirsts(id: string): Promise<void> {
    await this.#queries.run('SET preserve_insertion_order = true');
    await this.#queries.run(
      `CREATE TEMP TABLE gsa_once AS SELECT * EXCLUDE (gsa_at) FROM (SELECT *, row_number() OVER () AS gsa_at FROM ${this.#source})
        QUALIFY nullif(${id}, '') IS NULL OR row_number() OVER (PARTITION BY lower(${id}) ORDER BY gsa_at) = 1`,
    );
    this.#source = 'gsa_once';
  }

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = this.#lines.columnsOf(group);
    if (!this.#lines.has(group)) return [{ name: ONLY, values: columns.map(() => null) }];
    const names = columns.map((_, at) => `c${at}`);
    await this.#queries.run(
      `CREATE TEMP TABLE gsa_${group} AS SELECT row_number() OVER () AS number, ${hashOf(group, names)} AS h, * FROM
        (SELECT DISTINCT ${columns.map(({ value }, at) => `${value} AS c${at}`).join(', ')} FROM ${this.#source})`,
    );
    await this.#requireDistinct(group);
    const texts = columns.map(({ text }, at) => text(`c${at}`));
    const rows = await this.#queries.rows(`SELECT number, ${texts.join(', ')} FROM gsa_${group} ORDER BY number`);
    return rows.map(([number, ...values]) => ({ name: String(number), values: values.map(valueIn) }));
  }

  async #requireDistinct(group: GroupName): Promise<void> {
    const [[all, different] = []] = await this.#queries.rows(`SELECT count(*), count(DISTINCT h) FROM gsa_${group}`);
    if (all !== different) throw new Error(`two values of ${group} have one hash`);
  }

  async keys(plan: KeyPlan): Promise<Keys> {
    for (const group of GROUP_NAMES) if (this.#lines.has(group)) await this.#numberClasses(group, plan.classes[group]);
    const addresses = await fillAddresses(this.#queries, this.#facts, this.#source, plan.addresses);
    const oddTimes = await this.#fillOddTimes();
    const parts = keyParts(plan, oddTimes);
    const type = isSmall(parts) ? 'BIGINT' : 'HUGEINT';
    const key = packed(parts, (column) => `CAST(${column} AS ${type})`);
    const lines = this.#lines.select(this.#source, plan, { addresses, hasOddTimes: oddTimes > 0 });
    const numbers = GROUP_NAMES.map((group) => {
      const { size } = plan.classes[group];
      return `CAST(${group}_number AS ${size < 256 ? 'UTINYINT' : size < 65_536 ? 'USMALLINT' : 'INTEGER'}) AS ${group}_number`;
    });
    await this.#queries.run(
      `CREATE TEMP TABLE gsa_line AS SELECT ${key} AS key, id, w, ${numbers.join(', ')} FROM (${lines})`,
    );
    await this.#queries.run(`CREATE TEMP TABLE gsa_key AS SELECT row_number() OVER () AS k, * FROM
      (SELECT key, CAST(sum(w) AS BIGINT) AS n, min(id) AS id FROM gsa_line GROUP BY key)`);
    const [[count] = []] = await this.#queries.rows('SELECT count(*) FROM gsa_key');
    return { count: Number(count), rows: this.#keyRows() };
  }

  /** Row by row: millions of keys with what their witnesses say do not fit into memory. */
  async *#keyRows(): AsyncIterable<KeyRow> {
    await this.#queries.run(`CREATE TEMP TABLE gsa_witness AS ${this.#witnessesOf('SELECT id FROM gsa_key')}`);
    const rows = this.#queries.stream(
      `SELECT k, n, ${WITNESS_TEXTS} FROM gsa_key JOIN gsa_witness USING (id) ORDER BY id, k`,
    );
    for await (const [k, n, ...cells] of rows)
      yield { key: String(k), signIns: Number(n), witness: witnessOf(textsOf(cells)) };
    await this.#queries.run('DROP TABLE gsa_witness');
  }

  /** What is said of the sign-ins whose ids a query gives: the numbers are in the lines, and the rest is read in the files. */
  #witnessesOf(ids: string): string {
    const numbers = `SELECT DISTINCT ON (id) id, ${NUMBERS} FROM gsa_line WHERE id IN (${ids})`;
    return `SELECT * FROM (${numbers}) JOIN (${this.#lines.texts(this.#source, ids)}) USING (id)`;
  }

  async #numberClasses(group: GroupName, classes: ReadonlyMap<string, number>): Promise<void> {
    await this.#queries.fill(
      `gsa_${group}_class (number BIGINT, class INTEGER)`,
      [...classes].map(([name, number]) => [BigInt(name), number] as const),
    );
    await this.#queries.run(
      `CREATE TEMP TABLE gsa_${group}_of AS SELECT h, number, class FROM gsa_${group} JOIN gsa_${group}_class USING (number)`,
    );
  }

  /** Numbers the texts that stand where times do, and returns how many there are. */
  async #fillOddTimes(): Promise<number> {
    const { time, isPlainTime } = this.#lines;
    await this.#queries.run(`CREATE TEMP TABLE gsa_odd AS SELECT row_number() OVER () AS number, time FROM
      (SELECT DISTINCT ${time} AS time FROM ${this.#source} WHERE NOT ${isPlainTime})`);
    const [[count] = []] = await this.#queries.rows('SELECT count(*) FROM gsa_odd');
    return Number(count);
  }

  async #witnesses(ids: string): Promise<ReadonlyMap<string, Witness>> {
    const rows = await this.#queries.rows(`SELECT ${WITNESS_TEXTS} FROM (${this.#witnessesOf(ids)})`);
    return new Map(rows.map((row) => [String(row[0]), witnessOf(textsOf(row))]));
  }

  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    await fillVerdicts(this.#queries, verdicts, members);
    await this.#queries.run(`CREATE TEMP TABLE ${groupTable(this.#lines.idType)}`);
    for (const sql of GROUP_QUERIES) await this.#queries.run(`INSERT INTO gsa_group ${sql}`);
    const [[judged, stopped] = []] = await this.#queries.rows(PEOPLE_QUERY);
    return { judged: Number(judged), stopped: Number(stopped) };
  }

  /** After {@link DuckDbEngine.people}, which takes the verdicts. */
  async groups(verdicts: readonly Verdict[]): Promise<readonly GroupRow[]> {
    const policies = policiesOf(verdicts);
    const rows = await this.#queries.rows('SELECT * REPLACE (CAST(id AS VARCHAR) AS id) FROM gsa_group');
    const witnesses = await this.#witnesses('SELECT id FROM gsa_group');
    return rows.map((row) => groupRow(row, policies, witnesses));
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
