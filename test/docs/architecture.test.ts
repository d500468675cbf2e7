import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
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
  const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/inside.md', 'docs/glossary.md'];
  const decisions = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
  const named = [...documents, ...decisions].flatMap((document) =>
    quotedIn(readFileSync(join(root, document), 'utf8'))
      .filter((each) => /^(?:\.|src\/|docs\/|bench\/|bin\/|tools\/|test\/[^:]*$)/.test(each))
      .map((path) => ({ document, path })),
  );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ path }) => !/[<*]/.test(path) && !existsSync(join(root, path)))).toEqual([]);
});

/** Room and room of core of every import between two of them. */
const coreImports = globSync('src/core/*/**/*.ts', { cwd: root }).flatMap((file) => {
  const from = file.split('/')[2] ?? '';
  const imported = readFileSync(join(root, file), 'utf8').matchAll(/from '(\.{1,2}\/[^']+)'/g);
  return [...imported].flatMap(([, path = '']) => {
    const to = normalize(join(file, '..', path)).split('/')[2] ?? '';
    return to === from || to.endsWith('.ts') ? [] : [[from, to] as const];
  });
});

test('rooms of core import along the arrows', () => {
  const arrows = /In core: `([^`]+)`/.exec(architecture)?.[1]?.split(/\s*→\s*/) ?? [];
  expect(arrows).toHaveLength(7);
  const among = coreImports.filter(([from, to]) => arrows.includes(from) && arrows.includes(to));
  expect(among.length).toBeGreaterThan(100);
  expect(among.filter(([from, to]) => arrows.indexOf(from) > arrows.indexOf(to))).toEqual([]);
});

test('the analyses judge by one another only as it says', () => {
  const analyses = ['dependencies', 'impact', 'check', 'gsatest', 'proof', 'certificate', 'fact-keys'];
  const between = coreImports.filter(([from, to]) => analyses.includes(from) && analyses.includes(to));
  expect([...new Set(between.map((each) => each.join(' asks ')))].sort()).toEqual([
    'gsatest asks fact-keys',
    'gsatest asks proof',
    'proof asks certificate',
  ]);
  const said = architecture.replace(/\s+/g, ' ');
  expect(said).toContain('`gsatest` asks `proof` and `fact-keys`, `proof` writes what `certificate` reads');
});

test('it is short enough to be read', () => {
  expect(architecture.split('\n').length).toBeLessThan(160);
});

test('every decision has its row in the index, and every row its page', () => {
  const index = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
  const rows = [...index.matchAll(/^\| (\d+) \| \[([^\]]+)\]\(([^)]+)\) \|$/gm)].map(([, number, title, file]) => ({
    heading: `# ${number}. ${title}`,
    file: file ?? '',
  }));
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(rows.map(({ file }) => file)).toEqual(pages.sort());
  for (const { heading, file } of rows) {
    const page = readFileSync(join(root, 'docs/decisions', file), 'utf8');
    expect(page.split('\n')[0]).toBe(heading);
    for (const part of ['Context', 'Decision', 'Consequences', 'Alternatives']) expect(page).toContain(`**${part}.**`);
  }
});

test('every link of a document that ships leads to a file that ships', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly files: readonly string[];
  };
  // npm packs these whatever `files` says.
  const shipped = [...files, 'README.md', 'LICENSE', 'package.json'];
  const documents = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md'], { cwd: root }).filter(isShipped);
  const links = documents.flatMap((document) =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = '']) => ({
      document,
      to: normalize(join(document, '..', to)),
    })),
  );
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ to }) => !isShipped(to) || !existsSync(join(root, to)))).toEqual([]);

  function isShipped(path: string): boolean {
    return shipped.includes(path.split('/')[0] ?? '');
  }
});

test('every link of these documents leads to a file', () => {
  const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
  const inDocs = ['', 'decisions/'].flatMap((folder) =>
    readdirSync(join(root, 'docs', folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${folder}${name}`),
  );
  const links = [...documents, ...inDocs].flatMap((document) =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to = '']) => ({
      document,
      to,
    })),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter(({ document, to }) => !existsSync(join(root, document, '..', to)))).toEqual([]);
});
