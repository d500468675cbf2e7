import { NO_ID } from '../answer-cells.ts';
import type { GroupName } from '../fact-columns.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES, GROUPS, LISTS } from '../fact-columns.ts';
import type { KeyPlan, Needs } from '../fact-engine.ts';
import { classColumn } from '../packed-key.ts';
import { equalPairs } from './address-tables.ts';
import type { FactExpression, SourceColumns } from './source-columns.ts';
import { literal } from './source-columns.ts';

/** Times that are read as one instant by everybody; others stay what they are. */
const PLAIN_TIME = '[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?Z';

/** How each sign-in of the files becomes a line of numbers. */
export class SignInLines {
  readonly #facts: SourceColumns;
  readonly #needs: Needs;
  /** Every id is a UUID, which takes less room than a text. */
  readonly #areUuids: boolean;

  constructor(facts: SourceColumns, needs: Needs, areUuids: boolean) {
    this.#facts = facts;
    this.#needs = needs;
    this.#areUuids = areUuids;
  }

  get idType(): 'UUID' | 'VARCHAR' {
    return this.#areUuids ? 'UUID' : 'VARCHAR';
  }

  get time(): string {
    return `coalesce(${this.#facts.textOf('createdDateTime')}, '')`;
  }

  get isPlainTime(): string {
    return `(regexp_full_match(${this.time}, ${literal(PLAIN_TIME)}) AND TRY_CAST(${this.time} AS TIMESTAMPTZ) IS NOT NULL)`;
  }

  columnsOf(group: GroupName): readonly FactExpression[] {
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

  /** A record without an id has one for this run, which no record has. */
  get #id(): string {
    const id = this.#facts.textOf('id');
    if (this.#areUuids) return `CAST(${id} AS UUID)`;
    const all = [
      ...GROUP_NAMES.flatMap((group) => this.columnsOf(group).map(({ value }) => value)),
      ...ADDRESS_COLUMNS.map((fact) => this.#facts.textOf(fact)),
      this.time,
    ];
    return `coalesce(nullif(${id}, ''), ${literal(NO_ID)} || hash(${all.join(', ')}))`;
  }

  /** Every sign-in with the numbers of its classes and tuples; `chosen`: only those whose id that query gives. */
  select(source: string, { changes }: Pick<KeyPlan, 'changes'>, chosen?: string): string {
    const where = chosen === undefined ? '' : ` WHERE ${this.#id} IN (${chosen})`;
    const lines = `SELECT ${this.#said(changes).join(', ')} FROM ${source}${where}`;
    return `SELECT ${this.#numbers(changes).join(', ')} FROM (${lines}) AS line ${this.#joins().join(' ')}`;
  }

  #said(changes: readonly number[]): readonly string[] {
    const hash = (group: GroupName) => {
      const values = this.columnsOf(group).map(({ value }) => value);
      return `${hashOf(group, values)} AS ${group}_h`;
    };
    return [
      ...GROUP_NAMES.map(hash),
      ...ADDRESS_COLUMNS.map((fact, at) => `${this.#facts.textOf(fact)} AS t${at}`),
      `${this.#id} AS id`,
      `${this.time} AS time`,
      `${this.#facts.weight} AS w`,
      `${this.isPlainTime} AS is_plain`,
      ...changes.map(
        (change, at) =>
          `CASE WHEN epoch_ms(TRY_CAST(${this.time} AS TIMESTAMPTZ)) >= ${change} THEN 1 ELSE 0 END AS m${at}`,
      ),
    ];
  }

  #joins(): readonly string[] {
    return [
      ...GROUP_NAMES.map((group) => `JOIN gsa_${group}_of AS ${group} ON ${group}.h = ${group}_h`),
      ...ADDRESS_COLUMNS.map((_, at) =>
        this.#hasAddress(at) ? `LEFT JOIN gsa_address AS x${at} ON x${at}.text = t${at}` : '',
      ),
      'LEFT JOIN gsa_odd ON NOT is_plain AND gsa_odd.time = line.time',
    ];
  }

  #numbers(changes: readonly number[]): readonly string[] {
    const has = (at: number) => this.#hasAddress(at);
    return [
      ...GROUP_NAMES.map((group) => `${group}.class AS ${classColumn(group)}`),
      ...ADDRESS_COLUMNS.map((_, at) => `${has(at) ? `coalesce(x${at}.class, 0)` : '0'} AS a${at}`),
      `${equalPairs(has)} AS equal`,
      'coalesce(gsa_odd.number, 0) AS odd',
      ...changes.map((_, at) => `m${at}`),
      ...['person.number AS p', 'application.number AS a', 'country.number AS c', 'id', 'w', 'line.time AS time'],
      ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
      ...GROUP_NAMES.map((group) => `${group}.number AS ${group}_number`),
    ];
  }

  #hasAddress(at: number): boolean {
    const fact = ADDRESS_COLUMNS[at];
    return fact !== undefined && this.#facts.textOf(fact) !== 'NULL';
  }
}

/** DuckDB gives an empty list the hash of none. */
export function hashOf(group: GroupName, values: readonly string[]): string {
  const lists = values.filter((_, at) => LISTS.has(GROUPS[group][at] ?? '')).map((value) => `${value} IS NULL`);
  return `hash(${[...values, ...lists].join(', ')})`;
}
