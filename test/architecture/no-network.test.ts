import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

const NETWORK = /["'`](?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises|inspector)["'`]/;
const CALLS = /(?<![\w.$])(?:fetch|XMLHttpRequest|WebSocket|EventSource)\s*\(/;
const WRITTEN_CODE =
  /(?<![\w.$#])eval\s*\(|(?<![\w$])(?:new\s+)?Function\s*\(\s*["'`]|new\s+Function\b|["'`](?:node:)?vm["'`]/;

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'),
);

describe('no command but `serve` and those that start it can reach the network', () => {
  test('no source outside the room of the server names a module or a function of the network', () => {
    expect(matches('src', NETWORK).filter((file) => !file.startsWith('src/serve/'))).toEqual([]);
    expect(matches('src', CALLS)).toEqual([]);
    expect(matches('src', NETWORK).length).toBeGreaterThan(0);
  });

  test('what is built names the network only where the server is', () => {
    const files = matches('dist', NETWORK);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(join(PROJECT, file), 'utf8'), file).toMatch(/^\/\/ src\/serve\//m);
    expect(matches('dist', CALLS)).toEqual([]);
  });

  test('neither source nor what is built makes code out of text', () => {
    expect([...matches('src', WRITTEN_CODE), ...matches('dist', WRITTEN_CODE)]).toEqual([]);
  });

  test.each([
    ['import("node:https")', NETWORK],
    ["from 'net'", NETWORK],
    ['await fetch(url)', CALLS],
    ['new WebSocket(url)', CALLS],
    ['eval(text)', WRITTEN_CODE],
    ['new Function("return 1")', WRITTEN_CODE],
    ["from 'node:vm'", WRITTEN_CODE],
  ])('%s would be found', (code, pattern) => {
    expect(code).toMatch(pattern);
  });
});

describe('packages bring nothing that runs at install', () => {
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);

  test('no package that ships has an install script', () => {
    expect(shipped.length).toBeGreaterThan(0);
    for (const [path, { hasInstallScript }] of shipped) {
      expect(hasInstallScript, path).toBeUndefined();
      if (!existsSync(join(PROJECT, path))) continue; // optional, for another system
      const { scripts = {} } = JSON.parse(readFileSync(join(PROJECT, path, 'package.json'), 'utf8'));
      for (const script of ['preinstall', 'install', 'postinstall']) expect(scripts, path).not.toHaveProperty(script);
    }
  });

  test('every package of the lockfile has its integrity, but for folders of this repository', () => {
    const without = Object.entries(lock.packages)
      .filter(([path, { integrity }]) => path.includes('node_modules/') && integrity === undefined)
      .filter(([, { link, resolved }]) => !(link === true && resolved?.startsWith('tools/') === true));
    expect(without.map(([path]) => path)).toEqual([]);
  });
});

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

describe.skipIf(!canTrace)('with strace at hand, a command is seen to open no socket of the network', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gsa-trace-'));
    run(['init']);
    writeFileSync(
      join(folder, 's.gsatest.yaml'),
      'suite: S\ntests:\n  - name: lists\n    command: [policy, list]\n    expect: { exit: 0 }\n',
    );
    writeFileSync(join(folder, 'signins.json'), JSON.stringify([SIGN_IN]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(
    [
      ['policy', 'list'],
      ['replay', 'signins.json'],
      ['impact', 'signins.json'],
      ['check'],
      ['test', 's.gsatest.yaml'],
    ].map((words) => [words.join(' '), words] as const),
  )('gsa %s', (_, words) => {
    const trace = join(folder, 'trace');
    const args = ['-f', '-qq', '-e', 'trace=network,execve', '-o', trace, process.execPath, GSA, ...words];
    const { status, stderr } = spawnSync('strace', args, { cwd: folder, env: environment(), encoding: 'utf8' });
    expect([0, 1, 3], stderr).toContain(status);
    const calls = readFileSync(trace, 'utf8');
    expect(calls).toContain('execve(');
    expect(calls).not.toMatch(/AF_INET6?\b/);
  });

  function run(words: readonly string[]): void {
    execFileSync(process.execPath, [GSA, ...words], { cwd: folder, env: environment(), stdio: 'pipe' });
  }

  function environment(): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], HOME: folder, GSA_TENANT: join(folder, 'tenant.json') };
  }
});

const GSA = join(PROJECT, 'bin/gsa.js');

const SIGN_IN = {
  id: '5b3e1f9a-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-15T08:00:00Z',
  userPrincipalName: 'adele.vance@contoso.com',
  userId: '5b3e1f9a-0000-4000-8000-000000000002',
  appId: '00000003-0000-0000-c000-000000000000',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  status: { errorCode: 0 },
};

/** Files of a folder whose code, comments left out, has the pattern. */
function matches(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js)$/.test(entry.name))
    .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)))
    .filter((file) => pattern.test(codeOf(readFileSync(join(PROJECT, file), 'utf8'))))
    .sort();
}

function codeOf(text: string): string {
  return text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
}
