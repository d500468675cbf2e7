import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

interface Place extends Workplace {
  at(name: string): string;
  /** `gsa role list`, whose report goes to `file`. */
  report(file: string): Promise<CommandRun>;
}

async function place(): Promise<Place> {
  const bare = workplace();
  await bare.gsa('init --quiet');
  return {
    ...bare,
    at: (name) => join(bare.folder, name),
    report: (file) => bare.gsa(['role', 'list', '-o', `csv:${file}`]),
  };
}

const CSV = /^\uFEFF?Role,Held by,/;

describe('the file of -o format:file', () => {
  test('is written whole, in a folder that is made, with nothing left beside it', async () => {
    const { at, report } = await place();
    expect(await report('out/deep/report.csv')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(readFileSync(at('out/deep/report.csv'), 'utf8')).toMatch(CSV);
    expect(readdirSync(at('out/deep'))).toEqual(['report.csv']);
  });

  test.each<[string, string]>([
    ['tenant.json', 'the tenant file'],
    ['tenant.json.audit.ndjson', 'the audit journal of the tenant'],
    ['tenant.signins.db', 'the sign-in log of the tenant'],
    ['tenant.json.lock', 'the lock of the tenant'],
    ['tenant.json.backups/new.json', 'among the backups of the tenant'],
  ])('never takes the place of %s, by whatever name', async (name, what) => {
    const { at, gsa } = await place();
    const tenant = at('own/tenant.json');
    await gsa(['init', '--quiet', '--tenant', tenant]);
    await gsa(['location', 'add', 'Branch', '198.51.100.0/24', '--tenant', tenant]);
    const kept = at(`own/${name}`);
    if (name === 'tenant.signins.db') writeFileSync(kept, 'ours');
    symlinkSync(kept, at('link'));
    const before = existsSync(kept) ? readFileSync(kept) : undefined;
    const report = (typed: string) => gsa(['role', 'list', '-o', `csv:${typed}`, '--tenant', tenant]);
    for (const typed of [kept, at('link')]) {
      const { exitCode, stderr } = await report(typed);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`\`${typed}\` is ${what}`)]);
    }
    if (before === undefined) {
      expect(existsSync(kept)).toBe(false);
      return;
    }
    linkSync(kept, at('hard'));
    expect((await report(at('hard'))).exitCode).toBe(2);
    expect(readFileSync(kept)).toEqual(before);
  });

  test('never takes the place of a file that the command reads', async () => {
    const { at, gsa } = await place();
    writeFileSync(at('policies.json'), '{"value":[]}');
    const run = await gsa(['import', 'policies.json', '-o', `json:${at('policies.json')}`]);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('is a file that this command is given')]);
    mkdirSync(at('export'));
    writeFileSync(at('export/policies.json'), '{"value":[]}');
    expect((await gsa(['import', 'export', '-o', `json:${at('export/report.json')}`])).exitCode).not.toBe(2);
  });

  test('keeps the mode that it had', async () => {
    const { at, report } = await place();
    writeFileSync(at('report.csv'), 'old');
    chmodSync(at('report.csv'), 0o640);
    await report('report.csv');
    expect(readFileSync(at('report.csv'), 'utf8')).toMatch(CSV);
    expect(statSync(at('report.csv')).mode & 0o777).toBe(0o640);
  });

  test('keeps its other names', async () => {
    const { at, report } = await place();
    writeFileSync(at('one.csv'), 'old');
    linkSync(at('one.csv'), at('two.csv'));
    await report('one.csv');
    expect(readFileSync(at('two.csv'), 'utf8')).toMatch(CSV);
    expect(statSync(at('one.csv')).ino).toBe(statSync(at('two.csv')).ino);
  });

  test.each(['there', 'not yet there'])('stands where a link points, to a file that is %s', async (state) => {
    const { at, report } = await place();
    if (state === 'there') writeFileSync(at('real.csv'), 'old');
    symlinkSync('real.csv', at('first'));
    symlinkSync('first', at('report.csv'));
    expect((await report('report.csv')).exitCode).toBe(0);
    expect(lstatSync(at('report.csv')).isSymbolicLink()).toBe(true);
    expect(lstatSync(at('first')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('real.csv'), 'utf8')).toMatch(CSV);
  });

  test('is a FIFO, which is waited for, written through and still there', async () => {
    const { at, report } = await place();
    execFileSync('mkfifo', [at('fifo')]);
    const written = report('fifo');
    const reader = spawn('cat', [at('fifo')], { stdio: ['ignore', 'pipe', 'ignore'] });
    expect(await text(reader.stdout)).toMatch(CSV);
    expect((await written).exitCode).toBe(0);
    expect(lstatSync(at('fifo')).isFIFO()).toBe(true);
  });

  test('is a FIFO that nobody reads, until the wait is interrupted', async () => {
    const { at, gsa } = await place();
    execFileSync('mkfifo', [at('fifo')]);
    const interruption = new AbortController();
    const written = gsa('role list -o csv:fifo', { interrupted: interruption.signal });
    setTimeout(() => interruption.abort('SIGINT'), 100);
    expect((await written).exitCode).toBe(130);
  });

  test('is a FIFO that nobody reads, which is refused where it was waited for long enough', async () => {
    const { at, report } = await place();
    execFileSync('mkfifo', [at('fifo')]);
    const now = performance.now();
    let looks = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 4_000 * looks++);
    const { exitCode, stderr } = await report('fifo').finally(() => clock.mockRestore());
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('is a pipe from which nobody reads')]);
  });

  test.each(['-', '/dev/stdout', '/proc/self/fd/1', 'link'])('is stdout when it is called %s', async (name) => {
    const { at, report } = await place();
    symlinkSync('/proc/self/fd/1', at('link'));
    const { exitCode, stdout } = await report(name);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(CSV)]);
    expect(existsSync(at('-'))).toBe(false);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  });
});

describe('the file of -o format:file is refused by the name that was typed, with what to do,', () => {
  const refusals: readonly (readonly [string, string, (at: Place['at']) => unknown, RegExp])[] = [
    ['a folder', 'out', (at) => mkdirSync(at('out')), /`out`: it is a folder\nhint: .+ out\/report/],
    ['a folder that is not there', 'out/', () => undefined, /`out\/`: it is a folder\nhint: .+ out\/report/],
    ['a write-protected file', 'old', (at) => writeFileSync(at('old'), 'old', { mode: 0o444 }), /`old`: .+\nhint: /],
    [
      'a file below a file',
      'old/new',
      (at) => writeFileSync(at('old'), 'old'),
      /`old\/new`: not a directory .+\nhint: /,
    ],
    [
      'a link into nothing',
      'old',
      (at) => symlinkSync('no/file', at('old')),
      /`old`: it is a link .+\nhint: .+mkdir -p /,
    ],
    ['a link to itself', 'old', (at) => symlinkSync('old', at('old')), /`old`: its links lead in a circle/],
    ['below a folder that takes none', '/proc/no/file', () => undefined, /`\/proc\/no\/file`: no such .+\nhint: /],
  ];
  test.each(refusals)('%s', async (_what, name, prepare, said) => {
    const { at, folder, report, gsa, bytes } = await place();
    prepare(at);
    const before = readdirSync(folder);
    const { exitCode, stdout, stderr } = await report(name);
    expect([exitCode, stdout, stderr]).toEqual([4, '', expect.stringMatching(said)]);
    expect(stderr).not.toContain('.tmp');
    expect(readdirSync(folder)).toEqual(before);
    const tenant = bytes();
    const change = await gsa(['signaling', 'disable', '--keep-policies', '-o', `json:${name}`]);
    // Below /proc nothing is known to be wrong before it is tried.
    if (!name.startsWith('/proc')) expect([change.exitCode, bytes()]).toEqual([4, tenant]);
  });

  test('a socket, which stays', async () => {
    const { at, report } = await place();
    const server = createServer().listen(at('socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { exitCode, stderr } = await report('socket');
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/^gsa: cannot write `socket`: .+\nhint: /)]);
    expect(lstatSync(at('socket')).isSocket()).toBe(true);
  });
});
