import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const profiles = (...states: readonly string[]) => ({
  '@odata.context': 'https://graph.microsoft.com/beta/$metadata#networkAccess/forwardingProfiles',
  value: ['m365', 'internet', 'private'].map((trafficForwardingType, at) => ({
    id: `f${at}`,
    name: trafficForwardingType,
    trafficForwardingType,
    state: states[at],
  })),
});
const SUITE = {
  suite: 'the switch',
  tests: [
    {
      name: 'recorded sign-ins',
      signIns: 'signins.json',
      change: { signaling: 'disabled' },
      expect: { newlyBlocked: 0 },
    },
    { name: 'every sign-in', all: { change: { signaling: 'disabled' }, never: ['newlyBlocked'] } },
  ],
};

/** What each gate on switching signaling off comes to, by its exit code. */
async function gatesOf(settings: object) {
  const place = await tenantOf(
    {
      'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })],
      'locations.json': [HQ],
      'users.json': [{ id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' }],
      'settings.json': settings,
    },
    NOTHING_ELSE.replace(',users', ''),
  );
  writeFileSync(join(place.folder, 'signins.json'), JSON.stringify([TUNNELLED]));
  writeFileSync(join(place.folder, 'a.gsatest.json'), JSON.stringify(SUITE));
  const exit = async (line: string) => (await place.gsa(line)).exitCode;
  const seen = async (status: string) => {
    const words = `whatif --user ${TUNNELLED.userPrincipalName} --app Exchange --via gsa --source-ip 203.0.113.9 --proxy-ip 151.206.1.1`;
    return (await place.gsa(`${words} --signaling ${status} -o json`)).json()['outcome'];
  };
  return {
    disable: await exit('signaling disable --dry-run --no-input'),
    impact: await exit('impact signins.json --fail-on newlyBlocked'),
    all: await exit('impact --all --fail-on newlyBlocked'),
    test: (await place.gsa('test a.gsatest.json -o json')).json(),
    whatif: [await seen('enabled'), await seen('disabled')],
  };
}

describe('every gate on a switch', () => {
  test.each([
    ['every traffic profile is off', profiles('disabled', 'disabled', 'disabled')],
    ['every profile is off in other letters', profiles('Disabled', 'disabled', 'DISABLED')],
    ['the tenant is offboarded', { onboardingStatus: 'offboarded' }],
  ])('says that nothing changes where %s', async (_, settings) => {
    const { test: tests, ...gates } = await gatesOf(settings);
    expect(gates).toEqual({ disable: 0, impact: 0, all: 0, whatif: ['granted', 'granted'] });
    expect(tests).toMatchObject({ summary: { passed: 2 } });
  });

  test.each([
    ['one profile is on', profiles('disabled', 'disabled', 'enabled')],
    ['one is on in other letters', profiles('Enabled', 'disabled', 'disabled')],
    ['nothing is known of them', []],
  ])('stops where %s', async (_, settings) => {
    const { test: tests, ...gates } = await gatesOf(Array.isArray(settings) ? { mfaTrustedIps: [] } : settings);
    expect(gates).toEqual({ disable: 3, impact: 1, all: 1, whatif: ['granted', 'blocked'] });
    expect(tests).toMatchObject({ summary: { passed: 0, failed: 2 } });
  });
});
