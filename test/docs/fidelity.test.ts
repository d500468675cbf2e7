import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withParts } from '../../tools/write-fidelity.ts';

const root = join(import.meta.dirname, '../..');
const fidelity = readFileSync(join(root, 'docs/fidelity.md'), 'utf8');

/** `path::name` in the last column: the name of a test or of a group of tests in that file. */
const cited = [...fidelity.matchAll(/\b(test\/[\w./-]+)::([^|\n]+)/g)].map(([, file = '', name = '']) => ({
  file,
  name: name.trim().replaceAll('\\|', '|').replaceAll('`', ''),
}));

test('the parts that the code holds as data are fresh (`node tools/write-fidelity.ts` writes them)', () => {
  expect(fidelity).toBe(withParts(fidelity));
});

test('every test that a rule cites exists', () => {
  expect(cited.length).toBeGreaterThan(100);
  const missing = cited.filter(({ file, name }) => {
    if (!existsSync(join(root, file))) return true;
    const text = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'").replaceAll('`', '');
    return !text.includes(name);
  });
  expect(missing).toEqual([]);
});

test('every rule has a source, a certainty and a test', () => {
  const rows = fidelity.split('\n').filter((line) => line.includes('::'));
  for (const row of rows) {
    expect(
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .every((cell) => cell.trim() !== ''),
      row,
    ).toBe(true);
  }
});
