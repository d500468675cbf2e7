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

/**
 * Makes `gsa_address` of the texts that are no plain IPv4 address, as the product reads them, and of plain ones by the table of ranges;
 * without those of the class that most IPv4 addresses have, which is `gsa_other`, so that it is the smaller. `same` is the one spelling
 * of the address, where the text is another one.
 */
export async function fillAddresses(
  queries: Queries,
  facts: SourceColumns,
  source: string,
  { ipv4, classOf }: AddressClasses,
): Promise<void> {
  const texts = addressTexts(facts);
  const distinct = texts.map((text) => `SELECT DISTINCT ${text} AS text FROM ${source}`).join(' UNION ');
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
  const [[rows] = []] = await queries.rows('SELECT count(*) FROM gsa_text');
  for (let from = 0; from < Number(rows); from += BATCH) {
    const odd = await queries.rows(
      `SELECT text FROM gsa_text WHERE NOT is_plain AND rowid >= ${from} AND rowid < ${from + BATCH}`,
    );
    const classed = classedTexts(
      odd.map(([text]) => String(text)),
      classOf,
    );
    await queries.addAddresses(
      'gsa_address',
      classed.map(({ text, class: number, address }) => [text, number, address === text ? null : address] as const),
    );
  }
  await queries.run('DROP TABLE gsa_text');
}

function isPlain(text: string): string {
  return `regexp_full_match(${text}, ${literal(PLAIN_ADDRESS)})`;
}

/** The class of an address of a line, which was joined. */
export function addressClass(at: number): string {
  return `coalesce(x${at}.class, gsa_other(t${at}), 0)`;
}

/** One bit for each pair of addresses that are the same one, of those that the files have. */
export function equalPairs(has: (at: number) => boolean): string {
  const spelled = (at: number) => `coalesce(x${at}.same, t${at})`;
  const bits = ADDRESS_PAIRS.flatMap(([a, b], bit) =>
    has(a) && has(b)
      ? [`CASE WHEN ${spelled(a)} = ${spelled(b)} AND ${addressClass(a)} > 0 THEN ${2 ** bit} ELSE 0 END`]
      : [],
  );
  return bits.length === 0 ? '0' : bits.join(' + ');
}
