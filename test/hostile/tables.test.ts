import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import type { View } from '../../src/output/view.ts';
import { strong } from '../../src/output/view.ts';
import { workClock } from '../support/work.ts';
import { HOSTILE } from './hostile-strings.ts';

const tableOf = (names: readonly string[]): View => [
  {
    block: 'table',
    columns: [{ header: 'Policy' }, { header: 'State' }, { header: 'Count', align: 'right' }],
    rows: names.map((name, at) => [strong(name), at % 2 === 0 ? 'enabled' : 'report-only', String(at)]),
    empty: 'none',
  },
];

const written = (view: View, width: number): readonly string[] =>
  [...writeTerminal(view, { width, color: 0 })].join('').split('\n');

describe('a table of names nobody planned for', () => {
  test.each([20, 44, 80, 200])('stays within a terminal of %i columns', (width) => {
    const wide = written(tableOf(HOSTILE), width).filter((line) => stringWidth(line) > width);
    expect(wide).toEqual([]);
  });

  test('keeps its columns in line beside wide, joined, right-to-left and combining characters', () => {
    const names = ['plain', '漢字仮名', '👩‍👩‍👧‍👦 family', 'שלום עולם', 'مرحبا', 'a\u0301\u0302', '🏳️‍🌈'];
    const [head = '', ...rows] = written(tableOf(names), 80);
    const state = head.indexOf('State');
    for (const row of rows.filter((line) => line !== '')) {
      const before = row.slice(0, row.search(/enabled|report-only/));
      expect([row, stringWidth(before)]).toEqual([row, state]);
    }
  });

  test('says a name of 5,000 letters in a dozen lines, with an ellipsis', () => {
    const lines = written(tableOf(['x'.repeat(5000)]), 80).filter((line) => line.includes('x'));
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toContain('…');
  });

  test('is told record by record where columns would be slivers, and nothing is lost', () => {
    const lines = written(tableOf(['CA003 Block Finance outside trusted locations', 'Second']), 20);
    expect(lines).toEqual([
      'Policy  CA003 Block',
      '        Finance',
      '        outside',
      '        trusted',
      '        locations',
      'State   enabled',
      'Count   0',
      '',
      'Policy  Second',
      'State   report-only',
      'Count   1',
      '',
    ]);
  });

  test('of 2,000 rows takes a moment', () => {
    const usual = HOSTILE.filter((name) => name.length < 256);
    const names = Array.from({ length: 2000 }, (_, at) => `${usual[at % usual.length]} ${at}`);
    const seconds = workClock();
    expect(written(tableOf(names), 80).length).toBeGreaterThan(2000);
    expect(seconds()).toBeLessThan(5);
  });
});
