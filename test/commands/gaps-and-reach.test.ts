import { describe, expect, test } from 'vitest';
import type { GapsReport } from '../../src/output/reports/proof/gaps.ts';
import type { PolicyReachReport } from '../../src/output/reports/proof/policy-reach.ts';
import { HQ, NOWHERE, policy, tenantOf } from '../cases/exports.ts';
import { workplace } from '../support/in-process.ts';

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('gsa policy list --by reach', () => {
  test('ranks the enforcing policies by how many people each alone decides', async () => {
    const { gsa } = await contoso();
    const { value } = (await gsa('policy list --by reach -o json')).json() as unknown as PolicyReachReport;
    expect(value.map(({ people }) => people)).toEqual(value.map(({ people }) => people).toSorted((a, b) => b - a));
    expect(value.find(({ displayName }) => displayName.startsWith('CA003'))).toMatchObject({
      people: 2,
      applications: null,
    });
  });

  test('gives a policy nothing that another one decides as well', async () => {
    const { gsa } = await contoso();
    const { value } = (await gsa('policy list --by reach -o json')).json() as unknown as PolicyReachReport;
    // CA005 blocks every country that is not listed, those of CA006 among them.
    expect(value.find(({ displayName }) => displayName.startsWith('CA006'))).toMatchObject({ people: 0, ipv4Share: 0 });
    await gsa(['policy', 'set-state', 'CA005 Block sign-ins from countries we do not work in', 'disabled', '--yes']);
    const after = (await gsa('policy list --by reach -o json')).json() as unknown as PolicyReachReport;
    expect(after.value.find(({ displayName }) => displayName.startsWith('CA006'))?.people).toBeGreaterThan(0);
  });
});

describe('the reach of a policy of which not everything is known', () => {
  const ADA = 'a0000000-0000-4000-8000-000000000001';
  const GROUP = 'b0000000-0000-4000-8000-000000000001';
  const people = [ADA, 'a0000000-0000-4000-8000-000000000002'].map((id) => ({
    id,
    displayName: id,
    userType: 'Member',
  }));
  const users = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', value: people };
  const reaching = (who: object) => policy({ conditions: { users: who } });

  test.each([
    ['a group that was not exported', reaching({ includeGroups: [GROUP] }), 2, 2],
    ['a person and such a group', reaching({ includeUsers: [ADA], includeGroups: [GROUP] }), 2, 1],
    ['all but such a group', reaching({ includeUsers: ['All'], excludeGroups: [GROUP] }), 2, 2],
    ['a role by its name', reaching({ includeRoles: ['Global Administrator'] }), 2, 2],
    ['a location that nothing defines', policy({ include: [NOWHERE] }), 2, 2],
    ['one person', reaching({ includeUsers: [ADA] }), 1, 0],
  ])('tells how many of its people it may not reach: %s', async (_, one, counted, perhaps) => {
    const files = { 'p.json': [one], 'l.json': [HQ], 'u.json': users };
    const place = await tenantOf(files, '--mfa-trusted-ips none --known policies,namedLocations,servicePrincipals');
    const { value } = (await place.gsa('policy list --by reach -o json')).json() as unknown as PolicyReachReport;
    expect(value).toMatchObject([{ people: counted, of: 2, perhaps }]);
    const { stdout } = await place.gsa('policy list --by reach');
    expect(stdout.includes(`${counted} of 2, ${perhaps} perhaps`)).toBe(perhaps > 0);
  });
});

describe('gsa check --gaps', () => {
  test('tells who reaches no policy, from where, and fails a gate on it', async () => {
    const { gsa } = await contoso();
    const report = (await gsa('check --gaps -o json')).json() as unknown as GapsReport;
    expect(report.gaps).toMatchObject([
      { kind: 'noPolicy', isCertain: true },
      { kind: 'noMfa', isCertain: true },
    ]);
    // The emergency accounts are excluded everywhere: from anywhere nothing guards them.
    const emergency = report.value.filter(
      ({ who, from }) => who?.includes('emergency.access.1@contoso.com') && /any IPv4 address/.test(from.join()),
    );
    expect(emergency.length).toBeGreaterThan(0);
    expect((await gsa('check --gaps')).exitCode).toBe(0);
    expect((await gsa('check --gaps --fail-on error')).exitCode).toBe(1);
  });

  test('finds none where one policy asks everybody for MFA everywhere', async () => {
    const { gsa, folder } = workplace();
    const { writeFileSync } = await import('node:fs');
    const policy = {
      id: '90000000-0000-4000-8000-000000000001',
      displayName: 'MFA for all',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    };
    writeFileSync(`${folder}/all.json`, JSON.stringify([policy]));
    const report = (await gsa('check --gaps all.json --fail-on error -o json')).json() as unknown as GapsReport;
    expect(report.gaps).toEqual([]);
    writeFileSync(
      `${folder}/all.json`,
      JSON.stringify([
        { ...policy, conditions: { ...policy.conditions, platforms: { includePlatforms: ['windows'] } } },
      ]),
    );
    const narrower = (await gsa('check --gaps all.json -o json')).json() as unknown as GapsReport;
    expect(narrower.value.some(({ platform }) => platform?.includes('an unrecognised platform'))).toBe(true);
  });

  test.each([
    ['MFA and a compliant device', { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] }, 'guarded'],
    [
      'a built-in strength',
      { operator: 'OR', authenticationStrength: { id: '00000000-0000-0000-0000-000000000002' } },
      'guarded',
    ],
    [
      'a strength of several factors',
      { operator: 'OR', authenticationStrength: { id: 'own', allowedCombinations: ['fido2'] } },
      'guarded',
    ],
    ['MFA or a compliant device', { operator: 'OR', builtInControls: ['mfa', 'compliantDevice'] }, 'open'],
    ['MFA or terms of use', { operator: 'OR', builtInControls: ['mfa'], termsOfUse: ['terms'] }, 'open'],
    [
      'MFA or a custom control',
      { operator: 'OR', builtInControls: ['mfa'], customAuthenticationFactors: ['own'] },
      'open',
    ],
    [
      'a strength that a password meets',
      { operator: 'OR', authenticationStrength: { id: 'own', allowedCombinations: ['password', 'fido2'] } },
      'open',
    ],
    ['a strength without its combinations', { operator: 'OR', authenticationStrength: { id: 'own' } }, 'perhaps'],
    ['MFA or what nobody documents', { operator: 'OR', builtInControls: ['mfa', 'verifiedID'] }, 'perhaps'],
  ])('where everybody is asked for %s', async (_what, grantControls, expected) => {
    const { gsa, folder } = workplace();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder}/one.json`, JSON.stringify([{ ...EVERYBODY, grantControls }]));
    const run = await gsa('check --gaps one.json --fail-on error -o json');
    const { gaps } = run.json() as unknown as GapsReport;
    const ofMfa = gaps.filter(({ kind }) => kind === 'noMfa').map(({ isCertain }) => isCertain);
    if (expected === 'open') expect(ofMfa).toContain(true);
    else if (expected === 'perhaps') expect(ofMfa).toEqual([false]);
    // What "All" covers when a device is registered is not known of other controls than MFA.
    expect(run.exitCode).toBe(expected === 'guarded' && !_what.includes('device') ? 0 : 1);
  });

  test('where the one policy asks for nothing: nothing is guarded', async () => {
    const { gsa, folder } = workplace();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder}/one.json`, JSON.stringify([{ ...EVERYBODY, grantControls: null, sessionControls: null }]));
    const { gaps } = (await gsa('check --gaps one.json -o json')).json() as unknown as GapsReport;
    expect(gaps).toMatchObject([
      { kind: 'noPolicy', isCertain: true },
      { kind: 'noMfa', isCertain: true },
    ]);
  });
});

const EVERYBODY = {
  id: '90000000-0000-4000-8000-000000000001',
  displayName: 'Everybody',
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  },
};
