import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

interface Check {
  readonly check: string;
  readonly status: string;
  readonly detail: string;
  readonly hint: string | null;
}

const checksOf = (run: CommandRun) => run.json()['value'] as readonly Check[];
const named = (run: CommandRun, name: string) => checksOf(run).find(({ check }) => check === name);

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

test('a tenant that is whole is well, and every check says so', async () => {
  const place = await contoso();
  const run = await place.gsa('doctor -o json');
  expect([run.exitCode, run.json()['healthy'], checksOf(run).filter(({ status }) => status !== 'ok')]).toEqual([
    0,
    true,
    [],
  ]);
  expect(checksOf(run).map(({ check }) => check)).toEqual([
    'Node',
    'settings',
    'tenant file',
    'rights',
    'lock',
    'audit journal',
    'knowledge',
    'sign-in log',
    'left behind',
    'environment',
  ]);
  expect((await place.gsa('doctor')).stdout).toContain('nothing is wrong');
});

test('before the first tenant there is nothing wrong either, and the next step is told', async () => {
  const place = workplace();
  const run = await place.gsa('doctor -o json');
  expect([run.exitCode, named(run, 'tenant file')]).toEqual([
    0,
    { check: 'tenant file', status: 'warning', detail: 'there is none yet', hint: 'gsa init' },
  ]);
});

test('it changes nothing', async () => {
  const place = workplace();
  await place.gsa('doctor');
  await place.gsa('init');
  const before = place.bytes();
  await place.gsa('doctor');
  expect(place.bytes()).toBe(before);
});

describe('what is wrong is told, with what to type', () => {
  test.each<[string, (place: Workplace) => unknown, string, string]>([
    ['a torn tenant file', ({ tenant }) => writeFileSync(tenant, '{"gsa":'), 'tenant file', 'error'],
    ['a changed journal', ({ tenant }) => writeFileSync(`${tenant}.audit.ndjson`, '{}\n'), 'audit journal', 'error'],
    ['settings that are no JSON', spoilSettings, 'settings', 'error'],
    [
      'an unfinished write',
      ({ folder }) => writeFileSync(join(folder, '.tenant.json.1-a.tmp'), ''),
      'left behind',
      'warning',
    ],
    ['a writer', holdLock, 'lock', 'warning'],
  ])('%s', async (_what, spoil, check, status) => {
    const place = await contoso();
    spoil(place);
    const run = await place.gsa('doctor -o json');
    expect([run.exitCode, named(run, check)?.status]).toEqual([status === 'error' ? 1 : 0, status]);
    expect(checksOf(run).filter((each) => each.status === 'error' && each.hint === null)).toEqual([]);
  });

  test('lists that the tenant lacks', async () => {
    const place = workplace();
    await place.gsa('init --empty --name Fabrikam');
    const run = await place.gsa('doctor -o json');
    expect([run.exitCode, named(run, 'knowledge')?.status, named(run, 'knowledge')?.hint]).toEqual([
      0,
      'warning',
      'gsa import --requests',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written', async () => {
    const place = await contoso();
    chmodSync(place.folder, 0o500);
    const run = await place.gsa('doctor -o json');
    chmodSync(place.folder, 0o700);
    expect([run.exitCode, named(run, 'rights')?.status]).toEqual([1, 'error']);
  });
});

test('nobody is named: no person, no policy, no home folder, no value of a variable', async () => {
  const place = await contoso();
  writeFileSync(place.tenant, '{"gsa":');
  const env = { GSA_AS: 'megan.bowen@contoso.com' };
  for (const format of ['json', 'table']) {
    const { stdout } = await place.gsa(['doctor', '-o', format], { env });
    for (const secret of ['megan.bowen', 'CA001', place.folder]) expect(stdout).not.toContain(secret);
    expect(stdout).toContain('GSA_AS');
    expect(stdout).toContain('~/tenant.json');
  }
});

test.each(['GSA_TENNANT', 'GSA_USER', 'GSA_CLICKHOUSE'])('a variable that nothing reads is told: %s', async (name) => {
  const place = await contoso();
  const run = await place.gsa('doctor -o json', { env: { [name]: 'x', GSA_AS: 'megan.bowen@contoso.com' } });
  expect([run.exitCode, named(run, 'environment')]).toEqual([
    0,
    { check: 'environment', status: 'warning', detail: `gsa reads no ${name}`, hint: 'gsa help environment' },
  ]);
});

function spoilSettings({ folder }: Workplace): void {
  mkdirSync(join(folder, '.config/gsa'), { recursive: true });
  writeFileSync(join(folder, '.config/gsa/config.json'), '{');
}

/** As a writer that is alive leaves it: this process. */
function holdLock({ tenant }: Workplace): void {
  const holder = { pid: process.pid, command: 'gsa undo', since: '2026-01-15T09:00:00Z' };
  writeFileSync(`${tenant}.lock.holder`, JSON.stringify(holder));
}

test.each([
  ['a ring of links', (place: Workplace) => symlinkSync('ring', join(place.folder, 'ring')), 'ring'],
  ['a name that is too long for a disk', () => undefined, 'x'.repeat(300)],
  ['a name below a file', (place: Workplace) => writeFileSync(join(place.folder, 'file'), ''), 'file/tenant.json'],
] as const)('a tenant file that cannot be looked at is told, and the rest is checked: %s', async (_, make, name) => {
  const place = workplace();
  make(place);
  const run = await place.gsa(['doctor', '--tenant', name, '-o', 'json']);
  expect(run.exitCode).toBe(1);
  expect(named(run, 'Node')?.status).toBe('ok');
  expect(checksOf(run).some(({ check, status }) => check === 'tenant file' && status !== 'ok')).toBe(true);
});
