import type { LoggedSignIn } from '../conditional-access/record/sign-in.ts';
import { compareWords, parseAddress } from '../network/address.ts';
import { parseRange, rangeHolds } from '../network/range.ts';
import type { ColumnKind, ColumnValue } from './columns.ts';
import { columnNamed } from './columns.ts';
import type { OrderOperator, SignInCondition } from './condition.ts';
import { timeKey } from './time-key.ts';

/** Whether a sign-in fits a condition; the database answers the same (sign-in-log/sql.ts of the store). */
export function holds(condition: SignInCondition, signIn: LoggedSignIn): boolean {
  if ('and' in condition) return condition.and.every((part) => holds(part, signIn));
  if ('or' in condition) return condition.or.some((part) => holds(part, signIn));
  if ('not' in condition) return !holds(condition.not, signIn);
  const { kind, read } = columnNamed(condition.column);
  const value = read(signIn) ?? null;
  switch (condition.operator) {
    case 'eq':
      return equals(kind, value, condition.value);
    case 'ne':
      return !equals(kind, value, condition.value);
    case 'in':
      return condition.values.some((wanted) => equals(kind, value, wanted));
    case 'inRange':
      return inRange(value, condition.range);
    case 'startsWith':
    case 'contains':
      return searched(kind, condition.operator, value, condition.value);
    default:
      return ordered(kind, condition.operator, value, condition.value);
  }
}

/** A value as it compares; `null`: none, or one that no record can have. */
function keyOf(kind: ColumnKind, value: ColumnValue): string | number | null {
  if (value === null) return null;
  switch (kind) {
    case 'text':
    case 'id':
      return String(value).toLowerCase();
    case 'address':
      return parseAddress(String(value))?.text ?? String(value).toLowerCase();
    case 'time':
      return timeKey(String(value));
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : null;
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : null;
  }
}

function equals(kind: ColumnKind, value: ColumnValue, wanted: ColumnValue): boolean {
  const [key, other] = [keyOf(kind, value), keyOf(kind, wanted)];
  return wanted === null ? key === null : other !== null && key === other;
}

function inRange(value: ColumnValue, range: string): boolean {
  const address = parseAddress(String(value));
  if (address === undefined) return false;
  const one = parseAddress(range);
  if (one !== undefined) return one.text === address.text;
  const reading = parseRange(range);
  return 'range' in reading && rangeHolds(reading.range, address);
}

/** Parts are looked for in texts only; of an address, in its canonical spelling. */
function searched(
  kind: ColumnKind,
  operator: 'startsWith' | 'contains',
  value: ColumnValue,
  wanted: ColumnValue,
): boolean {
  if (wanted === null || (kind !== 'text' && kind !== 'address' && kind !== 'id')) return false;
  const [text, part] = [keyOf(kind, value), String(wanted).toLowerCase()];
  if (typeof text !== 'string') return false;
  return operator === 'contains' ? text.includes(part) : text.startsWith(part);
}

function ordered(kind: ColumnKind, operator: OrderOperator, value: ColumnValue, wanted: ColumnValue): boolean {
  const order = compareValues(kind, value, wanted);
  if (order === undefined) return false;
  if (order === 0) return operator === 'le' || operator === 'ge';
  return order < 0 ? operator === 'lt' || operator === 'le' : operator === 'gt' || operator === 'ge';
}

/** Negative, zero or positive; `undefined` where one of them is none. IPv4 lies before what is no address, IPv6 behind it. */
function compareValues(kind: ColumnKind, value: ColumnValue, wanted: ColumnValue): number | undefined {
  const [key, other] = [keyOf(kind, value), keyOf(kind, wanted)];
  if (key === null || other === null) return undefined;
  if (typeof key === 'number' && typeof other === 'number') return key - other;
  if (kind !== 'address') return compareTexts(String(key), String(other));
  const [address, border] = [parseAddress(String(key)), parseAddress(String(other))];
  if (address?.version !== border?.version) return (address?.version ?? 5) - (border?.version ?? 5);
  if (address === undefined || border === undefined) return compareTexts(String(key), String(other));
  return compareWords(address.words, border.words);
}

/** Compares by code points, as a database orders UTF-8. */
function compareTexts(a: string, b: string): number {
  const [one, other] = [[...a], [...b]];
  const at = one.findIndex((letter, place) => letter !== other[place]);
  if (at < 0) return one.length - other.length;
  return (one[at]?.codePointAt(0) ?? -1) - (other[at]?.codePointAt(0) ?? -1);
}
