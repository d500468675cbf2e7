import type { LoggedSignIn } from '../core/conditional-access/sign-in.ts';
import type { Address } from '../core/network/address.ts';
import { parseAddress } from '../core/network/address.ts';
import { parseRange } from '../core/network/range.ts';
import type { SignInColumn } from './types.ts';

/** How the values of a column compare; both logs, the database and its memory double, go by this table. */
export type ColumnKind =
  /** Text that repeats; compares without regard to case. */
  | 'text'
  /** An address: compares as text for equality and search, by number for order and ranges. */
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
  const fraction = FRACTION.exec(text);
  const [, seconds, digits = '', zone = ''] = fraction ?? [];
  const milliseconds = Date.parse(fraction === null ? text : `${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return null;
  return milliseconds * 1000 + Number(`${digits}000000`.slice(0, 6));
}

/** 32 hex digits that sort as the addresses do, IPv4 as IPv4-mapped IPv6; `null` for what is no address. */
export function addressKey(text: string): string | null {
  const address = parseAddress(text);
  return address === undefined ? null : keyOfWords(address.version, address.words);
}

/** All keys of IPv4 addresses lie between these. */
export const IPV4_KEYS = { first: `${'0'.repeat(20)}ffff00000000`, last: `${'0'.repeat(20)}ffffffffffff` };

/** First and last key of a CIDR range, a `lower-upper` range or a single address; `undefined` for what is none of these. */
export function rangeKeys(
  text: string,
): { readonly version: 4 | 6; readonly first: string; readonly last: string } | undefined {
  const address = parseAddress(text);
  if (address !== undefined) {
    const key = keyOfWords(address.version, address.words);
    return { version: address.version, first: key, last: key };
  }
  const reading = parseRange(text);
  if ('problem' in reading) return undefined;
  const { version, first, last } = reading.range;
  return { version, first: keyOfWords(version, first), last: keyOfWords(version, last) };
}

function keyOfWords(version: Address['version'], words: readonly number[]): string {
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return version === 4 ? `${'0'.repeat(20)}ffff${hex}` : hex;
}
