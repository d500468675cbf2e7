import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SentTables } from '../../../src/engines/clickhouse/sent-tables.ts';
import { tries } from '../../support/tries.ts';

/** The tables of a form by their names, read as a server reads them. */
function tablesIn(sent: SentTables, query: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { headers, parameters, body } = sent.sentWith(query);
  const text = Buffer.concat(body).toString();
  expect(Number(headers['Content-Length'])).toBe(Buffer.byteLength(text));
  const boundary = /boundary=(.*)$/.exec(headers['Content-Type'] ?? '')?.[1] ?? '';
  const parts = text.split(`--${boundary}`).slice(1, -1);
  const named = parts.map((part) => {
    const [head = '', content = ''] = part.split(/\r\n\r\n(.*)/s);
    return [/name="([^"]*)"/.exec(head)?.[1] ?? '', content.slice(0, -2)] as const;
  });
  expect(named[0]).toEqual(['query', query]);
  const tables = named.slice(1);
  expect(Object.keys(parameters)).toEqual(tables.map(([name]) => `${name}_structure`));
  return new Map(tables.map(([name, content]) => [name, new Set(content.split('\n').slice(0, -1).map(unescaped))]));
}

const SIGNS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, sign: string) => SIGNS[sign] ?? sign);
}

/** What a server makes of an expression of sets. */
function evaluated(expression: string, value: string, tables: ReadonlyMap<string, ReadonlySet<string>>): number {
  const terms = [...expression.matchAll(/toUInt64\(x IN (\w+)\) \* (\d+)/g)];
  return terms.reduce((sum, [, name = '', weight]) => sum + (tables.get(name)?.has(value) ? Number(weight) : 0), 0);
}

describe('tables that are sent beside a query', () => {
  test('tell the number of every value, and 0 of any other', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('\t', '\n', '\r', '\0', '\\', "'", 'n') }));
    const entries = fc.uniqueArray(texts, { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(entries, fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 60 }), (values, numbers) => {
        const sent = new SentTables();
        const known = new Map(values.slice(1).map((value, at) => [value, numbers[at] ?? 1]));
        const expression = sent.numberOf('x', 'String', known);
        const tables = tablesIn(sent, `SELECT ${expression}`);
        for (const value of values) expect(evaluated(expression, value, tables)).toBe(known.get(value) ?? 0);
      }),
      { numRuns: tries(50) },
    );
  });

  test('go with the queries alone that name them', () => {
    const sent = new SentTables();
    const [one, other] = [sent.isAmong('id', 'String', ['a']), sent.isAmong('id', 'String', ['b'])];
    expect([...tablesIn(sent, one).values()]).toEqual([new Set(['a'])]);
    expect([...tablesIn(sent, other).values()]).toEqual([new Set(['b'])]);
  });

  test('are so many as a form takes; what there is besides stands in the query', () => {
    const sent = new SentTables();
    const many = () => new Map(Array.from({ length: 100 }, (_, at) => [String(at), at + 1]));
    const expressions = Array.from({ length: 20 }, () => sent.numberOf('x', 'UInt64', many()));
    expect(tablesIn(sent, expressions.join(' ')).size).toBeLessThan(90);
    expect(expressions.filter((each) => each.includes('transform')).length).toBeGreaterThan(0);
  });

  test('of the same numbers are one', () => {
    const sent = new SentTables();
    const numbers = new Map(Array.from({ length: 100 }, (_, at) => [String(at), 1]));
    const both = [sent.numberOf('x', 'UInt64', numbers), sent.numberOf('y', 'UInt64', numbers)];
    expect(tablesIn(sent, both.join(' ')).size).toBe(1);
  });
});
