import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignInFile } from '../../src/store/sign-in-log/sign-in-log.ts';
import { signIns } from '../support/generate-sign-ins.ts';
import { PROJECT, quietEnvironment } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = `'${NODE}' '${join(PROJECT, 'bin/gsa.js')}'`;
const SIGN_INS = 2000;
const LINES = signIns(SIGN_INS).map((signIn) => `${JSON.stringify(signIn)}\n`);

/** It only ends hangs: nothing below depends on how long anything takes. */
const PATIENCE = 280_000;

const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** Whether there is another user who may less than this one, and who can get at Node, at gsa and at the folder of the tests. */
function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'gsa-nobody-'));
  try {
    const script = `chmod 755 '${folder}' && exec ${AS_NOBODY.join(' ')} sh -c 'cd "$0" && "$1" "$2" --version' '${folder}' ${GSA}`;
    execFileSync('sh', ['-c', script], { stdio: 'ignore', env: quietEnvironment('/') });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gsa-process-'));
  const file = join(home, 'signins.ndjson');
  writeFileSync(file, LINES.join(''));
  const { exitCode, stderr } = await bash(`${GSA} init --quiet && ${GSA} replay signins.ndjson --quiet`);
  expect([exitCode, stderr]).toEqual([0, '']);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A script of bash in the home folder of the test, with the built binary as $GSA. */
function bash(
  script: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['-c', `set -o pipefail; ${script}`],
      { cwd: home, env: { ...quietEnvironment(home), ...env }, maxBuffer: 1 << 28, timeout: PATIENCE },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? 124, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

describe('pipes and files', () => {
  test('a reader that has seen enough ends it quietly', async () => {
    const { exitCode, stdout, stderr } = await bash(`${GSA} logs --all | head -1`);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Time\t/);
  });

  test.each<[string, number]>([
    ['check --fail-on note', 1],
    ['impact signins.ndjson --fail-on unchanged', 1],
    ['logs --all', 0],
    ['signaling disable --no-input', 3],
    ['location show nowhere', 4],
  ])('a reader that leaves does not turn what %s comes to', async (words, code) => {
    for (const reader of ['| true', '2>&1 | true', '>/dev/null 2> >(true)', '-o json | true']) {
      const { exitCode } = await bash(`${GSA} ${words} ${reader}`);
      expect([reader, exitCode]).toEqual([reader, code]);
    }
  });

  test('nor keeps a change from being made', async () => {
    for (const [at, reader] of ['| true', '2>&1 | true', '>/dev/null 2> >(true)'].entries()) {
      expect((await bash(`${GSA} location add Office${at} 198.51.100.${at}/32 ${reader}`)).exitCode).toBe(0);
      expect((await bash(`${GSA} location show Office${at}`)).stdout).toContain(`198.51.100.${at}/32`);
    }
  });

  test('megabytes reach a slow reader whole', async () => {
    const { stdout } = await bash(`${GSA} logs --all -o json | (sleep 0.5; cat)`);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(stdout).value).toHaveLength(SIGN_INS);
  });

  test('a full device is an error, not silence', async () => {
    const { exitCode, stderr } = await bash(`${GSA} policy list >/dev/full`);
    expect([exitCode, stderr]).toEqual([4, 'gsa: cannot write the output: no space left on device (ENOSPC)\n']);
  });

  test.each(['<&-', '>&-', '2>&-', '<&- >&- 2>&-'])('closed streams (%s) crash nothing', async (closed) => {
    const { exitCode } = await bash(`${GSA} signaling status ${closed}`);
    expect(exitCode).toBe(0);
  });

  test('yes from a pipe is no consent', async () => {
    for (const typed of ['yes', 'echo', 'true']) {
      const { exitCode, stderr } = await bash(`set +o pipefail; ${typed} | ${GSA} signaling disable`);
      expect(exitCode).toBe(3);
      expect(stderr).toContain('--keep-policies');
    }
  });
});

describe('environments', () => {
  let usual: string;
  beforeAll(async () => {
    usual = (await bash(`${GSA} policy list`)).stdout;
  });

  test.each<[string, NodeJS.ProcessEnv, number]>([
    ['an empty HOME', { HOME: '' }, 4],
    ['a HOME that is not there', { HOME: '/nonexistent/gsa' }, 4],
    ['HOME=/proc', { HOME: '/proc' }, 4],
    ['a relative XDG_CONFIG_HOME', { XDG_CONFIG_HOME: 'rel' }, 4],
    ['TERM=dumb', { TERM: 'dumb' }, 0],
    ['COLUMNS=0', { COLUMNS: '0' }, 0],
    ['COLUMNS=1', { COLUMNS: '1' }, 0],
    ['a locale that is not there', { LC_ALL: 'xx_XX.UTF-8' }, 0],
    ['a Turkish locale', { LC_ALL: 'tr_TR.UTF-8' }, 0],
    ['a time zone that is none', { TZ: '../../etc/passwd' }, 0],
    ['DEBUG=*', { DEBUG: '*' }, 0],
    ['a small heap', { NODE_OPTIONS: '--max-old-space-size=64' }, 0],
    ['deprecations that throw', { NODE_OPTIONS: '--throw-deprecation' }, 0],
  ])('%s: an answer or a refusal, the same bytes, nothing left behind', async (_name, env, wanted) => {
    mkdirSync(join(home, 'cwd'), { recursive: true });
    const { exitCode, stdout, stderr } = await bash(`cd cwd && ${GSA} policy list`, env);
    expect(exitCode).toBe(wanted);
    expect(stdout).toBe(wanted === 0 ? usual : '');
    expect(stderr).not.toMatch(/^ +at /m);
    expect(readdirSync(join(home, 'cwd'))).toEqual([]);
  });

  test('the current folder is deleted under it: absolute names still work, relative ones say so', async () => {
    const gone = 'mkdir -p gone && cd gone && rmdir ../gone';
    expect((await bash(`${gone} && ${GSA} policy list`)).exitCode).toBe(0);
    const relative = await bash(`${gone} && ${GSA} policy list --tenant x.json`);
    expect(relative.exitCode).toBe(4);
    expect(relative.stderr).toContain('the current folder no longer exists');
  });

  test.each([
    [{ FORCE_COLOR: '3', NO_COLOR: '' }, true],
    [{ FORCE_COLOR: '3' }, false],
    [{ FORCE_COLOR: '0', NO_COLOR: '' }, false],
    [{ NO_COLOR: '', CI: 'true' }, false],
  ])('colour in a pipe with %j: %s', async (env, colored) => {
    const { stdout } = await bash(`${GSA} signaling status`, env);
    expect(stdout.includes('\u001b[')).toBe(colored);
  });

  // Skipped where the tests are not run by root, or where nobody else may read the project.
  test.skipIf(!canBeNobody())('a folder that may not be written is said before anything is asked', async () => {
    const asNobody = AS_NOBODY.join(' ');
    await bash(`mkdir -p ro && cp .config/gsa/tenant.json ro/ && chmod 755 . ro && chmod 644 ro/tenant.json`);
    const reading = await bash(`${asNobody} ${GSA} policy list --tenant "$PWD/ro/tenant.json"`);
    const writing = await bash(`${asNobody} ${GSA} signaling disable --keep-policies --tenant "$PWD/ro/tenant.json"`);
    expect([reading.exitCode, writing.exitCode]).toEqual([0, 4]);
    expect(writing.stderr).toMatch(/permission denied \(EACCES\)/);
  });

  test.skipIf(!canBeNobody()).each([
    ['a tenant file that may not be written', 'tenant.json', 'a-w', 'write'],
    ['a lock that may not be written', 'tenant.json.lock', 'a-w', 'lock'],
    ['a lock that may not even be read', 'tenant.json.lock', 'a-rw', 'lock'],
    ['a folder of backups that may not be written', 'tenant.json.backups', 'a-w', 'write'],
    ['an audit journal that may not be written', 'tenant.json.audit.ndjson', 'a-w', 'write'],
    ['an audit journal that may not even be read', 'tenant.json.audit.ndjson', 'a-rw', 'write'],
  ])('%s is named as it is, and nothing is written', async (_, file, mode, doing) => {
    const asNobody = AS_NOBODY.join(' ');
    const gsa = `${asNobody} ${GSA} --tenant "$PWD/closed/tenant.json"`;
    const change = `${gsa} policy set-state CA003 disabled --no-input`;
    await bash('chmod 755 . && rm -rf closed && mkdir closed && chmod 777 closed');
    expect((await bash(`${gsa} init --quiet && ${change}`)).exitCode).toBe(0);
    const before = readFileSync(join(home, 'closed/tenant.json'));
    const { exitCode, stderr } = await bash(
      `chmod ${mode} closed/${file} && ${change.replace('disabled', 'enabled')}; code=$?; chmod u+rwX closed/${file}; exit $code`,
    );
    const named = `cannot ${doing} \`${join(home, 'closed', file)}\`: permission denied (EACCES)\nhint: `;
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining(named)]);
    expect(readFileSync(join(home, 'closed/tenant.json'))).toEqual(before);
  });

  test.skipIf(!canBeNobody()).each([
    ['the log', 'chmod a-w closed/tenant.signins.db', 'replay signins.ndjson', 'write', 'tenant.signins.db'],
    ['the log', 'chmod a-rw closed/tenant.signins.db', 'replay signins.ndjson', 'read', 'tenant.signins.db'],
    ['the log', 'chmod a-rw closed/tenant.signins.db', 'logs', 'read', 'tenant.signins.db'],
    [
      'what a look at a log that was read-only left beside it',
      `chmod a-w closed/tenant.signins.db && ${AS_NOBODY.join(' ')} ${GSA} logs --tenant closed/tenant.json && chmod u+w closed/tenant.signins.db`,
      ...['replay signins.ndjson', 'write', 'tenant.signins.db-shm'],
    ],
  ])('%s is named as it is: after %s, gsa %s', async (_, closing, words, doing, file) => {
    const gsa = `${AS_NOBODY.join(' ')} ${GSA} --quiet --tenant closed/tenant.json`;
    await bash('chmod 755 . && chmod 644 signins.ndjson && rm -rf closed && mkdir closed && chmod 777 closed');
    expect((await bash(`${gsa} init && ${gsa} replay signins.ndjson && ${closing}`)).exitCode).toBe(0);
    const { exitCode, stderr } = await bash(`${gsa} ${words}`);
    const named = `cannot ${doing} \`${join(home, 'closed', file as string)}\`: permission denied (EACCES)\nhint: `;
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining(named)]);
  });
});

describe('a large file of sign-ins, on which a thread begins before anything is known to be right', () => {
  beforeAll(() => {
    writeFileSync(join(home, 'large.ndjson'), LINES.join('').repeat(Math.ceil((17 << 20) / LINES.join('').length)));
    writeFileSync(join(home, 'broken.json'), '{"schemaVersion":');
    writeFileSync(join(home, 'empty-log.json'), '{}');
  });

  test.each([
    ['a tenant that is not there', 'replay large.ndjson --dry-run --tenant none.json'],
    ['a tenant that is broken', 'replay large.ndjson --dry-run --tenant broken.json'],
    ['a broken tenant of a forecast', 'impact large.ndjson --tenant broken.json'],
    ['another file that is not there', 'replay large.ndjson none.ndjson --dry-run'],
    ['a traffic log that is none', 'replay large.ndjson --dry-run --gsa-traffic empty-log.json'],
    ['a tenant to compare with that is not there', 'impact large.ndjson --against none.json'],
  ])('%s ends it', async (_, command) => {
    const { exitCode, stdout, stderr } = await bash(`${GSA} ${command}`);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^gsa: /);
  });
});

describe('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s during a replay keeps whole sign-ins, and the next run adds the rest', async (signal, wanted) => {
    const tenant = join(home, `${signal}.json`);
    await bash(`${GSA} init --quiet --tenant ${tenant}`);
    // Given three quarters and a half line, and no end of the input: the replay is in the middle of it when the signal comes.
    const given = LINES.slice(0, (SIGN_INS * 3) / 4);
    const child = spawn(NODE, [join(PROJECT, 'bin/gsa.js'), 'replay', '-', '--quiet', '--tenant', tenant], {
      cwd: home,
      env: quietEnvironment(home),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const closed = once(child, 'close');
    child.stdin.on('error', () => undefined).write(given.join('') + LINES[given.length]?.slice(0, 99));
    const path = join(home, `${signal}.signins.db`);
    const { lineage } = JSON.parse(readFileSync(tenant, 'utf8')) as { lineage: string };
    while (loggedIn(path, lineage) === 0 && child.exitCode === null) await delay(20);
    child.kill(signal);
    expect(await closed).toEqual([wanted, null]);
    const kept = loggedIn(path, lineage);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(given.length);
    const again = await bash(`${GSA} replay signins.ndjson --tenant ${tenant} -o json`);
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ replayed: SIGN_INS, alreadyLogged: kept });
    const logged = await bash(`${GSA} logs --all -o ndjson --tenant ${tenant} | wc -l`);
    expect(logged.stdout.trim()).toBe(String(SIGN_INS));
  });
});

/** How many sign-ins the log has; none before it is made whole. */
function loggedIn(path: string, lineage: string): number {
  if (!existsSync(`${path}-wal`) && !existsSync(path)) return 0;
  const log = new SignInFile(path, lineage);
  try {
    return log.count({ conditions: [] });
  } finally {
    log.close();
  }
}
