import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { policiesOf, textIn, valueIn } from '../answer-cells.ts';
import type { GroupName } from '../fact-columns.ts';
import { GROUP_NAMES, GROUPS } from '../fact-columns.ts';
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
} from '../fact-engine.ts';
import { contradictory, incomplete } from '../incomplete.ts';
import { classColumn, isSmall, keyParts, packed } from '../packed-key.ts';
import { noCount } from '../weights.ts';
import { ADDRESS_TEXTS, addressExpressions, isOddAddress } from './address-expressions.ts';
import type { Connection, Row, Server } from './connect.ts';
import { connect } from './connect.ts';
import type { Asked } from './fact-expressions.ts';
import { factExpression, groupHash } from './fact-expressions.ts';
import type { Named } from './inline-aliases.ts';
import { inlined } from './inline-aliases.ts';
import { INSTANT, instantOf, PLAIN_TIME } from './plain-times.ts';
import { settingsOf } from './reading-settings.ts';
import { and, literal, numbered } from './sql-text.ts';
import { quotedTable, tableNamed } from './table-name.ts';
import { ENTRY, entriesOf, groupingAt, memberExpressions, peopleCounted } from './verdict-expressions.ts';
import type { Weight } from './weight-expressions.ts';
import { weightIn } from './weight-expressions.ts';
import { WITNESS, witnessIn } from './witness-text.ts';

/** The sign-ins of a table, grouped by the server and its shards; read-only rights are enough. */
export async function openClickHouse(
  server: Server,
  table: string | undefined,
  signInId: string | undefined,
): Promise<FactEngine> {
  const named = tableNamed(table);
  const connection = await connect(server);
  try {
    connection.use(await settingsOf(connection));
    return new ClickHouseEngine(connection, quotedTable(named), signInId, await weightIn(connection, named));
  } catch (error) {
    await connection.close();
    throw error;
  }
}

class ClickHouseEngine implements FactEngine {
  readonly zone = 'stated';
  readonly order = 'open';
  readonly #connection: Connection;
  readonly #table: string;
  readonly #where: string;
  #needs: Asked;
  /** How many sign-ins a row stands for. */
  readonly #weight: Weight;
  #areRepeated = false;
  #rows = 0;
  /** Of each sign-in its classes and its key, once they are asked for. */
  #classed: Named = [];
  /** What became of each sign-in, and of whom, once there are verdicts. */
  #entries = '[]';
  #members: Named = [];

  constructor(connection: Connection, table: string, signInId: string | undefined, weight: Weight) {
    this.#weight = weight;
    this.#needs = { deviceIds: true, people: weight.people };
    this.#connection = connection;
    this.#table = table;
    this.#where = signInId === undefined ? '' : ` WHERE lower(id) = ${literal(signInId.toLowerCase())}`;
  }

  async totals(needs: Needs): Promise<Totals> {
    this.#needs = { ...needs, people: this.#weight.people };
    await this.#requireWeights();
    const row = await this.#total();
    this.#areRepeated = Number(row['named']) > Number(row['different']);
    this.#rows = Number(row['n']);
    if (this.#areRepeated) await this.#requireOneWord(Number(row['different']));
    const { once } = await this.#connection.row(`SELECT ${this.#count()} AS once FROM ${this.#table}${this.#where}`);
    const signIns = Number(row['weight']);
    const [from, to] = [textIn(row['first']), textIn(row['last'])];
    return { signIns, repeated: signIns - Number(once), contradicting: 0, from, to };
  }

  /** Throws GsaError unless it is known of every row how many sign-ins it stands for. */
  async #requireWeights(): Promise<void> {
    const { unknown } = this.#weight;
    if (unknown === undefined) return;
    const row = await this.#connection.row(`SELECT countIf(${unknown}) AS unknown FROM ${this.#table}${this.#where}`);
    if (Number(row['unknown']) > 0) throw noCount(Number(row['unknown']));
  }

  /** Rows of one id that say different things would be counted in several keys, and no order tells which of them counts. */
  async #requireOneWord(ids: number): Promise<void> {
    const { value: weight } = this.#weight;
    const hashes = [...GROUP_NAMES.map((group) => groupHash(group, this.#needs)), ...ADDRESS_TEXTS, weight];
    const { said } = await this.#connection.row(
      `SELECT uniqExact(lower(id), ${hashes.join(', ')}) AS said FROM ${this.#table} ${and(this.#where, "id != ''")}`,
    );
    if (Number(said) > ids) throw contradictory(Number(said) - ids);
  }

  async #total(): Promise<Row> {
    return this.#connection.row(
      `SELECT count() AS n, sum(${this.#weight.value}) AS weight, countIf(id != '') AS named, uniqExactIf(lower(id), id != '') AS different,
        min(createdDateTime) AS first, max(createdDateTime) AS last FROM ${this.#table}${this.#where}`,
    );
  }

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = GROUPS[group].map((fact, at) => `${factExpression(fact, this.#needs)} AS c${at}`);
    const rows = await this.#connection.rows(
      `SELECT DISTINCT toString(${groupHash(group, this.#needs)}) AS name, ${columns.join(', ')} FROM ${this.#table}${this.#where}`,
    );
    return rows.map((row) => ({
      name: String(row['name']),
      values: GROUPS[group].map((_, at) => valueIn(row[`c${at}`])),
    }));
  }

  async keys(plan: KeyPlan): Promise<Keys> {
    const times = await this.#oddTimes();
    const parts = keyParts(plan, times.length);
    const key = isSmall(parts)
      ? packed(parts, (column) => `toUInt64(${column})`)
      : `concat(${parts.map(({ name }) => `toString(${name})`).join(`, '-', `)})`;
    this.#classed = [
      ...GROUP_NAMES.map((group) => `${groupHash(group, this.#needs)} AS ${group}_h`),
      ...GROUP_NAMES.map((group) => `${numbered(`${group}_h`, plan.classes[group])} AS ${classColumn(group)}`),
      ...addressExpressions(plan.addresses, await this.#oddAddresses()),
      `${times.length === 0 ? '0' : numbered('createdDateTime', new Map(times.map((time, at) => [literal(time), at + 1])))} AS odd`,
      ...plan.changes.map((change, at) => `toUInt8(${INSTANT} >= ${literal(instantOf(change))}) AS m${at}`),
      `${key} AS gsa_key`,
      `${WITNESS} AS gsa_witness`,
    ];
    const rows = await this.#asked(
      // As text: a number of 64 bits may be sent as one that loses its last digits.
      `SELECT toString(gsa_key) AS key, ${this.#count()} AS n, min(gsa_witness) AS w`,
      `${this.#where} GROUP BY gsa_key`,
    );
    return { count: rows.length, rows: keyRows(rows) };
  }

  async #oddTimes(): Promise<readonly string[]> {
    return this.#distinct('createdDateTime', `NOT ${PLAIN_TIME}`);
  }

  async #oddAddresses(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const text of ADDRESS_TEXTS) for (const odd of await this.#distinct(text, isOddAddress(text))) found.add(odd);
    return found;
  }

  /** In one row, which is there whole or not at all. */
  async #distinct(text: string, condition: string): Promise<readonly string[]> {
    const { texts } = await this.#connection.row(
      `SELECT groupUniqArray(${text}) AS texts FROM ${this.#table} ${and(this.#where, condition)}`,
    );
    return Array.isArray(texts) ? texts.map(String) : [];
  }

  async #asked(select: string, rest: string): Promise<readonly Row[]> {
    return this.#connection.rows(this.#query(select, rest));
  }

  #query(select: string, rest: string): string {
    return inlined(`${select} FROM ${this.#table} ${rest}`, [...this.#classed, ...this.#members]);
  }

  /** Sign-ins, each id once where any id comes twice: rows of one id say one thing, their number included. */
  #count(condition = '1'): string {
    const { value } = this.#weight;
    if (!this.#areRepeated) return `sumIf(${value}, ${condition})`;
    const once = `arraySum(each -> each.2, groupUniqArrayIf((lower(id), ${value}), id != '' AND ${condition}))`;
    return `sumIf(${value}, id = '' AND ${condition}) + ${value === '1' ? `uniqExactIf(lower(id), id != '' AND ${condition})` : once}`;
  }

  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    this.#entries = entriesOf(verdicts);
    this.#members = memberExpressions(verdicts, members);
    const row = await this.#connection.row(
      this.#query(
        `SELECT ${peopleCounted(members)} AS judged, ${peopleCounted(members, ENTRY.stops)} AS stopped`,
        `ARRAY JOIN ${this.#entries} AS entry ${and(this.#where, `${ENTRY.by} = 0`)}`,
      ),
    );
    return { judged: Number(row['judged']), stopped: Number(row['stopped']) };
  }

  /** After {@link ClickHouseEngine.people}, which takes the verdicts. */
  async groups(verdicts: readonly Verdict[], members: Members): Promise<readonly GroupRow[]> {
    const policies = policiesOf(verdicts);
    const kinds = [0, 1, 2].map((kind) => `${this.#count(`${ENTRY.kind} = ${kind}`)} AS n${kind}`);
    const rows = await this.#asked(
      `SELECT ${ENTRY.class} AS gsa_class, ${ENTRY.by} AS gsa_by, member, ${kinds.join(', ')}, ${peopleCounted(members)} AS users,
        ${this.#count(ENTRY.stops)} AS stopped, min(gsa_witness) AS w, minIf(gsa_witness, ${ENTRY.stops}) AS ws`,
      `ARRAY JOIN ${this.#entries} AS entry ${this.#where} GROUP BY gsa_class, gsa_by, member`,
    );
    await this.#requireAllStill();
    return rows.map((row) => groupRow(row, policies));
  }

  /** The rows are those that were counted at first: no shard was lost, and nobody wrote. */
  async #requireAllStill(): Promise<void> {
    const row = await this.#total();
    if (Number(row['n']) !== this.#rows) throw incomplete(this.#rows, Number(row['n']));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

async function* keyRows(rows: readonly Row[]): AsyncIterable<KeyRow> {
  const keys = rows.map((row) => ({
    key: String(row['key']),
    signIns: Number(row['n']),
    witness: witnessIn(String(row['w'])),
  }));
  yield* keys.sort((a, b) => compareTexts(a.witness.id, b.witness.id));
}

function groupRow(row: Row, policies: readonly string[]): GroupRow {
  const stopped = Number(row['stopped']);
  const by = groupingAt(Number(row['gsa_by']));
  return {
    by,
    class: CHANGE_CLASSES[Number(row['gsa_class'])] ?? 'unknown',
    policy: by === 'policy' ? policies[Number(row['member'])] : undefined,
    signIns: { interactive: Number(row['n0']), nonInteractive: Number(row['n1']), workload: Number(row['n2']) },
    users: Number(row['users']),
    stopped,
    witness: witnessIn(String(stopped > 0 ? row['ws'] : row['w'])),
  };
}
