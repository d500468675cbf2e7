import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeAligned } from '../../src/output/formats/aligned.ts';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import type { Column, View } from '../../src/output/view.ts';
import { askedFor, listed } from '../../src/output/view.ts';
import { tries } from '../support/tries.ts';

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
      {
        dropOrder: fc.nat(6),
        rigid: fc.boolean(),
        overflow: fc.constantFrom('wrap' as const, 'cut' as const, 'fold' as const),
        belowFrom: fc.oneof(fc.constant(0), fc.integer({ min: 8, max: 20 })),
      },
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
      { numRuns: tries(60) },
    );
  });
});

describe('who and why of a log', () => {
  const COLUMNS: readonly Column[] = [
    { header: 'Time', rigid: true },
    { header: 'User', overflow: 'cut' },
    { header: 'Application', overflow: 'cut', dropOrder: 1 },
    { header: 'IP', rigid: true, belowFrom: 15 },
    { header: 'Result', rigid: true },
    { header: 'Policy', overflow: 'fold', belowFrom: 0 },
    { header: 'Proxy', rigid: true, dropOrder: 2 },
  ];
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 40 });
  const rows = fc.array(
    fc.tuple(name, name, fc.constantFrom(ADDRESS, '203.0.113.9'), fc.array(name, { maxLength: 5 })),
    { minLength: 1, maxLength: 4 },
  );

  test('are whole from 100 columns on, and no wider screen shows less of any text', () => {
    fc.assert(
      fc.property(rows, (people) => {
        const cells = people.map(([user, app, address, policies]) => [
          '2026-01-15T09:00:00Z',
          `u${user}`,
          `a${app}`,
          address,
          'interrupted',
          listed(policies.map((policy) => `p${policy}`)),
          '151.206.10.7',
        ]);
        const view: View = [{ block: 'table', columns: COLUMNS, rows: cells, empty: 'nothing' }];
        let before = 0;
        for (let width = 76; width <= 260; width += 4) {
          const text = [...writeTerminal(view, { width, color: 0 })].join('');
          const whole = people.filter(([user]) => text.includes(`u${user}`)).length;
          expect([width, whole]).toEqual([width, Math.max(whole, before)]);
          before = whole;
          if (width < 110) continue;
          expect([width, whole]).toEqual([width, people.length]);
          for (const [, , , [first]] of people) if (first !== undefined) expect(text).toContain(`p${first}`);
        }
      }),
      { numRuns: tries(60) },
    );
  });

  test('stay beside each other where all fits, and what was asked for by name never goes', () => {
    const row = [['2026-01-15T09:00:00Z', PERSON, 'Office', '203.0.113.9', 'blocked', 'CA003 Block', '151.206.10.7']];
    expect(shown(COLUMNS, row, 130)).not.toContain('\n  Policy');
    const asked = COLUMNS.map(askedFor);
    for (const width of [40, 80, 120, 200]) expect(headersIn(shown(asked, row, width), COLUMNS).size).toBe(7);
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

describe('a cell of several items', () => {
  const COLUMNS: readonly Column[] = [{ header: 'User' }, { header: 'Policy', overflow: 'fold' }];
  const listOf = (count: number) =>
    listed(Array.from({ length: count }, (_, at) => `CA0${at + 10} Block legacy access`));
  const lines = (count: number, width: number) => {
    const rows = [[PERSON, listOf(count)]];
    return [...writeTerminal([{ block: 'table', columns: COLUMNS, rows, empty: '' }], { width, color: 0 })].join('');
  };

  test('shows those that fit and how many more there are', () => {
    expect(lines(3, 120)).toContain(
      'CA010 Block legacy access, CA011 Block legacy access, CA012 Block legacy access\n',
    );
    expect(lines(21, 120)).toContain('CA011 Block legacy access, CA012 Block legacy access and 18 more\n');
    expect(lines(21, 80)).toContain('CA010 Block legacy access and 20 more\n');
    expect(lines(21, 60)).toContain('CA010 Block legacy ac… and 20 more\n');
  });

  test('has the count on a line of its own where the beginning of the first would be a sliver', () => {
    expect(lines(21, 44).split('\n').slice(1, 3)).toEqual([
      'joni.sherman@contoso.com  CA010 Block legac…',
      '                          and 20 more',
    ]);
  });

  test('one item has no others, and none has nothing', () => {
    expect(lines(1, 44)).toContain('CA010 Block legac…\n');
    expect(lines(0, 44)).not.toContain('more');
  });

  test('never counts fewer than there are, at any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 44, max: 240 }), (count, width) => {
        const text = lines(count, width).replaceAll(/\n +/g, ' ');
        const told = new Set(text.match(/CA0\d+/g) ?? []).size;
        const more = Number(/and (\d+) more/.exec(text)?.[1] ?? 0);
        expect(told + more).toBe(count);
      }),
      { numRuns: tries(100) },
    );
  });
});

describe('a text that is too long for its column, where no column may go', () => {
  const COLUMNS: readonly Column[] = [
    { header: 'Time', rigid: true },
    { header: 'IP', rigid: true, belowFrom: 15 },
    { header: 'Application', dropOrder: 1 },
    { header: 'Policy', overflow: 'cut' },
  ];
  const ROWS = [
    ['2026-01-15T09:00:00Z', ADDRESS, 'Office 365', 'CA003 Block Finance outside'],
    ['2026-01-15T09:00:01Z', '203.0.113.9', 'Office 365', 'CA004'],
  ];

  test('stands on a line of its own below the row, whole, and the other rows as they were', () => {
    expect(shown(COLUMNS, ROWS, 52)).toBe(
      [
        'Time                  IP               Policy',
        '2026-01-15T09:00:00Z  below            CA003 Block …',
        `  IP  ${ADDRESS}`,
        '2026-01-15T09:00:01Z  203.0.113.9      CA004',
        'Left out for want of width: Application',
        '',
      ].join('\n'),
    );
  });

  test('stands in its column where there is room, and in a record where there is none at all', () => {
    expect(shown(COLUMNS, ROWS, 100)).not.toContain('below');
    expect(shown(COLUMNS, ROWS, 40)).toContain(`IP      ${ADDRESS}\n`);
  });
});

test('a heading is broken between words where the screen is narrower', () => {
  const text = 'Sign-ins of people whom the policy would stop from Monday on';
  const view: View = [{ block: 'heading', text }];
  const lines = [...writeTerminal(view, { width: 40, color: 0 })].join('').trimEnd().split('\n');
  expect(lines.map(({ length }) => length <= 40)).toEqual([true, true]);
  expect(lines.join(' ')).toBe(text);
});

describe('columns in a file', () => {
  const rows = [
    ['a', '1'],
    ['b'.repeat(200_000), '2'],
    ['c', '3'],
  ];
  const text = [
    ...writeAligned([{ block: 'table', columns: [{ header: 'Name' }, { header: 'Count' }], rows, empty: '' }]),
  ].join('');

  test('hold every text whole, and one that is very long makes no other row longer than 120 columns for it', () => {
    expect(text).toContain('b'.repeat(200_000));
    expect(text.split('\n').map(({ length }) => length)).toEqual([120 + 7, 120 + 3, 200_003, 120 + 3, 0]);
  });
});

describe('values beside their labels', () => {
  const told = (fields: readonly (readonly [string, string])[], width: number) =>
    [...writeTerminal([{ block: 'fields', fields }], { width, color: 0 })].join('');

  test('stand below the label where what is not to be broken has no room, and where the labels leave a sliver', () => {
    expect(
      told(
        [
          ['Id', ID],
          ['State', 'enabled'],
        ],
        40,
      ),
    ).toBe(`Id\n  ${ID}\nState  enabled\n`);
    expect(told([['Microsoft traffic profile', 'yes, the profile is enabled']], 40)).toBe(
      'Microsoft traffic profile\n  yes, the profile is enabled\n',
    );
  });

  test('are never wider than the screen', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 40 });
    const value = fc.oneof(fc.constantFrom(ID, PERSON, ADDRESS), text);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('Id', 'Whether all is known', 'State'), value)), (fields) => {
        for (const width of [40, 60, 80, 120]) {
          const widest = Math.max(
            0,
            ...told(fields, width)
              .split('\n')
              .map(({ length }) => length),
          );
          expect([width, widest]).toEqual([width, Math.min(widest, width)]);
        }
      }),
      { numRuns: tries(100) },
    );
  });
});
