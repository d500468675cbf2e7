import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { policiesOf, textIn, valueIn, witnessOf } from '../answer-cells.ts';
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
  Witness,
} from '../fact-engine.ts';
import { contradictory, incomplete } from '../incomplete.ts';
import { classColumn, isSmall, keyParts, packed } from '../packed-key.ts';
import { noCount } from '../weights.ts';
import type { AddressTexts } from './address-expressions.ts';
import { ADDRESS_TEXTS, addressExpressions, askedTexts } from './address-expressions.ts';
import type { Connection, Row, Server } from './connect.ts';
import { connect } from './connect.ts';
import type { Asked } from './fact-expressions.ts';
import { factExpression, groupHash } from './fact-expressions.ts';
import type { Named } from './inline-aliases.ts';
import { inlined } from './inline-aliases.ts';
import { personNumber } from './person-number.ts';
import { INSTANT, instantOf, PLAIN_TIME } from './plain-times.ts';
import { settingsOf } from './reading-settings.ts';
import { SentTables } from './sent-tables.ts';
import { and, literal } from './sql-text.ts';
import { quotedTable, tableNamed } from './table-name.ts';
import { ENTRY, entriesOf, groupOf, memberExpressions, peopleCounted } from './verdict-expressions.ts';
import type { Weight } from './weight-expressions.ts';
import { weightIn } from './weight-expressions.ts';
import { ID_OR_CONTENT } from './witness-id.ts';

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
  /** Every row has an id. */
  #areNamed = false;
  #rows = 0;
  #plan: KeyPlan | undefined;
  #people: readonly Tuple[] = [];
  readonly #sent = new SentTables();
  /** Of each sign-in its classes and its key, once they are asked for. */
  #classed: Named = [];
  /** What became of each sign-in, and of whom, once there are verdicts. */
  #members: Named = [];
  #groups: readonly Row[] = [];

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
    const row = await this.#connection.row(
      `SELECT count() AS n, sum(${this.#weight.value}) AS weight, countIf(id != '') AS named, uniqExactIf(lower(id), id != '') AS different,
        min(createdDateTime) AS first, max(createdDateTime) AS last FROM ${this.#table}${this.#where}`,
    );
    this.#areRepeated = Number(row['named']) > Number(row['different']);
    this.#areNamed = row['named'] === row['n'];
    this.#rows = Number(row['n']);
    const signIns = Number(row['weight']);
    const repeated = this.#areRepeated ? signIns - (await this.#once(Number(row['different']))) : 0;
    const [from, to] = [textIn(row['first']), textIn(row['last'])];
    return { signIns, repeated, contradicting: 0, from, to };
  }

  /** Sign-ins, those of each id once. */
  async #once(ids: number): Promise<number> {
    await this.#requireOneWord(ids);
    const { once } = await this.#connection.row(`SELECT ${this.#count()} AS once FROM ${this.#table}${this.#where}`);
    return Number(once);
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

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = GROUPS[group].map((fact, at) => `${factExpression(fact, this.#needs)} AS c${at}`);
    const rows = await this.#connection.rows(
      `SELECT DISTINCT toString(${groupHash(group, this.#needs)}) AS name, ${columns.join(', ')} FROM ${this.#table}${this.#where}`,
    );
    const tuples = rows.map((row) => ({
      name: String(row['name']),
      values: GROUPS[group].map((_, at) => valueIn(row[`c${at}`])),
    }));
    if (group === 'person') this.#people = tuples;
    return tuples;
  }

  async keys(plan: KeyPlan): Promise<Keys> {
    const times = await this.#oddTimes();
    const addresses = await this.#addressTexts();
    const parts = keyParts(plan, times.length);
    const key = isSmall(parts)
      ? packed(parts, (column) => `toUInt64(${column})`)
      : `concat(${parts.map(({ name }) => `toString(${name})`).join(`, '-', `)})`;
    this.#plan = plan;
    const oddTimes = new Map(times.map((time, at) => [time, at + 1]));
    this.#classed = [
      ...GROUP_NAMES.map((group) => `${groupHash(group, this.#needs)} AS ${group}_h`),
      ...GROUP_NAMES.map((group) => `${this.#numberOf(group, plan.classes[group])} AS ${classColumn(group)}`),
      ...addressExpressions(plan.addresses, addresses, this.#sent),
      `${this.#sent.numberOf('createdDateTime', 'String', oddTimes)} AS odd`,
      ...plan.changes.map((change, at) => `toUInt8(${INSTANT} >= ${literal(instantOf(change))}) AS m${at}`),
      `${key} AS gsa_key`,
      `${this.#areNamed ? 'id' : ID_OR_CONTENT} AS gsa_id`,
    ];
    const rows = await this.#asked(
      // As text: a number of 64 bits may be sent as one that loses its last digits.
      `SELECT toString(gsa_key) AS k, ${this.#count()} AS n, min(gsa_id) AS i`,
      `${this.#where} GROUP BY gsa_key`,
    );
    return { count: rows.length, rows: this.#keyRows(rows) };
  }

  /** The number of what a sign-in says of a group; one that all say the same of is asked for nothing. */
  #numberOf(group: GroupName, numbers: ReadonlyMap<string, number>): string {
    const [only = 0, ...others] = new Set(numbers.values());
    const isOnly = others.length === 0 && this.#plan?.classes[group].size === numbers.size;
    return isOnly ? `toUInt64(${only})` : this.#sent.numberOf(`${group}_h`, 'UInt64', numbers);
  }

  async #oddTimes(): Promise<readonly string[]> {
    const { texts } = await this.#connection.row(
      `SELECT groupUniqArray(createdDateTime) AS texts FROM ${this.#table} ${and(this.#where, `NOT ${PLAIN_TIME}`)}`,
    );
    return Array.isArray(texts) ? texts.map(String) : [];
  }

  /** In one row, which is there whole or not at all. */
  async #addressTexts(): Promise<readonly AddressTexts[]> {
    const row = await this.#connection.row(`SELECT ${askedTexts()} FROM ${this.#table}${this.#where}`);
    return ADDRESS_TEXTS.map((_, at) => {
      const odd = row[`o${at}`];
      return { isUsed: Number(row[`u${at}`]) > 0, odd: Array.isArray(odd) ? odd.map(String) : [] };
    });
  }

  async #asked(select: string, rest: string): Promise<readonly Row[]> {
    return this.#connection.rows(this.#query(select, rest), this.#sent);
  }

  #query(select: string, rest: string): string {
    return inlined(`${select} FROM ${this.#table} ${rest}`, [...this.#classed, ...this.#members]);
  }

  async *#keyRows(rows: readonly Row[]): AsyncIterable<KeyRow> {
    const witnesses = await this.#witnesses(rows.map(({ i }) => String(i)));
    const keys = rows.map(({ k, n, i }) => ({
      key: String(k),
      signIns: Number(n),
      witness: witnessAmong(witnesses, String(i)),
    }));
    yield* keys.sort((a, b) => compareTexts(a.witness.id, b.witness.id));
  }

  /** What the sign-ins of these ids say: one row of each id, as rows of one id say one thing. */
  async #witnesses(ids: readonly string[]): Promise<ReadonlyMap<string, Witness>> {
    const groups = GROUP_NAMES.filter((group) => (this.#plan?.classes[group].size ?? 0) > 1);
    const texts = ADDRESS_TEXTS.map((text, at) => `${text} AS x${at}`);
    const numbers = groups.map((group, at) => `toString(${group}_h) AS g${at}`);
    const isAsked = this.#sent.isAmong('gsa_id', 'String', [...new Set(ids)]);
    const rows = await this.#asked(
      `SELECT DISTINCT gsa_id, createdDateTime AS c, ${[...texts, ...numbers].join(', ')}`,
      and(this.#where, isAsked),
    );
    const only = GROUP_NAMES.map((group) => [...(this.#plan?.classes[group].keys() ?? [])][0] ?? '');
    const found = new Map<string, { readonly time: string; readonly witness: Witness }>();
    for (const row of rows) {
      const [id, time] = [String(row['gsa_id']), String(row['c'])];
      const known = found.get(id);
      if (known !== undefined && known.time <= time) continue;
      const names = GROUP_NAMES.map((group, at) =>
        groups.includes(group) ? String(row[`g${groups.indexOf(group)}`]) : (only[at] ?? ''),
      );
      const addresses = ADDRESS_TEXTS.map((_, at) => String(row[`x${at}`]));
      found.set(id, { time, witness: witnessOf([id, time, ...addresses, ...names]) });
    }
    return new Map([...found].map(([id, { witness }]) => [id, witness]));
  }

  /** Sign-ins, each id once where any id comes twice: rows of one id say one thing, their number included. */
  #count(condition = '1'): string {
    const { value } = this.#weight;
    if (!this.#areRepeated) return `sumIf(${value}, ${condition})`;
    const once = `arraySum(each -> each.2, groupUniqArrayIf((lower(id), ${value}), id != '' AND ${condition}))`;
    return `sumIf(${value}, id = '' AND ${condition}) + ${value === '1' ? `uniqExactIf(lower(id), id != '' AND ${condition})` : once}`;
  }

  /** Goes through the sign-ins once for people and groups. */
  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    const person = await this.#personNumber(members);
    const memberOf = (group: 'person' | 'application' | 'country') =>
      group === 'person' && person !== undefined ? person : this.#numberOf(group, members[group]);
    this.#members = [...memberExpressions(verdicts, members, memberOf), ...entriesOf(verdicts, members, this.#sent)];
    const kinds = [0, 1, 2].map((kind) => `${this.#count(`${ENTRY.kind} = ${kind}`)} AS kind${kind}`);
    this.#groups = await this.#asked(
      `SELECT ${ENTRY.group} AS gsa_group, ${kinds.join(', ')}, ${peopleCounted(members)} AS users,
        ${this.#count(ENTRY.stops)} AS stopped, min(gsa_id) AS i, minIf(gsa_id, ${ENTRY.stops}) AS s`,
      `ARRAY JOIN gsa_groups AS entry ${this.#where} GROUP BY gsa_group`,
    );
    await this.#requireAllStill();
    const everybody = (by: 'judged' | 'stopped') =>
      this.#groups.find((row) => groupOf(Number(row['gsa_group'])).by === by);
    const [judged, stopped] = [everybody('judged'), everybody('stopped')];
    if (judged === undefined || Number(judged['stopped']) !== Number(stopped?.['stopped'] ?? 0))
      throw incomplete(this.#rows, 0);
    return { judged: Number(judged['users']), stopped: Number(stopped?.['users'] ?? 0) };
  }

  async #personNumber(members: Members): Promise<string | undefined> {
    const number = personNumber(this.#people, members, this.#needs);
    if (number === undefined) return undefined;
    const { people } = await this.#connection.row(
      `SELECT uniqExact(${number.expression}) AS people FROM ${this.#table}${this.#where}`,
    );
    return Number(people) === number.people ? number.expression : undefined;
  }

  /** After {@link ClickHouseEngine.people}, which has counted them. */
  async groups(verdicts: readonly Verdict[]): Promise<readonly GroupRow[]> {
    const policies = policiesOf(verdicts);
    const rows = this.#groups.map((row) => ({ row, idOf: idOfGroup(row), group: groupOf(Number(row['gsa_group'])) }));
    const told = rows.filter(({ group }) => group.by !== 'judged' && group.by !== 'stopped');
    const witnesses = await this.#witnesses(told.map(({ idOf }) => idOf));
    return told.map(({ row, idOf, group: { by, class: kind, member } }) => ({
      by: by as GroupRow['by'],
      class: CHANGE_CLASSES[kind] ?? 'unknown',
      policy: by === 'policy' ? policies[member] : undefined,
      signIns: {
        interactive: Number(row['kind0']),
        nonInteractive: Number(row['kind1']),
        workload: Number(row['kind2']),
      },
      users: Number(row['users']),
      stopped: Number(row['stopped']),
      witness: witnessAmong(witnesses, idOf),
    }));
  }

  /** The rows are those that were counted at first: no shard was lost, and nobody wrote. */
  async #requireAllStill(): Promise<void> {
    const { n } = await this.#connection.row(`SELECT count() AS n FROM ${this.#table}${this.#where}`);
    if (Number(n) !== this.#rows) throw incomplete(this.#rows, Number(n));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

function idOfGroup(row: Row): string {
  return String(Number(row['stopped']) > 0 ? row['s'] : row['i']);
}

function witnessAmong(witnesses: ReadonlyMap<string, Witness>, id: string): Witness {
  const witness = witnesses.get(id);
  if (witness === undefined) throw incomplete(1, 0);
  return witness;
}
