import { addressFromWords, parseAddress } from '../../core/network/address.ts';
import { parseRange, parseRangeBetween } from '../../core/network/range.ts';
import type { ColumnKind, Column as LogColumn, SignInColumn } from '../../core/sign-in-log/columns.ts';
import { columnNamed, SIGN_IN_COLUMN_NAMES } from '../../core/sign-in-log/columns.ts';

/** A column of the database: of the log, and under a name of its own. */
export interface Column {
  readonly name: SignInColumn;
  readonly kind: ColumnKind;
  readonly sql: string;
  readonly read: LogColumn['read'];
}

export const COLUMNS: readonly Column[] = SIGN_IN_COLUMN_NAMES.map((name) => {
  const { kind, read } = columnNamed(name);
  return { name, kind, read, sql: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) };
});

const BY_NAME = new Map(COLUMNS.map((each) => [each.name, each]));

export function columnOf(name: SignInColumn): Column {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`the sign-in log has no column ${name}`);
  return found;
}

/** Texts are compared in this form. */
export const folded = (text: string): string => text.toLowerCase();

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
  return (text.length === GUID_LENGTH ? bytesOfGuid(text) : undefined) ?? folded(text);
}

/** Taken apart by hand: two ids a record, and a regular expression would cost more than the rest of the record. */
function bytesOfGuid(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  for (let at = 0, from = 0; at < bytes.length; at++, from += 2) {
    if (at === 4 || at === 6 || at === 8 || at === 10) if (text.charCodeAt(from++) !== DASH) return undefined;
    const byte = digitOf(text.charCodeAt(from)) * 16 + digitOf(text.charCodeAt(from + 1));
    // What is no digit is not a number, and neither is what comes of it.
    if (Number.isNaN(byte)) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

const GUID_LENGTH = 36;
const DASH = 0x2d;

function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN;
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
