import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SOURCES } from '../../src/core/sources/sources.ts';
import { sourcesPage } from '../../tools/write-sources.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = (...patterns: string[]): readonly string[] =>
  globSync(patterns, { cwd: root, exclude: (name) => name === 'node_modules' })
    .filter((file) => file !== 'docs/sources.md' && !file.includes('src/core/sources/'))
    .sort();

/** What stands in capitals where sources are cited, and is none: an abbreviation more is a word more here. */
const NO_KEYS = new Set(
  'MFA IP GPS ID GET UNVERIFIED GSA PR AND OR AD FS NL NDJSON OASIS ENOENT ENOSPC URL ASN UTC JSON CSV'.split(' '),
);

/** What looks like a key in a text: capitals and digits, with a part behind a hyphen or without, or the number of an RFC. */
function keysIn(text: string): readonly string[] {
  const rfcs = [...text.matchAll(/\bRFC (\d{3,5})\b/g)].map(([, number]) => `RFC${number}`);
  const others = text
    .replaceAll(/\bRFC \d+/g, '')
    .match(/(?<![\w`'"/.-])(?:[A-Z][A-Z0-9]+(?:-\w+)*|[A-Z]-[A-Z0-9]+|OData)(?![\w`'"/.-]*\w)/g);
  return [...rfcs, ...(others ?? []).filter((key) => !NO_KEYS.has(key) && !/^GSA\d/.test(key))];
}

/** The cells of the columns that hold sources, in every table of a document. */
function sourceCells(markdown: string): readonly string[] {
  const cellsOf = (line: string): readonly string[] => line.split(/(?<!\\)\|/).slice(1, -1);
  return markdown.split(/\n(?!\|)/).flatMap((block) => {
    const [head = '', , ...body] = block.split('\n').filter((line) => line.startsWith('|'));
    const column = cellsOf(head).findIndex((name) => /^ (?:source|what the sources say) $/.test(name));
    return column === -1 ? [] : body.map((line) => cellsOf(line)[column] ?? '');
  });
}

const commentsOf = (code: string): readonly string[] => code.match(/\/\*\*?[\s\S]*?\*\/|^\s*(?:\/\/|#).*$/gm) ?? [];

/** What stands in brackets in the comments of a file and begins as a list of keys does. */
const bracketsOf = (code: string): readonly string[] =>
  commentsOf(code).flatMap((comment) =>
    [...comment.replaceAll(/\n\s*\*/g, ' ').matchAll(/\(([^()]*)\)/g)].map(([, inner = '']) => inner),
  );

const isKey = (key: string): boolean => key in SOURCES;

/** Every `source` of a file of cases. */
function sourcesOfCases(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'source' in node && typeof node.source === 'string' ? [node.source] : [];
  return [...own, ...Object.values(node).flatMap(sourcesOfCases)];
}

const code = files('src/**/*.ts', 'test/**/*.ts', 'tools/**/*.{ts,mjs}').filter(
  (file) => !file.endsWith('sources.test.ts'),
);
const cases = [
  ...files('test/**/*.gsatest.yaml').flatMap((file) => sourcesOfCases(parse(read(file)))),
  ...files('test/conformance/*.json').flatMap((file) =>
    [...read(file).matchAll(/"docs": \[([^\]]*)\]/g)].map(([, list = '']) => list.replaceAll('"', ' ')),
  ),
];

test('the page of sources is fresh (`node tools/write-sources.ts` writes it)', () => {
  expect(read('docs/sources.md')).toBe(sourcesPage());
});

test('every source of a rule in fidelity is among the sources', () => {
  const cells = sourceCells(read('docs/fidelity.md'));
  expect(cells.length).toBeGreaterThan(200);
  expect([...new Set(cells.flatMap(keysIn))].filter((key) => !isKey(key))).toEqual([]);
});

test('every rule in fidelity names a source, an invariant, or that it is ours', () => {
  const bare = sourceCells(read('docs/fidelity.md')).filter(
    (cell) => !keysIn(cell).some(isKey) && !/\bours\b|no source|silent|invariant \d|^ – $/.test(cell),
  );
  expect(bare).toEqual([]);
});

test('every source of a case is among the sources', () => {
  expect(cases.length).toBeGreaterThan(100);
  expect([...new Set(cases.flatMap(keysIn))].filter((key) => !isKey(key))).toEqual([]);
});

test('every key in brackets in a comment of the code, alone or beside a source, is among the sources', () => {
  const lists = code
    .flatMap((file) => bracketsOf(read(file)))
    .filter((inner) => keysIn(inner).some(isKey) || keysIn(inner)[0] === inner);
  expect(lists.length).toBeGreaterThan(200);
  expect([...new Set(lists.flatMap(keysIn))].filter((key) => !isKey(key))).toEqual([]);
});

test('every key with a prefix, and every RFC, is among the sources', () => {
  const texts = files('src/**/*.ts', 'test/**/*.{ts,yaml}', 'docs/**/*.md', 'examples/**/*.md', '*.md')
    .map(read)
    .join('\n');
  const cited = new Set([
    ...(texts.match(/(?<![\w-])(?:[DGL]|SIR|TUT|CSDL|TF|GH|JP|AGENT)-[A-Z0-9][A-Z0-9-]*(?![\w-])/g) ?? []),
    ...[...texts.matchAll(/\bRFC ?(\d{3,5})\b/g)].map(([, number]) => `RFC${number}`),
  ]);
  expect(cited.size).toBeGreaterThan(60);
  expect([...cited].filter((key) => !isKey(key))).toEqual([]);
});

test('every source is cited: by a rule, by a case, or by the code', () => {
  const citing = [...files('src/**/*.ts', 'test/**/*.ts', 'docs/fidelity.md').map(read), ...cases]
    .join('\n')
    .replaceAll(/\bRFC (\d+)/g, 'RFC$1');
  const unused = Object.keys(SOURCES).filter((key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(citing));
  expect(unused).toEqual([]);
});

test('nothing points to a paragraph of a document that a reader does not have', () => {
  const everything = files('{src,test,docs,examples,tools,bench,bin}/**/*.{ts,js,mjs,md,yaml,json,1,txt}', '*.md');
  expect(everything.length).toBeGreaterThan(800);
  expect(everything.filter((file) => read(file).includes('\u00a7'))).toEqual([]);
});
