import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withParts } from '../../tools/write-fidelity.ts';
import { citationIn, missingTests } from './citations.ts';

const fidelity = readFileSync(join(import.meta.dirname, '../../docs/fidelity.md'), 'utf8');

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Every body row of the tables that have a column `test`, and what stands in that column. */
const rows = fidelity.split(/\n(?!\|)/).flatMap((block) => {
  const [head = '', ...body] = block.split('\n').filter((line) => line.startsWith('|'));
  const column = cellsOf(head).indexOf('test');
  return column === -1 ? [] : body.slice(1).map((row) => ({ row, cell: cellsOf(row)[column] ?? '' }));
});

test('the parts that the code holds as data are fresh (`node tools/write-fidelity.ts` writes them)', () => {
  expect(fidelity).toBe(withParts(fidelity));
});

test('every row of every table with a column for the test cites one there', () => {
  expect(rows.length).toBeGreaterThan(200);
  expect(rows.filter(({ cell }) => citationIn(cell) === undefined)).toEqual([]);
});

test('every test that a rule cites exists, as the title of a test, of a group or of a case', () => {
  expect(missingTests(rows.flatMap(({ cell }) => citationIn(cell) ?? []))).toEqual([]);
});

test('every rule has a source, a certainty and a test', () => {
  for (const { row } of rows)
    expect(
      cellsOf(row).every((cell) => cell !== ''),
      row,
    ).toBe(true);
});
