import type { WEIGHT_MEMBERS } from '../../core/conditional-access/record/weight.ts';
import { logAnalyticsPath } from '../../intake/sign-ins/formats/log-analytics.ts';
import { GsaError } from '../../trouble/error.ts';
import type { FactColumn } from '../fact-columns.ts';
import { LISTED_MEMBERS, LISTS } from '../fact-columns.ts';

/** A column of the files, as DuckDB describes it. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** Members by which a record stands for many, as in core. */
export type WeightMember = (typeof WEIGHT_MEMBERS)[number];

/** A value that DuckDB can group by, and the text of it once it is grouped. */
export interface FactExpression {
  readonly value: string;
  readonly text: (name: string) => string;
}

/** Columns that name who signs in; every file of sign-ins has one of them. */
const SUBJECTS = ['userPrincipalName', 'userId', 'servicePrincipalId'];

/**
 * Whether columns have the names of Log Analytics, rather than Graph's. DuckDB puts a number behind a name that differs from
 * another in case alone. Throws GsaError `invalid` where both are there: each would hide the other.
 */
export function isLogAnalytics(columns: readonly SourceColumn[]): boolean {
  const found = columns.map(({ name }) => name.replace(/_\d+$/, ''));
  const isGraph = SUBJECTS.some((name) => found.includes(name));
  const isTable = SUBJECTS.some((name) => found.includes(upperFirst(name)));
  if (isGraph && isTable) throw mixed();
  return isTable;
}

function mixed(): GsaError {
  return new GsaError(
    'invalid',
    'these files name their members as in Graph and as in Log Analytics (`userId`, `UserId`)',
    {
      hint: 'name files of one kind at a time; `gsa impact` without --engine reads both',
    },
  );
}

/** What the columns of some files are to the facts of a sign-in: Graph's names, or those of Log Analytics. */
export class SourceColumns {
  readonly isLogAnalytics: boolean;
  readonly #byPath = new Map<string, SourceColumn[]>();

  /** `described`: the columns that the files have; `read`: with those that are read besides, as any record may have them. */
  constructor(described: readonly SourceColumn[], read: readonly SourceColumn[]) {
    this.isLogAnalytics = isLogAnalytics(described);
    for (const column of read) {
      const path = pathOf(column, this.isLogAnalytics);
      const known = this.#byPath.get(path);
      if (known === undefined) this.#byPath.set(path, [column]);
      else known.push(column);
    }
  }

  /** As text, for what is compared or joined. */
  textOf(fact: FactColumn | WeightMember): string {
    const { value, text } = this.of(fact);
    return text(value);
  }

  /** Every text that is a time of the record. */
  get times(): readonly string[] {
    return [...this.#texts('createdDateTime'), ...this.#texts('TimeGenerated')];
  }

  /** Whether columns of a record say two error codes. */
  get hasTwoErrors(): string {
    const texts = [...this.#texts('status.errorCode'), ...this.#texts('ResultType')];
    const codes = texts.map((text) => `TRY_CAST(${text} AS BIGINT)`).join(', ');
    return texts.length < 2 ? 'false' : `least(${codes}) <> greatest(${codes})`;
  }

  /** Whether any column says how many sign-ins a record stands for. */
  get isWeighed(): boolean {
    return this.textOf('signInCount') !== 'NULL';
  }

  /** How many sign-ins a record stands for: `NULL` where its count is no whole number from 1. */
  get weight(): string {
    const text = this.textOf('signInCount');
    if (text === 'NULL') return '1::UTINYINT';
    return `CASE WHEN ${text} IS NULL THEN 1 WHEN regexp_full_match(${text}, '[1-9][0-9]{0,14}([.]0+)?') THEN CAST(CAST(${text} AS DOUBLE) AS BIGINT) END`;
  }

  /** `NULL` where no column says it. */
  of(fact: FactColumn | WeightMember): FactExpression {
    switch (fact) {
      case 'category':
        return plain(firstOf(this.#texts('Category'), this.#texts('Type')));
      case 'workloadAppId':
        return plain(`CASE WHEN ${this.#isWorkload()} THEN ${this.textOf('appId')} END`);
      case 'createdDateTime':
        return plain(firstOf(this.#texts('createdDateTime'), this.#texts('TimeGenerated')));
      case 'status.errorCode':
        return plain(firstOf(this.#texts(fact), this.#texts('ResultType')));
      case 'location.countryOrRegion':
        return plain(firstOf(this.#texts(fact), this.#texts('Location')));
      case 'appliedConditionalAccessPolicies':
        return this.#policies();
      default:
        return LISTS.has(fact) ? this.#list(fact) : this.#single(fact);
    }
  }

  /** No user, or more than one: of anybody else the application may be who signs in. Asked in this order, of the dearest last. */
  #isWorkload(): string {
    const text = (fact: FactColumn) => `coalesce(${this.textOf(fact)}, '')`;
    const has = (fact: FactColumn) => this.textOf(fact) !== 'NULL';
    const names = (['userId', 'userPrincipalName'] as const).filter(has).map((fact) => `${text(fact)} = ''`);
    const workload = ['servicePrincipalId', 'managedIdentityType', 'managedServiceIdentity.msiType'] as const;
    return [
      `(${names.length === 0 ? 'true' : names.join(' AND ')})`,
      ...workload.filter(has).map((fact) => `${text(fact)} <> ''`),
      ...(['category', 'signInEventTypes'] as const)
        .filter(has)
        .map(
          (fact) => `(${text(fact)} NOT IN (${OF_PEOPLE}) AND regexp_matches(${text(fact)}, ${literal(WORKLOADS)}))`,
        ),
    ].join(' OR ');
  }

  #texts(path: string): readonly string[] {
    const dot = path.indexOf('.');
    const own = [path, path.replace('.', '_')]
      .flatMap((name) => this.#byPath.get(name) ?? [])
      .map((column) => textOf(column));
    if (dot === -1) return own;
    const parents = this.#byPath.get(path.slice(0, dot)) ?? [];
    return [...own, ...parents.flatMap((column) => fieldOf(column, path.slice(dot + 1)))];
  }

  /** A column of its own is grouped as it is, and becomes text afterwards. */
  #single(fact: string): FactExpression {
    const [column, ...others] = this.#byPath.get(fact) ?? [];
    if (column === undefined || others.length > 0) return plain(firstOf(this.#texts(fact)));
    return { value: quoted(column.name), text: (name) => textOf({ name, type: column.type }, name) };
  }

  #list(fact: string): FactExpression {
    const [column] = this.#byPath.get(fact) ?? [];
    return column === undefined ? plain('NULL') : listOf(column, LISTED_MEMBERS[fact]);
  }

  /** Log Analytics has two columns of them; the second is to be believed where the first is empty. */
  #policies(): FactExpression {
    const members = LISTED_MEMBERS['appliedConditionalAccessPolicies'];
    const columns = [
      'appliedConditionalAccessPolicies',
      'ConditionalAccessPoliciesV2',
      'ConditionalAccessPolicies',
    ].flatMap((name) => this.#byPath.get(name) ?? []);
    const lists = columns.map((column) => listOf(column, members));
    const [first, ...others] = lists;
    if (first === undefined) return plain('NULL');
    if (others.length === 0) return first;
    const texts = lists.map(({ value, text }) => text(value));
    return plain(`coalesce(${texts.map((text) => `nullif(${text}, '[]')`).join(', ')}, ${texts.join(', ')})`);
  }
}

/** Kinds of sign-ins that are no people's, and the most common ones that are: they are found faster. */
const WORKLOADS = '(?i)managedidentity|serviceprincipal';
const OF_PEOPLE = [
  ...['', '["interactiveUser"]', '["nonInteractiveUser"]'],
  ...['SignInLogs', 'NonInteractiveUserSignInLogs', 'SigninLogs', 'AADNonInteractiveUserSignInLogs'],
]
  .map(literal)
  .join(', ');

/** Whether any column names who signs in. */
export function hasSubject(columns: readonly SourceColumn[]): boolean {
  const isTable = isLogAnalytics(columns);
  return columns.some((column) => SUBJECTS.includes(pathOf(column, isTable)));
}

/** The member of a sign-in that a column holds, or its own name. */
export function pathOf({ name }: SourceColumn, isTable: boolean): string {
  return isTable ? (logAnalyticsPath(name) ?? name) : name;
}

export function upperFirst(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

const plain = (value: string): FactExpression => ({ value, text: (name) => name });

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function firstOf(...texts: readonly (readonly string[])[]): string {
  const all = texts.flat();
  const [only] = all;
  if (only === undefined) return 'NULL';
  return all.length === 1 ? only : `coalesce(${all.map((text) => `nullif(${text}, '')`).join(', ')})`;
}

function textOf({ name, type }: SourceColumn, column = quoted(name)): string {
  if (type === 'VARCHAR') return column;
  if (type === 'JSON') return `(${column} ->> '$')`;
  // The number of microseconds is the same in any time zone.
  if (type.startsWith('TIMESTAMP')) return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%fZ')`;
  return `CAST(${column} AS VARCHAR)`;
}

function fieldOf({ name, type }: SourceColumn, field: string): readonly string[] {
  const column = quoted(name);
  if (type.startsWith('STRUCT')) {
    const inner = fieldsOf(type).get(field);
    return inner === undefined
      ? []
      : [inner === 'VARCHAR' ? `${column}.${quoted(field)}` : `CAST(${column}.${quoted(field)} AS VARCHAR)`];
  }
  if (type !== 'JSON' && type !== 'VARCHAR') return [];
  return [`TRY(json_extract_string(${column}, ${literal(`$."${field}"`)}))`];
}

function listOf({ name, type }: SourceColumn, members: readonly string[] | undefined): FactExpression {
  const column = quoted(name);
  const isList = type.endsWith('[]');
  if (members === undefined) {
    if (isList) return { value: column, text: (value) => `to_json(${value})::VARCHAR` };
    return plain(type === 'JSON' ? `CAST(nullif(${column}, 'null'::JSON) AS VARCHAR)` : textOf({ name, type }));
  }
  if (isList) {
    const fields = [...fieldsOf(type.slice(0, -2)).keys()].filter((field) => members.includes(field));
    if (fields.length === 0) return plain(`CASE WHEN ${column} IS NOT NULL THEN '[]' END`);
    const packed = fields.map((field) => `${quoted(field)} := each.${quoted(field)}`).join(', ');
    return {
      value: `list_transform(${column}, lambda each: struct_pack(${packed}))`,
      text: (value) => `to_json(${value})::VARCHAR`,
    };
  }
  const shape = JSON.stringify([Object.fromEntries(members.map((member) => [member, 'JSON']))]);
  return plain(`to_json(from_json(TRY(CAST(${column} AS JSON)), ${literal(shape)}))::VARCHAR`);
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Names and types of the members of `STRUCT(a BIGINT, "b c" STRUCT(…))`. */
function fieldsOf(type: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const inner = type.slice(type.indexOf('(') + 1, -1);
  let [depth, start, isQuoted] = [0, 0, false];
  for (let at = 0; at <= inner.length; at++) {
    const sign = inner[at];
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === '(') depth++;
    else if (!isQuoted && sign === ')') depth--;
    if (at < inner.length && (isQuoted || depth > 0 || sign !== ',')) continue;
    const [, name, bare, rest] = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(inner.slice(start, at)) ?? [];
    if (rest !== undefined) fields.set(name?.replaceAll('""', '"') ?? bare ?? '', rest);
    start = at + 1;
  }
  return fields;
}
