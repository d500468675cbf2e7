import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCsv } from '../../src/output/formats/csv.ts';
import { signIns } from '../support/generate-sign-ins.ts';
import { workplace } from '../support/in-process.ts';

/** A cell as a spreadsheet reads it out of the file. */
function cellOf(text: string): string {
  const csv = [...writeCsv([{ block: 'table', columns: [{ header: 'x' }], rows: [[text]], empty: '' }])].join('');
  return (parse(csv) as string[][])[1]?.[0] ?? '';
}

describe('a cell of CSV', () => {
  test('that is a lone dash, known to be none, stays as it is', () => {
    expect(cellOf('-')).toBe('-');
  });

  test.each([
    '-1',
    '--',
    '-A1',
    '- 1',
    ' -',
    '-\t',
    '=1',
    '=',
    '+',
    '@',
    '+1',
    '@SUM(1)',
    '\uff1d1',
    '\uff0d',
    '\u00a0=1',
  ])('that a spreadsheet might run is defused: %j', (text) => {
    expect(cellOf(text)).toMatch(/^'/);
  });

  test('never begins as a formula does, whatever it holds, unless it is the dash alone', () => {
    const starter = fc.constantFrom(
      '-',
      '=',
      '+',
      '@',
      '\uff1d',
      '\uff0b',
      '\uff0d',
      '\uff20',
      ' ',
      '\t',
      '\u00a0',
      '\u200b',
    );
    const text = fc.tuple(fc.array(starter, { maxLength: 3 }), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(text, ([starters, rest]) => {
        const cell = cellOf(starters.join('') + rest);
        if (cell !== '-') expect(cell).not.toMatch(/^\s*[-=+@\uff1d\uff0b\uff0d\uff20]/u);
      }),
    );
  });

  test('that holds nothing of the kind stays as it is', () => {
    for (const text of ['a-b', 'a=b', '1', "'quoted", '203.0.113.10']) expect(cellOf(text)).toBe(text);
  });
});

test('the proxy of a sign-in outside of the tunnel is a dash in CSV too', async () => {
  const { folder, gsa } = workplace();
  await gsa('init --quiet');
  const records = [...signIns(20)].map((record) => JSON.stringify(record));
  writeFileSync(join(folder, 's.ndjson'), records.join('\n'));
  await gsa('replay s.ndjson --quiet');
  const { stdout } = await gsa(['logs', '--columns', 'throughGsa,proxyIp,id', '-o', 'csv']);
  const [, ...rows] = parse(stdout) as string[][];
  const outside = rows.filter(([through]) => through === 'no');
  expect(outside.length).toBeGreaterThan(0);
  expect(new Set(outside.map(([, proxy]) => proxy))).toEqual(new Set(['-']));
});
