import { GsaError } from '../shell/error.ts';
import type { Column } from './sign-in-columns.ts';
import { columnOf, folded, IPV4_KEYS, rangeKeys, timeKey } from './sign-in-columns.ts';
import type { SignInCondition, SignInQuery } from './types.ts';

/** SQL with `?` for every value. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number | null)[];
}

type Value = string | number | boolean | null;

const ALL: Sql = { text: '1', values: [] };
const NONE: Sql = { text: '0', values: [] };

const sql = (text: string, ...values: Sql['values'][number][]): Sql => ({ text, values });

function joined(parts: readonly Sql[], word: 'AND' | 'OR'): Sql {
  return {
    text: `(${parts.map(({ text }) => text).join(` ${word} `)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** The WHERE clause of a query. `users` tells in which columns a user was found (sign-in-log.ts). */
export function whereOf(query: Omit<SignInQuery, 'order' | 'limit'>, users: Sql): Sql {
  const parts = [users, ...query.conditions.map(conditionSql)];
  if (query.since !== undefined) parts.push(sql('created_date_time >= ?', timeOf(query.since)));
  if (query.until !== undefined) parts.push(sql('created_date_time < ?', timeOf(query.until)));
  return joined(parts, 'AND');
}

/** ORDER BY: what was asked for, then the newest, then the last one written. */
export function orderOf({ column, descending }: SignInQuery['order']): string {
  const direction = descending ? 'DESC' : 'ASC';
  if (column === 'createdDateTime') return `created_date_time ${direction}, seq ${direction}`;
  return `${orderKey(columnOf(column))} ${direction}, created_date_time DESC, seq DESC`;
}

function orderKey({ kind, sql: name }: Column): string {
  if (kind === 'text') return `(SELECT folded FROM text WHERE number = ${name})`;
  if (kind === 'address') return `(SELECT coalesce(address_key, folded) FROM text WHERE number = ${name})`;
  return name;
}

/** A condition that is 0 or 1 for every record, never NULL: so that `not` means what it says. */
function conditionSql(condition: SignInCondition): Sql {
  if ('and' in condition) return condition.and.length === 0 ? ALL : joined(condition.and.map(conditionSql), 'AND');
  if ('or' in condition) return condition.or.length === 0 ? NONE : joined(condition.or.map(conditionSql), 'OR');
  if ('not' in condition) {
    const { text, values } = conditionSql(condition.not);
    return { text: `NOT ${text}`, values };
  }
  const column = columnOf(condition.column);
  switch (condition.operator) {
    case 'in':
      if (condition.values.length === 0) return NONE;
      return joined(
        condition.values.map((value) => equals(column, value)),
        'OR',
      );
    case 'inRange':
      return inRange(column, condition.range);
    case 'eq':
      return equals(column, condition.value);
    case 'ne': {
      const { text, values } = equals(column, condition.value);
      return { text: `NOT ${text}`, values };
    }
    default:
      return condition.value === null ? NONE : compared(column, condition.operator, condition.value);
  }
}

function equals(column: Column, value: Value): Sql {
  const { kind, sql: name } = column;
  if (value === null) return sql(`(${name} IS NULL)`);
  const wanted = comparable(kind, value);
  if (wanted === null) return NONE;
  if (kind === 'text' || kind === 'address') return amongTexts(name, sql('folded = ?', wanted));
  return sql(`(${name} IS NOT NULL AND ${name} = ?)`, wanted);
}

const SIGNS = { lt: '<', le: '<=', gt: '>', ge: '>=' };

function compared(
  { kind, sql: name }: Column,
  operator: 'lt' | 'le' | 'gt' | 'ge' | 'startsWith' | 'contains',
  value: string | number | boolean,
): Sql {
  if (operator === 'startsWith' || operator === 'contains') {
    if (kind !== 'text' && kind !== 'address' && kind !== 'id') return NONE;
    const part = folded(String(value));
    const named = kind === 'id' ? name : 'folded';
    // No LIKE: there is nothing to escape, and its own idea of letter case is ASCII's.
    const test =
      operator === 'contains'
        ? sql(`instr(${named}, ?) > 0`, part)
        : sql(`substr(${named}, 1, length(?)) = ?`, part, part);
    return kind === 'id' ? sql(`(${name} IS NOT NULL AND ${test.text})`, ...test.values) : amongTexts(name, test);
  }
  const wanted = comparable(kind, value);
  if (wanted === null) return NONE;
  const sign = SIGNS[operator];
  if (kind === 'address') {
    const keys = rangeKeys(String(value));
    return keys === undefined ? NONE : amongTexts(name, sql(`address_key ${sign} ?`, keys.first));
  }
  if (kind === 'text') return amongTexts(name, sql(`folded ${sign} ?`, wanted));
  return sql(`(${name} IS NOT NULL AND ${name} ${sign} ?)`, wanted);
}

function inRange({ name: columnName, sql: name }: Column, range: string): Sql {
  const keys = rangeKeys(range);
  if (keys === undefined) throw new GsaError('usage', `\`${range}\` is not an address or a range (for ${columnName})`);
  const between = sql('address_key BETWEEN ? AND ?', keys.first, keys.last);
  if (keys.version === 4) return amongTexts(name, between);
  // A short IPv6 prefix would hold the keys of all IPv4 addresses as well.
  const notMapped = sql('address_key NOT BETWEEN ? AND ?', IPV4_KEYS.first, IPV4_KEYS.last);
  return amongTexts(name, joined([between, notMapped], 'AND'));
}

/** The column holds a text for which `test` holds. The texts are few, the records many: the texts are searched first. */
function amongTexts(name: string, test: Sql): Sql {
  return sql(`(${name} IS NOT NULL AND ${name} IN (SELECT number FROM text WHERE ${test.text}))`, ...test.values);
}

/** A value in the form in which its column is compared; `null` when no record can have it. */
export function comparable(kind: Column['kind'], value: string | number | boolean): string | number | null {
  switch (kind) {
    case 'text':
    case 'address':
    case 'id':
      return folded(String(value));
    case 'time':
      return timeKey(String(value));
    case 'number':
      return Number.isNaN(Number(value)) ? null : Number(value);
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : null;
  }
}

/** A time of the query; GsaError `usage` for what is none. */
export function timeOf(text: string): number {
  const key = timeKey(text);
  if (key === null) throw new GsaError('usage', `\`${text}\` is not an RFC 3339 time`);
  return key;
}
