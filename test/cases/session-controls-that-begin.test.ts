import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const AWAY = { include: ['All'], exclude: [HQ.id] };
const HOURLY = { signInFrequency: { isEnabled: true, type: 'hours', value: 1 } };
const EVERY_TIME = { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime' } };
const NO_DOWNLOADS = { cloudAppSecurity: { isEnabled: true, cloudAppSecurityType: 'blockDownloads' } };
const NOT_KEPT = { persistentBrowser: { isEnabled: true, mode: 'never' } };
const RESTRICTED = { applicationEnforcedRestrictions: { isEnabled: true } };
const OTHER_ID = policy().id.replace(/1$/, '2');

const limits = (sessionControls: unknown, where: object = AWAY, more: object = {}) =>
  policy({ displayName: 'Limits', ...where, grantControls: null, sessionControls, ...more });

async function placeWith(policies: readonly object[]) {
  const place = await tenantOf({ 'policies.json': policies, 'l.json': [HQ] }, NOTHING_ELSE);
  writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
  return place;
}

describe('session controls that a switch of signaling makes apply', () => {
  test.each([
    ['a sign-in frequency', HOURLY],
    ['reauthentication every time', EVERY_TIME],
    ['downloads that are blocked', NO_DOWNLOADS],
    ['a browser session that is not kept', NOT_KEPT],
    ['restrictions that the application enforces', RESTRICTED],
  ])('are named, and nothing is proved over them: %s', async (_, controls) => {
    const place = await placeWith([limits(controls)]);
    for (const gate of ['changed', 'stricter', 'unknown', 'newlyPrompted']) {
      const { exitCode, stdout } = await place.gsa(`impact --all --fail-on ${gate}`);
      expect([exitCode, stdout.includes('Nothing changes')]).toEqual([1, false]);
      expect(stdout).toContain('No outcome changes, which is proved, not sampled. What may change is not judged:');
      expect(stdout).toContain('such as a sign-in frequency, make of sign-ins that they newly reach (Limits)');
    }
    // A limit stops nobody, and takes no protection away.
    expect((await place.gsa('impact --all --fail-on stopped,looser')).exitCode).toBe(0);
    const { stdout } = await place.gsa('impact s.json');
    expect(stdout).toContain(
      'note: not judged: what session controls make of the sessions that they may newly reach (Limits)',
    );
  });

  test.each([
    ['a sign-in frequency', HOURLY],
    ['reauthentication every time', EVERY_TIME],
  ])('may ask again: %s', async (_, controls) => {
    const place = await placeWith([limits(controls)]);
    const { exitCode, stdout } = await place.gsa('impact s.json --fail-on newlyPrompted');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('not proven for newly prompted, as 1 sign-in could be');
    const report = (await place.gsa('impact s.json -o json')).json();
    expect(report['couldBe']).toEqual([{ class: 'newlyPrompted', signIns: 1 }]);
    // By its outcome it stays as it is, and nobody is stopped by being asked.
    expect((await place.gsa('impact s.json --fail-on stopped,unknown,lessProtected')).exitCode).toBe(0);
  });

  test.each<[string, readonly object[]]>([
    ['the policy applies before as well', [limits(HOURLY, { include: ['All'] })]],
    [
      'another policy sets the same for everybody',
      [limits(HOURLY), { ...limits(HOURLY, { include: ['All'] }), id: OTHER_ID }],
    ],
    ['it is switched off', [limits({ signInFrequency: { ...HOURLY.signInFrequency, isEnabled: false } })]],
    ['the policy only reports', [limits(HOURLY, AWAY, { state: 'enabledForReportingButNotEnforced' })]],
    ['it ceases to apply to some and begins for nobody', [limits(HOURLY, { include: [HQ.id] })]],
  ])('leave a proof green where %s', async (_, policies) => {
    const place = await placeWith(policies);
    expect(await place.gsa('impact --all --fail-on stricter,newlyPrompted')).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['a sign-in frequency', HOURLY],
    ['downloads that are blocked', NO_DOWNLOADS],
    ['a browser session that is not kept', NOT_KEPT],
  ])('may be lost where trusted addresses are not known, and a sign-in shows it: %s', async (_, controls) => {
    const mfa = { grantControls: { operator: 'OR', builtInControls: ['mfa'] } };
    const trusted = { include: ['All'], exclude: ['AllTrusted'] };
    const policies = [
      policy({ displayName: 'Limits', ...trusted, ...mfa, sessionControls: controls }),
      { ...policy({ displayName: 'Asks', ...AWAY, ...mfa }), id: OTHER_ID },
    ];
    const place = await tenantOf(
      { 'policies.json': policies, 'l.json': [HQ] },
      '--known namedLocations,users,groups,roleAssignments',
    );
    const { exitCode, stdout } = await place.gsa('impact --all --fail-on lessProtected -o json');
    const rows = JSON.parse(stdout)['value'] as readonly { readonly displayName: string; readonly class: string }[];
    expect(exitCode).toBe(1);
    expect(rows.map((row) => [row.displayName, row.class])).toContainEqual(['Limits', 'unknown']);
  });

  test.each([
    ['changed', 1],
    ['stricter', 1],
    ['looser', 0],
    ['stopped', 0],
  ])('leave a test open that allows never %s: exit %s', async (word, code) => {
    const place = await placeWith([limits(HOURLY)]);
    const all = `{ change: { signaling: disabled }, never: [${word}] }`;
    const file = ['suite: x', 'tenant: ./tenant.json', 'tests:', '  - name: the switch', `    all: ${all}`];
    writeFileSync(join(place.folder, 'a.gsatest.yaml'), file.join('\n'));
    const { exitCode, stdout } = await place.gsa('test a.gsatest.yaml');
    expect([exitCode, stdout]).toEqual([code, expect.any(String)]);
  });

  test('change nothing for whom nobody asks anything: the address lies in the same places', async () => {
    const place = await placeWith([
      limits(HOURLY, { include: ['All'] }),
      { ...policy(AWAY), id: OTHER_ID, state: 'disabled' },
    ]);
    expect((await place.gsa('impact s.json --fail-on newlyPrompted')).exitCode).toBe(0);
  });
});
