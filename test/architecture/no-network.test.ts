import { spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { rolePlace } from '../support/role-place.ts';
import { TRIED } from '../support/role-table.ts';
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

const shipped = Object.entries(lock.packages).filter(([path, { dev, link }]) => path !== '' && !dev && !link);

describe('packages bring nothing that runs at install', () => {
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

/** Packages that ship and make code out of text; SECURITY.md says of each why, and when it is loaded. */
const MAKERS_OF_CODE = ['@peculiar/x509', 'ajv', 'reflect-metadata', 'zod'];
const MADE_CODE =
  /(?<![\w.$#'"`-])eval\s*\((?!input)|(?<![\w$])new\s+Function\s*\(|(?<![\w$.])Function\s*\(\s*["'`]|=\s*Function;/;

describe('what ships makes no code out of text, but for packages that are named', () => {
  test('and SECURITY.md names them', () => {
    const makers = shipped.flatMap(([path]) => (existsSync(join(PROJECT, path)) && makesCode(path) ? [path] : []));
    expect(makers.map((path) => path.replace(/^.*node_modules\//, '')).sort()).toEqual(MAKERS_OF_CODE);
    const security = readFileSync(join(PROJECT, 'SECURITY.md'), 'utf8');
    for (const name of MAKERS_OF_CODE) expect(security).toContain(`\`${name}\``);
  });

  test('a clone whose packages were installed without their scripts works', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gsa-clone-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of ['bin', 'src', 'package.json'])
      cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const options = { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/gsa.js'), 'demo'], options);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('CA003');
  });

  test('npm lists it all as CycloneDX, by one script', () => {
    const { stdout } = spawnSync(process.execPath, ['tools/list-shipped.mjs'], { cwd: PROJECT, encoding: 'utf8' });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: { name: string }[] };
    expect(bomFormat).toBe('CycloneDX');
    const listed = new Set(components.map(({ name }) => name));
    for (const [path] of shipped) {
      if (existsSync(join(PROJECT, path))) expect(listed).toContain(path.replace(/^.*node_modules\//, ''));
    }
    for (const name of ['vitest', 'typescript']) expect(listed).not.toContain(name);
  });
});

/** Commands that open no connection: all but those that start the server. */
const OFFLINE = TRIED.filter(({ words }) => !/^(serve|rehearse)\b/.test(words));

describe('every command but those that start the server opens no socket of the network', () => {
  const place = workplace(afterAll);
  let typed: (words: string) => readonly string[];
  beforeAll(async () => {
    typed = await rolePlace(place);
  });

  test('as the modules of the network see it', async () => {
    const calls: string[] = [];
    const watched: readonly (readonly [owner: object, name: string])[] = [
      [net.Socket.prototype, 'connect'],
      [net.Server.prototype, 'listen'],
      [tls, 'connect'],
      [dns, 'lookup'],
      [dns, 'resolve'],
      [dgram, 'createSocket'],
      [globalThis, 'fetch'],
    ];
    for (const [owner, name] of watched) {
      const real: unknown = Reflect.get(owner, name);
      onTestFinished(() => void Reflect.set(owner, name, real));
      Reflect.set(owner, name, () => {
        calls.push(name);
        throw new Error(`${name} was called`);
      });
    }
    for (const { words } of OFFLINE) {
      const { exitCode, stderr } = await place.gsa(typed(words));
      expect([0, 1, 3, 4], `${words}: ${stderr}`).toContain(exitCode);
      expect([words, calls]).toEqual([words, []]);
    }
    expect(() => fetch('http://127.0.0.1:9/')).toThrow('fetch was called');
  });

  const canTrace = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']).status === 0;
  const one = OFFLINE.filter(
    ({ words }, at) => OFFLINE.findIndex((other) => nounOf(other.words) === nounOf(words)) === at,
  );

  // With strace at hand, the built program is seen; it runs where no text may be made code, too.
  test.skipIf(!canTrace).each(one)('as the system sees it: gsa $words', ({ words }) => {
    const trace = join(place.folder, 'trace');
    const program = [process.execPath, '--disallow-code-generation-from-strings', GSA, ...typed(words)];
    const args = ['-f', '--seccomp-bpf', '-qq', '-e', 'trace=network,execve', '-o', trace, ...program];
    const env = { PATH: process.env['PATH'], HOME: place.folder, GSA_TENANT: place.tenant };
    const { status, stderr } = spawnSync('strace', args, { cwd: place.folder, env, encoding: 'utf8' });
    expect([0, 1, 3, 4], stderr).toContain(status);
    const calls = readFileSync(trace, 'utf8');
    expect(calls).toContain('execve(');
    expect(calls).not.toMatch(/AF_INET6?\b/);
  });
});

/** Which command it is: its words without those that say on what. */
function nounOf(words: string): string {
  return (
    /^(?:policy|location|tenant|signaling|logs|test|user|group|role|audit|check|impact|import) \S+|^\S+/.exec(
      words,
    )?.[0] ?? words
  );
}

const GSA = join(PROJECT, 'bin/gsa.js');

function makesCode(path: string): boolean {
  return readdirSync(join(PROJECT, path), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.[cm]?js$/.test(entry.name) &&
        !entry.parentPath.slice(PROJECT.length + path.length).includes('node_modules'),
    )
    .some((entry) => MADE_CODE.test(codeOf(readFileSync(join(entry.parentPath, entry.name), 'utf8'))));
}

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
