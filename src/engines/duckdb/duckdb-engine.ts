import type { DuckDBConnection } from '@duckdb/node-api';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import type { AddressClasses } from '../../core/fact-keys/address-classes.ts';
import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { addressOf } from '../../intake/sign-ins/facts/network-path-of.ts';
import { GsaError } from '../../trouble/error.ts';
import { alreadyWeighed } from '../already-weighed.ts';
import { NO_ID, policiesOf, textIn, valueIn, witnessOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { GroupName } from '../fact-columns.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS, GROUP_NAMES, GROUPS, LISTS } from '../fact-columns.ts';
import type {
  FactEngine,
  GroupRow,
  KeyPlan,
  KeyRow,
  Members,
  Needs,
  PeopleCounts,
  Totals,
  Tuple,
  Verdict,
  Witness,
} from '../fact-engine.ts';
import { incomplete } from '../incomplete.ts';
import { classColumn, isSmall, keyParts, packed } from '../packed-key.ts';
import { openDatabase } from './connect.ts';
import type { SourceColumn } from './source-columns.ts';
import { hasSubject, literal, SourceColumns } from './source-columns.ts';
import { jsonColumns, sourceFiles } from './source-files.ts';

/** Sign-ins of these files, grouped by DuckDB in this process; `signInId`: only those of that id. */
export async function openDuckDb(files: readonly string[], signInId: string | undefined): Promise<FactEngine> {
  const source = sourceFiles(files);
  const { connection, close } = await openDatabase();
  try {
    const columns = await described(connection, source.described);
    const all = source.kind === 'json' ? jsonColumns(columns) : columns;
    const facts = new SourceColumns(columns, all);
    if (!hasSubject(columns)) throw noSignIns(files);
    const selected =
      signInId === undefined ? '' : ` WHERE lower(${facts.textOf('id')}) = ${literal(signInId.toLowerCase())}`;
    return new DuckDbEngine(connection, facts, `(SELECT * FROM ${source.read(all)}${selected})`, close);
  } catch (error) {
    await close();
    throw troubleOf(error);
  }
}

function noSignIns(files: readonly string[]): GsaError {
  return new GsaError('invalid', `${files.join(', ')}: no column of a sign-in (\`userId\`, \`UserPrincipalName\`, …)`, {
    hint: 'columns are named as in Graph or in Log Analytics; `gsa impact` without --engine reads other exports',
  });
}

async function described(connection: DuckDBConnection, source: string): Promise<readonly SourceColumn[]> {
  const rows = await rowsOf(connection, `DESCRIBE SELECT * FROM ${source}`);
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

/** What DuckDB says of files it cannot read to their end is told as ours; nothing was counted then. */
function troubleOf(error: unknown): unknown {
  if (error instanceof GsaError || !(error instanceof Error)) return error;
  const [line = error.message] = error.message.split('\n');
  return new GsaError('invalid', `DuckDB could not answer: ${line}`, {
    hint: 'mend or leave out the file that it names; `gsa impact` without --engine counts what it cannot read and goes on',
    cause: error,
  });
}

class DuckDbEngine implements FactEngine {
  readonly #connection: DuckDBConnection;
  readonly #facts: SourceColumns;
  readonly #close: () => Promise<void>;
  #source: string;
  #needs: Needs = { deviceIds: true };
  /** Every id is a UUID, which takes less room than a text. */
  #areUuids = false;

  constructor(connection: DuckDBConnection, facts: SourceColumns, source: string, close: () => Promise<void>) {
    this.#connection = connection;
    this.#facts = facts;
    this.#source = source;
    this.#close = close;
  }

  get zone() {
    return this.#facts.isLogAnalytics ? 'utc' : 'stated';
  }

  async totals(needs: Needs): Promise<Totals> {
    this.#needs = needs;
    const id = this.#facts.textOf('id');
    const time = this.#facts.textOf('createdDateTime');
    const [row = []] = await this.#rows(
      `SELECT count(*), count(nullif(${id}, '')), count(DISTINCT hash(lower(nullif(${id}, '')))), min(${time}), max(${time}),
        count(${this.#facts.textOf('signInCount')}), count(TRY_CAST(${id} AS UUID)) FROM ${this.#source}`,
    );
    const [rows, named, distinct, from, to, weighed, uuids] = row;
    this.#areUuids = Number(uuids) === Number(rows);
    if (Number(weighed) > 0) throw alreadyWeighed();
    const repeated = Number(named) - Number(distinct);
    const contradicting = repeated > 0 ? await this.#contradicting(id) : 0;
    if (repeated > 0) await this.#keepFirsts(id);
    return { rows: Number(rows), repeated, contradicting, from: textIn(from), to: textIn(to) };
  }

  /** How many different things rows say of an id besides the first, over all ids. */
  async #contradicting(id: string): Promise<number> {
    const facts = GROUP_NAMES.flatMap((group) => this.#columnsOf(group).map(({ value }) => value));
    const said = [...facts, ...this.#addressTexts()].map((value, at) => `${value} AS c${at}`);
    const [[count] = []] = await this.#rows(
      `SELECT count(*) - count(DISTINCT i) FROM
        (SELECT DISTINCT lower(${id}) AS i, ${said.join(', ')} FROM ${this.#source} WHERE nullif(${id}, '') IS NOT NULL)`,
    );
    return Number(count);
  }

  /** Of records with one id the first counts, in the order of the files. */
  async #keepFirsts(id: string): Promise<void> {
    await this.#run('SET preserve_insertion_order = true');
    await this.#run(
      `CREATE TEMP TABLE gsa_once AS SELECT * EXCLUDE (gsa_at) FROM (SELECT *, row_number() OVER () AS gsa_at FROM ${this.#source})
        QUALIFY nullif(${id}, '') IS NULL OR row_number() OVER (PARTITION BY lower(${id}) ORDER BY gsa_at) = 1`,
    );
    this.#source = 'gsa_once';
  }

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = this.#columnsOf(group);
    const names = columns.map((_, at) => `c${at}`);
    await this.#run(
      `CREATE TEMP TABLE gsa_${group} AS SELECT row_number() OVER () AS number, ${hashOf(group, names)} AS h, * FROM
        (SELECT DISTINCT ${columns.map(({ value }, at) => `${value} AS c${at}`).join(', ')} FROM ${this.#source})`,
    );
    await this.#requireDistinct(group);
    const texts = columns.map(({ text }, at) => text(`c${at}`));
    const rows = await this.#rows(`SELECT number, ${texts.join(', ')} FROM gsa_${group} ORDER BY number`);
    return rows.map(([number, ...values]) => ({ name: String(number), values: values.map(valueIn) }));
  }

  async #requireDistinct(group: GroupName): Promise<void> {
    const [[all, different] = []] = await this.#rows(`SELECT count(*), count(DISTINCT h) FROM gsa_${group}`);
    if (all !== different) throw new Error(`two values of ${group} have one hash`);
  }

  #columnsOf(group: GroupName) {
    return GROUPS[group].map((fact) => {
      if (this.#needs.deviceIds || (fact !== 'deviceDetail.deviceId' && fact !== 'deviceDetail.displayName'))
        return this.#facts.of(fact);
      const text = this.#facts.textOf(fact);
      const value =
        fact === 'deviceDetail.deviceId'
          ? `CASE WHEN ${text} = '' THEN '' WHEN ${text} IS NOT NULL THEN 'one' END`
          : 'NULL';
      return { value, text: (name: string) => name };
    });
  }

  async keys(plan: KeyPlan): Promise<readonly KeyRow[]> {
    for (const group of GROUP_NAMES) await this.#numberClasses(group, plan.classes[group]);
    await this.#classAddresses(plan.addresses);
    await this.#run(`CREATE TEMP TABLE gsa_odd AS SELECT row_number() OVER () AS number, time FROM
      (SELECT DISTINCT ${this.#time()} AS time FROM ${this.#source} WHERE NOT ${this.#isPlainTime()})`);
    const [[odd] = []] = await this.#rows('SELECT count(*) FROM gsa_odd');
    const parts = keyParts(plan, Number(odd));
    const type = isSmall(parts) ? 'BIGINT' : 'HUGEINT';
    const key = packed(parts, (column) => `CAST(${column} AS ${type})`);
    await this.#run(`CREATE TEMP TABLE gsa_line AS SELECT ${key} AS key, p, a, c, id FROM (${this.#classed(plan)})`);
    await this.#run(`CREATE TEMP TABLE gsa_key AS SELECT row_number() OVER () AS k, * FROM
      (SELECT key, count(*) AS n, min(id) AS id FROM gsa_line GROUP BY key)`);
    const rows = await this.#rows('SELECT k, n, CAST(id AS VARCHAR) FROM gsa_key');
    const witnesses = await this.#witnesses('SELECT id FROM gsa_key');
    return rows.map(([k, n, id]) => ({ key: String(k), signIns: Number(n), witness: witnessIn(witnesses, id) }));
  }

  async #numberClasses(group: GroupName, classes: ReadonlyMap<string, number>): Promise<void> {
    await this.#run(`CREATE TEMP TABLE gsa_${group}_class (number BIGINT, class INTEGER)`);
    const appender = await this.#connection.createAppender(`gsa_${group}_class`);
    for (const [name, number] of classes) {
      appender.appendBigInt(BigInt(name));
      appender.appendInteger(number);
      appender.endRow();
    }
    appender.closeSync();
    await this.#run(
      `CREATE TEMP TABLE gsa_${group}_of AS SELECT h, number, class FROM gsa_${group} JOIN gsa_${group}_class USING (number)`,
    );
  }

  /** Every text that stands where addresses do: plain IPv4 by the table of ranges, the others as the product reads them. */
  async #classAddresses(addresses: AddressClasses): Promise<void> {
    const texts = this.#addressTexts();
    const distinct = texts.map((text) => `SELECT DISTINCT ${text} AS text FROM ${this.#source}`).join(' UNION ');
    await this.#run(`CREATE TEMP TABLE gsa_text AS SELECT text, regexp_full_match(text, ${literal(PLAIN)}) AS is_plain
      FROM (${texts.length === 0 ? "SELECT '' AS text" : distinct}) WHERE text IS NOT NULL`);
    await this.#run('CREATE TEMP TABLE gsa_range (first BIGINT, class INTEGER)');
    const ranges = await this.#connection.createAppender('gsa_range');
    for (const { first, class: number } of addresses.ipv4) {
      ranges.appendBigInt(BigInt(first.words[0]));
      ranges.appendInteger(number);
      ranges.endRow();
    }
    ranges.closeSync();
    await this.#run(`CREATE TEMP TABLE gsa_address AS SELECT text, word AS same, class FROM
      (SELECT text, ${WORD} AS word FROM gsa_text WHERE is_plain) ASOF JOIN gsa_range ON word >= first`);
    await this.#classOddAddresses(addresses);
  }

  async #classOddAddresses(addresses: AddressClasses): Promise<void> {
    const odd = await this.#rows('SELECT text FROM gsa_text WHERE NOT is_plain');
    const numbers = new Map<string, bigint>();
    const appender = await this.#connection.createAppender('gsa_address');
    for (const [text] of odd) {
      const address = addressOf(text);
      if (address === undefined) continue;
      const known =
        numbers.get(address.text) ?? (address.version === 4 ? BigInt(address.words[0]) : BigInt(-1 - numbers.size));
      numbers.set(address.text, known);
      appender.appendVarchar(String(text));
      appender.appendBigInt(known);
      appender.appendInteger(addresses.classOf(address));
      appender.endRow();
    }
    appender.closeSync();
  }

  #addressTexts(): readonly string[] {
    return ADDRESS_COLUMNS.map((fact) => this.#facts.textOf(fact)).filter((text) => text !== 'NULL');
  }

  #time(): string {
    return `coalesce(${this.#facts.textOf('createdDateTime')}, '')`;
  }

  #isPlainTime(): string {
    const time = this.#time();
    return `(regexp_full_match(${time}, ${literal(PLAIN_TIME)}) AND TRY_CAST(${time} AS TIMESTAMPTZ) IS NOT NULL)`;
  }

  /** A record without an id has one for this run, which no record has. */
  #id(): string {
    const id = this.#facts.textOf('id');
    if (this.#areUuids) return `CAST(${id} AS UUID)`;
    const all = [...GROUP_NAMES.flatMap((group) => this.#columnsOf(group).map(({ value }) => value)), this.#time()];
    return `coalesce(nullif(${id}, ''), ${literal(NO_ID)} || hash(${all.join(', ')}))`;
  }

  /** Every sign-in with the numbers of its classes and tuples; `chosen`: only those whose id that query gives. */
  #classed({ changes }: Pick<KeyPlan, 'changes'>, chosen?: string): string {
    const time = this.#time();
    const columns = [
      ...GROUP_NAMES.map(
        (group) =>
          `${hashOf(
            group,
            this.#columnsOf(group).map(({ value }) => value),
          )} AS ${group}_h`,
      ),
      ...ADDRESS_COLUMNS.map((fact, at) => `${this.#facts.textOf(fact)} AS t${at}`),
      `${this.#id()} AS id`,
      `${time} AS time`,
      `${this.#isPlainTime()} AS is_plain`,
      ...changes.map(
        (change, at) => `CASE WHEN epoch_ms(TRY_CAST(${time} AS TIMESTAMPTZ)) >= ${change} THEN 1 ELSE 0 END AS m${at}`,
      ),
    ];
    const where = chosen === undefined ? '' : ` WHERE ${this.#id()} IN (${chosen})`;
    const joins = [
      ...GROUP_NAMES.map((group) => `JOIN gsa_${group}_of AS ${group} ON ${group}.h = ${group}_h`),
      ...ADDRESS_COLUMNS.map((_, at) =>
        this.#hasAddress(at) ? `LEFT JOIN gsa_address AS x${at} ON x${at}.text = t${at}` : '',
      ),
      'LEFT JOIN gsa_odd ON NOT is_plain AND gsa_odd.time = line.time',
    ];
    const parts = [
      ...GROUP_NAMES.map((group) => `${group}.class AS ${classColumn(group)}`),
      ...ADDRESS_COLUMNS.map((_, at) => `${this.#hasAddress(at) ? `coalesce(x${at}.class, 0)` : '0'} AS a${at}`),
      `${this.#equalPairs()} AS equal`,
      'coalesce(gsa_odd.number, 0) AS odd',
      ...changes.map((_, at) => `m${at}`),
      ...['person.number AS p', 'application.number AS a', 'country.number AS c', 'id', 'line.time AS time'],
      ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
      ...GROUP_NAMES.map((group) => `${group}.number AS ${group}_number`),
    ];
    return `SELECT ${parts.join(', ')} FROM (SELECT ${columns.join(', ')} FROM ${this.#source}${where}) AS line ${joins.join(' ')}`;
  }

  async #witnesses(ids: string): Promise<ReadonlyMap<string, Witness>> {
    const columns = [
      'id',
      'time',
      ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
      ...GROUP_NAMES.map((group) => `${group}_number`),
    ];
    const texts = columns.map((column) => `CAST(${column} AS VARCHAR)`);
    const rows = await this.#rows(`SELECT ${texts.join(', ')} FROM (${this.#classed({ changes: [] }, ids)})`);
    return new Map(
      rows.map((row) => [String(row[0]), witnessOf(row.map((value) => (value === null ? '' : String(value))))]),
    );
  }

  #hasAddress(at: number): boolean {
    const fact = ADDRESS_COLUMNS[at];
    return fact !== undefined && this.#facts.textOf(fact) !== 'NULL';
  }

  /** One bit for each pair of addresses that are the same one. */
  #equalPairs(): string {
    const bits = ADDRESS_PAIRS.flatMap(([a, b], bit) =>
      this.#hasAddress(a) && this.#hasAddress(b)
        ? [`CASE WHEN x${a}.same = x${b}.same THEN ${2 ** bit} ELSE 0 END`]
        : [],
    );
    return bits.length === 0 ? '0' : bits.join(' + ');
  }

  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    await this.#takeVerdicts(verdicts, members);
    const [[judged, stopped] = []] = await this.#rows(
      'SELECT count(DISTINCT person), count(DISTINCT person) FILTER (WHERE is_stopped) FROM gsa_judged',
    );
    return { judged: Number(judged), stopped: Number(stopped) };
  }

  /** After {@link DuckDbEngine.people}, which takes the verdicts. */
  async groups(verdicts: readonly Verdict[]): Promise<readonly GroupRow[]> {
    const policies = policiesOf(verdicts);
    const unchanged = CLASS_NUMBERS.get('unchanged') ?? 0;
    const counts = (stops: string) =>
      `count(*) FILTER (WHERE kind = 0), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2), count(DISTINCT person),
       count(*) FILTER (WHERE ${stops}), coalesce(min(id) FILTER (WHERE ${stops}), min(id)) AS id`;
    const grouped = (by: string, columns: string, policy = 'NULL') =>
      `SELECT '${by}', class, ${policy}, ${counts('is_stopped')} FROM gsa_judged WHERE class <> ${unchanged} GROUP BY class, ${columns}`;
    await this.#run(`CREATE OR REPLACE TEMP TABLE gsa_group ("by" VARCHAR, class INTEGER, policy INTEGER, n0 BIGINT, n1 BIGINT, n2 BIGINT,
      users BIGINT, stopped BIGINT, id ${this.#areUuids ? 'UUID' : 'VARCHAR'})`);
    for (const sql of [
      `SELECT 'all', class, NULL, ${counts('is_stopped')} FROM gsa_judged GROUP BY class`,
      grouped('user', 'person'),
      grouped('application', 'application'),
      grouped('location', 'location'),
      `SELECT 'policy', class, policy, ${counts('stops')} FROM gsa_judged JOIN gsa_decided USING (key) GROUP BY class, policy`,
    ])
      await this.#run(`INSERT INTO gsa_group ${sql}`);
    const rows = await this.#rows('SELECT * REPLACE (CAST(id AS VARCHAR) AS id) FROM gsa_group');
    const witnesses = await this.#witnesses('SELECT id FROM gsa_group');
    return rows.map((row) => groupRow(row, policies, witnesses));
  }

  async #takeVerdicts(verdicts: readonly Verdict[], members: Members): Promise<void> {
    const policies = new Map(policiesOf(verdicts).map((id, at) => [id, at]));
    const locations = new Map<string, number>();
    const numberOf = (location: string) => {
      const number = locations.get(location) ?? locations.size + 1;
      locations.set(location, number);
      return number;
    };
    await this.#fill(
      'gsa_verdict (k BIGINT, class INTEGER, kind INTEGER, stopped INTEGER, location INTEGER)',
      verdicts.map(({ key, class: kind, kind: how, isStopped, location }) => [
        ...[Number(key), CLASS_NUMBERS.get(kind) ?? 0, SIGN_IN_KINDS.indexOf(how), isStopped ? 1 : 0],
        location === undefined ? 0 : numberOf(location),
      ]),
    );
    await this.#fill(
      'gsa_decision (k BIGINT, policy INTEGER, stops INTEGER)',
      verdicts.flatMap(({ key, class: kind, policies: decided }) =>
        kind === 'unchanged' ? [] : decided.map(({ id, stops }) => [Number(key), policies.get(id) ?? 0, stops ? 1 : 0]),
      ),
    );
    for (const [name, numbers] of Object.entries(members) as readonly [keyof Members, ReadonlyMap<string, number>][])
      await this.#fill(
        `gsa_${name}_member (number BIGINT, member INTEGER)`,
        [...numbers].map(([tuple, member]) => [Number(tuple), member]),
      );
    await this.#run('CREATE TEMP TABLE gsa_verdict_of AS SELECT key, v.* FROM gsa_verdict AS v JOIN gsa_key USING (k)');
    await this.#run(
      'CREATE TEMP TABLE gsa_decided AS SELECT key, policy, stops = 1 AS stops FROM gsa_decision JOIN gsa_key USING (k)',
    );
    // Where nobody names a location, the country tells where the user is.
    await this.#run(`CREATE TEMP VIEW gsa_judged AS SELECT line.key, line.id, class, kind, stopped = 1 AS is_stopped,
      CASE WHEN location = 0 THEN -country.member ELSE location END AS location, person.member AS person, application.member AS application
      FROM gsa_line AS line JOIN gsa_verdict_of USING (key) JOIN gsa_person_member AS person ON person.number = p
      JOIN gsa_application_member AS application ON application.number = a
      JOIN gsa_country_member AS country ON country.number = c`);
  }

  /** A table of whole numbers; the first column may be large. */
  async #fill(table: string, rows: readonly (readonly number[])[]): Promise<void> {
    await this.#run(`CREATE TEMP TABLE ${table}`);
    const appender = await this.#connection.createAppender(table.slice(0, table.indexOf(' ')));
    for (const [first = 0, ...others] of rows) {
      appender.appendBigInt(BigInt(first));
      for (const value of others) appender.appendInteger(value);
      appender.endRow();
    }
    appender.closeSync();
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async #rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    try {
      return await rowsOf(this.#connection, sql);
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async #run(sql: string): Promise<void> {
    try {
      await this.#connection.run(sql);
    } catch (error) {
      throw troubleOf(error);
    }
  }
}

/** Four octets without leading zeros, as core/network/address.ts reads them. */
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const PLAIN = `(${OCTET}\\.){3}${OCTET}`;
const WORD = [16777216, 65536, 256, 1]
  .map((weight, at) => `CAST(split_part(text, '.', ${at + 1}) AS BIGINT) * ${weight}`)
  .join(' + ');

/** Times that are read as one instant by everybody; others stay what they are. */
const PLAIN_TIME = '[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?Z';

/** DuckDB gives an empty list the hash of none. */
function hashOf(group: GroupName, values: readonly string[]): string {
  const lists = values.filter((_, at) => LISTS.has(GROUPS[group][at] ?? '')).map((value) => `${value} IS NULL`);
  return `hash(${[...values, ...lists].join(', ')})`;
}

function witnessIn(witnesses: ReadonlyMap<string, Witness>, id: unknown): Witness {
  const witness = witnesses.get(String(id));
  if (witness === undefined) throw incomplete(1, 0);
  return witness;
}

function groupRow(
  row: readonly unknown[],
  policies: readonly string[],
  witnesses: ReadonlyMap<string, Witness>,
): GroupRow {
  const [by, kind, policy, interactive, nonInteractive, workload, users, stopped, id] = row;
  return {
    by: by as GroupRow['by'],
    class: CHANGE_CLASSES[Number(kind)] ?? 'unknown',
    policy: policy === null ? undefined : policies[Number(policy)],
    signIns: { interactive: Number(interactive), nonInteractive: Number(nonInteractive), workload: Number(workload) },
    users: Number(users),
    stopped: Number(stopped),
    witness: witnessIn(witnesses, id),
  };
}
