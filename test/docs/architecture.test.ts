import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { citationIn, missingTests } from './citations.ts';

const root = join(import.meta.dirname, '../..');
const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** What stands between backticks in a text, outside of blocks of code. */
const quotedIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted);

const section = (title: string): string =>
  architecture.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? '';

/** The numbered items of the invariants, each with the tests that it cites. */
const invariants = section('Invariants')
  .split(/^(?=\d+\. )/m)
  .slice(1)
  .map((item) => ({
    number: Number.parseInt(item, 10),
    cited: quotedIn(item).flatMap((quoted) => citationIn(quoted) ?? []),
  }));

test('the invariants keep the numbers that code and documents call them by', () => {
  expect(invariants.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('every invariant cites tests, and every one of them exists', () => {
  expect(invariants.filter(({ cited }) => cited.length === 0)).toEqual([]);
  expect(missingTests(invariants.flatMap(({ cited }) => cited))).toEqual([]);
});

test('every room of src has its row', () => {
  const rows = section('Rooms')
    .split('\n')
    .flatMap((line) => quotedIn(line.split('|')[1] ?? ''));
  const rooms = ['src', 'src/core'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((room) => room !== 'src/core'),
  );
  const missing = rooms.filter((room) => !rows.some((row) => row === room || row.startsWith(`${room}/`)));
  expect(missing).toEqual([]);
});

test('every file and folder that is named is there', () => {
  const named = quotedIn(architecture).filter((each) => /^(?:\.|src\/|docs\/|bench\/|bin\/|test\/[^:]*$)/.test(each));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((each) => !/[<*]/.test(each) && !existsSync(join(root, each)))).toEqual([]);
});
