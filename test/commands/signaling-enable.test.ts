import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

/** The sample tenant with signaling off, and with what a test changes of it. */
async function contoso(change: (tenant: Tenant) => Partial<Tenant>): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  await place.gsa('signaling disable --keep-policies');
  const file = JSON.parse(place.bytes());
  const path = join(place.folder, 'tenant.json');
  writeFileSync(path, JSON.stringify({ ...file, tenant: { ...file.tenant, ...change(file.tenant) } }));
  return place;
}

const withGlobalSecureAccess =
  (part: Partial<Tenant['globalSecureAccess']>) =>
  ({ globalSecureAccess }: Tenant): Partial<Tenant> => ({ globalSecureAccess: { ...globalSecureAccess, ...part } });

const profile = (state: string) => ({ id: 'p', name: 'Microsoft', state, trafficForwardingType: 'm365' });

describe('gsa signaling enable', () => {
  test.each<[string, (tenant: Tenant) => Partial<Tenant>, string]>([
    [
      'whose Microsoft profile is disabled',
      withGlobalSecureAccess({ forwardingProfiles: [profile('disabled')] }),
      'Microsoft traffic profile: not met, the profile is disabled',
    ],
    [
      'without a Microsoft profile',
      withGlobalSecureAccess({ forwardingProfiles: [] }),
      'Microsoft traffic profile: not met, the tenant has no such profile',
    ],
    [
      'that is offboarded',
      withGlobalSecureAccess({ onboardingStatus: 'offboarded' }),
      'Onboarded: not met, Global Secure Access is offboarded',
    ],
    ['without a licence', () => ({ entraIdPlan: 'free' }), 'Entra ID P1 or P2: not met, Entra ID free'],
  ])('refuses a tenant %s, says why, and writes nothing', async (_, change, warning) => {
    const place = await contoso(change);
    const before = place.bytes();
    const run = await place.gsa('signaling enable -o json --yes');
    expect([run.exitCode, run.json()['applied'], place.bytes() === before]).toEqual([3, false, true]);
    expect(run.json()['warnings']).toContain(warning);
    expect(run.stderr).toContain('a prerequisite is not met; nothing was written');
  });

  test('of a tenant whose profiles nobody has imported is done, with a warning', async () => {
    const place = await contoso(({ globalSecureAccess: { forwardingProfiles: _, ...others } }) => ({
      globalSecureAccess: others,
    }));
    const run = await place.gsa('signaling enable -o json');
    expect([run.exitCode, run.json()['applied']]).toEqual([0, true]);
    expect(run.json()['warnings']).toContain(
      'Microsoft traffic profile: not known, the traffic forwarding profiles were not imported',
    );
  });
});
