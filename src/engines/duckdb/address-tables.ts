import type { AddressClasses } from '../../core/fact-keys/address-classes.ts';
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

/** Makes `gsa_address`: plain IPv4 by the table of ranges, every other text as the product reads it. */
export async function fillAddresses(
  queries: Queries,
  facts: SourceColumns,
  source: string,
  addresses: AddressClasses,
): Promise<void> {
  const texts = addressTexts(facts);
  const distinct = texts.map((text) => `SELECT DISTINCT ${text} AS text FROM ${source}`).join(' UNION ');
  await queries.run(`CREATE TEMP TABLE gsa_text AS SELECT text, regexp_full_match(text, ${literal(PLAIN_ADDRESS)}) AS is_plain
    FROM (${texts.length === 0 ? "SELECT '' AS text" : distinct}) WHERE text IS NOT NULL`);
  await queries.fill(
    'gsa_range (first BIGINT, class INTEGER)',
    addresses.ipv4.map(({ first, class: number }) => [first.words[0], number]),
  );
  await queries.run(`CREATE TEMP TABLE gsa_address AS SELECT text, word AS same, class FROM
    (SELECT text, ${WORD} AS word FROM gsa_text WHERE is_plain) ASOF JOIN gsa_range ON word >= first`);
  const odd = await queries.rows('SELECT text FROM gsa_text WHERE NOT is_plain');
  const classed = classedTexts(
    odd.map(([text]) => String(text)),
    addresses.classOf,
  );
  await queries.addTexts(
    'gsa_address',
    classed.map(({ text, number, class: its }) => [text, BigInt(number), its] as const),
  );
}

/** One bit for each pair of addresses that are the same one, of those that the files have. */
export function equalPairs(has: (at: number) => boolean): string {
  const bits = ADDRESS_PAIRS.flatMap(([a, b], bit) =>
    has(a) && has(b) ? [`CASE WHEN x${a}.same = x${b}.same THEN ${2 ** bit} ELSE 0 END`] : [],
  );
  return bits.length === 0 ? '0' : bits.join(' + ');
}
