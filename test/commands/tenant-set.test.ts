import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

const tenantOf = (place: Workplace): Tenant => JSON.parse(place.bytes()).tenant;

describe('gsa tenant set', () => {
  test('several settings are one write, each its own entry of the journal, and undo takes all back', async () => {
    const place = await contoso();
    const before = tenantOf(place);
    const run = await place.gsa([
      ...['tenant', 'set', '--sign-in-log-delay', '90s', '--sign-in-log-retention', '30', '--entra-id-plan', 'free'],
      ...['--default-administrator', 'none', '--restores-sharepoint-and-exchange', 'yes', '-o', 'json'],
      ...['--acting-from', '198.51.100.7', '--acting-via', 'direct', '--acting-proxy-ip', 'unknown'],
    ]);
    expect([run.exitCode, run.json()['applied']]).toEqual([0, true]);
    expect(tenantOf(place).settings).toEqual({
      signInLogDelayMinutes: 1.5,
      signInLogRetentionDays: 30,
      actingNetwork: { sourceIpAddress: '198.51.100.7', via: 'direct' },
      restoresSharePointAndExchange: true,
    });
    expect(tenantOf(place).entraIdPlan).toBe('free');
    expect(JSON.parse(place.bytes()).serial).toBe(2);
    const audit = (await place.gsa('audit -o json')).json()['value'] as readonly { activityDisplayName: string }[];
    expect(
      audit
        .slice(0, 6)
        .map(({ activityDisplayName }) => activityDisplayName)
        .sort(),
    ).toEqual([
      'Update Entra ID plan',
      'Update default administrator',
      'Update network of administrators',
      'Update restoration for SharePoint and Exchange',
      'Update sign-in log delay',
      'Update sign-in log retention',
    ]);
    await place.gsa('undo');
    expect(tenantOf(place)).toEqual(before);
  });

  test('network settings: trusted IPs, egress, onboarding and the Microsoft traffic profile', async () => {
    const place = await contoso();
    await place.gsa('tenant set --mfa-trusted-ips 203.0.113.0/24,198.51.100.0/27 --egress-ranges 192.0.2.0/24');
    await place.gsa('tenant set --onboarding-status offboarded --microsoft-traffic-profile disabled');
    const { mfaTrustedIps, globalSecureAccess } = tenantOf(place);
    expect(mfaTrustedIps).toEqual(['203.0.113.0/24', '198.51.100.0/27']);
    expect(globalSecureAccess).toMatchObject({ egressRanges: ['192.0.2.0/24'], onboardingStatus: 'offboarded' });
    const microsofts = globalSecureAccess.forwardingProfiles?.find((each) => each.trafficForwardingType === 'm365');
    expect(microsofts?.state).toBe('disabled');
    await place.gsa(
      'tenant set --mfa-trusted-ips unknown --egress-ranges published --microsoft-traffic-profile unknown',
    );
    const after = tenantOf(place);
    expect([after.mfaTrustedIps, after.globalSecureAccess.egressRanges]).toEqual([undefined, undefined]);
    expect(after.globalSecureAccess.forwardingProfiles).toBeUndefined();
    await place.gsa('tenant set --mfa-trusted-ips none');
    expect(tenantOf(place).mfaTrustedIps).toEqual([]);
    const run = await place.gsa('tenant set --microsoft-traffic-profile enabled');
    expect(run.stdout).toContain('warning: the other traffic profiles count as not there now');
    expect(tenantOf(place).globalSecureAccess.forwardingProfiles).toHaveLength(1);
  });

  test('`off` takes the retention away', async () => {
    const place = await contoso();
    await place.gsa('tenant set --sign-in-log-retention 30');
    await place.gsa('tenant set --sign-in-log-retention off');
    expect(tenantOf(place).settings).not.toHaveProperty('signInLogRetentionDays');
  });

  test('--emergency-access is the whole list of accounts', async () => {
    const place = await contoso();
    const marked = () =>
      (tenantOf(place).users ?? []).filter((user) => user.isEmergencyAccess).map((user) => user.displayName);
    expect(marked()).toEqual(['Emergency Access 1', 'Emergency Access 2']);
    await place.gsa(['tenant', 'set', '--emergency-access', 'Emergency Access 1', '--emergency-access', 'Lee Gu']);
    expect(marked()).toEqual(
      ['Lee Gu', 'Emergency Access 1'].sort((a, b) => marked().indexOf(a) - marked().indexOf(b)),
    );
    await place.gsa('tenant set --emergency-access none');
    expect(marked()).toEqual([]);
  });

  test('--dry-run, and settings that are so already, write nothing', async () => {
    const place = await contoso();
    const before = place.bytes();
    const dry = await place.gsa('tenant set --sign-in-log-delay 5m --dry-run');
    expect(dry.stdout).toContain('signInLogDelayMinutes: not set → 5');
    expect((await place.gsa('tenant set --entra-id-plan P1')).stdout).toContain('Every setting is so already.');
    expect(place.bytes()).toBe(before);
  });

  test.each([
    ['tenant set', 2, 'no setting is given'],
    ['tenant set --sign-in-log-retention 0', 2, 'give a number of days, or off'],
    ['tenant set --sign-in-log-delay soon', 2, 'give a duration'],
    ['tenant set --sign-in-log-delay 5', 2, 'say in what, such as 5m'],
    ['tenant set --emergency-access none none', 2, 'too many arguments'],
    ['tenant set --mfa-trusted-ips 2001:db8::/32', 2, 'IPv4 only'],
    ['tenant set --egress-ranges 192.0.2.1', 2, 'write 192.0.2.1/32'],
    ['tenant set --default-administrator nobody', 4, 'no user is called `nobody`'],
    ['tenant set --entra-id-plan P3', 2, 'P1'],
    ['tenant set --sign-in-log-delay 5m --as lee.gu@contoso.com', 5, 'Global Administrator'],
  ])('`gsa %s` ends with %i, says why, and writes nothing', async (words, exitCode, message) => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa(words);
    expect([run.exitCode, run.stdout]).toEqual([exitCode, '']);
    expect(run.stderr).toContain(message);
    expect(place.bytes()).toBe(before);
  });

  test('more trusted IPs than Microsoft Entra takes are refused', async () => {
    const place = await contoso();
    const ranges = Array.from({ length: 51 }, (_, at) => `203.0.${at}.0/24`);
    const run = await place.gsa(['tenant', 'set', '--mfa-trusted-ips', ranges.join(',')]);
    expect([run.exitCode, run.stdout]).toEqual([3, expect.stringContaining('at most 50 MFA trusted IP ranges')]);
  });
});

test.each(['restores-foreign-tunnels', 'restores-sharepoint-and-exchange'])(
  'what the documents leave open is answered by --%s, and left open again',
  async (option) => {
    const { gsa, bytes } = workplace();
    await gsa('init');
    const before = JSON.parse(bytes()).tenant.settings;
    await gsa(`tenant set --${option} yes`);
    const [name] = Object.keys(JSON.parse(bytes()).tenant.settings).filter((each) => !(each in before));
    expect(JSON.parse(bytes()).tenant.settings).toEqual({ ...before, [name ?? '']: true });
    await gsa(`tenant set --${option} no`);
    expect(JSON.parse(bytes()).tenant.settings).toEqual({ ...before, [name ?? '']: false });
    await gsa(`tenant set --${option} unknown`);
    expect(JSON.parse(bytes()).tenant.settings).toEqual(before);
  },
);
