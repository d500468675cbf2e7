import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeProgram } from '../../src/command-tree.ts';
import { TOPICS } from '../../src/commands/topics.ts';
import { EXIT_CODES } from '../../src/shell/exit-codes.ts';
import { commandReference, manPage } from '../../tools/write-reference.ts';

const docs = join(import.meta.dirname, '../../docs');

test('the man page says what the help says (`node tools/write-reference.ts` writes it)', async () => {
  expect(await readFile(join(docs, 'gsa.1'), 'utf8')).toBe(manPage(await describeProgram()));
});

test('the command reference says what the help says (`node tools/write-reference.ts` writes it)', async () => {
  expect(await readFile(join(docs, 'commands.md'), 'utf8')).toBe(commandReference(await describeProgram()));
});

test('every exit code is explained', () => {
  const explained = new Set(TOPICS['exit-codes']?.rows.map(([code]) => Number(code)));
  expect([...new Set(Object.values(EXIT_CODES))].filter((code) => !explained.has(code))).toEqual([]);
});

test('every variable that the program reads is explained', () => {
  const root = join(docs, '..');
  const read = globSync(['src/**/*.ts', 'bin/*.js'], { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\benv(?:\[['"]|\.)([A-Z_]{2,})\b/g)].map(([, name]) => name),
  );
  const explained = TOPICS['environment']?.rows.flatMap(([names = '']) => names.split(', ')) ?? [];
  expect(read.length).toBeGreaterThan(5);
  expect(read.filter((name = '') => !explained.includes(name))).toEqual([]);
});

test('a variable stands for itself alone in the list of variables', () => {
  const names = TOPICS['environment']?.rows.flatMap(([all = '']) => all.split(', ')) ?? [];
  expect(names.filter((name) => !/^[A-Z_]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
