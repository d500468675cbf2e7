import { describe, expect, test } from 'vitest';
import { writeCsv } from '../../src/output/formats/csv.ts';
import { writeHtml } from '../../src/output/formats/html.ts';
import { writeMarkdown } from '../../src/output/formats/markdown.ts';
import { writePlain } from '../../src/output/formats/plain.ts';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import type { Inline, View } from '../../src/output/view.ts';
import { strong } from '../../src/output/view.ts';

const COLUMNS = [
  { header: 'Skipped because' },
  { header: 'Records', align: 'right', isCount: true },
  { header: 'Status', align: 'right' },
] as const;
const ROWS: readonly (readonly Inline[])[] = [
  ['1234567', strong('1234567'), '53003'],
  ['notASignIn', '9999', '0'],
];

const VIEW: View = [
  { block: 'text', text: '52712 of 52712 sign-ins replayed' },
  { block: 'bars', bars: [{ label: 'granted', count: 52712 }], empty: '' },
  { block: 'table', columns: COLUMNS, rows: ROWS.slice(0, 1), more: ROWS.slice(1), empty: '' },
];

const written = (pieces: Iterable<string>) => [...pieces].join('');

describe('digits of counts', () => {
  test('are grouped in a table and beside a bar on a terminal; names and codes are not', () => {
    const text = written(writeTerminal(VIEW, { width: 60, color: 0 }));
    expect(text).toMatch(/^granted {2}52\u202f712 {2}█+$/m);
    expect(text).toMatch(/^1234567 +1\u202f234\u202f567 +53003$/m);
    expect(text).toMatch(/^notASignIn +9999 +0$/m);
  });

  test('are grouped where a narrow terminal tells the table record by record', () => {
    const text = written(writeTerminal(VIEW, { width: 30, color: 0 }));
    expect(text).toMatch(/^Records +1\u202f234\u202f567$/m);
    expect(text).toMatch(/^Records +9999$/m);
  });

  test.each([
    ['a pipe', writePlain],
    ['CSV', writeCsv],
    ['markdown', writeMarkdown],
    ['HTML', writeHtml],
  ])('are never grouped in %s, which programs read', (_, write) => {
    const text = written(write(VIEW));
    expect(text).toContain('1234567');
    expect(text).toContain('52712');
    expect(text).not.toContain('\u202f');
  });
});
