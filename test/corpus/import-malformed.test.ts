import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import { workClock } from '../support/work.ts';

/** Makes hostile files, and says of each what should become of it; beside the project, not a part of it. */
const GENERATOR = join(process.cwd(), '../shared/kit/bin/gen-malformed.mjs');
const isThere = existsSync(GENERATOR);
if (!isThere) console.warn('skipped: the kit of malformed files (../shared/kit) is not beside the project');

interface Malformed {
  readonly file: string;
  readonly kind: 'policies' | 'locations' | 'signins' | 'state';
  readonly expect: 'accept' | 'accept-with-warning' | 'reject';
}

/** Where we decided otherwise than the kit: what becomes of the file, and why. */
const DECIDED_OTHERWISE: Readonly<Record<string, 'taken' | 'refused'>> = {
  'syn-comment.json': 'taken', // the import reads comments in JSON
  'enc-utf16be.json': 'taken', // its byte order mark says what it is
  'str-no-id.json': 'taken', // templates have no ids: they get one
  'enc-surrogate.json': 'refused', // the surrogate is not what is wrong: it is no policy
  'amb-1e400.json': 'refused', // the number cannot be kept
  // A policy whose conditions did not arrive would be one that reaches nobody.
  'str-conditions-null.json': 'refused',
  'str-dangling-location.json': 'refused',
  'amb-bigint.json': 'refused',
  'pp-constructor.json': 'refused',
  'pp-internal.json': 'refused',
  'pp-tojson.json': 'refused',
  'pp-nested.json': 'refused',
  'pp-element.json': 'refused', // without a state it is no policy
};

describe.skipIf(!isThere)('malformed files', () => {
  let folder: string;
  let files: readonly Malformed[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gsa-malformed-'));
    execFileSync(process.execPath, [GENERATOR, folder]);
    files = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('each is taken or refused as it should be, within seconds, with messages of one line', async () => {
    const wrong: string[] = [];
    for (const { file, kind, expect: wanted } of files) {
      const seconds = workClock();
      const imported = await readImportFiles([join(folder, file)]);
      const milliseconds = seconds() * 1000;
      const isRefused = imported.problems.some(({ severity }) => severity === 'error');
      // Sign-in logs and tenant files are no exports: none may be taken for one. Only `[]` is an empty export as well.
      const isExport = kind === 'policies' || kind === 'locations' || file === 'state-array.json';
      const shouldBeTaken = isExport && (wanted !== 'reject' || file === 'state-array.json');
      const should = DECIDED_OTHERWISE[file] ?? (shouldBeTaken ? 'taken' : 'refused');
      if ((should === 'refused') !== isRefused) wrong.push(`${file}: should be ${should}`);
      if (isRefused && imported.files.some(({ taken }) => taken > 0)) wrong.push(`${file}: half taken`);
      if (milliseconds > 6000) wrong.push(`${file}: ${Math.round(milliseconds)} ms`);
      if (imported.problems.length > 60) wrong.push(`${file}: ${imported.problems.length} problems`);
      for (const { message, place } of imported.problems) {
        if (/[\p{Cc}\u2028\u2029]/u.test(message) || message.length > 200)
          wrong.push(`${file}: ${JSON.stringify(message)}`);
        if (!place.file.endsWith(file)) wrong.push(`${file}: a problem without the file`);
      }
    }
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  test('none leaves anything on the prototype of objects', () => {
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get({}, 'state')).toBeUndefined();
  });
});
