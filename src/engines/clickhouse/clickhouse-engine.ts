import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import type { AddressClasses } from '../../core/fact-keys/address-classes.ts';
import type { PrefixTables } from '../../core/fact-keys/prefix-tables.ts';
import { prefixTables } from '../../core/fact-keys/prefix-tables.ts';
import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { plural } from '../../core/values/plural.ts';
import { addressOf } from '../../intake/sign-ins/facts/network-path-of.ts';
import { GsaError } from '../../trouble/error.ts';
import { NO_ID, policiesOf, textIn, valueIn, witnessOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { GroupName } from '../fact-columns.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS, GROUP_NAMES, GROUPS } from '../fact-columns.ts';
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
import type { Connection, Row, Server } from './connect.ts';
import { connect, tableNamed } from './connect.ts';
import { inlined } from './inline-aliases.ts';
import { columnOf } from './table-columns.ts';

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

/** A shard that is down is an error, never a smaller answer; who may set nothing must have it so already. */
async function settingsOf(connection: Connection): Promise<Record<string, string | number>> {
  const rows = await connection.rows(
    "SELECT name, value FROM system.settings WHERE name IN ('readonly', 'skip_unavailable_shards')",
  );
  const settingOf = (name: string) => rows.find((row) => row['name'] === name)?.['value'];
  if (String(settingOf('readonly') ?? '0') !== '1') return { skip_unavailable_shards: 0, max_query_size: MOST_QUERY };
  if (String(settingOf('skip_unavailable_shards') ?? '0') === '0') return {};
  throw new GsaError(
    'invalid',
    'ClickHouse would leave out shards that are down (skip_unavailable_shards = 1), and the user may not set that',
    {
      hint: 'ask for a profile with skip_unavailable_shards = 0, or with readonly = 2',
    },
  );
}

/** The tables of classes stand in the queries: bytes of the longest. */
const MOST_QUERY = 1_000_000_000;

const SEPARATOR = '\u001f';

class ClickHouseEngine implements FactEngine {
  readonly zone = 'stated';
  readonly #connection: Connection;
  readonly #table: string;
  readonly #where: string;
  #needs: Needs = { deviceIds: true };
  #areRepeated = false;
  #rows = 0;
  /** Expressions that the queries about keys begin with. */
  #with: readonly string[] = [];

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
    if (this.#areRepeated) await this.#requireOneWord(Number(row['different']));
    return { rows: this.#rows, repeated, contradicting: 0, from: textIn(row['first']), to: textIn(row['last']) };
  }

  /** Rows of one id that say different things would be counted in several keys, and no order tells which of them counts. */
  async #requireOneWord(ids: number): Promise<void> {
    const said = [...GROUP_NAMES.map((group) => this.#hash(group)), ...ADDRESS_COLUMNS.map(addressText)];
    const [row = {}] = await this.#connection.rows(
      `SELECT uniqExact(lower(id), ${said.join(', ')}) AS said FROM ${this.#table} ${and(this.#where, "id != ''")}`,
    );
    if (Number(row['said']) > ids) throw contradictory(Number(row['said']) - ids);
  }

  async #total(): Promise<Row> {
    const [row = {}] = await this.#connection.rows(
      `SELECT count() AS n, countIf(id != '') AS named, uniqExactIf(lower(id), id != '') AS different,
        min(createdDateTime) AS first, max(createdDateTime) AS last FROM ${this.#table}${this.#where}`,
    );
    return row;
  }

  async tuples(group: GroupName): Promise<readonly Tuple[]> {
    const columns = GROUPS[group].map((fact, at) => `${this.#fact(fact)} AS c${at}`);
    const rows = await this.#connection.rows(
      `SELECT DISTINCT ${this.#hash(group)} AS name, ${columns.join(', ')} FROM ${this.#table}${this.#where}`,
    );
    return rows.map((row) => ({
      name: String(row['name']),
      values: GROUPS[group].map((_, at) => valueIn(row[`c${at}`])),
    }));
  }

  async keys(plan: KeyPlan): Promise<readonly KeyRow[]> {
    const addresses = await this.#addresses(plan.addresses);
    const odd = await this.#connection.rows(
      `SELECT DISTINCT createdDateTime AS time FROM ${this.#table} ${and(this.#where, `NOT ${PLAIN_TIME}`)}`,
    );
    const parts = keyParts(plan, odd.length);
    const moments = plan.changes.map((change, at) => `toUInt8(${INSTANT} >= ${literal(instantOf(change))}) AS m${at}`);
    const key = isSmall(parts)
      ? packed(parts, (column) => `toUInt64(${column})`)
      : `concat(${parts.map(({ name }) => `toString(${name})`).join(`, '-', `)})`;
    this.#with = [
      ...GROUP_NAMES.map((group) => `${this.#hash(group)} AS ${group}_h`),
      ...GROUP_NAMES.map((group) => `${classed(`${group}_h`, plan.classes[group])} AS ${classColumn(group)}`),
      ...addresses,
      `${odd.length === 0 ? '0' : `transform(createdDateTime, ${list(odd.map(({ time }) => literal(String(time))))}, ${list(odd.map((_, at) => at + 1))}, 0)`} AS odd`,
      ...moments,
      `${key} AS gsa_key`,
      `concat(${[`if(id = '', concat('${NO_ID}', toString(cityHash64(${GROUP_NAMES.map((group) => `${group}_h`).join(', ')}))), id)`, 'createdDateTime', ...ADDRESS_COLUMNS.map((_, at) => `t${at}`), ...GROUP_NAMES.map((group) => `toString(${group}_h)`)].join(`, '${SEPARATOR}', `)}) AS gsa_witness`,
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

  async #asked(select: string, rest: string): Promise<readonly Row[]> {
    return this.#connection.rows(inlined(`${select} FROM ${this.#table} ${rest}`, this.#with));
  }

  /** Sign-ins, each id once where any id comes twice. */
  #count(condition?: string): string {
    if (!this.#areRepeated) return condition === undefined ? 'count()' : `countIf(${condition})`;
    const once = `if(id = '', gsa_witness, lower(id))`;
    return condition === undefined ? `uniqExact(${once})` : `uniqExactIf(${once}, ${condition})`;
  }

  /** Plain IPv4 by the table of ranges, every other text as the product reads it. */
  async #addresses({ ipv4, classOf }: AddressClasses): Promise<readonly string[]> {
    const texts = ADDRESS_COLUMNS.map(addressText);
    const found = new Set<string>();
    for (const text of texts) {
      const rows = await this.#connection.rows(
        `SELECT DISTINCT ${text} AS text FROM ${this.#table} ${and(this.#where, `NOT match(${text}, '${PLAIN}') AND ${text} != ''`)}`,
      );
      for (const row of rows) found.add(String(row['text']));
    }
    const numbers = new Map<string, number>();
    const odd = [...found].flatMap((text) => {
      const address = addressOf(text);
      if (address === undefined) return [];
      const same = numbers.get(address.text) ?? (address.version === 4 ? address.words[0] : -1 - numbers.size);
      numbers.set(address.text, same);
      return [{ text, same, class: classOf(address) }];
    });
    const tables = prefixTables(ipv4);
    const oddTexts = list(odd.map(({ text }) => literal(text)));
    const among = (at: number, values: readonly number[], none: string) =>
      odd.length === 0 ? none : `transform(t${at}, ${oddTexts}, ${list(values)}, ${none})`;
    return ADDRESS_COLUMNS.flatMap((_, at) => [
      `${texts[at]} AS t${at}`,
      `match(t${at}, '${PLAIN}') AS p${at}`,
      `toUInt64(IPv4StringToNum(if(p${at}, t${at}, '0.0.0.0'))) AS w${at}`,
      `toUInt64(if(p${at}, ${ofRange(`w${at}`, tables)}, ${among(
        at,
        odd.map((each) => each.class),
        '0',
      )})) AS a${at}`,
      `if(p${at}, toInt64(w${at}), toInt64(${among(
        at,
        odd.map(({ same }) => same),
        String(-2_000_000_000 - at),
      )})) AS s${at}`,
    ]).concat(
      `${ADDRESS_PAIRS.map(([a, b], bit) => `toUInt64(a${a} > 0 AND s${a} = s${b}) * ${2 ** bit}`).join(' + ')} AS equal`,
    );
  }

  async people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts> {
    this.#takeVerdicts(verdicts, members);
    const [row = {}] = await this.#asked(
      'SELECT uniqExact(who) AS judged, uniqExactIf(who, stops) AS stopped',
      this.#judged(),
    );
    return { judged: Number(row['judged']), stopped: Number(row['stopped']) };
  }

  /** After {@link ClickHouseEngine.people}, which takes the verdicts. */
  async groups(verdicts: readonly Verdict[]): Promise<readonly GroupRow[]> {
    const policies = policiesOf(verdicts);
    const unchanged = `class != ${CLASS_NUMBERS.get('unchanged') ?? 0}`;
    const rows = [
      ...(await this.#grouped('all', '0', '1')),
      ...(await this.#grouped('user', 'who', unchanged)),
      ...(await this.#grouped('application', 'what', unchanged)),
      ...(await this.#grouped('location', 'place', unchanged)),
      ...(await this.#byPolicy(policies)),
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
      `ARRAY JOIN ${this.#decided} AS decided ${this.#judged()} GROUP BY class, member`,
    );
    return rows.map((row) => groupRow('policy', row, policies[Number(row['member'])]));
  }

  #decided = '[]';

  #counts(stops: string): string {
    const kinds = [0, 1, 2].map((kind) => `${this.#count(`kind = ${kind}`)} AS n${kind}`);
    return `${kinds.join(', ')}, uniqExact(who) AS users, ${this.#count(stops)} AS stopped, min(gsa_witness) AS w, minIf(gsa_witness, ${stops}) AS ws`;
  }

  #judged(condition = '1'): string {
    return and(this.#where, `verdict > 0 AND ${condition}`);
  }

  #takeVerdicts(verdicts: readonly Verdict[], members: Members): void {
    const policies = new Map(policiesOf(verdicts).map((id, at) => [id, at]));
    const locations = new Map<string, number>();
    const kinds = new Map<string, { readonly number: number; readonly verdict: Verdict }>();
    const numbers = verdicts.map((verdict) => {
      const { key: _, ...said } = verdict;
      const text = JSON.stringify(said);
      const known = kinds.get(text) ?? { number: kinds.size + 1, verdict };
      kinds.set(text, known);
      if (verdict.location !== undefined && !locations.has(verdict.location))
        locations.set(verdict.location, locations.size + 1);
      return known.number;
    });
    const all = [...kinds.values()].map(({ verdict }) => verdict);
    const keys = list(verdicts.map(({ key }) => (/^\d+$/.test(key) ? key : literal(key))));
    const of = (value: (verdict: Verdict) => number | string) =>
      `arrayElement(${list(all.map(value))}, toUInt64(verdict))`;
    this.#decided = of((verdict) =>
      verdict.class === 'unchanged'
        ? 'emptyArrayUInt32()'
        : list(
            verdict.policies.map(({ id, stops }) => (policies.get(id) ?? 0) * 2 + (stops ? 1 : 0)),
            'emptyArrayUInt32()',
          ),
    );
    this.#with = [
      ...this.#with.filter((each) => !/ AS (verdict|class|kind|stops|place|who|what)$/.test(each)),
      `transform(gsa_key, ${keys}, ${list(numbers)}, 0) AS verdict`,
      `${of(({ class: kind }) => CLASS_NUMBERS.get(kind) ?? 0)} AS class`,
      `${of(({ kind }) => SIGN_IN_KINDS.indexOf(kind))} AS kind`,
      `${of(({ isStopped }) => (isStopped ? 1 : 0))} AS stops`,
      `${classed('person_h', members.person)} AS who`,
      `${classed('application_h', members.application)} AS what`,
      `if(${of(({ location }) => (location === undefined ? 0 : (locations.get(location) ?? 0)))} = 0, toInt64(0) - toInt64(${classed('country_h', members.country)}), toInt64(${of(({ location }) => (location === undefined ? 0 : (locations.get(location) ?? 0)))})) AS place`,
    ];
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  /** A number of the values of a group, those that are none told from those that are empty. */
  #hash(group: GroupName): string {
    const texts = GROUPS[group].map((fact) => `ifNull(concat('=', ${this.#fact(fact)}), '-')`);
    return `cityHash64(${texts.join(', ')}, '${group}')`;
  }

  #fact(fact: string): string {
    if (fact === 'category') return 'CAST(NULL AS Nullable(String))';
    if (fact === 'workloadAppId') return `if(${IS_PERSON}, NULL, appId)`;
    const column = quoted(columnOf(fact));
    if (this.#needs.deviceIds) return column;
    if (fact === 'deviceDetail.displayName') return 'CAST(NULL AS Nullable(String))';
    return fact === 'deviceDetail.deviceId' ? `if(${column} != '', 'one', ${column})` : column;
  }
}

/** A user and nothing else: of anybody else the application may be who signs in. */
const IS_PERSON = [
  "concat(ifNull(userId, ''), ifNull(userPrincipalName, '')) != ''",
  ...['servicePrincipalId', 'managedIdentityType', 'managedServiceIdentity_msiType'].map(
    (name) => `ifNull(${name}, '') = ''`,
  ),
  "NOT match(lower(ifNull(signInEventTypes, '')), 'managedidentity|serviceprincipal')",
].join(' AND ');

function addressText(name: (typeof ADDRESS_COLUMNS)[number]): string {
  return `ifNull(${quoted(columnOf(name))}, '')`;
}

function contradictory(count: number): GsaError {
  return new GsaError(
    'invalid',
    `${plural(count, 'row has', 'rows have')} the id of another and ${count === 1 ? 'says' : 'say'} something else of the sign-in`,
    {
      hint: 'which of them is true is not known: keep one of each id, or ask `gsa impact` for the exported files, which counts each',
    },
  );
}

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const PLAIN = `^(${OCTET}[.]){3}${OCTET}$`;

/** Times that everybody reads as one instant; the last of February is left to the product. */
const DAYS = '((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))';
const PLAIN_TIME = `match(createdDateTime, '^[12][0-9]{3}-${DAYS}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?Z$')`;
const INSTANT = `concat(substring(createdDateTime, 1, 19), '.', substring(concat(extract(createdDateTime, '[.]([0-9]+)Z$'), '000000000000'), 1, 12))`;

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/Z$/, '000000000');
}

/** One look-up for each length of prefix; an address is in one prefix at most. */
function ofRange(column: string, { other, lengths }: PrefixTables): string {
  if (lengths.length === 0) return String(other);
  const found = lengths.map(({ length, prefixes }) => {
    const size = 2 ** (32 - length);
    const firsts = list(prefixes.map(({ first }) => first));
    return `transform(toUInt64(${column} - ${column} % ${size}), ${firsts}, ${list(prefixes.map((prefix) => prefix.class))}, 0)`;
  });
  const sum = found.join(' + ');
  return `if(${sum} = 0, ${other}, ${sum})`;
}

function classed(column: string, numbers: ReadonlyMap<string, number>): string {
  return `transform(${column}, ${list([...numbers.keys()])}, ${list([...numbers.values()])}, 0)`;
}

function list(values: readonly (number | string)[], none = '[]'): string {
  return values.length === 0 ? none : `[${values.join(',')}]`;
}

function and(where: string, condition: string): string {
  return where === '' ? `WHERE ${condition}` : `${where} AND ${condition}`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function witnessIn(text: string): Witness {
  const parts = text.split(SEPARATOR);
  if (parts.length !== 2 + ADDRESS_COLUMNS.length + GROUP_NAMES.length)
    throw new Error('a text holds the sign between texts');
  return witnessOf(parts);
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
