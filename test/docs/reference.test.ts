import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeProgram } from '../../src/command-tree.ts';
import { TOPICS } from '../../src/commands/topics.ts';
import { EXIT_CODES } from '../../src/shell/exit-codes.ts';
import { meaningOf } from '../../src/shell/program-description.ts';
import { commandReference, manPage } from '../../tools/write-reference.ts';
import { workplace } from '../support/in-process.ts';

const docs = join(import.meta.dirname, '../../docs');

test('the man page says what the help says (`node tools/write-reference.ts` writes it)', async () => {
  expect(await readFile(join(docs, 'gsa.1'), 'utf8')).toBe(manPage(await describeProgram()));
});

test('the command reference says what the help says (`node tools/write-reference.ts` writes it)', async () => {
  expect(await readFile(join(docs, 'commands.md'), 'utf8')).toBe(commandReference(await describeProgram()));
});

test('every default that the help of a command names stands in the reference, and no other', async () => {
  const reference = commandReference(await describeProgram());
  const { gsa } = workplace();
  const { commands } = await describeProgram();
  let count = 0;
  for (const { words, usage } of commands) {
    const help = (await gsa([...words.split(' '), '--help'], { columns: 2000 })).stdout;
    const own = help
      .split('\n\n')
      .filter((section) => !section.startsWith('Global options:'))
      .join('\n\n');
    const named = [...own.replace(/\s+/g, ' ').matchAll(/\bdefault: ("(?:[^"\\]|\\.)*"|[^)]*)\)/g)].map(
      ([, value = '']) => value.replace(/^"(.*)"$/, '$1'),
    );
    const section = reference.slice(reference.indexOf(`### \`gsa ${words} ${usage}\``)).split(/\n##/)[0] ?? '';
    const told = [...section.matchAll(/\(default: ([^)]*)\)/g)].map(([, value]) => value);
    expect([words, told]).toEqual([words, named]);
    count += named.length;
  }
  expect(count).toBeGreaterThan(12);
});

test('the help of a command says of each option what the reference says', async () => {
  const { commands, globalOptions } = await describeProgram();
  const { gsa } = workplace();
  for (const command of commands) {
    const help = (await gsa([...command.words.split(' '), '--help'], { columns: 2000 })).stdout;
    const flat = help.replace(/\s+/g, ' ');
    expect(flat).not.toMatch(/choices: |preset: |default: "/);
    for (const option of [...command.options, ...globalOptions])
      expect(flat).toContain(`${option.flags} ${meaningOf(option)}`);
    for (const { choices } of command.arguments) for (const choice of choices) expect(flat).toContain(choice);
  }
});

test.each([
  ['colours', ['auto', 'never'], 'auto', 'colours: auto, never (default: auto)'],
  ['only this; repeatable', ['users', 'groups'], undefined, 'only this: users, groups; repeatable'],
  ['users are people, groups hold them; no others', ['users', 'groups'], undefined, undefined],
  ['how many at most', [], '50', 'how many at most (default: 50)'],
])('of %j with the choices %j and the default %s', (description, choices, defaultText, meaning) => {
  expect(meaningOf({ description, choices, defaultText })).toBe(meaning ?? description);
});

test.each([
  ['audit', '--limit <n>', '50'],
  ['test generate', '--limit <n>', '50'],
  ['query kql', '--since <span>', '30d'],
  ['policy restore', '--state <state>', 'report-only'],
  ['rehearse', '--fail-on <gates>', 'stopped,unknown'],
  ['check', '--leftover-days <n>', '90'],
])('the reference of `gsa %s` says of %s that %s is the default', async (words, flags, value) => {
  const { commands } = await describeProgram();
  const option = commands.find((each) => each.words === words)?.options.find((each) => each.flags.endsWith(flags));
  expect(option?.defaultText).toBe(value);
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
