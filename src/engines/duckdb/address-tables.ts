import type { AddressClasses } from '../../core/fact-keys/address-classes.ts';
import { widestClass } from '../../core/fact-keys/prefix-tables.ts';
import { classedTexts, PLAIN_ADDRESS } from '../address-texts.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS } from '../fact-columns.ts';
import type { Queries } from './queries.ts';
import type { SourceColumns } from './source-columns.ts';
import { literal } from './source-columns.ts';

const WORD = [16777216, 65536, 256, 1]
  .map((weight, at) => `CAST(split_part(text, '.', ${at + 1}) AS BIGINT) * ${weight}`)
  .join(' + ');

/** The addresses that the files have, as text. */
export function addressTexts(facts: SourceColumns): readonly string[] {
  return ADDRESS_COLUMNS.map((fact) => facts.textOf(fact)).filter((text) => text !== 'NULL');
}

/** Texts of which those that are not plain are classed at once. */
const BATCH = 100_000;

/** What the tables of addresses are made for, and what has to be joined. */
export interface AddressTables {
  /** The text by which an address is found in `gsa_address`. */
  readonly keyOf: (text: string) => string;
  /** Whether `gsa_spelled` has any text that another column may spell otherwise. */
  readonly hasSpelled: boolean;
}

/**
 * Makes `gsa_address` of the texts that are no plain IPv4 address, as the product reads them, and of plain ones by the table of ranges;
 * without those of the class that most IPv4 addresses have, which is `gsa_other`, so that it is the smaller. `same` is the one spelling
 * of the address, where the text is another one. Where no range parts a network of 64 bits, IPv6 is classed by its network: people
 * have a new address in theirs every day, and so there are nearly as many as sign-ins.
 */
export async function fillAddresses(
  queries: Queries,
  facts: SourceColumns,
  source: string,
  { ipv4, ipv6, classOf }: AddressClasses,
): Promise<AddressTables> {
  const texts = addressTexts(facts);
  const keyOf = ipv6.every(({ first: { words } }) => words[2] === 0 && words[3] === 0) ? networkOf : same;
  const distinct = texts.map((text) => `SELECT DISTINCT ${keyOf(text)} AS text FROM ${source}`).join(' UNION ');
  await queries.run(`CREATE TEMP TABLE gsa_text AS SELECT text, ${isPlain('text')} AS is_plain
    FROM (${texts.length === 0 ? "SELECT '' AS text" : distinct}) WHERE text IS NOT NULL`);
  await queries.fill(
    'gsa_range (first BIGINT, class INTEGER)',
    ipv4.map(({ first, class: number }) => [first.words[0], number]),
  );
  const other = widestClass(ipv4);
  await queries.run(`CREATE TEMP TABLE gsa_address AS SELECT text, class, NULL::VARCHAR AS same FROM
    (SELECT text, ${WORD} AS word FROM gsa_text WHERE is_plain) ASOF JOIN gsa_range ON word >= first WHERE class <> ${other}`);
  await queries.run(`CREATE TEMP MACRO gsa_other(text) AS CASE WHEN ${isPlain('text')} THEN ${other} ELSE 0 END`);
  await eachOdd(queries, 'gsa_text', (odd) => queries.addAddresses('gsa_address', spelled(odd, classOf)));
  await queries.run('DROP TABLE gsa_text');
  return { keyOf, hasSpelled: keyOf !== same && (await fillSpelled(queries, texts, source, classOf)) };
}

type ClassOf = AddressClasses['classOf'];

function spelled(texts: readonly string[], classOf: ClassOf) {
  const classed = classedTexts(texts, classOf);
  return classed.map(({ text, class: number, address }) => [text, number, address === text ? null : address] as const);
}

/** Makes `gsa_spelled` of addresses beside another of IPv6 that are not spelled as everybody should, and returns whether there are any. */
async function fillSpelled(queries: Queries, texts: readonly string[], source: string, classOf: ClassOf) {
  if (texts.length < 2) return false;
  const beside = texts.map((text) => `CASE WHEN contains(${text}, ':') THEN 1 ELSE 0 END`).join(' + ');
  const distinct = texts.map((text) => `SELECT DISTINCT ${text} AS text FROM ${source} WHERE ${beside} > 1`);
  await queries.run(`CREATE TEMP TABLE gsa_beside AS SELECT text, false AS is_plain
    FROM (${distinct.join(' UNION ')}) WHERE contains(text, ':')`);
  await queries.run('CREATE TEMP TABLE gsa_spelled (text VARCHAR, class INTEGER, same VARCHAR)');
  let found = 0;
  await eachOdd(queries, 'gsa_beside', async (odd) => {
    const others = spelled(odd, classOf).filter(([, , same]) => same !== null);
    found += others.length;
    await queries.addAddresses('gsa_spelled', others);
  });
  return found > 0;
}

async function eachOdd(queries: Queries, table: string, take: (texts: readonly string[]) => Promise<void>) {
  const [[rows] = []] = await queries.rows(`SELECT count(*) FROM ${table}`);
  for (let from = 0; from < Number(rows); from += BATCH) {
    const odd = await queries.rows(
      `SELECT text FROM ${table} WHERE NOT is_plain AND rowid >= ${from} AND rowid < ${from + BATCH}`,
    );
    await take(odd.map(([text]) => String(text)));
  }
}

const same = (text: string) => text;

const GROUP = '[0-9a-fA-F]{1,4}';
/** Not zero, so that it is no mapped address. */
const FIRST = '[1-9a-fA-F][0-9a-fA-F]{0,3}';
/** At most three groups before `::`, which then ends the network, or four; `::` stands for one group at least. */
const IN_NETWORK = [
  `(${FIRST}(?::${GROUP}){0,2})::(?:${GROUP}(?::${GROUP}){0,3})?`,
  `(${FIRST}(?::${GROUP}){3})(?:(?::${GROUP}){4}|::(?:${GROUP}(?::${GROUP}){0,2})?)`,
].join('|');

/** The first address of the network of 64 bits, of texts that are surely an IPv6 address; others as they are. */
function networkOf(text: string): string {
  return `CASE WHEN contains(${text}, ':') THEN regexp_replace(${text}, ${literal(`^(?:${IN_NETWORK})$`)}, '\\1\\2::') ELSE ${text} END`;
}

function isPlain(text: string): string {
  return `regexp_full_match(${text}, ${literal(PLAIN_ADDRESS)})`;
}

/** The class of an address of a line, which was joined. */
export function addressClass(at: number): string {
  return `coalesce(x${at}.class, gsa_other(t${at}), 0)`;
}

/** One bit for each pair of addresses that are the same one, of those that the files have. */
export function equalPairs(has: (at: number) => boolean, { hasSpelled }: AddressTables): string {
  // What a network has for a spelling is not that of an address in it.
  const spelled = (at: number) =>
    `coalesce(${hasSpelled ? `s${at}.same, ` : ''}CASE WHEN k${at} = t${at} THEN x${at}.same END, t${at})`;
  const bits = ADDRESS_PAIRS.flatMap(([a, b], bit) =>
    has(a) && has(b)
      ? [`CASE WHEN ${spelled(a)} = ${spelled(b)} AND ${addressClass(a)} > 0 THEN ${2 ** bit} ELSE 0 END`]
      : [],
  );
  return bits.length === 0 ? '0' : bits.join(' + ');
}
