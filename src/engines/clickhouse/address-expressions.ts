import type { AddressClasses } from '../../core/fact-keys/address-classes.ts';
import type { PrefixTables } from '../../core/fact-keys/prefix-tables.ts';
import { prefixTables } from '../../core/fact-keys/prefix-tables.ts';
import { classedTexts, PLAIN_ADDRESS } from '../address-texts.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS } from '../fact-columns.ts';
import type { Named } from './inline-aliases.ts';
import { list, literal, quoted } from './sql-text.ts';
import { columnOf } from './table-columns.ts';

const PLAIN = `^${PLAIN_ADDRESS}$`;

/** Each address of a sign-in as text, and none as the empty one. */
export const ADDRESS_TEXTS = ADDRESS_COLUMNS.map((name) => `ifNull(${quoted(columnOf(name))}, '')`);

/** Whether a text is none of those that a table of ranges classes. */
export function isOddAddress(text: string): string {
  return `NOT match(${text}, '${PLAIN}') AND ${text} != ''`;
}

/** For each address its text `t`, class `a` and number `s`, and which of them are the same: `equal`. */
export function addressExpressions({ ipv4, classOf }: AddressClasses, odd: Iterable<string>): Named {
  const tables = prefixTables(ipv4);
  const among = oddAddresses(odd, classOf);
  return ADDRESS_TEXTS.flatMap((text, at) => [
    `${text} AS t${at}`,
    `match(t${at}, '${PLAIN}') AS p${at}`,
    `toUInt64(IPv4StringToNum(if(p${at}, t${at}, '0.0.0.0'))) AS w${at}`,
    `toUInt64(if(p${at}, ${ofRange(`w${at}`, tables)}, ${among.classOf(`t${at}`)})) AS a${at}`,
    `if(p${at}, toInt64(w${at}), toInt64(${among.numberOf(`t${at}`, -2_000_000_000 - at)})) AS s${at}`,
  ]).concat(`${PAIRS.join(' + ')} AS equal`);
}

/** One bit for each pair of addresses that are the same one. */
const PAIRS = ADDRESS_PAIRS.map(([a, b], bit) => `toUInt64(a${a} > 0 AND s${a} = s${b}) * ${2 ** bit}`);

/** Texts that are no plain IPv4 address, as the product reads them: those of one address have one number. */
function oddAddresses(texts: Iterable<string>, classOf: AddressClasses['classOf']) {
  const read = classedTexts(texts, classOf);
  const names = list(read.map(({ text }) => literal(text)));
  const among = (text: string, values: readonly number[], none: number) =>
    read.length === 0 ? String(none) : `transform(${text}, ${names}, ${list(values)}, ${none})`;
  return {
    classOf: (text: string) =>
      among(
        text,
        read.map((each) => each.class),
        0,
      ),
    numberOf: (text: string, none: number) =>
      among(
        text,
        read.map(({ number }) => number),
        none,
      ),
  };
}

/** One look-up for each length of prefix; an address is in one prefix at most. */
function ofRange(column: string, { other, lengths }: PrefixTables): string {
  if (lengths.length === 0) return String(other);
  const found = lengths.map(({ length, prefixes }) => {
    const size = 2 ** (32 - length);
    const firsts = list(prefixes.map(({ first }) => first));
    return `transform(toUInt64(${column} - ${column} % ${size}), ${firsts}, ${list(prefixes.map((prefix) => prefix.class))}, 0)`;
  });
  const sum = found.join(' + ');
  return `if(${sum} = 0, ${other}, ${sum})`;
}
