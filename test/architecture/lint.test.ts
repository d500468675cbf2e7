import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');

/** Expressions that core may not have, and what it may have instead. */
const IMPURE = {
  clock: 'Date.now()',
  today: 'new Date()',
  chance: 'Math.random()',
  process: 'process.cwd()',
  ids: 'crypto.randomUUID()',
  timing: 'performance.now()',
  locale: 'new Intl.Collator()',
  timer: 'setTimeout(() => 0)',
  console: 'console.log(0)',
};
const PURE = { date: "new Date('2026-01-01T00:00:00Z').getTime()", size: 'Math.max(1, 2)' };

/** Expressions that nothing in src may have, by the room that would be tempted. */
const PRINTING = { commands: 'console.log(0)', output: 'console.error(0)', shell: 'process.exit(0)' };

let folder: string;
let refused: ReadonlySet<string>;

/** Files of one expression each, judged by the rules of this project: those with an error. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gsa-lint-'));
  const write = (file: string, expression: string) => {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `export const value = ${expression};\n`);
  };
  for (const name of ['biome.json', 'tools/lint']) cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  for (const [name, expression] of Object.entries({ ...IMPURE, ...PURE })) write(`src/core/${name}.ts`, expression);
  for (const [room, expression] of Object.entries(PRINTING)) write(`src/${room}/printing.ts`, expression);
  refused = await filesWithErrors();
});

afterAll(() => rmSync(folder, { recursive: true }));

function filesWithErrors(): Promise<ReadonlySet<string>> {
  const biome = join(PROJECT, 'node_modules/.bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', 'src'];
  return new Promise((resolve, reject) => {
    // Errors are what is asked for, so the exit code says nothing.
    execFile(biome, args, { cwd: folder }, (_error, stdout, stderr) => {
      try {
        const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] };
        resolve(new Set(diagnostics.map(({ location }) => location.path.replaceAll('\\', '/'))));
      } catch (cause) {
        reject(new Error(`biome gave no report: ${stderr}`, { cause }));
      }
    });
  });
}

test('core has no clock, no chance, no process and no console', () => {
  const files = (expressions: object) => Object.keys(expressions).map((name) => `src/core/${name}.ts`);
  expect(files(IMPURE).filter((file) => !refused.has(file))).toEqual([]);
  expect(files(PURE).filter((file) => refused.has(file))).toEqual([]);
});

test('nothing prints by itself or ends the process', () => {
  const files = Object.keys(PRINTING).map((room) => `src/${room}/printing.ts`);
  expect(files.filter((file) => !refused.has(file))).toEqual([]);
});
