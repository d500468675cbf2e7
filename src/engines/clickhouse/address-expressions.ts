import type { AddressClasses, AddressRange } from '../../core/fact-keys/address-classes.ts';
import { addressValue, ipv6PrefixTables, prefixTables } from '../../core/fact-keys/prefix-tables.ts';
import type { Address } from '../../core/network/address.ts';
import { addressOf } from '../../intake/sign-ins/facts/network-path-of.ts';
import { PLAIN_ADDRESS } from '../address-texts.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS } from '../fact-columns.ts';
import type { Named } from './inline-aliases.ts';
import type { SentTables } from './sent-tables.ts';
import { list, literal, quoted, sum } from './sql-text.ts';
import { columnOf } from './table-columns.ts';

const PLAIN_4 = `^${PLAIN_ADDRESS}$`;
const GROUP = '[0-9a-fA-F]{1,4}';
/** Eight groups, or at most six around `::`; what is IPv6 besides is odd, and read by the product. */
const PLAIN_6 = `^((${GROUP}:){7}${GROUP}|(${GROUP}(:${GROUP}){0,5})?::(${GROUP}(:${GROUP}){0,5})?)$`;
const MOST_COLONS = 6;

/** Each address of a sign-in as text, and none as the empty one. */
export const ADDRESS_TEXTS = ADDRESS_COLUMNS.map((name) => `ifNull(${quoted(columnOf(name))}, '')`);

/** What is known of each address column beforehand: whether any sign-in has one, and the odd ones of them. */
export interface AddressTexts {
  readonly isUsed: boolean;
  readonly odd: readonly string[];
}

/** What a query asks for to know it: `u` and `o` with the number of the column. */
export function askedTexts(): string {
  return ADDRESS_TEXTS.map((text, at) => {
    const isOdd = `${text} != '' AND NOT match(${text}, '${PLAIN_4}') AND NOT ${isPlain6(text, numberOf(text))}`;
    return `countIf(${text} != '') AS u${at}, groupUniqArrayIf(${text}, ${isOdd}) AS o${at}`;
  }).join(', ');
}

/** For each address its text `t` and class `a`, and which of them are the same: `equal`. */
export function addressExpressions(classes: AddressClasses, texts: readonly AddressTexts[], sent: SentTables): Named {
  const [four, six] = [ipv4Class(classes.ipv4, sent), ipv6Class(classes.ipv6, sent)];
  const columns = ADDRESS_TEXTS.flatMap((text, at) => {
    const { isUsed = false, odd = [] } = texts[at] ?? {};
    return isUsed ? addressExpression(at, text, odd, [four(at), six(at)]) : [`'' AS t${at}`, `0 AS a${at}`];
  });
  const pairs = ADDRESS_PAIRS.flatMap(([a, b], bit) =>
    texts[a]?.isUsed === true && texts[b]?.isUsed === true ? [`toUInt64(${areSame(a, b)}) * ${2 ** bit}`] : [],
  );
  return [...columns, `${sum(pairs)} AS equal`];
}

function addressExpression(
  at: number,
  text: string,
  odd: readonly string[],
  [four, six]: readonly [four: Class, six: Class],
): Named {
  return [
    `${text} AS t${at}`,
    `${spelledPlainly(`t${at}`, odd)} AS p${at}`,
    `match(p${at}, '${PLAIN_4}') AS is4_${at}`,
    `toUInt64(IPv4StringToNum(if(is4_${at}, p${at}, '0.0.0.0'))) AS w${at}`,
    `${numberOf(`p${at}`)} AS n${at}`,
    `${isPlain6(`p${at}`, `n${at}`)} AS is6_${at}`,
    `${halfOf(`n${at}`, 1)} AS hi${at}`,
    `${halfOf(`n${at}`, 9)} AS lo${at}`,
    ...four.named,
    ...six.named,
    `if(is4_${at}, ${four.value}, if(is6_${at}, ${six.value}, toUInt64(0))) AS a${at}`,
  ];
}

function areSame(a: number, b: number): string {
  const four = `is4_${a} AND is4_${b} AND w${a} = w${b}`;
  return `(${four}) OR (is6_${a} AND is6_${b} AND hi${a} = hi${b} AND lo${a} = lo${b})`;
}

/** Texts that are neither as the product reads them, in a spelling that is; what is no address becomes nothing. */
function spelledPlainly(text: string, odd: readonly string[]): string {
  if (odd.length === 0) return text;
  const spelled = odd.map((each) => spellingOf(addressOf(each)));
  return `transform(${text}, ${list(odd.map(literal))}, ${list(spelled.map(literal))}, ${text})`;
}

function spellingOf(address: Address | undefined): string {
  if (address === undefined) return '';
  if (address.version === 4) return address.text;
  return address.words
    .flatMap((word) => [word >>> 16, word & 0xffff])
    .map((group) => group.toString(16))
    .join(':');
}

/** The sixteen bytes of an IPv6 address, or those of `::`. */
function numberOf(text: string): string {
  return `IPv6StringToNum(if(${is6(text)}, ${text}, '::'))`;
}

function is6(text: string): string {
  const colons = `length(${text}) - length(replaceAll(${text}, ':', ''))`;
  return `(match(${text}, '${PLAIN_6}') AND (position(${text}, '::') = 0 OR ${colons} <= ${MOST_COLONS}))`;
}

/** An address of the mapped block is one of IPv4, and so none of these. */
function isPlain6(text: string, number: string): string {
  const isMapped = `${halfOf(number, 1)} = 0 AND intDiv(${halfOf(number, 9)}, 4294967296) = 65535`;
  return `(${is6(text)} AND NOT (${isMapped}))`;
}

function halfOf(number: string, from: number): string {
  return `reinterpretAsUInt64(reverse(substring(${number}, ${from}, 8)))`;
}

/** An expression, and those that it names. */
interface Class {
  readonly value: string;
  readonly named: Named;
}

/** Up to so many ranges an address is compared with each, which is faster than looking prefixes up. */
const FEW_RANGES = 64;

/** Of an address by the number of its column. */
type ClassOf = (at: number) => Class;

function ipv4Class(ranges: readonly AddressRange[], sent: SentTables): ClassOf {
  if (ranges.length <= FEW_RANGES) return compared(ranges, (at, { words: [word] }) => `w${at} >= ${word}`);
  const { other, lengths } = prefixTables(ranges);
  return lookedUp(
    'c4',
    other,
    lengths.map(({ length, prefixes }) => ({
      name: `w_${length}`,
      column: (at) => `toUInt64(w${at} - w${at} % ${2 ** (32 - length)})`,
      type: 'UInt64',
      numbers: new Map(prefixes.map((prefix) => [String(prefix.first), prefix.class])),
    })),
    sent,
  );
}

function ipv6Class(ranges: readonly AddressRange[], sent: SentTables): ClassOf {
  if (ranges.length <= FEW_RANGES) {
    return compared(ranges, (at, first) => {
      const [high, low] = halvesOf(addressValue(first));
      return low === 0n ? `hi${at} >= ${high}` : `(hi${at} > ${high} OR (hi${at} = ${high} AND lo${at} >= ${low}))`;
    });
  }
  const { other, lengths } = ipv6PrefixTables(ranges);
  return lookedUp(
    'c6',
    other,
    lengths.map(({ length, prefixes }) => ({
      name: `v_${length}`,
      column: (at) => maskedHalves(at, length),
      type: length > 64 ? 'String' : 'UInt64',
      numbers: new Map(prefixes.map((prefix) => [firstOf(prefix.first, length), prefix.class])),
    })),
    sent,
  );
}

/** The class of the first range, and what each that begins at or before the address adds to it. */
function compared(
  [first, ...others]: readonly AddressRange[],
  isFrom: (at: number, first: Address) => string,
): ClassOf {
  const before = [first, ...others].map((range) => range?.class ?? 0);
  return (at) => {
    const steps = others.flatMap(({ first: begin, class: number }, position) => {
      const step = number - (before[position] ?? 0);
      return step === 0 ? [] : [`(${isFrom(at, begin)}) * toInt64(${step})`];
    });
    return { value: `toUInt64(${sum([String(before[0]), ...steps])})`, named: [] };
  };
}

const HALF = 1n << 64n;

function halvesOf(value: bigint): readonly [high: bigint, low: bigint] {
  return [value / HALF, value % HALF];
}

function maskOf(bits: number): bigint {
  return HALF - (1n << BigInt(64 - bits));
}

/** The beginning of an address, as {@link firstOf} writes that of a prefix. */
function maskedHalves(at: number, length: number): string {
  if (length <= 64) return `bitAnd(hi${at}, toUInt64(${maskOf(length)}))`;
  return `concat(toString(hi${at}), '-', toString(bitAnd(lo${at}, toUInt64(${maskOf(length - 64)}))))`;
}

function firstOf(first: bigint, length: number): string {
  const [high, low] = halvesOf(first);
  return length <= 64 ? String(high) : `${high}-${low}`;
}

interface Prefixes {
  readonly name: string;
  readonly column: (at: number) => string;
  readonly type: 'UInt64' | 'String';
  readonly numbers: ReadonlyMap<string, number>;
}

/** One look-up for each length of prefix; an address is in one prefix at most. */
function lookedUp(name: string, other: number, lengths: readonly Prefixes[], sent: SentTables): ClassOf {
  return (at) => ({
    value: `if(${name}_${at} = 0, toUInt64(${other}), ${name}_${at})`,
    named: [
      ...lengths.map((each) => `${each.column(at)} AS ${each.name}_${at}`),
      `${sum(lengths.map((each) => sent.numberOf(`${each.name}_${at}`, each.type, each.numbers)))} AS ${name}_${at}`,
    ],
  });
}
