import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { HQ, MFA_TRUSTED_IPS, policy, tenantOf } from './exports.ts';

const ACCOUNT = {
  '@odata.type': '#microsoft.graph.user',
  id: 'a0000000-0000-4000-8000-000000000001',
  userPrincipalName: 'breakglass@contoso.com',
  userType: 'Member',
};
const LISTS = { 'users.json': { value: [ACCOUNT] }, 'l.json': { value: [HQ] } };
const KNOWN = '--mfa-trusted-ips none --known groups,roleAssignments --emergency-access breakglass@contoso.com';

describe('a policy that stops every emergency access account', () => {
  test.each([
    ['a block of everything', policy()],
    ['a block outside the offices', policy({ include: ['All'], exclude: [HQ.id] })],
    [
      'a managed device for everybody',
      policy({ grantControls: { operator: 'OR', builtInControls: ['compliantDevice'] } }),
    ],
    ['controls that an export lost', policy({ grantControls: { operator: 'OR', builtInControls: null } })],
  ])('is not imported, enabled or restored without --force: %s', async (_, imported) => {
    const place = await tenantOf(LISTS, KNOWN);
    const file = join(place.folder, 'p.json');
    writeFileSync(file, JSON.stringify([imported]));
    const before = place.bytes();
    const run = await place.gsa(['import', file]);
    expect(run.exitCode).toBe(3);
    expect(run.stdout + run.stderr).toContain('breakglass@contoso.com');
    expect(place.bytes()).toBe(before);
    writeFileSync(file, JSON.stringify([{ ...imported, state: 'disabled' }]));
    expect((await place.gsa(['import', file])).exitCode).toBe(0);
    const enabled = await place.gsa(['policy', 'set-state', 'Block outside', 'enabled']);
    expect([enabled.exitCode, enabled.stdout]).toEqual([3, expect.stringContaining('every emergency access account')]);
    expect((await place.gsa(['policy', 'set-state', 'Block outside', 'enabled', '--force'])).exitCode).toBe(0);
    await place.gsa(['policy', 'delete', 'Block outside', '--yes']);
    expect((await place.gsa(['policy', 'restore', 'Block outside', '--state', 'enabled'])).exitCode).toBe(3);
    expect((await place.gsa(['policy', 'restore', 'Block outside'])).exitCode).toBe(0);
  });

  test.each([
    ['one is excluded', policy({ conditions: { users: { includeUsers: ['All'], excludeUsers: [ACCOUNT.id] } } })],
    ['only legacy clients are blocked', policy({ conditions: { clientAppTypes: ['other'] } })],
    ['only MFA is asked', policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } })],
    ['it is report-only', policy({ state: 'enabledForReportingButNotEnforced' })],
    ['one network is blocked', policy({ include: [HQ.id] })],
  ])('is none where %s', async (_, imported) => {
    const place = await tenantOf(LISTS, KNOWN);
    const file = join(place.folder, 'p.json');
    writeFileSync(file, JSON.stringify([imported]));
    expect((await place.gsa(['import', file])).exitCode).toBe(0);
  });
});

describe('signaling disable --delete-policies without names', () => {
  const policies = [
    policy({ include: ['All'], exclude: [HQ.id] }),
    { ...policy({ displayName: 'Bad network', include: [HQ.id] }), id: '11111111-1111-4111-8111-000000000002' },
    {
      ...policy({ displayName: 'Bad country', include: ['33333333-3333-4333-8333-000000000009'] }),
      id: '11111111-1111-4111-8111-000000000003',
    },
  ];
  const COUNTRY = {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: '33333333-3333-4333-8333-000000000009',
    displayName: 'Iran',
    countriesAndRegions: ['IR'],
  };

  test('takes what would newly stop people, leaves blocks of bad networks and countries alone, and says so', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ, COUNTRY] }, 'p.json': policies }, '--mfa-trusted-ips none');
    const run = await place.gsa('signaling disable --delete-policies --yes -o json');
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({
      deletedPolicies: [policies[0]?.id],
      keptPolicies: [policies[1]?.id, policies[2]?.id],
    });
    await place.gsa('undo');
    expect((await place.gsa('signaling disable --delete-policies --yes')).stdout).toContain('would stop nobody newly');
  });

  test('is refused where nobody can say whether a policy would stop people', async () => {
    const place = await tenantOf({ 'p.json': [policy({ include: ['All'], exclude: [MFA_TRUSTED_IPS] })] });
    const run = await place.gsa('signaling disable --delete-policies --yes');
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('nobody can say')]);
    expect((await place.gsa(['signaling', 'disable', '--delete-policies', 'Block outside', '--yes'])).exitCode).toBe(0);
  });
});

describe('MFA trusted IPs', () => {
  test('stand in the list of locations and in what holds an address', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] } }, '--mfa-trusted-ips 198.51.100.0/24');
    expect((await place.gsa('location list')).stdout).toContain('MFA trusted IPs');
    const match = (await place.gsa('location match 198.51.100.9 -o json')).json();
    expect(match).toMatchObject({ value: [{ id: MFA_TRUSTED_IPS, range: '198.51.100.0/24', isTrusted: true }] });
  });

  test('are told as not known where nobody listed them', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] } });
    expect((await place.gsa('location list')).stderr).toContain('gsa tenant set --mfa-trusted-ips none');
    expect((await place.gsa('location match 203.0.113.9 -o json')).json()).toMatchObject({
      undecided: [{ displayName: 'MFA trusted IPs' }],
    });
  });
});

describe('a tenant in which nobody is tunnelled', () => {
  const OFF = ['m365', 'internet', 'private'].map((trafficForwardingType, at) => ({
    '@odata.type': '#microsoft.graph.networkaccess.forwardingProfile',
    id: `f0000000-0000-4000-8000-00000000000${at}`,
    name: trafficForwardingType,
    state: 'disabled',
    trafficForwardingType,
  }));

  test.each([
    ['the tenant is offboarded', {}, '--onboarding-status offboarded'],
    ['every traffic profile is off', { 'forwardingProfiles.json': { value: OFF } }, '--mfa-trusted-ips none'],
  ])('hangs on no switch and is told so: %s', async (because, files, setting) => {
    const place = await tenantOf(
      { 'l.json': { value: [HQ] }, 'p.json': [policy({ include: ['All'], exclude: [HQ.id] })], ...files },
      setting,
    );
    const run = await place.gsa('signaling disable --no-input');
    expect([run.exitCode, run.stdout]).toEqual([
      0,
      expect.stringContaining(`nobody comes through Global Secure Access: ${because};`),
    ]);
  });

  test('may still have one where only the Microsoft traffic profile is known to be off', async () => {
    const place = await tenantOf(
      { 'l.json': { value: [HQ] }, 'p.json': [policy({ include: ['All'], exclude: [HQ.id] })] },
      '--microsoft-traffic-profile disabled',
    );
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  });
});

test('signaling limitations lists each with what is modelled and its source, without a tenant', async () => {
  const { value } = (await workplace().gsa('signaling limitations -o json')).json() as {
    value: readonly Record<string, string>[];
  };
  expect(value.length).toBeGreaterThan(8);
  for (const row of value)
    expect([row['limitation'], row['modelled'], row['source']].every((text) => text !== '')).toBe(true);
});

describe('a policy that stops every emergency access account comes back by no other road', () => {
  const out = (state: string) => ({
    ...policy({ displayName: 'Everybody out', state }),
    id: 'eeeeeeee-0000-4000-8000-000000000001',
  });

  test.each(['undo', 'tenant restore --yes'])('%s', async (line) => {
    const place = workplace();
    await place.gsa('init');
    const file = join(place.folder, 'out.json');
    writeFileSync(file, JSON.stringify(out('enabled')));
    expect((await place.gsa(['import', file, '--force'])).exitCode).toBe(0);
    await place.gsa(['policy', 'delete', 'Everybody out', '--yes']);
    const before = place.bytes();
    const run = await place.gsa(line);
    expect([run.exitCode, run.stdout]).toEqual([
      3,
      expect.stringContaining('would stop every emergency access account'),
    ]);
    expect(place.bytes()).toBe(before);
    expect((await place.gsa(`${line} --force`)).exitCode).toBe(0);
  });

  test('what an undo brings back and stops nobody of them is not refused', async () => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa(['policy', 'delete', 'CA003 Block Finance outside trusted locations', '--yes']);
    expect((await place.gsa('undo')).exitCode).toBe(0);
  });
});
