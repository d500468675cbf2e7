import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { policiesOf, textIn, valueIn } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { GroupName } from '../fact-columns.ts';
import { GROUP_NAMES, GROUPS } from '../fact-columns.ts';
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
} from '../fact-engine.ts';
import { incomplete } from '../incomplete.ts';
import { classColumn, isSmall, keyParts, packed } from '../packed-key.ts';
import { ADDRESS_TEXTS, addressExpressions, isOddAddress } from './address-expressions.ts';
import type { Connection, Row, Server } from './connect.ts';
import { connect, tableNamed } from './connect.ts';
import { factExpression, groupHash } from './fact-expressions.ts';
import { inlined } from './inline-aliases.ts';
import { INSTANT, instantOf, PLAIN_TIME } from './plain-times.ts';
import { settingsOf } from './reading-settings.ts';
import { and, literal, numbered } from './sql-text.ts';
import type { VerdictExpressions } from './verdict-expressions.ts';
import { verdictExpressions } from './verdict-expressions.ts';
import { WITNESS, witnessIn } from './witness-text.ts';

/** The sign-ins of a table, grouped by the server and its shards; read-only rights are enough. */
export async function openClickHouse(
  server: Server,
  table: string | undefined,
  signInId: string | undefined,
): Promise<FactEngine> {
  const name = tableNamed(table);
  const connection = await connect(server);
  try {
    connection.use(await settingsOf(connection));
    return new ClickHouseEngine(connection, name, signInId);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

class ClickHouseEngine implements FactEngine {
  readonly zone = 'stated';
  readonly #connection: Connection;
  readonly #table: string;
  readonly #where: string;
  #needs: Needs = { deviceIds: true };
  #areRepeated = false;
  #rows = 0;
  /** Of each sign-in its classes and its key, once they are asked for. */
  #classed: readonly string[] = [];
  #verdicts: VerdictExpressions = { named: [], decisions: '[]' };

  constructor(connection: Connection, table: string, signInId: string | undefined) {
    this.#connection = connection;
    this.#table = table;
    this.#where = signInId === undefined ? '' : ` WHERE lower(id) = ${literal(signInId.toLowerCase())}`;
  }

  async totals(needs: Needs): Promise<Totals> {
    this.#needs = needs;
    const row = await this.#total();
    const repeated = Number(row['named']) - Number(row['different']);
    this.#areRepeated = repeated > 0;
    this.#rows = Number(row['n']);
    return { rows: this.#rows, repeated, from: textIn(row['first']), to: textIn(row['last']) };
  }

  async #total(): Promise<Row> {
    const [row = {}] = await this.#connection.rows(
      `SELECT count() AS n, countIf(id != '') AS named, uniqExactIf(lower(id), id != '') AS different,
        min(createdDateTime) AS first, max(createdDateTime) AS last FROM ${this.#table}${this.#where}`,
    );
    return row;
  }

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = GROUPS[group].map((fact, at) => `${factExpression(fact, this.#needs)} AS c${at}`);
    const rows = await this.#connection.rows(
      `SELECT DISTINCT ${groupHash(group, this.#needs)} AS name, ${columns.join(', ')} FROM ${this.#table}${this.#where}`,
    );
    return rows.map((row) => ({
      name: String(row['name']),
      values: GROUPS[group].map((_, at) => valueIn(row[`c${at}`])),
    }));
  }

  async keys(plan: KeyPlan): Promise<readonly KeyRow[]> {
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
      `SELECT gsa_key, ${this.#count()} AS n, min(gsa_witness) AS w`,
      `${this.#where} GROUP BY gsa_key`,
    );
    return rows.map((row) => ({
      key: String(row['gsa_key']),
      signIns: Number(row['n']),
      witness: witnessIn(String(row['w'])),
    }));
  }

  async #oddTimes(): Promise<readonly string[]> {
    const rows = await this.#connection.rows(
      `SELECT DISTINCT createdDateTime AS time FROM ${this.#table} ${and(this.#where, `NOT ${PLAIN_TIME}`)}`,
    );
    return rows.map(({ time }) => String(time));
  }

  async #oddAddresses(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const text of ADDRESS_TEXTS) {
      const rows = await this.#connection.rows(
        `SELECT DISTINCT ${text} AS text FROM ${this.#table} ${and(this.#where, isOddAddress(text))}`,
      );
      for (const row of rows) found.add(String(row['text']));
    }
    return found;
  }

  async #asked(select: string, rest: string): Promise<readonly Row[]> {
    return this.#connection.rows(
      inlined(`${select} FROM ${this.#table} ${rest}`, [...this.#classed, ...this.#verdicts.named]),
    );
  }

  /** Sign-ins, each id once where any id comes twice. */
  #count(condition?: string): string {
    if (!this.#areRepeated) return condition === undefined ? 'count()' : `countIf(${condition})`;
    const once = `if(id = '', gsa_witness, lower(id))`;
    return condition === undefined ? `uniqExact(${once})` : `uniqExactIf(${once}, ${condition})`;
  }

  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    this.#verdicts = verdictExpressions(verdicts, members);
    const [row = {}] = await this.#asked(
      'SELECT uniqExact(who) AS judged, uniqExactIf(who, stops) AS stopped',
      this.#judged(),
    );
    return { judged: Number(row['judged']), stopped: Number(row['stopped']) };
  }

  /** After {@link ClickHouseEngine.people}, which takes the verdicts. */
  async groups(verdicts: readonly Verdict[]): Promise<readonly GroupRow[]> {
    const changed = `class != ${CLASS_NUMBERS.get('unchanged') ?? 0}`;
    const rows = [
      ...(await this.#grouped('all', '0', '1')),
      ...(await this.#grouped('user', 'who', changed)),
      ...(await this.#grouped('application', 'what', changed)),
      ...(await this.#grouped('location', 'place', changed)),
      ...(await this.#byPolicy(policiesOf(verdicts))),
    ];
    await this.#requireAllStill();
    return rows;
  }

  /** The rows are those that were counted at first: no shard was lost, and nobody wrote. */
  async #requireAllStill(): Promise<void> {
    const row = await this.#total();
    if (Number(row['n']) !== this.#rows) throw incomplete(this.#rows, Number(row['n']));
  }

  async #grouped(by: GroupRow['by'], member: string, condition: string): Promise<readonly GroupRow[]> {
    const rows = await this.#asked(
      `SELECT class, ${member}, ${this.#counts('stops')}`,
      `${this.#judged(condition)} GROUP BY class, ${member}`,
    );
    return rows.map((row) => groupRow(by, row, undefined));
  }

  async #byPolicy(policies: readonly string[]): Promise<readonly GroupRow[]> {
    if (policies.length === 0) return [];
    const rows = await this.#asked(
      `SELECT class, intDiv(decided, 2) AS member, ${this.#counts('decided % 2 = 1')}`,
      `ARRAY JOIN ${this.#verdicts.decisions} AS decided ${this.#judged()} GROUP BY class, member`,
    );
    return rows.map((row) => groupRow('policy', row, policies[Number(row['member'])]));
  }

  #counts(stops: string): string {
    const kinds = [0, 1, 2].map((kind) => `${this.#count(`kind = ${kind}`)} AS n${kind}`);
    return `${kinds.join(', ')}, uniqExact(who) AS users, ${this.#count(stops)} AS stopped, min(gsa_witness) AS w, minIf(gsa_witness, ${stops}) AS ws`;
  }

  #judged(condition = '1'): string {
    return and(this.#where, `verdict > 0 AND ${condition}`);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

function groupRow(by: GroupRow['by'], row: Row, policy: string | undefined): GroupRow {
  const stopped = Number(row['stopped']);
  return {
    by,
    class: CHANGE_CLASSES[Number(row['class'])] ?? 'unknown',
    policy,
    signIns: { interactive: Number(row['n0']), nonInteractive: Number(row['n1']), workload: Number(row['n2']) },
    users: Number(row['users']),
    stopped,
    witness: witnessIn(String(stopped > 0 ? row['ws'] : row['w'])),
  };
}
