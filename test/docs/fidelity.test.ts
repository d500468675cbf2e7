import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withParts } from '../../tools/write-fidelity.ts';

const root = join(import.meta.dirname, '../..');
const fidelity = readFileSync(join(root, 'docs/fidelity.md'), 'utf8');

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

/** `path::name`: the name of a test or of a group of tests in that file. */
const CITATION = /^(test\/[\w./-]+)::(.+)$/;

const cited = rows.flatMap(({ cell }) => {
  const [, file, name] = CITATION.exec(cell) ?? [];
  return file === undefined || name === undefined ? [] : [{ file, name: plain(name) }];
});

/** A text without what marks it up where it stands: escapes of markdown and of strings, quotes of code. */
function plain(text: string): string {
  return text
    .replaceAll(/\\(['"|\\])/g, '$1')
    .replaceAll('`', '')
    .trim();
}

/** Every `name` in a file of cases: of a case, a matrix or an invariant. */
function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'name' in node && typeof node.name === 'string' ? [node.name] : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}

/** The titles of the tests and groups of a file, with the rows of its tables, or the names in a file of cases. */
function titlesIn(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.ts')) {
    return namesIn(parse(text)).map(plain);
  }
  const titles: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) titles.push(plain(node.text));
    else if (node !== undefined && ts.isTemplateExpression(node)) titles.push(plain(node.getText().slice(1, -1)));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|describe)\b/.test(node.expression.getText())) {
      const [first] = node.arguments;
      add(first);
      if (first !== undefined && ts.isArrayLiteralExpression(first))
        for (const row of first.elements) add(ts.isArrayLiteralExpression(row) ? row.elements[0] : row);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return titles;
}

test('the parts that the code holds as data are fresh (`node tools/write-fidelity.ts` writes them)', () => {
  expect(fidelity).toBe(withParts(fidelity));
});

test('every row of every table with a column for the test cites one there', () => {
  expect(rows.length).toBeGreaterThan(140);
  expect(rows.filter(({ cell }) => !CITATION.test(cell))).toEqual([]);
});

test('every test that a rule cites exists, as the title of a test, of a group or of a case', () => {
  expect(cited.length).toBe(rows.length);
  const titles = new Map<string, readonly string[]>();
  const missing = cited.filter(({ file, name }) => {
    if (!existsSync(join(root, file))) return true;
    const known = titles.get(file) ?? titlesIn(file);
    titles.set(file, known);
    return !known.some((title) => title.includes(name));
  });
  expect(missing).toEqual([]);
});

test('every rule has a source, a certainty and a test', () => {
  for (const { row } of rows)
    expect(
      cellsOf(row).every((cell) => cell !== ''),
      row,
    ).toBe(true);
});
