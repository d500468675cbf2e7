import { NO_ID } from '../answer-cells.ts';
import type { GroupName } from '../fact-columns.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES, GROUPS, LISTS } from '../fact-columns.ts';
import type { KeyPlan, Needs } from '../fact-engine.ts';
import { classColumn } from '../packed-key.ts';
import type { AddressTables } from './address-tables.ts';
import { addressClass, equalPairs } from './address-tables.ts';
import type { FactExpression, SourceColumns } from './source-columns.ts';
import { literal } from './source-columns.ts';

/** Times that are read as one instant by everybody; others stay what they are. */
const PLAIN_TIME = '[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?Z';

/** How ids are told: `uuids`: each is one, which takes less room; `texts`: each record has one. */
export type IdKind = 'uuids' | 'texts' | 'some';

/** Tables that a line is made of. */
interface LineTables {
  readonly addresses: AddressTables;
  /** `gsa_odd` numbers some times. */
  readonly hasOddTimes: boolean;
}

/** How each sign-in of the files becomes a line of numbers. */
export class SignInLines {
  readonly #facts: SourceColumns;
  readonly #needs: Needs;
  readonly #ids: IdKind;

  constructor(facts: SourceColumns, needs: Needs, ids: IdKind) {
    this.#facts = facts;
    this.#needs = needs;
    this.#ids = ids;
  }

  get idType(): 'UUID' | 'VARCHAR' {
    return this.#ids === 'uuids' ? 'UUID' : 'VARCHAR';
  }

  get time(): string {
    return `coalesce(${this.#facts.textOf('createdDateTime')}, '')`;
  }

  get isPlainTime(): string {
    return `(regexp_full_match(${this.time}, ${literal(PLAIN_TIME)}) AND TRY_CAST(${this.time} AS TIMESTAMPTZ) IS NOT NULL)`;
  }

  /** Whether the files have any column of the group: without one it has a single tuple, and is no part of a query. */
  has(group: GroupName): boolean {
    return this.columnsOf(group).some(({ value }) => value !== 'NULL');
  }

  columnsOf(group: GroupName): readonly FactExpression[] {
    return GROUPS[group].map((fact) => {
      if (this.#needs.deviceIds || (fact !== 'deviceDetail.deviceId' && fact !== 'deviceDetail.displayName'))
        return this.#facts.of(fact);
      const text = this.#facts.textOf(fact);
      const value =
        fact === 'deviceDetail.deviceId' && text !== 'NULL'
          ? `CASE WHEN ${text} = '' THEN '' WHEN ${text} IS NOT NULL THEN 'one' END`
          : 'NULL';
      return { value, text: (name: string) => name };
    });
  }

  /** A record without an id has one for this run, which no record has. */
  get #id(): string {
    const id = this.#facts.textOf('id');
    if (this.#ids === 'uuids') return `CAST(${id} AS UUID)`;
    if (this.#ids === 'texts') return id;
    const all = [
      ...GROUP_NAMES.flatMap((group) => this.columnsOf(group).map(({ value }) => value)),
      ...ADDRESS_COLUMNS.map((fact) => this.#facts.textOf(fact)),
      this.time,
    ];
    return `coalesce(nullif(${id}, ''), ${literal(NO_ID)} || hash(${all.join(', ')}))`;
  }

  /** Every sign-in with the numbers of its classes and tuples. */
  select(source: string, { changes }: Pick<KeyPlan, 'changes'>, tables: LineTables): string {
    const lines = `SELECT ${this.#said(changes, tables).join(', ')} FROM ${source}`;
    return `SELECT ${this.#numbers(changes, tables).join(', ')} FROM (${lines}) AS line ${this.#joins(tables).join(' ')}`;
  }

  /** Time and addresses, as text, of the sign-ins whose id that query gives. */
  texts(source: string, chosen: string): string {
    const texts = ADDRESS_COLUMNS.map((fact, at) => `${this.#facts.textOf(fact)} AS t${at}`);
    const said = [`${this.#id} AS id`, `${this.time} AS time`, ...texts].join(', ');
    // Records without an id that say the same have one for all of them.
    return `SELECT DISTINCT ON (id) * FROM (SELECT ${said} FROM ${source}) WHERE id IN (${chosen})`;
  }

  #said(changes: readonly number[], { addresses, hasOddTimes }: LineTables): readonly string[] {
    const hash = (group: GroupName) => {
      const values = this.columnsOf(group).map(({ value }) => value);
      return `${hashOf(group, values)} AS ${group}_h`;
    };
    return [
      ...GROUP_NAMES.filter((group) => this.has(group)).map(hash),
      ...ADDRESS_COLUMNS.map((fact, at) => `${this.#facts.textOf(fact)} AS t${at}`),
      ...ADDRESS_COLUMNS.map((fact, at) => `${addresses.keyOf(this.#facts.textOf(fact))} AS k${at}`),
      `${this.#id} AS id`,
      `${this.#facts.weight} AS w`,
      ...(hasOddTimes ? [`${this.time} AS time`, `${this.isPlainTime} AS is_plain`] : []),
      ...changes.map(
        (change, at) =>
          `CASE WHEN epoch_ms(TRY_CAST(${this.time} AS TIMESTAMPTZ)) >= ${change} THEN 1 ELSE 0 END AS m${at}`,
      ),
    ];
  }

  #joins({ addresses: { hasSpelled }, hasOddTimes }: LineTables): readonly string[] {
    return [
      ...GROUP_NAMES.filter((group) => this.has(group)).map(
        (group) => `JOIN gsa_${group}_of AS ${group} ON ${group}.h = ${group}_h`,
      ),
      ...ADDRESS_COLUMNS.map((_, at) =>
        this.#hasAddress(at) ? `LEFT JOIN gsa_address AS x${at} ON x${at}.text = k${at}` : '',
      ),
      ...ADDRESS_COLUMNS.map((_, at) =>
        hasSpelled && this.#hasAddress(at) ? `LEFT JOIN gsa_spelled AS s${at} ON s${at}.text = t${at}` : '',
      ),
      hasOddTimes ? 'LEFT JOIN gsa_odd ON NOT is_plain AND gsa_odd.time = line.time' : '',
    ];
  }

  #numbers(changes: readonly number[], { addresses, hasOddTimes }: LineTables): readonly string[] {
    const has = (at: number) => this.#hasAddress(at);
    return [
      ...GROUP_NAMES.map((group) => `${this.has(group) ? `${group}.class` : ONLY} AS ${classColumn(group)}`),
      ...ADDRESS_COLUMNS.map((_, at) => `${has(at) ? addressClass(at) : '0'} AS a${at}`),
      `${equalPairs(has, addresses)} AS equal`,
      `${hasOddTimes ? 'coalesce(gsa_odd.number, 0)' : '0'} AS odd`,
      ...changes.map((_, at) => `m${at}`),
      ...['id', 'w'],
      ...GROUP_NAMES.map((group) => `${this.has(group) ? `${group}.number` : ONLY} AS ${group}_number`),
    ];
  }

  #hasAddress(at: number): boolean {
    const fact = ADDRESS_COLUMNS[at];
    return fact !== undefined && this.#facts.textOf(fact) !== 'NULL';
  }
}

/** Number and class of the one tuple of a group of which the files have no column. */
export const ONLY = '1';

/** DuckDB gives an empty list the hash of none. */
export function hashOf(group: GroupName, values: readonly string[]): string {
  const lists = values.filter((_, at) => LISTS.has(GROUPS[group][at] ?? '')).map((value) => `${value} IS NULL`);
  return `hash(${[...values, ...lists].join(', ')})`;
}
