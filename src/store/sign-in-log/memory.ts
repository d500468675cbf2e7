import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { GsaError } from '../../trouble/error.ts';
import type { Appended, SignInColumn, SignInCondition, SignInLog, SignInQuery } from '../types.ts';
import type { Column, Key } from './columns.ts';
import { addressText, byCount, columnOf, folded, idKey, idText, periodOf, rangeKeys, timeKey } from './columns.ts';
import { isSameJudgement } from './judged-anew.ts';
import { keyOf, timeOf } from './sql.ts';

type Filter = Omit<SignInQuery, 'order' | 'limit'>;

interface Row {
  readonly seq: number;
  readonly text: string;
  readonly signIn: LoggedSignIn;
}

/** A sign-in log in an array, for tests and the demo; answers every query as the database does, and passes its tests. */
export class MemorySignInLog implements SignInLog {
  readonly path: string;
  #rows: Row[] = [];
  #seq = 1;

  constructor(path = '/memory/tenant.signins.db') {
    this.path = path;
  }

  append(batch: readonly LoggedSignIn[]): Appended {
    let [added, judgedAnew] = [0, 0];
    for (const signIn of batch) {
      const text = JSON.stringify(signIn);
      const row = { text, signIn: JSON.parse(text) as LoggedSignIn };
      const there = this.#rows.find((each) => identityOf(each.signIn) === identityOf(signIn));
      if (there === undefined) added++;
      else if (isSameJudgement(there.signIn, row.signIn)) continue;
      else judgedAnew++;
      this.#rows = this.#rows.filter((each) => each !== there);
      this.#rows.push({ seq: this.#seq++, ...row });
    }
    return { added, judgedAnew, alreadyThere: batch.length - added - judgedAnew };
  }

  *query(query: SignInQuery): Iterable<LoggedSignIn> {
    const rows = this.#select(query).sort(byOrder(query.order));
    for (const { text } of rows.slice(0, query.limit === undefined ? rows.length : Math.max(0, query.limit))) {
      yield JSON.parse(text) as LoggedSignIn;
    }
  }

  count(query: Filter): number {
    return this.#select(query).length;
  }

  countBy(name: SignInColumn, query: Filter): readonly { readonly value: string | null; readonly count: number }[] {
    const column = columnOf(name);
    const counts = new Map<string | null, number>();
    for (const { signIn } of this.#select(query)) {
      const value = shown(column, signIn);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].map(([value, count]) => ({ value, count })).sort(byCount);
  }

  position(): number {
    return this.#rows.at(-1)?.seq ?? 0;
  }

  find(id: string): readonly LoggedSignIn[] {
    const rows = this.#rows.filter(({ signIn }) => compareKeys(idKey(signIn.record.id), idKey(id)) === 0);
    return rows.map(({ text }) => JSON.parse(text) as LoggedSignIn).reverse();
  }

  prune(before: string): number {
    const time = timeOf(before);
    const kept = this.#rows.filter(({ signIn }) => (timeKey(signIn.record.createdDateTime) ?? time) >= time);
    const pruned = this.#rows.length - kept.length;
    this.#rows = kept;
    return pruned;
  }

  setAside(): string | undefined {
    // It lives no longer than its tenant.
    return undefined;
  }

  close(): void {
    // Nothing is open.
  }

  #select({ since, until, user, appendedAfter = 0, conditions }: Filter): Row[] {
    const from = since === undefined ? undefined : timeOf(since);
    const to = until === undefined ? undefined : timeOf(until);
    return this.#rows.filter(({ seq, signIn }) => {
      if (seq <= appendedAfter) return false;
      const time = timeKey(signIn.record.createdDateTime);
      if (from !== undefined && (time === null || time < from)) return false;
      if (to !== undefined && (time === null || time >= to)) return false;
      if (user !== undefined && !isUser(signIn, folded(user))) return false;
      return conditions.every((condition) => holds(condition, signIn));
    });
  }
}

function identityOf({ record, replay }: LoggedSignIn): string {
  return JSON.stringify([periodOf(timeKey(record.createdDateTime)), idText(idKey(record.id)), replay.signalingStatus]);
}

function isUser({ record }: LoggedSignIn, user: string): boolean {
  return [record.userPrincipalName, record.userId].some((name) => typeof name === 'string' && folded(name) === user);
}

function holds(condition: SignInCondition, signIn: LoggedSignIn): boolean {
  if ('and' in condition) return condition.and.every((part) => holds(part, signIn));
  if ('or' in condition) return condition.or.some((part) => holds(part, signIn));
  if ('not' in condition) return !holds(condition.not, signIn);
  const column = columnOf(condition.column);
  const key = keyIn(column, signIn);
  switch (condition.operator) {
    case 'eq':
      return equals(column, key, condition.value);
    case 'ne':
      return !equals(column, key, condition.value);
    case 'in':
      return condition.values.some((value) => equals(column, key, value));
    case 'inRange':
      return inRange(column, key, condition.range);
    case 'startsWith':
    case 'contains':
      return searched(column, key, condition.operator, condition.value);
    default:
      return compared(column, key, condition.operator, condition.value);
  }
}

type Value = string | number | boolean | null;

function keyIn(column: Column, signIn: LoggedSignIn): Key | null {
  const value = column.read(signIn);
  return value === undefined || value === null ? null : keyOf(column.kind, value);
}

function equals({ kind }: Column, key: Key | null, value: Value): boolean {
  if (value === null || key === null) return value === key;
  const wanted = keyOf(kind, value);
  return wanted !== null && compareKeys(key, wanted) === 0;
}

function inRange({ name }: Column, key: Key | null, range: string): boolean {
  const keys = rangeKeys(range);
  if (keys === undefined) throw new GsaError('usage', `\`${range}\` is not an address or a range (for ${name})`);
  return key !== null && compareKeys(key, keys.first) >= 0 && compareKeys(key, keys.last) <= 0;
}

function searched({ kind }: Column, key: Key | null, operator: 'startsWith' | 'contains', value: Value): boolean {
  if (key === null || value === null || (kind !== 'text' && kind !== 'address' && kind !== 'id')) return false;
  const text = kind === 'text' ? String(key) : kind === 'id' ? idText(key) : addressText(key);
  const part = folded(String(value));
  return operator === 'contains' ? text.includes(part) : text.startsWith(part);
}

function compared({ kind }: Column, key: Key | null, operator: 'lt' | 'le' | 'gt' | 'ge', value: Value): boolean {
  const wanted = value === null ? null : keyOf(kind, value);
  if (key === null || wanted === null) return false;
  const order = compareKeys(key, wanted);
  if (operator === 'lt') return order < 0;
  if (operator === 'le') return order <= 0;
  return operator === 'gt' ? order > 0 : order >= 0;
}

function byOrder({ column: name, descending }: SignInQuery['order']): (one: Row, other: Row) => number {
  const column = columnOf(name);
  const newest = (one: Row, other: Row) =>
    compareKeys(timeKey(other.signIn.record.createdDateTime), timeKey(one.signIn.record.createdDateTime)) ||
    other.seq - one.seq;
  if (name === 'createdDateTime') return (one, other) => (descending ? newest(one, other) : newest(other, one));
  const sign = descending ? -1 : 1;
  return (one, other) =>
    sign * compareKeys(keyIn(column, one.signIn), keyIn(column, other.signIn)) || newest(one, other);
}

/** SQLite's order: null, then numbers, then texts by their UTF-8 bytes, then bytes. */
function compareKeys(one: Key | null, other: Key | null): number {
  const difference = rank(one) - rank(other);
  if (difference !== 0) return difference;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (one === null || other === null) return 0;
  return Buffer.compare(bytesOf(one), bytesOf(other));
}

function rank(key: Key | null): number {
  if (key === null) return 0;
  return typeof key === 'number' ? 1 : typeof key === 'string' ? 2 : 3;
}

const bytesOf = (key: Key): Uint8Array => (key instanceof Uint8Array ? key : Buffer.from(String(key)));

function shown(column: Column, signIn: LoggedSignIn): string | null {
  const key = keyIn(column, signIn);
  if (key === null) return null;
  switch (column.kind) {
    case 'address':
      return addressText(key);
    case 'id':
      return idText(key);
    case 'boolean':
      return key === 1 ? 'true' : 'false';
    case 'time':
      return new Date(Number(key) / 1000).toISOString();
    default:
      return String(column.read(signIn));
  }
}
