import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROGRAM } from '../../src/program.ts';
import { workplace } from '../support/in-process.ts';

/** In the sample tenant: somebody without any role, and the file of one sign-in. */
const NOBODY = 'joni.sherman@contoso.com';
const SIGN_IN = {
  id: 'd0000000-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-01T00:00:00Z',
  ipAddress: '203.0.113.5',
};
const POLICY = 'CA001 Require MFA for administrators';

interface Expected {
  /** A good command line. */
  readonly args?: readonly string[];
  /** Where the tenant file is missing. */
  readonly missing?: number;
  /** For somebody without a role. */
  readonly roleless?: number;
}

/** Every command of the program: 4 without a tenant and 5 without a role, unless it needs neither. */
const COMMANDS: { readonly [words: string]: Expected } = {
  demo: { missing: 0, roleless: 0 },
  init: { args: ['--force'], missing: 0 },
  import: { args: ['policies.json'] },
  'tenant show': { roleless: 0 },
  export: { args: ['out'] },
  'tenant validate': { roleless: 0 },
  'tenant backups': { roleless: 0 },
  'tenant restore': {},
  'tenant set': { args: ['--entra-id-plan', 'P2'] },
  check: {},
  'check certificate': { args: ['nothing.json'] },
  explain: { args: ['GSA001'], missing: 0, roleless: 0 },
  'query kql': {},
  'engine clickhouse': { args: ['create', '--table', 'a.b', '--url', 'http://127.0.0.1:9', '--print'] },
  'policy list': {},
  'policy show': { args: [POLICY] },
  'policy deleted': {},
  'policy dependencies': {},
  'policy diff': { args: ['policies.json', 'policies.json'], missing: 0, roleless: 0 },
  'policy set-state': { args: [POLICY, 'disabled'] },
  'policy delete': { args: [POLICY, '--yes'] },
  'policy restore': { args: [POLICY] },
  'location list': {},
  'location show': { args: ['Headquarters'] },
  'location match': { args: ['203.0.113.5'] },
  'location add': { args: ['Branch', '203.0.113.0/24'] },
  'location remove': { args: ['Headquarters', '--yes'] },
  'location deleted': {},
  'location restore': { args: ['Headquarters'] },
  'location trust': { args: ['Headquarters'] },
  'location untrust': { args: ['Headquarters'] },
  'user list': { roleless: 0 },
  'user show': { args: [NOBODY], roleless: 0 },
  'group list': { roleless: 0 },
  'group show': { args: ['Finance'], roleless: 0 },
  'role list': { roleless: 0 },
  'role show': { args: ['Security Reader'], roleless: 0 },
  'signaling status': {},
  'signaling limitations': { missing: 0, roleless: 0 },
  'signaling matrix': { missing: 0, roleless: 0 },
  'signaling enable': {},
  'signaling disable': { args: ['--keep-policies'] },
  audit: {},
  'audit restart': { args: ['--yes'] },
  history: {},
  undo: {},
  whatif: { args: ['--user', NOBODY, '--app', 'Office 365 Exchange Online'] },
  impact: { args: ['signins.ndjson'] },
  replay: { args: ['signins.ndjson'] },
  logs: {},
  'logs show': { args: [SIGN_IN.id] },
  test: { args: ['no-tests'], roleless: 4 },
  rehearse: { args: ['true'] },
  apply: { args: ['plan.json'] },
  serve: {},
  'test generate': { args: ['signins.ndjson'] },
  'config list': { missing: 0, roleless: 0 },
  'config get': { args: ['tenant'], missing: 0, roleless: 0 },
  'config set': { args: ['tenants.branch', 'branch.json'], missing: 0, roleless: 0 },
  'config unset': { args: ['tenants.branch'], missing: 0, roleless: 0 },
  doctor: { missing: 0, roleless: 0 },
  completion: { args: ['bash'], missing: 0, roleless: 0 },
};

/** The sample tenant with one change to undo, and the files that the command lines name. */
async function placeForAll() {
  const place = workplace();
  await place.gsa('init --quiet');
  await place.gsa('location add First 198.51.100.0/24');
  const write = (name: string, content: unknown) => writeFileSync(join(place.folder, name), JSON.stringify(content));
  write('policies.json', {
    value: [
      {
        id: '90000000-0000-4000-8000-000000000099',
        displayName: 'P',
        state: 'enabled',
        conditions: {
          users: { includeUsers: ['All'] },
          applications: { includeApplications: ['All'] },
          clientAppTypes: ['all'],
        },
        grantControls: { operator: 'OR', builtInControls: ['mfa'] },
      },
    ],
  });
  write('signins.ndjson', SIGN_IN);
  return place;
}

const words = PROGRAM.flatMap(({ commands }) => commands)
  .filter(({ hidden }) => hidden !== true)
  .map((line) => line.words);

test('the table of exit codes below knows every command', () => {
  expect(Object.keys(COMMANDS).sort()).toEqual([...words].sort());
});

describe.each(Object.entries(COMMANDS))('gsa %s', (name, { args = [], missing = 4, roleless = 5 }) => {
  const line = (folder: string) => [
    ...name.split(' '),
    ...args.map((word) => (/\.n?d?json$/.test(word) ? join(folder, word) : word)),
  ];

  test('says 2 to an option it does not have, and changes nothing', async () => {
    const place = await placeForAll();
    const before = place.bytes();
    const { exitCode, stdout, stderr } = await place.gsa([...line(place.folder), '--no-such-option']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^gsa: unknown option `--no-such-option`\nhint: /);
    expect(place.bytes()).toBe(before);
  });

  test(`says ${missing} where the tenant file is missing`, async () => {
    const place = await placeForAll();
    const { exitCode, stderr } = await place.gsa([...line(place.folder), '--tenant', 'missing.json']);
    expect([exitCode, stderr]).toEqual([missing, stderr]);
    if (missing !== 0) expect(stderr).toMatch(/^gsa: .+\n(.*\n)*hint: /);
  });

  test(`says ${roleless} to somebody without a role${roleless === 5 ? ', names the least one, and changes nothing' : ''}`, async () => {
    const place = await placeForAll();
    const before = place.bytes();
    const { exitCode, stderr } = await place.gsa([...line(place.folder), '--as', NOBODY]);
    expect([exitCode, stderr]).toEqual([roleless, stderr]);
    if (roleless === 5) {
      expect(stderr).toMatch(/hint: the least privileged role that may is [A-Z]/);
      expect(place.bytes()).toBe(before);
    }
  });

  test('explains itself with --help, whatever the state of the tenant', async () => {
    const { exitCode, stdout } = await workplace().gsa([...name.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: gsa ${name}`);
    for (const text of stdout.split('\n')) expect(text.length).toBeLessThanOrEqual(80);
  });
});

describe('what is wrong with the words or the world decides the exit code', () => {
  test.each([
    [2, 'polcy list'],
    [2, 'policy lst'],
    [2, 'policy list --state half'],
    [2, 'policy list -o xml'],
    [2, 'policy list -o junit'],
    [2, 'policy list --query value['],
    [2, 'policy list --color sometimes'],
    [2, 'policy list --now yesterday'],
    [2, 'policy list --now 2026-02-30T00:00:00Z'],
    [2, 'policy list --lock-timeout soon'],
    [2, 'policy list --lock-timeout -1'],
    [2, 'policy list surplus'],
    [2, 'policy show'],
    [2, 'policy set-state only-one'],
    [2, 'location add Branch'],
    [2, 'location add Branch 10/8'],
    [2, 'location add Branch 010.0.0.0/8'],
    [2, 'location add Branch 203.0.113.0/24 --country DE'],
    [2, 'location add Branch --country Germany'],
    [2, 'location match 127.1'],
    [2, 'location match 2130706433'],
    [2, 'signaling disable --keep-policies --delete-policies'],
    [2, 'audit --limit 0'],
    [2, 'audit --since 01/02/2026'],
    [2, 'init --created 2026-02-30 --force'],
    [2, 'init --sample --empty --force'],
    [2, 'undo zero'],
    [3, 'init'],
    [3, 'signaling disable'],
    [3, 'signaling disable --no-input'],
    [3, 'signaling disable --yes'],
    [3, 'signaling disable --delete-policies'],
    [3, 'signaling disable --dry-run'],
    [3, 'location remove Headquarters --yes'],
    [4, 'policy show nothing'],
    [4, 'policy delete nothing --yes'],
    [4, 'policy restore nothing'],
    [4, 'signaling disable --delete-policies nothing --yes'],
    [4, 'import missing.json'],
    [4, 'replay missing.json'],
    [4, 'undo 99'],
    [5, 'policy list --as nobody@contoso.com'],
  ])('exit %i: gsa %s', async (wanted, line) => {
    const place = await placeForAll();
    const before = place.bytes();
    const { exitCode, stdout, stderr } = await place.gsa(line);
    expect([exitCode, stdout, stderr]).toEqual([wanted, stdout, stderr]);
    expect(stdout + stderr).not.toBe('');
    expect(stderr).not.toMatch(/^ +at |\[object|undefined/m);
    expect(place.bytes()).toBe(before);
  });

  test('with -o json an error is JSON on stderr, and stdout stays empty', async () => {
    const place = await placeForAll();
    const { exitCode, stdout, stderr } = await place.gsa('policy show nothing -o json');
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'invalid', message: expect.any(String), problems: [] } });
  });

  test('an error never repeats more than a screen of what was typed', async () => {
    const place = await placeForAll();
    const many = await place.gsa(['logs', ...Array.from({ length: 10_000 }, (_, at) => String(at))]);
    const long = await place.gsa(['policy', 'show', 'x'.repeat(100_000)]);
    expect([many.exitCode, long.exitCode]).toEqual([2, 4]);
    expect(many.stderr.length + long.stderr.length).toBeLessThan(3000);
  });
});
