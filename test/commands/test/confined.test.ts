import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TestReport } from '../../../src/output/reports/gsatest/result.ts';
import type { Workplace } from '../../support/in-process.ts';
import { workplace } from '../../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

/** Another folder, with a tenant and sign-ins that no test of the place may see. */
async function elsewhere(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-elsewhere-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await workplaceAt(folder);
  writeFileSync(join(folder, 'signins.ndjson'), '{"id":"1"}\n');
  return folder;
}

async function workplaceAt(folder: string): Promise<void> {
  const place = workplace();
  await place.gsa(['init', '--tenant', join(folder, 'tenant.json')]);
}

async function runSuite(place: Workplace, text: string, options: { as?: string; words?: readonly string[] } = {}) {
  writeFileSync(join(place.folder, 'suite.gsatest.yaml'), text);
  const before = place.bytes();
  const names = readdirSync(place.folder).sort();
  const { exitCode, stdout } = await place.gsa(
    ['test', 'suite.gsatest.yaml', '-o', 'json', ...(options.words ?? [])],
    options.as === undefined ? {} : { env: { GSA_AS: options.as } },
  );
  expect(place.bytes()).toBe(before);
  expect(readdirSync(place.folder).sort()).toEqual(names);
  return { exitCode, report: JSON.parse(stdout) as TestReport };
}

const commandTest = (words: readonly string[], expected = '{ exit: 0 }') =>
  `suite: s\ntests:\n  - name: a command\n    command: ${JSON.stringify(words)}\n    expect: ${expected}\n`;

describe('a command in a test sees only its copy of the tenant', () => {
  test.each<[string, readonly string[]]>([
    ['another tenant by --tenant', ['policy', 'list', '--tenant', './tenant.json']],
    ['another tenant by -t', ['policy', 'list', '-t', './tenant.json']],
    ['another tenant glued to -t', ['policy', 'list', '-t./tenant.json']],
    ['another tenant by --tenant=', ['policy', 'list', '--tenant=tenant.json']],
    ['a tenant that init would make', ['init', '--force', '--tenant', './other.json']],
    ['a report by -o', ['policy', 'list', '-o', 'json:./planted.json']],
    ['a report glued to -o', ['policy', 'list', '-ojson:planted.json']],
    ['a report by --output=', ['policy', 'list', '--output=json:/tmp/planted.json']],
    ['an export', ['export', './exported']],
    ['an export that climbs out of its folder', ['export', '{scratch}/../../exported']],
    ['tests that it would run', ['test', 'suite.gsatest.yaml']],
    ['tests that it would run by another spelling', ['--quiet', 'test']],
    ['a log that it would follow without end', ['logs', '--follow']],
    ['a log that it would follow by another spelling', ['logs', '-o', 'json', '--all', '--follow', '--quiet']],
    ['sign-ins of another folder', ['replay', '/etc/hostname', '--dry-run']],
    ['sign-ins above its folder', ['replay', '../signins.ndjson', '--dry-run']],
    ['a backup of another folder', ['tenant', 'restore', '../backup.json', '--yes']],
    ['a plan of another folder', ['apply', '../plan.json', '--yes']],
    ['a certificate of another folder', ['check', 'certificate', '../certificate.json']],
    ['a certificate that it would write', ['impact', '--all', '--certificate', '../certificate.json']],
    ['a suggestion that it would write', ['signaling', 'disable', '--suggest', '../objects.json']],
    ['a script that it would rehearse', ['rehearse', '--save', '{scratch}/plan.json', '--', 'true']],
    ['a server of an engine', ['impact', '--engine', 'clickhouse', '--url', 'http://127.0.0.1:1', '--table', 't']],
    ['an engine by another spelling', ['--quiet', 'impact', '--engine=clickhouse', '--table=t']],
    [
      'a server to load sign-ins into',
      ['engine', 'clickhouse', 'create', '--url', 'http://127.0.0.1:1', '--table', 't'],
    ],
    ['statements for a server', ['engine', 'clickhouse', 'create', '--table', 't', '--print']],
    ['files of an engine by a glob', ['impact', '--engine', 'duckdb', '/etc/host*.ndjson']],
    ['files of an engine below its folder', ['impact', 'suite.ndjson', '--engine', 'duckdb']],
    ['its own environment', ['replay', '/proc/self/environ', '--dry-run']],
    ['a descriptor', ['policy', 'list', '-o', 'csv:/dev/fd/1']],
    ['a tenant to take objects from', ['impact', '--all', '--with', '../tenant.json']],
    ['two tenants to compare', ['policy', 'diff', '../tenant.json', '../tenant.json']],
    ['a baseline of another folder', ['check', '--baseline', '/etc/hostname']],
    ['a body of another folder', ['whatif', '--request', '/etc/hostname']],
    ['a tenant to compare with', ['impact', 'suite.gsatest.yaml', '--against', '/etc/hostname']],
    ['countries of another folder', ['replay', 'suite.gsatest.yaml', '--countries', '/etc/hostname']],
    ['traffic of another folder', ['replay', 'suite.gsatest.yaml', '--gsa-traffic', '/etc/hostname']],
  ])('and may not name %s', async (_, words) => {
    const place = await contoso();
    for (const expected of ['{ exit: 0 }', '{ exit: 4 }']) {
      const { exitCode, report } = await runSuite(place, commandTest(words, expected));
      expect(exitCode).toBe(4);
      expect(report.value[0]).toMatchObject({ status: 'error', line: 4 });
      expect(report.value[0]?.problems[0]?.message).toMatch(/^a command of a test (names|writes|reads|runs) /);
    }
  });

  test('nor a glob that an engine would follow through a link', async () => {
    const place = await contoso();
    symlinkSync(await elsewhere(), join(place.folder, 'link'));
    const words = ['impact', '--engine', 'duckdb', 'lin?/signins.ndjson'];
    const { report } = await runSuite(place, commandTest(words, '{ exit: 4 }'));
    expect(report.value[0]).toMatchObject({ status: 'error', line: 4, column: expect.any(Number) });
    expect(report.value[0]?.problems[0]?.message).toBe('a command of a test runs `gsa impact --engine`');
  });

  test('nor read through a link, nor a folder that holds one', async () => {
    const place = await contoso();
    const other = await elsewhere();
    symlinkSync(join(other, 'signins.ndjson'), join(place.folder, 'link.ndjson'));
    mkdirSync(join(place.folder, 'entra'));
    symlinkSync(join(other, 'tenant.json'), join(place.folder, 'entra', 'policies.json'));
    for (const words of [
      ['replay', 'link.ndjson'],
      ['import', './entra'],
    ]) {
      expect((await runSuite(place, commandTest(words, '{ exit: 4 }'))).exitCode).toBe(4);
    }
  });

  test.each<[string, (folder: string) => void]>([
    ['a link to a folder beside it', (folder) => symlinkSync('beside', join(folder, 'entra'))],
    [
      'a link to a link to a folder beside it',
      (folder) => {
        symlinkSync('beside', join(folder, 'between'));
        symlinkSync('between', join(folder, 'entra'));
      },
    ],
    [
      'a folder with a link to a folder beside it',
      (folder) => {
        mkdirSync(join(folder, 'entra'));
        symlinkSync(join('..', 'beside'), join(folder, 'entra', 'policies'));
      },
    ],
  ])('nor read through %s that holds a link out', async (_, link) => {
    const place = await contoso();
    const other = await elsewhere();
    mkdirSync(join(place.folder, 'beside'));
    symlinkSync(join(other, 'tenant.json'), join(place.folder, 'beside', 'policies.json'));
    link(place.folder);
    const { report } = await runSuite(place, commandTest(['import', './entra', '--dry-run'], '{ exit: 4 }'));
    expect(report.value[0]?.problems[0]?.message).toMatch(/^a command of a test reads /);
  });

  test.each<[string, (folder: string) => void]>([
    ['a pipe', (folder) => execFileSync('mkfifo', [join(folder, 'endless.ndjson')])],
    [
      'a link to a pipe',
      (folder) => {
        execFileSync('mkfifo', [join(folder, 'pipe')]);
        symlinkSync('pipe', join(folder, 'endless.ndjson'));
      },
    ],
  ])('nor wait for %s that nobody writes to', async (_, make) => {
    const place = await contoso();
    make(place.folder);
    const { report } = await runSuite(place, commandTest(['replay', './endless.ndjson'], '{ exit: 4 }'));
    expect(report.value[0]?.problems[0]?.message).toMatch(
      /^a command of a test reads .* is neither a file nor a folder$/,
    );
    const suite =
      'suite: s\ntests:\n  - name: a switch\n    signIns: endless.ndjson\n    change: { signaling: disabled }\n    expect: { newlyBlocked: 0 }\n';
    const named = await runSuite(place, suite);
    expect([named.exitCode, JSON.stringify(named.report)]).toEqual([
      4,
      expect.stringContaining('is neither a file nor a folder'),
    ]);
  });

  test('and passes over a pipe in a folder', async () => {
    const place = await contoso();
    mkdirSync(join(place.folder, 'entra'));
    execFileSync('mkfifo', [join(place.folder, 'entra', 'pipe.json')]);
    writeFileSync(join(place.folder, 'entra', 'note.txt'), '');
    const { report } = await runSuite(place, commandTest(['import', './entra', '--dry-run'], '{ exit: 4 }'));
    expect(JSON.stringify(report)).not.toMatch(/neither a file/);
  });

  test('and reads a folder whose links lead back', async () => {
    const place = await contoso();
    mkdirSync(join(place.folder, 'entra'));
    symlinkSync(join('..', 'entra'), join(place.folder, 'entra', 'again'));
    writeFileSync(join(place.folder, 'entra', 'none.json'), '{ "value": [] }');
    const { report } = await runSuite(place, commandTest(['import', './entra', '--dry-run'], '{ exit: 4 }'));
    expect(report.value[0]?.problems.map(({ message }) => message).join()).not.toMatch(/outside/);
  });

  test('and writes into a folder that goes with the test', async () => {
    const place = await contoso();
    const { exitCode, report } = await runSuite(
      place,
      commandTest(['export', '{scratch}/entra'], '{ exit: 0, stdout: ["{scratch}/entra"] }'),
    );
    expect([exitCode, report.summary.passed]).toEqual([0, 1]);
  });

  test('as the administrator who runs the tests, where the tenant has that one', async () => {
    const place = await contoso();
    const reader = 'nestor.wilke@contoso.com';
    const words = ['policy', 'delete', 'CA002 Block legacy authentication', '--yes'];
    const suite = commandTest(words, '{ exit: 5, tenant: unchanged }');
    expect((await runSuite(place, suite, { as: reader })).report.summary.passed).toBe(1);
  });
});

describe('a path that no system takes is a problem of the test file that names it', () => {
  test.each<[string, string, number]>([
    ['a tenant', `tenant: ${'a'.repeat(200_000)}\ntests:\n  - { name: n, command: [x], expect: { exit: 0 } }\n`, 4],
    [
      'sign-ins',
      `tests:\n  - { name: n, change: { signaling: disabled }, signIns: ${'a/'.repeat(100_000)}, expect: { newlyBlocked: 0 } }\n`,
      4,
    ],
    [
      'a word of a command',
      `tests:\n  - { name: n, command: [replay, ${'a'.repeat(200_000)}], expect: { exit: 0 } }\n`,
      1,
    ],
  ])('%s of 200,000 letters, told with line and column in few words', async (_, text, exit) => {
    const place = await contoso();
    const { exitCode, report } = await runSuite(place, `suite: s\n${text}`);
    expect(exitCode).toBe(exit);
    expect(report.value[0]?.line).toBeGreaterThan(1);
    expect(JSON.stringify(report).length).toBeLessThan(5_000);
  });
});

describe('a test file names files below the root only', () => {
  test.each([
    ['a tenant', (path: string) => `suite: s\ntenant: ${path}/tenant.json\n`],
    ['sign-ins', (path: string) => `suite: s\nsignIns: ${path}/signins.ndjson\n`],
    ['a tenant to change to', (path: string) => `suite: s\nwith: ${path}/tenant.json\n`],
  ])('%s elsewhere is refused by line and column, unless --root holds both', async (what, head) => {
    const place = await contoso();
    const other = await elsewhere();
    writeFileSync(join(place.folder, 'signins.ndjson'), '');
    const path = head(other).split('\n')[1]?.split(': ')[1] ?? '';
    const change =
      what === 'sign-ins'
        ? `{ signaling: disabled }\n    signIns: ${path}`
        : `{ tenant: ${what === 'a tenant' ? 'tenant.json' : path} }\n    signIns: signins.ndjson`;
    const tests = `tests:\n  - name: a change\n    change: ${change}\n    expect: { newlyBlocked: 0 }\n`;
    const text = what === 'a tenant' ? `${head(other)}${tests}` : `suite: s\n${tests}`;
    const { exitCode, report } = await runSuite(place, text);
    expect(exitCode).toBe(4);
    expect(JSON.stringify(report.value)).toContain('lies outside of');
    const allowed = await runSuite(place, text, { words: ['--root', tmpdir()] });
    expect(JSON.stringify(allowed.report.value)).not.toContain('lies outside of');
  });
});

test('an interruption ends a run of tests between two of them', async () => {
  const place = await contoso();
  const interrupted = AbortSignal.abort('SIGTERM');
  writeFileSync(join(place.folder, 'suite.gsatest.yaml'), commandTest(['policy', 'list']));
  expect((await place.gsa('test suite.gsatest.yaml', { interrupted })).exitCode).toBe(143);
});
