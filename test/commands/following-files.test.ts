import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

test.each([
  ['logs --follow', '--follow'],
  ['test --watch', '--watch'],
])('%s has no end, so it refuses a file before anything is read or written', async (words, option) => {
  const place = workplace();
  const run = await place.gsa(`${words} -o table -o csv:out/rows.csv`);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toBe(
    `gsa: \`${option}\` goes on to stdout and cannot write a file\n` +
      'hint: give `-o csv` alone and redirect it: > out/rows.csv\n',
  );
  expect(readdirSync(place.folder)).toEqual([]);
});

test('without `--follow` the log is written to the file', async () => {
  const place = workplace();
  await place.gsa('init');
  expect((await place.gsa('logs -o csv:rows.csv')).exitCode).toBe(0);
  expect(existsSync(join(place.folder, 'rows.csv'))).toBe(true);
});
