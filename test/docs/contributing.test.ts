import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RECIPES, touchedBy } from '../architecture/recipes.ts';

const codeOf = (text: string): readonly string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

const contributing = readFileSync('CONTRIBUTING.md', 'utf8');
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

/** The part under a heading of CONTRIBUTING. */
const section = (heading: string): string =>
  contributing.split(/^### /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';

const HEADINGS: Readonly<Record<string, string>> = {
  'a condition': 'A condition',
  'a grant control': 'A condition',
  'a column of the log': 'A condition',
  'a command': 'A command',
  'an output format': 'An output format',
  'a sign-in source': 'A source of sign-ins',
  'a rule of check': 'A rule of `gsa check`',
};

test('the recipes of CONTRIBUTING name files and folders that exist', () => {
  const named = codeOf(contributing).filter((text) => /^(src|test)\/[\w/.-]+$/.test(text));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((text) => !existsSync(text))).toEqual([]);
});

test.each(RECIPES.map((recipe) => [recipe.name, recipe] as const))(
  'the recipe for %s names every file that it changes',
  (name, recipe) => {
    const named = codeOf(section(HEADINGS[name] ?? ''));
    const changed = touchedBy(recipe).filter((file) => existsSync(file));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((file) => !named.includes(file))).toEqual([]);
  },
);

test('every script that CONTRIBUTING tells to run is there', () => {
  const told = [...contributing.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
  expect(told.length).toBeGreaterThan(4);
  expect(told.filter((script) => !(script in scripts))).toEqual([]);
});

test('`npm run docs` runs every tool that writes a document', () => {
  const writers = readdirSync('tools').filter((file) => file.startsWith('write-'));
  expect(writers.length).toBeGreaterThan(5);
  expect(writers.filter((file) => !scripts['docs']?.includes(`tools/${file}`))).toEqual([]);
});

test('every test that SECURITY cites exists', () => {
  const cited = codeOf(readFileSync('SECURITY.md', 'utf8')).filter((text) => text.startsWith('test/'));
  expect(cited.length).toBeGreaterThan(8);
  expect(cited.filter((text) => !existsSync(text))).toEqual([]);
});
