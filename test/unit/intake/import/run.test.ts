import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readImportFiles } from '../../../../src/intake/import/read-import-files.ts';
import { GUID, importing, LOCATION, linesOf, POLICY } from './importing.ts';

describe('items that stand twice', () => {
  test('are taken once when they are alike, in one file or in two', () => {
    const { id, ...others } = POLICY;
    const imported = importing({
      'a.json': [POLICY, { ...others, id: id.toUpperCase() }],
      'b.json': [{ ...others, id }],
    });
    expect(imported.policies).toHaveLength(1);
    expect(imported.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'note duplicate',
      'note duplicate',
    ]);
  });

  test('are taken once, and the later file says where the first stands', () => {
    const imported = importing({ 'a.json': POLICY, 'b.json': [LOCATION, POLICY] });
    expect(linesOf(imported)).toEqual(['note duplicate b.json:14:2 /1 the same stands in a.json:1; it is taken once']);
    expect(imported.files).toEqual([
      { file: 'a.json', kind: 'policies', taken: 1 },
      { file: 'b.json', kind: 'namedLocations', taken: 1 },
    ]);
  });

  test('make the later file unusable when they differ, and nothing of it is taken', () => {
    const imported = importing({ 'a.json': POLICY, 'b.json': [LOCATION, { ...POLICY, state: 'disabled' }] });
    expect(linesOf(imported)).toEqual([
      'error duplicateId b.json:14:2 /1 the same id with other content stands in a.json:1',
    ]);
    expect(imported.policies.map(({ value }) => value)).toEqual([POLICY]);
    expect(imported.namedLocations).toEqual([]);
  });

  test('a file with an error neither counts as the first, nor gives anything', () => {
    const imported = importing({
      'a.json': [POLICY, { ...POLICY, id: 7 }],
      'b.json': { ...POLICY, state: 'disabled' },
    });
    expect(imported.policies.map(({ value }) => value.state)).toEqual(['disabled']);
    expect(imported.problems.map(({ code, place }) => `${place.file} ${code}`)).toEqual(['a.json wrongType']);
  });

  test('the same id in two lists is no conflict', () => {
    expect(importing({ 'a.json': POLICY, 'b.json': { ...LOCATION, id: POLICY.id } }).problems).toEqual([]);
  });
});

test('whatever stands in a file, its messages are one line and short', () => {
  const hostile = `\u001b[2J\r\n\u2028${'x'.repeat(500)}`;
  const files = {
    'a.json': { ...POLICY, state: hostile },
    'b.json': { ...POLICY, id: GUID(5), [hostile]: 1, conditions: { clientAppTypes: [hostile], [hostile]: 1 } },
    'c.json': `{"a": ${hostile}}`,
    'd.json': { ...LOCATION, ipRanges: [hostile] },
    'e.json': { error: { code: hostile } },
    'f.json': { '@odata.context': `#${hostile}`, a: 1 },
  };
  const { problems } = importing(files);
  expect([...new Set(problems.map(({ place }) => place.file))].sort()).toEqual(Object.keys(files));
  for (const { message } of problems) {
    expect(message).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(message.length).toBeLessThanOrEqual(200);
  }
});

describe('files and folders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gsa-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(file: string, content: unknown): string {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  const named = (digit: number, displayName: string) => ({ ...POLICY, id: GUID(digit), displayName });

  test('a folder is read with all below it, sorted, without dotfolders and what is not JSON', async () => {
    write('b/2.json', named(2, 'second'));
    write('b/.git/x.json', 'no JSON at all');
    write('a.json', named(1, 'first'));
    write('c.ndjson', `${JSON.stringify(named(3, 'third'))}\n${JSON.stringify(named(4, 'fourth'))}\n`);
    write('main.tf', 'resource');
    write('README.md', '# hello');
    const imported = await readImportFiles([folder]);
    expect(imported.policies.map(({ value }) => value.displayName)).toEqual(['first', 'second', 'third', 'fourth']);
    expect(imported.problems).toEqual([
      { severity: 'note', code: 'otherFile', message: 'is not JSON', place: { file: `${folder}/README.md` } },
      {
        severity: 'note',
        code: 'otherFile',
        message: 'is Terraform configuration: export the policies from Microsoft Graph instead',
        place: { file: `${folder}/main.tf` },
      },
    ]);
  });

  test('links are followed to files, and not to folders, which could lead back', async () => {
    const file = write('real/p.json', POLICY);
    mkdirSync(join(folder, 'links'));
    symlinkSync(file, join(folder, 'links/p.json'));
    symlinkSync(folder, join(folder, 'links/back'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'links/broken.json'));
    const imported = await readImportFiles([join(folder, 'links')]);
    expect(imported.policies).toHaveLength(1);
    expect(imported.problems.map(({ code, place }) => `${code} ${place.file.slice(folder.length)}`)).toEqual([
      'otherFile /links/back',
      'otherFile /links/broken.json',
    ]);
  });

  test('a file that is named and found is read once, as one that was named', async () => {
    const file = write('p.json', { hello: 1 });
    const imported = await readImportFiles([folder, file, file]);
    expect(imported.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['error notAnExport']);
  });

  test('what is not there is an error that says so', async () => {
    const missing = join(folder, 'missing.json');
    expect((await readImportFiles([missing])).problems).toEqual([
      { severity: 'error', code: 'unreadable', message: 'does not exist', place: { file: missing } },
    ]);
  });

  test('how far it has come is told after each file: objects that were found, and the share of the bytes', async () => {
    write('a.json', JSON.stringify([POLICY, LOCATION]));
    write('b.json', '{');
    write('c.json', named(3, 'third'));
    const told: (readonly [objects: number, share: number])[] = [];
    await readImportFiles([folder], { onProgress: (...step) => told.push(step) });
    const shares = told.map(([, share]) => share);
    expect(told.map(([objects]) => objects)).toEqual([2, 2, 3]);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(0)).toBeLessThan(1);
    expect(shares.at(-1)).toBe(1);
  });

  test('nothing of a broken file is taken, and the others are', async () => {
    const broken = write('a.json', JSON.stringify([POLICY, LOCATION]).slice(0, -1));
    write('b.json', named(2, 'whole'));
    const imported = await readImportFiles([folder]);
    expect(imported.policies.map(({ value }) => value.displayName)).toEqual(['whole']);
    expect(imported.namedLocations).toEqual([]);
    expect(imported.files.map(({ taken }) => taken)).toEqual([0, 1]);
    expect(imported.problems.map(({ code, place }) => [code, place.file])).toEqual([['truncatedJson', broken]]);
  });
});
