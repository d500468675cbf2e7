import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { HQ, policy, TUNNELLED, tenantOf } from './exports.ts';

const DIRECTORY = '00000002-0000-0000-c000-000000000000';
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const PLACEHOLDER = 'aaaaaaaa-0000-4000-8000-0000000000ff';
const ADA = { '@odata.type': '#microsoft.graph.user', id: 'aaaaaaaa-0000-4000-8000-000000000001' };
const PEOPLE = {
  value: [
    { ...ADA, userPrincipalName: 'ada@contoso.com', perUserMfaState: 'enforced' },
    {
      '@odata.type': '#microsoft.graph.agentUser',
      id: 'aaaaaaaa-0000-4000-8000-000000000002',
      userPrincipalName: 'desk.agent@contoso.com',
      identityParentId: 'aaaaaaaa-0000-4000-8000-000000000003',
    },
  ],
};
const at = (includeApplications: readonly string[], excludeApplications: readonly string[] = [], more: object = {}) =>
  policy({ conditions: { applications: { includeApplications, excludeApplications }, ...more } });

const tenant = (value: unknown) => tenantOf({ 'policies.json': value, 'users.json': PEOPLE });
const whatIf = async (place: Workplace, user: string, app: string) => {
  const run = await place.gsa(['whatif', '--user', user, '--app', app, '--source-ip', '198.51.100.7', '-o', 'json']);
  return run.json();
};

describe('a policy on all resources with exclusions, where baseline scopes are asked for', () => {
  const exempt = at(['All'], [EXCHANGE, PLACEHOLDER]);

  test.each([
    ['is enforced in a tenant that set nothing', undefined, DIRECTORY, 'blocked'],
    ['is enforced where the tenant says so', 'enforced', DIRECTORY, 'blocked'],
    ['may go past it where the tenant does not enforce them', 'disabled', DIRECTORY, 'unknown'],
    ['may go past it where it excludes what stands for them', PLACEHOLDER, DIRECTORY, 'unknown'],
    [
      'is enforced where it does not exclude what stands for them',
      EXCHANGE.replace('0ff1', '0ff2'),
      DIRECTORY,
      'blocked',
    ],
    ['is enforced at any other resource', 'disabled', '00000003-0000-0ff1-ce00-000000000000', 'blocked'],
  ] as const)('%s', async (_, scopes, app, outcome) => {
    const place = await tenant(exempt);
    if (scopes !== undefined)
      expect((await place.gsa(['tenant', 'set', '--baseline-scopes', scopes])).exitCode).toBe(0);
    expect((await whatIf(place, 'ada@contoso.com', app))['outcome']).toBe(outcome);
  });

  test('is enforced whatever the tenant says where it has no exclusions', async () => {
    const place = await tenant(at(['All']));
    await place.gsa('tenant set --baseline-scopes disabled');
    expect((await whatIf(place, 'ada@contoso.com', DIRECTORY))['outcome']).toBe('blocked');
  });

  test('the setting is one of three words', async () => {
    expect((await (await tenant(exempt)).gsa('tenant set --baseline-scopes some')).exitCode).toBe(2);
  });
});

describe('security defaults', () => {
  const DEFAULTS = {
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
    id: '00000000-0000-0000-0000-000000000005',
    displayName: 'Security Defaults',
    isEnabled: true,
  };
  const agents = { users: { includeUsers: ['AllAgentIdUsers'] } };

  test('take agents out of Conditional Access, and nobody else', async () => {
    const place = await tenant({ value: [at(['All'], [], agents), { ...at(['All']), id: ADA.id }] });
    expect((await whatIf(place, 'desk.agent@contoso.com', EXCHANGE))['outcome']).toBe('blocked');
    const file = join(place.folder, 'defaults.json');
    writeFileSync(file, JSON.stringify(DEFAULTS));
    expect((await place.gsa(['import', file])).exitCode).toBe(0);
    expect((await whatIf(place, 'desk.agent@contoso.com', EXCHANGE))['outcome']).toBe('granted');
    const ada = await whatIf(place, 'ada@contoso.com', EXCHANGE);
    expect([ada['outcome'], String(ada['notes'])]).toEqual([
      'blocked',
      expect.stringContaining('security defaults are on'),
    ]);
    await place.gsa('tenant set --security-defaults off');
    expect((await whatIf(place, 'desk.agent@contoso.com', EXCHANGE))['outcome']).toBe('blocked');
  });
});

describe('what decides beside policies is told', () => {
  test.each([
    ['per-user MFA', EXCHANGE, 'per-user MFA is enforced'],
    ['calls and chats', '1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'calls and chats of Teams'],
    ['the tunnels themselves', '5dc48733-b5df-475c-a49b-fa307ef00853', 'universal continuous access evaluation'],
    ['mandatory MFA', 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'Microsoft requires MFA'],
  ])('%s', async (_, app, note) => {
    expect(String((await whatIf(await tenant(at(['All'])), 'ada@contoso.com', app))['notes'])).toContain(note);
  });

  test('more groups than Conditional Access can bear', async () => {
    const groups = Array.from({ length: 2049 }, (_, number) => ({
      '@odata.type': '#microsoft.graph.group',
      id: `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`,
      displayName: `Group ${number}`,
      members: [ADA.id],
    }));
    const place = await tenantOf({
      'policies.json': at(['All']),
      'users.json': PEOPLE,
      'groups.json': { value: groups },
    });
    expect(String((await whatIf(place, 'ada@contoso.com', EXCHANGE))['notes'])).toContain('in 2049 groups');
  });
});

describe('a policy that Microsoft manages', () => {
  const managed = { ...at(['All']), displayName: 'Microsoft-managed: Block legacy authentication' };

  test('is not deleted, by its name or with all that hang on the switch', async () => {
    const place = await tenantOf(
      {
        'policies.json': [
          {
            ...managed,
            conditions: {
              ...managed.conditions,
              locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
            },
          },
        ],
        'locations.json': { value: [], '@odata.context': '#identity/conditionalAccess/namedLocations' },
      },
      '--mfa-trusted-ips 203.0.113.0/24',
    );
    const before = place.bytes();
    const refused = await place.gsa(['policy', 'delete', managed.displayName, '--yes']);
    expect([refused.exitCode, refused.stdout + refused.stderr]).toEqual([
      3,
      expect.stringContaining('managed by Microsoft'),
    ]);
    const all = await place.gsa('signaling disable --delete-policies --yes');
    expect([all.exitCode, all.stdout + all.stderr]).toEqual([3, expect.stringContaining('managed by Microsoft')]);
    expect(place.bytes()).toBe(before);
    expect((await place.gsa(['policy', 'set-state', managed.displayName, 'report-only'])).exitCode).toBe(0);
  });
});

describe('signaling of a tenant where it was never set', () => {
  test.each([
    ['2023-04-01', '2026-02-01', 'enabled', 'Global Secure Access was enabled on 2026-02-01'],
    ['2023-04-01', '2025-05-31', 'disabled', 'Global Secure Access was enabled on 2025-05-31'],
    ['2023-04-01', undefined, 'disabled', 'when Global Secure Access was enabled is not known'],
    ['2025-07-01', undefined, 'enabled', 'the tenant was created on 2025-07-01'],
  ])('created %s, onboarded %s: %s', async (created, onboarded, status, because) => {
    const place = await tenant({ value: [] });
    const options = onboarded === undefined ? [] : ['--onboarded', onboarded];
    await place.gsa(['init', '--empty', '--force', '--created', created, ...options]);
    const run = (await place.gsa('signaling status -o json')).json();
    expect([run['signalingStatus'], run['reason']]).toEqual([status, expect.stringContaining(because)]);
  });

  test('is not known of an older tenant that nobody asked, so that nothing is done is not green', async () => {
    const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })] });
    await place.gsa('init --empty --force --created 2023-04-01');
    for (const words of ['signaling disable --dry-run', 'signaling disable --no-input']) {
      const run = await place.gsa(words);
      expect([run.exitCode, run.stdout + run.stderr]).toEqual([3, expect.stringContaining('is not known')]);
    }
    expect((await place.gsa('tenant show')).stdout).toContain('not known, taken for disabled');
    expect((await place.gsa('signaling status')).stdout).toContain('not known, and taken for disabled');
    await place.gsa('tenant set --known policies');
    for (const words of ['impact --all', 'impact --all --of signaling=disabled', 'impact --from-logs']) {
      const gated = await place.gsa(`${words} --fail-on newlyBlocked,stopped`);
      expect([gated.exitCode, gated.stderr]).toEqual([3, expect.stringContaining('no gate is green here')]);
    }
    const careful = expect.stringContaining('careful: whether signaling is enabled is not known');
    writeFileSync(join(place.folder, 'signins.json'), JSON.stringify([TUNNELLED]));
    const asked = 'whatif --user a@b.c --app Exchange --source-ip 203.0.113.1 --via gsa';
    for (const words of ['impact --all', asked, 'replay signins.json --dry-run']) {
      expect([words, (await place.gsa(words)).stderr]).toEqual([words, careful]);
      if (!words.startsWith('impact'))
        expect((await place.gsa(`${words} --signaling enabled`)).stderr).not.toContain('careful');
    }
    expect((await place.gsa('check')).stdout).toContain('for want of signalingStatus');
    const file = join(place.folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ signalingStatus: 'disabled' }));
    await place.gsa(['import', file]);
    const told = await place.gsa('signaling disable --dry-run');
    expect([told.exitCode, told.stdout]).toEqual([0, expect.stringContaining('already disabled')]);
    expect((await place.gsa(asked)).stderr).not.toContain('careful');
  });

  const FIXTURES = {
    addresses: { hq: { address: '203.0.113.9' }, proxy: { address: '151.206.1.1' } },
    paths: { tunnel: { via: 'globalSecureAccess', egress: 'proxy' } },
  };
  test.each([
    ['that hangs on it', { path: 'tunnel' }, 1],
    ['that says it', { path: 'tunnel', signaling: 'disabled' }, 0],
    ['that does not hang on it', { path: 'direct', expect: { outcome: 'granted' } }, 0],
  ])('leaves a test %s open, or lets it pass', async (_, parts, exitCode) => {
    const place = await tenantOf(
      { 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })], 'l.json': [HQ] },
      '--mfa-trusted-ips none',
    );
    await place.gsa('init --empty --force --created 2023-04-01');
    const user = { id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' };
    writeFileSync(join(place.folder, 'users.json'), JSON.stringify([user]));
    await place.gsa('import policies.json l.json users.json');
    const { path, ...rest } = { expect: { outcome: 'blocked' }, ...parts };
    const signIn = {
      user: TUNNELLED.userPrincipalName,
      app: 'Office 365 Exchange Online',
      from: 'hq',
      path,
    };
    writeFileSync(
      join(place.folder, 'a.gsatest.json'),
      JSON.stringify({ suite: 'a', fixtures: FIXTURES, tests: [{ name: 'x', signIn, ...rest }] }),
    );
    const run = await place.gsa('test a.gsatest.json');
    expect([run.exitCode, exitCode === 0 || run.stdout.includes('whether signaling is enabled is not known')]).toEqual([
      exitCode,
      true,
    ]);
  });
});
