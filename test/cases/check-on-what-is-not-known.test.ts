import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOWHERE, policy, tenantOf } from './exports.ts';

const ACCOUNT = {
  '@odata.type': '#microsoft.graph.user',
  id: 'a0000000-0000-4000-8000-000000000001',
  userPrincipalName: 'ada@contoso.com',
  userType: 'Member',
};
const MFA = policy({ displayName: 'MFA', grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
const KNOWN =
  '--mfa-trusted-ips none --known namedLocations,users,groups,roleAssignments --onboarding-status onboarded';
const REST = (missing: string) =>
  KNOWN.replace('--mfa-trusted-ips none ', missing === 'mfaTrustedIps' ? '' : '--mfa-trusted-ips none ')
    .replace(`${missing},`, '')
    .replace(' --onboarding-status onboarded', missing === 'onboardingStatus' ? '' : ' --onboarding-status onboarded');

describe('gsa check with a gate', () => {
  test.each([
    ['the MFA trusted IPs may hold the proxy', 'mfaTrustedIps', MFA, 'GSA004'],
    ['locations that nobody has seen may hold it too', 'namedLocations', MFA, 'GSA004'],
    ['an account that nobody has seen may be the one for emergencies', 'users', policy(), 'GSA020'],
  ])('fails where %s', async (_, missing, imported, ruleId) => {
    const place = await tenantOf({ 'policies.json': [imported] }, REST(missing));
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.exitCode).toBe(1);
    expect(run.json()['undecided']).toContainEqual(
      expect.objectContaining({ ruleId, severity: 'error', notKnown: [missing] }),
    );
    const shown = await place.gsa('check --fail-on error');
    expect(shown.stdout).toContain(`for want of ${missing}`);
    expect(shown.stdout).toContain('Not proven');
    expect((await place.gsa('check')).exitCode).toBe(0);
  });

  test('passes where all of that is known', async () => {
    const place = await tenantOf({ 'policies.json': [MFA] }, KNOWN);
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.json()['undecided']).toEqual([]);
    expect(run.exitCode).toBe(0);
  });

  test('is as severe as it could be where groups decide whom a block reaches', async () => {
    const users = { includeUsers: ['All'], excludeGroups: ['55555555-5555-4555-8555-000000000001'] };
    const place = await tenantOf(
      { 'policies.json': [policy({ conditions: { users } })], 'users.json': { value: [ACCOUNT] } },
      KNOWN,
    );
    await place.gsa('tenant set --emergency-access ada@contoso.com');
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.exitCode).toBe(1);
    expect(run.json()['undecided']).toContainEqual(
      expect.objectContaining({ ruleId: 'GSA020', severity: 'error', notKnown: ['groups'] }),
    );
  });

  test('fails with signaling off where a policy names a location that nothing defines, and where nobody says who is onboarded', async () => {
    const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude: [NOWHERE] })] }, KNOWN);
    await place.gsa('signaling disable --keep-policies');
    expect((await place.gsa('check -o json')).json()['undecided']).toContainEqual(
      expect.objectContaining({ ruleId: 'GSA001', severity: 'error', notKnown: [`namedLocation ${NOWHERE}`] }),
    );
    const other = await tenantOf(
      { 'l.json': { value: [HQ] }, 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })] },
      REST('onboardingStatus'),
    );
    await other.gsa('signaling disable --keep-policies');
    expect((await other.gsa('check -o json')).json()['undecided']).toContainEqual(
      expect.objectContaining({ ruleId: 'GSA001', severity: 'error', notKnown: ['onboardingStatus'] }),
    );
  });

  test('says of lost controls that the export lost them, and that one may be a block', async () => {
    const place = await tenantOf(
      { 'policies.json': [policy({ grantControls: { operator: 'OR', builtInControls: null } })] },
      KNOWN,
    );
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.stdout).toContain('the export lost the controls');
    expect(run.stdout).not.toContain('it does nothing');
    expect(run.json()['undecided']).toContainEqual(expect.objectContaining({ ruleId: 'GSA022', severity: 'error' }));
    expect(run.exitCode).toBe(1);
  });

  test('takes a baseline for what is not known as for a finding, and tells pipelines of it', async () => {
    const place = await tenantOf({ 'policies.json': [MFA] }, REST('mfaTrustedIps'));
    expect((await place.gsa('check --fail-on error -o github')).stdout).toContain('for want of mfaTrustedIps');
    expect((await place.gsa('check --fail-on error -o junit')).stdout).toContain('for want of mfaTrustedIps');
    const undecided = (await place.gsa('check -o json')).json()['undecided'] as readonly { fingerprint: string }[];
    const entries = undecided.map(({ fingerprint }) => ({
      fingerprint,
      reason: 'asked for',
      owner: 'ada',
      until: '2026-12-31',
    }));
    const baseline = join(place.folder, 'baseline.json');
    writeFileSync(baseline, JSON.stringify({ accepted: entries }));
    const run = await place.gsa(['check', '--fail-on', 'error', '--baseline', baseline]);
    expect(run.exitCode).toBe(0);
  });

  test('of an export alone fails where it lacks the locations that its policies name', async () => {
    const place = await tenantOf({});
    const file = join(place.folder, 'policies.json');
    writeFileSync(file, JSON.stringify([policy({ include: ['All'], exclude: [NOWHERE] })]));
    const run = await place.gsa(['check', file, '--fail-on', 'error', '-o', 'json']);
    expect(run.exitCode).toBe(1);
    expect(run.json()['undecided']).toContainEqual(expect.objectContaining({ ruleId: 'GSA030', severity: 'error' }));
  });
});
