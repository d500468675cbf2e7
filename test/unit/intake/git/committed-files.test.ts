import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { committedFiles, committedPath } from '../../../../src/intake/git/committed-files.ts';
import type { GitPlace } from '../../../support/git.ts';
import { gitPlace } from '../../../support/git.ts';

const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'gsa-git-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Texts that git tells as changes of each other once they are packed. */
const policy = (version: number) =>
  `${Array.from({ length: 400 }, (_, line) => `line ${line} ${line === version * 7 ? version : ''}`).join('\n')}\n`;

function history(name: string): GitPlace {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const place = gitPlace(folder);
  for (let version = 0; version < 12; version++) {
    place.commit({ 'entra/CA001.json': policy(version), 'entra/deep/er/CA002.json': `${version}`, 'note.txt': 'x' });
  }
  place.git('checkout', '--quiet', '-b', 'topic/one', 'HEAD~3');
  place.commit({ 'entra/CA003.json': 'from the side', 'entra/äöü 名.json': 'a name', 'entra/.hidden.json': 'hidden' });
  place.git('checkout', '--quiet', 'main');
  place.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'topic/one');
  place.git('tag', 'merged');
  place.git('tag', 'plain', 'HEAD~2');
  place.git('tag', '-a', 'told', '-m', 'a tag with a message', 'HEAD~4');
  return place;
}

/** What git itself says is in a revision, below a folder, as `path` → text. */
function byGit(place: GitPlace, revision: string, folder: string): Record<string, string> {
  const names = place.git('-c', 'core.quotepath=off', 'ls-tree', '-r', '--name-only', revision, folder).split('\n');
  const shown = names.filter((name) => name !== '' && !/(^|\/)\./.test(name));
  return Object.fromEntries(
    shown.map((name) => [`${revision}:${name}`, `${place.git('show', `${revision}:${name}`)}`]),
  );
}

async function byUs(cwd: string, revision: string, path: string): Promise<Record<string, string>> {
  const { files } = await committedFiles({ revision, path }, cwd);
  return Object.fromEntries(files.map(({ file, bytes }) => [file, Buffer.from(bytes).toString().replace(/\n$/, '')]));
}

const REVISIONS = ['HEAD', '@', 'main', 'HEAD~1', 'HEAD^', 'merged^2', 'merged^2~1', 'main~9', 'HEAD~~~'];
const NAMED = ['topic/one', 'heads/topic/one', 'refs/heads/main', 'plain', 'told', 'told~2', 'tags/told', 'HEAD^0'];

describe.each([
  ['loose objects', (_: GitPlace) => undefined],
  [
    'a pack with changes of changes, and packed references',
    (place: GitPlace) => place.git('gc', '--quiet', '--aggressive'),
  ],
  [
    'a pack whose changes name what they change by its id',
    (place: GitPlace) => place.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq'),
  ],
  [
    'several packs and loose objects together',
    (place: GitPlace) => {
      place.git('repack', '-dq');
      place.commit({ 'entra/CA004.json': 'new' });
      place.git('repack', '-dq');
      place.commit({ 'entra/CA004.json': 'newer' });
    },
  ],
])('a repository of %s', (name, arrange) => {
  let place: GitPlace;
  beforeAll(() => {
    place = history(name.replaceAll(' ', '-'));
    arrange(place);
  });

  test.each([...REVISIONS, ...NAMED])('holds at %s what git says', async (revision) => {
    expect(await byUs(place.folder, revision, 'entra')).toEqual(byGit(place, revision, 'entra'));
  });

  test('is read as a folder, a folder below it, and a file', async () => {
    for (const path of ['entra/', 'entra/deep', 'note.txt']) {
      expect(await byUs(place.folder, 'main', path)).toEqual(byGit(place, 'main', path));
    }
  });

  test('is read by whole ids and by their beginnings', async () => {
    const id = place.git('rev-parse', 'HEAD~5');
    for (const revision of [id, id.slice(0, 10), id.slice(0, 7).toUpperCase()]) {
      expect(Object.values(await byUs(place.folder, revision, 'entra'))).toEqual(
        Object.values(byGit(place, id, 'entra')),
      );
    }
  });

  test('is read from a folder in it, and from a linked work tree', async () => {
    expect(await byUs(join(place.folder, 'entra/deep'), 'HEAD~1', './er')).toEqual(
      byGit(place, 'HEAD~1', 'entra/deep/er'),
    );
    const linked = `${place.folder}-linked`;
    place.git('worktree', 'add', '--quiet', '--detach', linked, 'HEAD~6');
    expect(Object.values(await byUs(linked, 'HEAD', 'entra'))).toEqual(Object.values(byGit(place, 'HEAD~6', 'entra')));
  });
});

describe('a revision', () => {
  const place = history('refusals');

  test.each([
    ['HEAD~400', 'the history does not go back that far'],
    ['HEAD^3', 'the history does not go back that far'],
    ['nowhere', 'nothing in the repository is called `nowhere`'],
    ['../../etc/passwd', 'nothing in the repository is called'],
    ['HEAD@{1}', 'gsa reads a name or an id'],
    ['HEAD~99999999999', 'gsa reads a name or an id'],
    ['0000000', 'nothing in the repository is called `0000000`'],
    ['refs/heads/../../config', 'nothing in the repository is called'],
  ])('%s is refused: %s', async (revision, why) => {
    await expect(committedFiles({ revision, path: 'entra' }, place.folder)).rejects.toThrow(why);
  });

  test('of a path that the commit does not have, or that leads out, is refused', async () => {
    const at = (path: string) => committedFiles({ revision: 'HEAD', path }, place.folder);
    await expect(at('nothing')).rejects.toThrow('there is no `nothing` in `HEAD`');
    await expect(at('note.txt/more')).rejects.toThrow('there is no `note.txt/more`');
    await expect(at('../other')).rejects.toThrow('leads out of the repository');
    await expect(at('entra/../../x')).rejects.toThrow('there is no');
  });

  test('outside of a repository is refused', async () => {
    await expect(committedFiles({ revision: 'HEAD', path: 'entra' }, scratch)).rejects.toThrow('in no git repository');
  });

  test('asks first whether the repository may be read', async () => {
    const refuse = (folder: string) => {
      throw new Error(`not ${folder}`);
    };
    const path = { revision: 'HEAD', path: 'entra' };
    await expect(committedFiles(path, place.folder, refuse)).rejects.toThrow(`not ${place.folder}`);
  });

  test('is no drive, no file that is there, and no plain path', async () => {
    writeFileSync(join(place.folder, 'old:new'), '');
    const isRevision = async (text: string) => (await committedPath(text, place.folder)) !== undefined;
    expect(await Promise.all(['C:/entra', 'C:\\entra', 'old:new', 'entra', ':entra'].map(isRevision))).not.toContain(
      true,
    );
    expect(await committedPath('HEAD~1:entra/a:b.json', place.folder)).toEqual({
      revision: 'HEAD~1',
      path: 'entra/a:b.json',
    });
  });
});

describe('a repository in another form', () => {
  test('that borrows its objects is refused, with another way', async () => {
    const place = history('lender');
    const shared = `${place.folder}-borrower`;
    place.git('clone', '--quiet', '--shared', place.folder, shared);
    const read = committedFiles({ revision: 'HEAD', path: 'entra' }, shared);
    await expect(read).rejects.toMatchObject({
      message: expect.stringContaining('borrows'),
      hint: expect.stringContaining('worktree'),
    });
  });

  test('that was cloned is read by the name of its remote, and by what was fetched last', async () => {
    const place = history('origin');
    const clone = `${place.folder}-clone`;
    place.git('clone', '--quiet', '--no-local', place.folder, clone);
    execFileSync('git', ['fetch', '--quiet', 'origin', 'topic/one'], { cwd: clone });
    for (const [revision, own] of [
      ['origin', 'main'],
      ['FETCH_HEAD', 'topic/one'],
      ['@', 'main'],
    ] as const) {
      expect(Object.values(await byUs(clone, revision, 'entra'))).toEqual(Object.values(byGit(place, own, 'entra')));
      expect(await committedPath(`${revision}:entra`, clone)).toEqual({ revision, path: 'entra' });
    }
  });

  test('whose tags name each other ends in a refusal', async () => {
    const place = history('circle');
    const tagOf = (target: string) => `object ${target}\ntype tag\ntag t\ntagger a <a@b.c> 0 +0000\n\nx\n`;
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    for (const [id, target] of [
      [a, b],
      [b, a],
    ] as const) {
      const text = tagOf(target);
      mkdirSync(join(place.folder, '.git/objects', id.slice(0, 2)), { recursive: true });
      writeFileSync(
        join(place.folder, '.git/objects', id.slice(0, 2), id.slice(2)),
        deflateSync(`tag ${text.length}\0${text}`),
      );
    }
    await expect(committedFiles({ revision: a, path: 'entra' }, place.folder)).rejects.toThrow('is damaged');
  });
});

describe('a repository that is damaged', () => {
  test('says which object, whatever byte of a pack was turned, and never answers otherwise', async () => {
    const place = history('damaged');
    place.git('gc', '--quiet', '--aggressive');
    const right = byGit(place, 'HEAD~8', 'entra');
    const folder = join(place.folder, '.git/objects/pack');
    const pack = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '');
    const bytes = readFileSync(pack);
    execFileSync('chmod', ['u+w', pack]);
    for (let at = 12; at < bytes.length - 20; at += 37) {
      const turned = Buffer.from(bytes);
      turned[at] = (turned[at] ?? 0) ^ 0x41;
      writeFileSync(pack, turned);
      const answer = await byUs(place.folder, 'HEAD~8', 'entra').catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer.name).toBe('GsaError');
      else expect(answer).toEqual(right);
    }
  });
});
