import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { committedFiles } from '../../../../src/intake/git/committed-files.ts';
import { GsaError } from '../../../../src/trouble/error.ts';
import { gitPlace } from '../../../support/git.ts';
import { tries } from '../../../support/tries.ts';

const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'gsa-git-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const policy = (version: number) =>
  `${Array.from({ length: 60 }, (_, line) => `line ${line} ${line === version * 7 ? version : ''}`).join('\n')}\n`;

function repository(name: string, isPacked: boolean): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const place = gitPlace(folder);
  for (let version = 0; version < 5; version++) {
    place.commit({ 'entra/CA001.json': policy(version), 'entra/deep/CA002.json': `${version}` });
  }
  place.git('tag', '-a', 'told', '-m', 'a tag with a message');
  if (isPacked) place.git('gc', '--quiet', '--aggressive');
  return folder;
}

/** Files that a reader opens, by their paths in `.git`. */
function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    if (/^(hooks|logs|info|description|index|COMMIT_EDITMSG)$/.test(path)) return [];
    return statSync(join(folder, path)).isDirectory() ? filesIn(folder, path) : [path];
  });
}

type Damage = (bytes: Buffer, at: number, byte: number) => Buffer;
const DAMAGES: Readonly<Record<string, Damage>> = {
  flipped: (bytes, at, byte) => Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + 1)]),
  'cut off': (bytes, at) => bytes.subarray(0, at),
  'grown in the middle': (bytes, at, byte) =>
    Buffer.concat([bytes.subarray(0, at), Buffer.alloc(9, byte), bytes.subarray(at)]),
  'shortened in the middle': (bytes, at, byte) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + byte)]),
  'overwritten by itself': (bytes, at, byte) =>
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(byte, byte + 40), bytes.subarray(at + 40)]),
};

const asked = (folder: string, revision: string) => committedFiles({ revision, path: 'entra' }, folder);

describe.each([
  ['loose objects', false],
  ['a pack', true],
])('a damaged repository of %s', (name, isPacked) => {
  let whole: string;
  const answers = new Map<string, unknown>();
  beforeAll(async () => {
    whole = repository(name.replace(' ', '-'), isPacked);
    for (const revision of ['HEAD', 'told', 'HEAD~3']) answers.set(revision, await asked(whole, revision));
  });

  test('gives the right answer or a clear refusal, whatever became of its objects, packs and indexes', async () => {
    const files = filesIn(join(whole, '.git')).filter((path) => path.startsWith('objects'));
    const copy = join(scratch, `${name.replace(' ', '-')}-damaged`);
    cpSync(whole, copy, { recursive: true });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.constantFrom(...Object.values(DAMAGES)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(255),
        fc.constantFrom(...answers.keys()),
        async (file, damage, where, byte, revision) => {
          const path = join(copy, '.git', file);
          const bytes = readFileSync(join(whole, '.git', file));
          rmSync(path);
          writeFileSync(path, damage(bytes, Math.floor(where * bytes.length), byte));
          try {
            expect(await asked(copy, revision)).toEqual(answers.get(revision));
          } catch (error) {
            if (!(error instanceof GsaError)) throw error;
            expect(error.kind).toBe('invalid');
          } finally {
            rmSync(path);
            writeFileSync(path, bytes);
          }
        },
      ),
      { numRuns: tries(400) },
    );
  });

  test('refuses references and settings of any kind in words', async () => {
    const files = filesIn(join(whole, '.git')).filter((path) => !path.startsWith('objects'));
    const copy = join(scratch, `${name.replace(' ', '-')}-led-astray`);
    cpSync(whole, copy, { recursive: true });
    const line = fc.constantFrom(
      'ref: ',
      'refs/heads/main',
      '../../etc/passwd',
      '0'.repeat(40),
      'f'.repeat(40),
      '\0',
      ' ',
      '\n',
      '^',
      '',
    );
    const texts = fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 4 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        texts,
        fc.constantFrom('HEAD', 'told', 'main~1'),
        async (file, text, revision) => {
          const path = join(copy, '.git', file);
          const bytes = readFileSync(path);
          writeFileSync(path, text);
          try {
            const { files: found } = await asked(copy, revision);
            expect(found.every(({ file: each }) => each.startsWith(`${revision}:entra/`))).toBe(true);
          } catch (error) {
            if (!(error instanceof GsaError)) throw error;
            expect(error.kind).toBe('invalid');
          } finally {
            writeFileSync(path, bytes);
          }
        },
      ),
      { numRuns: tries(200) },
    );
  });
});

function writeTree(folder: string, bytes: Buffer): string {
  const object = Buffer.concat([Buffer.from(`tree ${bytes.length}\0`), bytes]);
  const id = createHash('sha1').update(object).digest('hex');
  mkdirSync(join(folder, '.git/objects', id.slice(0, 2)), { recursive: true });
  writeFileSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)), deflateSync(object));
  return id;
}

describe('a repository that is made to look endless', () => {
  test('of folders that hold the next one twice, sixty deep, is refused', async () => {
    const folder = join(scratch, 'bomb');
    mkdirSync(folder);
    const place = gitPlace(folder);
    place.commit({ 'entra/CA001.json': '{}' });
    let tree = place.git('rev-parse', 'HEAD:entra');
    for (let depth = 0; depth < 60; depth++) {
      const id = Buffer.from(tree, 'hex');
      const names = ['a', 'b'].map((each) => Buffer.concat([Buffer.from(`40000 ${each}\0`), id]));
      tree = writeTree(folder, Buffer.concat(names));
    }
    const commit = place.git('commit-tree', tree, '-m', 'endless');
    await expect(committedFiles({ revision: commit, path: '' }, folder)).rejects.toThrow(
      'there are more than 10000 folders in it',
    );
  });
});
