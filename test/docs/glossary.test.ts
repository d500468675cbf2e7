import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The rows of the glossary: the terms, and the names in the code that stand in the last column. */
const rows = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| term '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, terms = '', , code = '']) => ({
    terms: terms.split(', '),
    names: [...code.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  }));

/** Every word of the code that is no word of a comment. */
const words = new Set(
  globSync('src/**/*.ts', { cwd: root }).flatMap(
    (file) =>
      readFileSync(join(root, file), 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .match(/\w+/g) ?? [],
  ),
);

test('every name that the glossary gives to a term is a name in the code', () => {
  const names = rows.flatMap((row) => row.names);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !words.has(name))).toEqual([]);
});

test('no term stands in the glossary twice', () => {
  const terms = rows.flatMap((row) => row.terms);
  expect(terms.filter((term, at) => terms.indexOf(term) !== at)).toEqual([]);
});
