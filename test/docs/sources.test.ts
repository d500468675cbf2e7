import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SOURCES } from '../../src/core/check/sources.ts';
import { sourcesPage } from '../../tools/write-sources.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const citing = ['docs/fidelity.md', ...globSync('src/**/*.ts', { cwd: root })]
  .filter((file) => !file.endsWith('core/check/sources.ts'))
  .map(read)
  .join('\n');

test('the page of sources is fresh (`node tools/write-sources.ts` writes it)', () => {
  expect(read('docs/sources.md')).toBe(sourcesPage());
});

test('every source is cited by a rule or by the code', () => {
  const unused = Object.keys(SOURCES).filter((key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(citing));
  expect(unused).toEqual([]);
});

test('every document that a rule of fidelity cites by a key with a prefix is among the sources', () => {
  const cited = new Set(
    read('docs/fidelity.md').match(/(?<![\w-])(?:[DGL]|SIR|TUT)-[A-Z0-9][A-Z0-9-]*(?![\w-])/g) ?? [],
  );
  expect(cited.size).toBeGreaterThan(20);
  expect([...cited].filter((key) => !(key in SOURCES))).toEqual([]);
});
