import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import type { Column, View } from '../../src/output/view.ts';

const ID = '20000000-0000-4000-8000-000000000001';
const PERSON = 'joni.sherman@contoso.com';
const ADDRESS = '2001:db8:10:20:30:40:50:60';

function shown(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const view: View = [{ block: 'table', columns, rows, empty: 'nothing' }];
  return [...writeTerminal(view, { width, color: 0 })].join('');
}

/** Headers that are shown, as columns or as labels of records. */
function headersIn(text: string, columns: readonly Column[]): ReadonlySet<string> {
  const told = text.split('Left out for want of width')[0] ?? '';
  return new Set(columns.flatMap(({ header }) => (new RegExp(`\\b${header}\\b`).test(told) ? [header] : [])));
}

const columnOf = (at: number) =>
  fc
    .record(
      { dropOrder: fc.nat(6), rigid: fc.boolean(), overflow: fc.constantFrom('wrap' as const, 'cut' as const) },
      { requiredKeys: [] },
    )
    .map((column): Column => ({ header: `H${at}`, ...column }));

const cell = fc.oneof(
  fc.constantFrom(
    ID,
    PERSON,
    ADDRESS,
    '203.0.113.0/24',
    '2026-01-15T09:00:00Z',
    'blocked',
    'CA003 Block Finance outside',
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 60 }).map((text) => `x${text.trim()}`),
);

describe('a table on screens of every width', () => {
  const tables = fc.integer({ min: 1, max: 7 }).chain((count) =>
    fc.record({
      columns: fc.tuple(...Array.from({ length: count }, (_, at) => columnOf(at))),
      rows: fc.array(fc.array(cell, { minLength: count, maxLength: count }), { minLength: 1, maxLength: 4 }),
    }),
  );

  test('a wider screen never shows fewer columns, and what is left out is said', () => {
    fc.assert(
      fc.property(tables, ({ columns, rows }) => {
        let before: ReadonlySet<string> = new Set();
        for (let width = 30; width <= 240; width += 5) {
          const text = shown(columns, rows, width);
          const headers = headersIn(text, columns);
          expect([width, [...before].filter((header) => !headers.has(header))]).toEqual([width, []]);
          if (text.includes('Left out')) expect(headers.size).toBeLessThan(columns.length);
          before = headers;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what means nothing in pieces', () => {
  const COLUMNS = [
    { header: 'Policy' },
    { header: 'Id', dropOrder: 1 },
    { header: 'By' },
    { header: 'From', dropOrder: 2 },
  ];
  const ROWS = [
    ['CA003 Block Finance outside trusted locations of the whole company', ID, PERSON, ADDRESS],
    ['CA004', ID.replace('1', '2'), 'a@b.c', '203.0.113.0/24'],
  ];

  test.each([30, 40, 44, 60, 80, 100, 120, 200])('stands whole or not at all on %i columns', (width) => {
    const text = shown(COLUMNS, ROWS, width);
    for (const [header, value] of [
      ['Id', ID],
      ['By', PERSON],
      ['From', ADDRESS],
    ] as const) {
      const isShown = headersIn(text, COLUMNS).has(header);
      expect([header, text.includes(value)]).toEqual([header, isShown]);
    }
  });

  test('has a line of its own in a record where it does not fit beside its name', () => {
    expect(shown([{ header: 'Certificate' }, { header: 'Id' }], [['a', ID]], 40)).toContain(`\nId\n  ${ID}\n`);
  });
});

describe('a column that says nothing', () => {
  const rows = [
    ['a', '', 'x', 'x', '1', '1'],
    ['b', '', 'y', 'y', '2', '2'],
  ];
  const columns = ['Name', 'Empty', 'One', 'Same', 'Count', 'Sum'].map((header) => ({ header }));

  test('goes where it is empty, or repeats its neighbour, in all rows; equal numbers are two facts', () => {
    expect(shown(columns, rows, 80).split('\n')[0]).toBe('Name  One  Count  Sum');
  });

  test('stays where it was asked for by name, and in one row where nothing can repeat', () => {
    const asked = columns.map((column) => ({ ...column, isAsked: true as const }));
    expect(shown(asked, rows, 80).split('\n')[0]).toBe('Name  Empty  One  Same  Count  Sum');
    expect(shown(columns, rows.slice(0, 1), 80).split('\n')[0]).toBe('Name  One  Same  Count  Sum');
  });
});
