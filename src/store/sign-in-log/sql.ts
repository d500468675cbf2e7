import type { ColumnKind } from '../../core/sign-in-log/columns.ts';
import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import { timeKey } from '../../core/sign-in-log/time-key.ts';
import { GsaError } from '../../trouble/error.ts';
import type { SignInQuery } from '../types.ts';
import type { Column, Key } from './columns.ts';
import { addressKey, columnOf, folded, idKey, rangeKeys } from './columns.ts';

/** SQL with `?` for every value. */
export interface Sql {
  readonly text: string;
  readonly values: readonly Key[];
}

type Value = string | number | boolean | null;

const ALL: Sql = { text: '1', values: [] };
const NONE: Sql = { text: '0', values: [] };

const sql = (text: string, ...values: Key[]): Sql => ({ text, values });

function joined(parts: readonly Sql[], word: 'AND' | 'OR'): Sql {
  return {
    text: `(${parts.map(({ text }) => text).join(` ${word} `)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** The WHERE clause of a query; `users` is what its user comes to (sign-in-log.ts). */
export function whereOf(query: Omit<SignInQuery, 'order' | 'limit'>, users: Sql = ALL): Sql {
  const parts = [users, ...query.conditions.map(conditionSql)];
  if (query.since !== undefined) parts.push(sql('created_date_time >= ?', timeOf(query.since)));
  if (query.until !== undefined) parts.push(sql('created_date_time < ?', timeOf(query.until)));
  if (query.appendedAfter !== undefined) parts.push(sql('seq > ?', query.appendedAfter));
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
    case 'startsWith':
    case 'contains':
      return condition.value === null ? NONE : searched(column, condition.operator, condition.value);
    default:
      return condition.value === null ? NONE : compared(column, condition.operator, condition.value);
  }
}

function equals({ kind, sql: name }: Column, value: Value): Sql {
  if (value === null) return sql(`(${name} IS NULL)`);
  const key = keyOf(kind, value);
  if (key === null) return NONE;
  return kind === 'text' ? amongTexts(name, sql('folded = ?', key)) : sql(`(${name} IS NOT NULL AND ${name} = ?)`, key);
}

const SIGNS = { lt: '<', le: '<=', gt: '>', ge: '>=' };

function compared({ kind, sql: name }: Column, operator: keyof typeof SIGNS, value: string | number | boolean): Sql {
  const key = keyOf(kind, value);
  if (key === null) return NONE;
  const sign = SIGNS[operator];
  if (kind === 'text') return amongTexts(name, sql(`folded ${sign} ?`, key));
  return sql(`(${name} IS NOT NULL AND ${name} ${sign} ?)`, key);
}

/** No LIKE: so there is nothing to escape, and letter case is not only ASCII's. */
function searched({ kind, sql: name }: Column, operator: 'startsWith' | 'contains', value: Exclude<Value, null>): Sql {
  const part = folded(String(value));
  const test = (text: string) =>
    operator === 'contains' ? sql(`instr(${text}, ?) > 0`, part) : sql(`substr(${text}, 1, length(?)) = ?`, part, part);
  if (kind === 'text') return amongTexts(name, test('folded'));
  if (kind !== 'address' && kind !== 'id') return NONE;
  const spelled = test(`spelled_${kind}(${name})`);
  return sql(`(${name} IS NOT NULL AND ${spelled.text})`, ...spelled.values);
}

function inRange({ name: columnName, sql: name }: Column, range: string): Sql {
  const keys = rangeKeys(range);
  if (keys === undefined) throw new GsaError('usage', `\`${range}\` is not an address or a range (for ${columnName})`);
  return sql(`(${name} IS NOT NULL AND ${name} BETWEEN ? AND ?)`, keys.first, keys.last);
}

/** The column holds a text for which `test` holds. The texts are few, the records many: the texts are searched first. */
function amongTexts(name: string, test: Sql): Sql {
  return sql(`(${name} IS NOT NULL AND ${name} IN (SELECT number FROM text WHERE ${test.text}))`, ...test.values);
}

/** A value in the form in which its column is compared; `null` when no record can have it. */
export function keyOf(kind: ColumnKind, value: string | number | boolean): Key | null {
  switch (kind) {
    case 'text':
      return folded(String(value));
    case 'address':
      return addressKey(String(value));
    case 'id':
      return idKey(String(value));
    case 'time':
      return timeKey(String(value));
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : null;
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
