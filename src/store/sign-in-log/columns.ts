import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { addressFromWords, parseAddress } from '../../core/network/address.ts';
import { parseRange, parseRangeBetween } from '../../core/network/range.ts';
import type { SignInColumn } from '../types.ts';

/** How the values of a column compare; both logs, the database and its memory double, go by this table. */
export type ColumnKind =
  /** Text that repeats; compares without regard to case. */
  | 'text'
  /** An address: compares by its number, and by its canonical text when a part of it is searched. */
  | 'address'
  /** Text that hardly repeats, such as an id; compares without regard to case. */
  | 'id'
  | 'time'
  | 'number'
  | 'boolean';

export interface Column {
  readonly name: SignInColumn;
  readonly kind: ColumnKind;
  /** Name in the database. */
  readonly sql: string;
  readonly read: (signIn: LoggedSignIn) => string | number | boolean | null | undefined;
}

const column = (name: SignInColumn, kind: ColumnKind, read: Column['read']): Column => ({
  name,
  kind,
  sql: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  read,
});

export const COLUMNS: readonly Column[] = [
  column('id', 'id', ({ record }) => record.id),
  column('createdDateTime', 'time', ({ record }) => record.createdDateTime),
  column('userPrincipalName', 'text', ({ record }) => record.userPrincipalName),
  column('userId', 'text', ({ record }) => record.userId),
  column('appDisplayName', 'text', ({ record }) => record.appDisplayName),
  column('appId', 'text', ({ record }) => record.appId),
  column('resourceDisplayName', 'text', ({ record }) => record.resourceDisplayName),
  column('resourceId', 'text', ({ record }) => record.resourceId),
  column('ipAddress', 'address', ({ record }) => record.ipAddress),
  column('sourceIpAddress', 'address', ({ record }) => record.sourceIpAddress),
  column('globalSecureAccessIpAddress', 'address', ({ record }) => record.globalSecureAccessIpAddress),
  column('isThroughGlobalSecureAccess', 'boolean', ({ record }) => record.isThroughGlobalSecureAccess),
  column('signalingStatus', 'text', ({ replay }) => replay.signalingStatus),
  column('countryOrRegion', 'text', ({ record }) => record.location?.countryOrRegion),
  column('clientAppUsed', 'text', ({ record }) => record.clientAppUsed),
  column('conditionalAccessStatus', 'text', ({ record }) => record.conditionalAccessStatus),
  column('outcome', 'text', ({ replay }) => replay.outcome),
  // Lists are one text, so that `contains` finds a member and counting by the column counts the combinations.
  column('decidedBy', 'text', ({ replay }) => (replay.decidedBy.length === 0 ? null : replay.decidedBy.join(','))),
  column('errorCode', 'number', ({ record }) => record.status?.errorCode),
  column('correlationId', 'id', ({ record }) => record.correlationId),
  column('signInEventType', 'text', ({ record }) => record.signInEventTypes?.join(',')),
];

const BY_NAME = new Map(COLUMNS.map((each) => [each.name, each]));

export function columnOf(name: SignInColumn): Column {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`the sign-in log has no column ${name}`);
  return found;
}

/** Texts are compared in this form. */
export const folded = (text: string): string => text.toLowerCase();

const FRACTION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d+)(Z|[+-]\d\d:\d\d)$/i;

/**
 * Microseconds since 1970 of an RFC 3339 time, `null` if it is none: texts of different precision do not sort as text, and
 * milliseconds would make equals of sign-ins that Graph, with seven digits, keeps apart.
 */
export function timeKey(text: string): number | null {
  // The usual spelling first: no fraction, UTC.
  if (text.length === 20) {
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? null : milliseconds * 1000;
  }
  const fraction = FRACTION.exec(text);
  const [, seconds, digits = '', zone = ''] = fraction ?? [];
  const milliseconds = Date.parse(fraction === null ? text : `${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return null;
  return milliseconds * 1000 + Number(`${digits}000000`.slice(0, 6));
}

/** Microseconds in a period: six hours. */
const PERIOD = 6 * 3600 * 1e6;

/**
 * The six hours that a sign-in was created in. The indexes begin with it, so that a batch of neighbours in time writes few
 * pages whatever the log holds: a thousand random ids would each write a page of their own.
 */
export function periodOf(time: number | null): number {
  return Math.floor((time ?? 0) / PERIOD);
}

/** How a value stands in a column and in a comparison. */
export type Key = number | string | Uint8Array;

/**
 * An address as it compares: IPv4 as its 32-bit number, IPv6 as its 16 bytes, anything else as its text. SQLite orders
 * numbers before texts before bytes, so a range of one version never holds an address of the other.
 */
export function addressKey(text: string): Key {
  const address = parseAddress(text);
  return address === undefined ? folded(text) : keyOfWords(address.words);
}

/** The canonical spelling of an address by its key. */
export function addressText(key: Key): string {
  if (typeof key === 'string') return key;
  const words = typeof key === 'number' ? [key] : wordsOf(key);
  return addressFromWords(words.length === 1 ? 4 : 6, words).text;
}

/** First and last key of a CIDR range, a `lower-upper` range or a single address; `undefined` for what is none of these. */
export function rangeKeys(text: string): { readonly first: Key; readonly last: Key } | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return { first: keyOfWords(address.words), last: keyOfWords(address.words) };
  const dash = text.indexOf('-');
  const reading = dash < 0 ? parseRange(text) : parseRangeBetween(text.slice(0, dash), text.slice(dash + 1), text);
  if ('problem' in reading) return undefined;
  return { first: keyOfWords(reading.range.first), last: keyOfWords(reading.range.last) };
}

/** An id as it compares: a GUID as its 16 bytes, less than half of its text; anything else as its text. */
export function idKey(text: string): Key {
  // Taken apart by hand: two ids a record, and a regular expression would cost more than the rest of the record.
  if (text.length === 36 && text[8] === '-' && text[13] === '-' && text[18] === '-' && text[23] === '-') {
    const hex = text.slice(0, 8) + text.slice(9, 13) + text.slice(14, 18) + text.slice(19, 23) + text.slice(24);
    const bytes = Buffer.from(hex, 'hex');
    if (bytes.length === 16) return bytes;
  }
  return folded(text);
}

export function idText(key: Key): string {
  if (!(key instanceof Uint8Array)) return String(key);
  const hex = Buffer.from(key).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function keyOfWords(words: readonly number[]): Key {
  if (words.length === 1) return words[0] ?? 0;
  const bytes = Buffer.alloc(16);
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
  return bytes;
}

function wordsOf(key: Uint8Array): number[] {
  const bytes = Buffer.from(key);
  return [0, 4, 8, 12].map((at) => bytes.readUInt32BE(at));
}

interface Counted {
  readonly value: string | null;
  readonly count: number;
}

/** The most frequent first, then by value in code unit order, what has none last. */
export function byCount(one: Counted, other: Counted): number {
  if (one.count !== other.count || one.value === other.value) return other.count - one.count;
  return one.value === null || (other.value !== null && one.value > other.value) ? 1 : -1;
}
