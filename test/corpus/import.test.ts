import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import type { ImportedFiles } from '../../src/intake/types.ts';

/** More than 300 files of exports as people publish them, beside the project; not a part of it. */
const CORPUS = join(process.cwd(), '../shared/corpus');
const isThere = existsSync(join(CORPUS, 'policies'));
if (!isThere) console.warn('skipped: the corpus of exports (../shared/corpus/policies) is not beside the project');

interface Entry {
  readonly rel: string;
  readonly policies: number;
  readonly namedLocations: number;
}

const files = isThere
  ? globSync('policies/**/*', { cwd: CORPUS, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(CORPUS.length + 1))
      .sort()
  : [];

/** What the corpus's own list counts in each file; it may be absent, then the counts are not compared. */
const manifest = join(CORPUS, 'manifest.json');
const isCounted = existsSync(manifest);
if (isThere && !isCounted)
  console.warn('skipped: the counts of the corpus (manifest.json) are not there to compare with');
const counts = new Map<string, Entry>(
  (isCounted ? JSON.parse(readFileSync(manifest, 'utf8')) : []).map((entry: Entry) => [entry.rel, entry]),
);

/** The line of each file that was there when the golden file was reviewed; a corpus that grew has more. */
const golden = new Map(
  readFileSync(join(import.meta.dirname, 'golden/import.txt'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.split(',')[0], line]),
);

/** Where the manifest counts what we refuse: by the end of the path, with the reason. */
const REFUSED_ALTHOUGH_COUNTED: Readonly<Record<string, string>> = {
  // A member stands twice, with different values.
  'EXO and SPO Desktop App(preview).json': 'duplicateMember',
  // A file of rules that speaks of named locations.
  'conditional-access/baseline-v1.0.json': 'notAnExport',
};

/** One file in a line: what was taken, and how often each code was said. Nothing of its content. */
function summary(rel: string, { policies, namedLocations, files, problems }: ImportedFiles): string {
  const counts = new Map<string, number>();
  for (const { severity, code } of problems)
    counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
  const codes = [...counts].sort().map(([code, count]) => `${code} ${count}`);
  const name = createHash('sha256').update(rel).digest('hex').slice(0, 12);
  return [
    name,
    files[0]?.kind,
    `policies ${policies.length}`,
    `namedLocations ${namedLocations.length}`,
    ...codes,
  ].join(', ');
}

describe.skipIf(!isThere)('the corpus of exports', () => {
  test('every file is imported whole, or refused with the reason', async () => {
    const lines: string[] = [];
    for (const rel of files) {
      const imported = await readImportFiles([join(CORPUS, rel)]);
      lines.push(summary(rel, imported));
      const errors = imported.problems.filter(({ severity }) => severity === 'error');
      // Refused means: nothing taken; taken means: no error. No third way, and no file that passes in silence.
      const taken = imported.files.reduce((sum, file) => sum + file.taken, 0);
      expect({ rel, isRefused: errors.length > 0 }).toEqual({ rel, isRefused: taken === 0 && !isEmptyList(imported) });
    }
    expect(lines.length).toBeGreaterThan(300);
    const known = lines.filter((line) => golden.has(line.split(',')[0]));
    expect(known.sort()).toEqual([...golden.values()].sort());
  });

  test.skipIf(!isCounted)('as many policies and locations are found as the corpus itself counts', async () => {
    let compared = 0;
    for (const rel of files) {
      const counted = counts.get(rel);
      if (counted === undefined) continue;
      compared++;
      const imported = await readImportFiles([join(CORPUS, rel)]);
      const [refused] = Object.entries(REFUSED_ALTHOUGH_COUNTED).filter(([end]) => rel.endsWith(end));
      if (refused === undefined) {
        const { policies, namedLocations } = counted;
        const found = { rel, policies: imported.policies.length, namedLocations: imported.namedLocations.length };
        expect(found).toEqual({ rel, policies, namedLocations });
      } else {
        const errors = imported.problems.filter(({ severity }) => severity === 'error');
        expect(errors.map(({ code }) => code)).toEqual([refused[1]]);
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  test('every policy keeps every member of its file, apart from what is noted', async () => {
    const noted = [
      'memberCase',
      'dotNetDate',
      'emptyList',
      'madeId',
      'template',
      'locationName',
      'rangeAsText',
      'locationType',
      'noName',
    ];
    let compared = 0;
    for (const rel of files) {
      const imported = await readImportFiles([join(CORPUS, rel)]);
      const isChanged = imported.problems.some(({ code, severity }) => severity === 'error' || noted.includes(code));
      const bytes = readFileSync(join(CORPUS, rel));
      if (isChanged || imported.policies.length === 0) continue;
      const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString('utf8');
      const json = JSON.parse(text.replace(/^\ufeff/, ''));
      const whole = typeof json.JSON === 'string' ? JSON.parse(json.JSON) : json;
      const policies = Array.isArray(whole) ? whole : (whole.value ?? [whole]);
      expect(imported.policies.map(({ value }) => value)).toEqual(policies);
      compared++;
    }
    expect(compared).toBeGreaterThan(90);
  });

  test('a folder of UTF-16 exports imports as a whole', async () => {
    const folder = files.find((rel) => rel.endsWith('/Config/MigrationTable.json'));
    const imported = await readImportFiles([join(CORPUS, folder ?? '', '..')]);
    expect(imported.problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect([imported.policies.length, imported.namedLocations.length]).toEqual([36, 3]);
  });

  test('the policies of a real tenant name no location that is not beside them', async () => {
    const archive = files.filter((rel) => /\/20220119-(Policies|Locations)\.json$/.test(rel));
    const imported = await readImportFiles(archive.map((rel) => join(CORPUS, rel)));
    expect([imported.policies.length, imported.namedLocations.length]).toEqual([49, 73]);
    expect(
      imported.problems.filter(({ code, severity }) => severity === 'error' || code === 'danglingLocation'),
    ).toEqual([]);
  });
});

/** A list without items is neither: it is read, and says so. */
function isEmptyList({ problems }: ImportedFiles): boolean {
  return problems.some(({ code }) => code === 'nothingInside');
}
