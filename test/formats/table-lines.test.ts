import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import Table from 'cli-table3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, rowLines } from '../../src/output/formats/table-lines.ts';
import type { Column, Inline } from '../../src/output/view.ts';
import { tries } from '../support/tries.ts';

const chalk = new Chalk({ level: 1 });

/** The rows as cli-table3 lays them out, each on its own. */
function byLibrary(
  columns: readonly Column[],
  widths: readonly number[],
  rows: readonly (readonly Inline[])[],
): string {
  const sides = ['top', 'bottom', 'left', 'right', 'mid'];
  const corners = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const chars = Object.fromEntries(
    [...sides, ...corners, 'left-mid', 'mid-mid', 'right-mid'].map((name) => [name, '']),
  );
  const table = new Table({
    colWidths: [...widths],
    colAligns: columns.map(({ align }) => align ?? 'left'),
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    chars: { ...chars, middle: '  ' },
  });
  for (const row of rows) {
    table.push(widths.map((width, at) => cell(row[at] ?? '', columns[at], width, chalk)));
  }
  return `${table.toString().replace(/[ \t]+$/gm, '')}\n`;
}

const word = fc.oneof(
  fc.stringMatching(/^[a-z0-9.-]{1,9}$/),
  fc.constantFrom('Zoë', '漢字', 'Łódź', '–', '…', 'a  b', ' a', 'b ', '\u0007', 'long-'.repeat(8), '1'),
);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const inline = fc.oneof(
  text,
  fc.record({ text, tone: fc.constantFrom('bad' as const, 'dim' as const, 'good' as const) }),
);
const column = fc.record(
  {
    header: fc.constant('H'),
    align: fc.constantFrom('left' as const, 'right' as const),
    overflow: fc.constantFrom('cut' as const),
  },
  { requiredKeys: ['header'] },
);
const table = fc
  .array(fc.tuple(column, fc.integer({ min: 2, max: 30 })), { minLength: 1, maxLength: 4 })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns.map(([each]) => each)),
      widths: fc.constant(columns.map(([, width]) => width)),
      rows: fc.array(fc.array(inline, { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  );

const lettersOf = (text: string) => stripVTControlCharacters(text).replace(/[ \t]+$/gm, '');

describe('rows of a table on a terminal', () => {
  test('stand as cli-table3 lays them out, whichever of them need it', () => {
    fc.assert(
      fc.property(table, ({ columns, widths, rows }) => {
        const kept = widths.map((width, at) => ({ at, width }));
        const [own, library] = [
          [...rowLines({ columns, kept, chalk }, rows)].join(''),
          byLibrary(columns, widths, rows),
        ];
        // Of tones, cli-table3 lets `dim` run on into the blanks of the next line.
        expect(lettersOf(own)).toBe(lettersOf(library));
      }),
      { numRuns: tries(2000) },
    );
  });

  test('are painted line by line, so that no tone runs into what stands beside it', () => {
    const rows = [[{ text: 'newly blocked', tone: 'bad' as const }, 'by CA003 Block Finance']];
    const columns = [{ header: 'A' }, { header: 'B' }];
    const kept = [
      { at: 0, width: 7 },
      { at: 1, width: 12 },
    ];
    const lines = [...rowLines({ columns, kept, chalk }, rows)].join('');
    expect(lines).toBe(`${chalk.red('newly')}    by CA003\n${chalk.red('blocked')}  Block\n         Finance\n`);
  });
});
