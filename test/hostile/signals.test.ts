import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT, quietEnvironment } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = join(PROJECT, 'bin/gsa.js');

/** Far more than the second that is promised, and far less than what is computed takes: the machine may be busy. */
const PATIENCE = 20_000;

/** Policies that differ in everything: a proof over them takes minutes. */
const POLICIES = 400;

let home: string;
let temporary: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'gsa-signals-'));
  temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const locations = Array.from({ length: POLICIES }, (_, at) => location(at));
  const policies = Array.from({ length: POLICIES }, (_, at) => policy(at));
  exported('before', { locations, policies });
  exported('after', { locations, policies: policies.map((each) => ({ ...each, state: 'disabled' })) });
  run('init', '--empty', '--quiet');
  run('import', 'before', '--quiet');
  const suite = (words: readonly string[]) =>
    `suite: s\ntests:\n  - name: t\n    command: ${JSON.stringify(words)}\n    expect: { exit: 0 }\n`;
  mkdirSync(join(home, 'long'));
  writeFileSync(join(home, 'long/long.gsatest.yaml'), suite(['check', '--gaps']));
  mkdirSync(join(home, 'many'));
  for (let at = 0; at < 200; at++) {
    writeFileSync(join(home, `many/${at}.gsatest.yaml`), suite(['policy', 'set-state', 'P1', 'disabled']));
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const environment = () => ({ ...quietEnvironment(home), TMPDIR: temporary });

function run(...words: readonly string[]): void {
  execFileSync(NODE, [GSA, ...words], { cwd: home, env: environment(), stdio: 'pipe' });
}

function exported(folder: string, lists: Readonly<Record<string, readonly object[]>>): void {
  mkdirSync(join(home, folder));
  for (const [name, value] of Object.entries(lists))
    writeFileSync(join(home, folder, `${name}.json`), JSON.stringify({ value }));
}

const idOf = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

function location(at: number): object {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: idOf('1', at),
    displayName: `L${at}`,
    isTrusted: at % 3 === 0,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: `10.${at >> 8}.${at & 255}.0/24` }],
  };
}

function policy(at: number): object {
  const clients = ['browser', 'exchangeActiveSync', 'mobileAppsAndDesktopClients', 'other'];
  return {
    id: idOf('9', at),
    displayName: `P${at}`,
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'], excludeGroups: [idOf('b', at)] },
      applications: { includeApplications: [at % 2 === 0 ? idOf('e', at) : 'All'] },
      clientAppTypes: [clients[at % 4]],
      locations: { includeLocations: ['All'], excludeLocations: [idOf('1', at), idOf('1', (at * 7) % POLICIES)] },
      signInRiskLevels: at % 3 === 0 ? [] : ['high'],
    },
    grantControls: { operator: 'OR', builtInControls: [at % 2 === 0 ? 'mfa' : 'block'] },
  };
}

/** Sends one signal while the command is at work, and nothing else: its exit code as a shell tells it. */
async function stopped(signal: 'SIGINT' | 'SIGTERM', after: number, words: readonly string[]): Promise<number> {
  const child = spawn(NODE, [GSA, ...words], { cwd: home, env: environment(), stdio: ['pipe', 'ignore', 'ignore'] });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await delay(after);
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  child.kill(signal);
  const late = AbortSignal.timeout(PATIENCE);
  late.addEventListener('abort', () => child.kill('SIGKILL'));
  const [code, by] = await closed;
  return code ?? 128 + constants.signals[by ?? 'SIGKILL'];
}

const LONG: readonly (readonly string[])[] = [
  ['check', '--gaps'],
  ['policy', 'diff', 'before', 'after'],
  ['test', 'long'],
];

describe.skipIf(process.platform === 'win32')('the first signal ends what computes', () => {
  describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
    test.each(LONG)('gsa %s %s %s %s', async (...words) => {
      for (const after of [400, 2_500]) {
        const exitCode = await stopped(signal, after, words.filter(Boolean));
        expect(exitCode).toBe(signal === 'SIGTERM' ? 143 : 130);
      }
      run('tenant', 'validate');
    });

    test('what waits for its input', async () => {
      for (const words of [
        ['replay', '-'],
        ['impact', '-'],
      ]) {
        expect(await stopped(signal, 1_500, words)).toBe(signal === 'SIGTERM' ? 143 : 130);
      }
    });
  });

  test('and where copies of the tenant lie about, they go with it', async () => {
    expect(await stopped('SIGTERM', 2_500, ['test', 'many'])).toBe(143);
    expect(readdirSync(temporary).filter((name) => name.startsWith('gsa-rehearsal-'))).toEqual([]);
  });

  test('what a process left that was killed outright goes with the next', async () => {
    mkdirSync(join(temporary, 'gsa-rehearsal-999999999-abcdef'));
    mkdirSync(join(temporary, 'gsa-serve-999999999-abcdef'));
    run('test', 'many/1.gsatest.yaml');
    expect(readdirSync(temporary).filter((name) => name.startsWith('gsa-'))).toEqual([]);
  });
});
