import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simulation } from '../serve/simulation.ts';
import type { Workplace } from '../support/in-process.ts';
import { BLOCKED, becoming, HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf, UNCHANGED, UNKNOWN } from './exports.ts';

/** Session controls without members, whichever way the policy came: what they ask for is not known, and may stop people (CSDL-v1). */

const LOST = [
  ['', {}],
  ['', { '@odata.type': '#microsoft.graph.conditionalAccessSessionControls' }],
  ['/secureSignInSession', { secureSignInSession: {} }],
  ['/continuousAccessEvaluation', { signInFrequency: null, continuousAccessEvaluation: {} }],
  ['/signInFrequency', { signInFrequency: { '@odata.type': '#microsoft.graph.signInFrequencySessionControl' } }],
] as const;
const AWAY = { include: ['All'], exclude: [HQ.id] };
const MFA = { operator: 'OR', builtInControls: ['mfa'] };
const PLACEHOLDER = { signInFrequency: { isEnabled: true, value: 1, type: 'hours' } };
const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };

/** A tenant file from before such policies were refused. */
async function olderTenant(sessionControls: object, grantControls: object | null): Promise<Workplace> {
  const file = [policy({ displayName: 'Limits', ...AWAY, grantControls, sessionControls: PLACEHOLDER })];
  const place = await tenantOf({ 'l.json': { value: [HQ] }, 'policies.json': file }, NOTHING_ELSE);
  const tenant = JSON.parse(place.bytes());
  tenant.tenant.policies[0].sessionControls = sessionControls;
  writeFileSync(place.tenant, JSON.stringify(tenant, undefined, 2));
  return place;
}

describe.each(LOST)('session controls without members at "%s": %j', (pointer, sessionControls) => {
  test('are refused in an export and in a template', async () => {
    const { grantControls, conditions } = policy({ grantControls: MFA });
    const template = {
      id: 't',
      name: 'T',
      scenarios: 'zeroTrust',
      details: { conditions, grantControls, sessionControls },
    };
    const empty = await tenantOf({});
    for (const content of [[policy({ grantControls: MFA, sessionControls })], { value: [template] }]) {
      writeFileSync(join(empty.folder, 'p.json'), JSON.stringify(content));
      const { exitCode, stderr } = await empty.gsa('import p.json');
      expect([exitCode, stderr]).toEqual([
        4,
        expect.stringContaining('it has no members, and Microsoft Graph gives none'),
      ]);
      expect(stderr).toContain(`/sessionControls${pointer}`);
    }
  });

  test('are refused in a request to create or to change a policy, which is left as it was', async () => {
    const { graph, store } = await simulation({ guarded: false });
    const [first] = store.read().tenant.policies;
    const { id: _, createdDateTime: __, ...body } = policy({ displayName: 'New', grantControls: MFA, sessionControls });
    const path = '/beta/identity/conditionalAccess/policies';
    const before = store.read().serial;
    for (const reply of [
      await graph('POST', path, body),
      await graph('PATCH', `${path}/${first?.id}`, { sessionControls }),
    ])
      expect([reply.status, reply.json().error.message]).toEqual([400, expect.stringContaining('has no members')]);
    expect(store.read().serial).toBe(before);
  });

  test.each([
    ['nothing else', null],
    ['MFA', MFA],
    ['a device', { operator: 'OR', builtInControls: ['compliantDevice'] }],
  ])('leave what becomes of a sign-in open beside %s, in a tenant file of before', async (_what, grantControls) => {
    const place = await olderTenant(sessionControls, grantControls);
    const device = { deviceDetail: { isCompliant: true }, authenticationRequirement: 'multiFactorAuthentication' };
    expect(await becoming(place, device, 'newlyBlocked')).toMatchObject(UNKNOWN);
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
    expect((await place.gsa('check')).stdout).toContain('the export lost the controls of `Limits`');
  });

  test('leave a block what it is', async () => {
    const place = await olderTenant(sessionControls, { operator: 'OR', builtInControls: ['block'] });
    expect(await becoming(place, {})).toMatchObject(BLOCKED);
  });

  test('pass no test whose policies stand in its file', async () => {
    const place = await tenantOf({});
    const suite = {
      suite: 's',
      tenant: {
        users: [ADA],
        groups: [],
        namedLocations: [HQ],
        mfaTrustedIps: [],
        policies: [policy({ ...AWAY, grantControls: null, sessionControls })],
      },
      tests: [
        {
          name: 'lets Ada in from elsewhere',
          signIn: { user: ADA.userPrincipalName, app: 'Microsoft Graph', from: '198.51.100.1', path: 'direct' },
          expect: { outcome: 'granted' },
        },
      ],
    };
    writeFileSync(join(place.folder, 's.gsatest.json'), JSON.stringify(suite));
    const run = await place.gsa('test s.gsatest.json');
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('unknown')]);
  });
});

test('session controls of nothing but nulls are none, as the SDK has them', async () => {
  const place = await olderTenant({ secureSignInSession: { isEnabled: null }, signInFrequency: null }, null);
  expect(await becoming(place, {})).toMatchObject(UNCHANGED);
});
