import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Which keys or certificates a custom strength allows (`combinationConfigurations`), where an export has its combinations without it. */

const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };
const OURS = {
  id: 'e5000000-0000-4000-8000-000000000001',
  displayName: 'Ours',
  policyType: 'custom',
  requirementsSatisfied: 'mfa',
  allowedCombinations: ['password,sms', 'fido2', 'x509CertificateMultiFactor'],
};
const asking = (authenticationStrength: object) =>
  policy({ displayName: 'Strong', grantControls: { operator: 'OR', builtInControls: [], authenticationStrength } });
const SDK = {
  Id: OURS.id,
  DisplayName: OURS.displayName,
  PolicyType: OURS.policyType,
  AllowedCombinations: OURS.allowedCombinations,
};

const tenantWith = (exported: object) => tenantOf({ 'u.json': { users: [ADA] }, 'p.json': [exported] }, NOTHING_ELSE);
const question = (methods: string) =>
  `whatif --user ada@contoso.com --app ${TUNNELLED.resourceId} --source-ip 198.51.100.7 --methods ${methods} -o json`;

describe.each([
  ['missing', asking(OURS)],
  ['null', asking({ ...OURS, combinationConfigurations: null })],
  ['missing in what the SDK wrote', asking(SDK)],
])('restrictions that are %s', (_, exported) => {
  test('are told at the import and by the check', async () => {
    const place = await tenantWith(exported);
    const again = await place.gsa(['import', join(place.folder, 'p.json'), '--dry-run']);
    expect(again.stdout).toContain('the export lost which keys or certificates');
    expect(again.stdout).toContain('nothing');
    expect((await place.gsa('check')).stdout).toMatch(/GSA053.*the export lost which keys or certificates/s);
  });

  test.each([
    ['fido2', 'unknown'],
    ['x509CertificateMultiFactor', 'unknown'],
    ['password,sms', 'granted'],
    ['password,voice', 'interrupted'],
  ])('leave %s %s, until an export has them', async (methods, outcome) => {
    const place = await tenantWith(exported);
    expect((await place.gsa(question(methods))).json()).toMatchObject({ outcome });
    const whole = asking({ ...OURS, combinationConfigurations: [] });
    writeFileSync(join(place.folder, 'p.json'), JSON.stringify([whole]));
    await place.gsa('import p.json');
    expect((await place.gsa(question(methods))).json()).toMatchObject({
      outcome: outcome === 'unknown' ? 'granted' : outcome,
    });
    expect((await place.gsa('check')).stdout).not.toContain('the export lost');
  });
});

test.each([
  ['a strength that is built in', { id: '00000000-0000-0000-0000-000000000004', allowedCombinations: ['fido2'] }],
  ['one without keys and certificates', { ...OURS, allowedCombinations: ['password,sms'] }],
  ['one that has none', { ...OURS, combinationConfigurations: [] }],
])('%s lost nothing', async (_, strength) => {
  const place = await tenantWith(asking(strength));
  const again = await place.gsa(['import', join(place.folder, 'p.json'), '--dry-run']);
  expect(again.stdout).not.toContain('the export lost');
});

test('a policy without an id, as in a request, and one in a test file have none where they have no list', async () => {
  const { id: _, ...request } = asking(OURS);
  const place = await tenantOf({ 'u.json': { users: [ADA] }, 'p.json': [request] }, `${NOTHING_ELSE},policies`);
  expect((await place.gsa(question('fido2'))).json()).toMatchObject({ outcome: 'granted' });
  const suite = {
    suite: 's',
    tenant: { users: [ADA], groups: [], namedLocations: [], mfaTrustedIps: [], policies: [asking(OURS)] },
    tests: [
      {
        name: 'lets Ada in with a key',
        signIn: {
          user: ADA.userPrincipalName,
          app: 'Microsoft Graph',
          from: '198.51.100.1',
          path: 'direct',
          satisfied: { authenticationMethodCombination: 'fido2' },
        },
        expect: { outcome: 'granted' },
      },
    ],
  };
  writeFileSync(join(place.folder, 's.gsatest.json'), JSON.stringify(suite));
  const run = await place.gsa('test s.gsatest.json');
  expect([run.exitCode, run.stdout]).toEqual([0, run.stdout]);
});
