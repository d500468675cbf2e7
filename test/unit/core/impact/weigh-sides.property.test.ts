import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createForecast } from '../../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../../src/core/impact/world.ts';
import type { SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import type { AuthenticationStrength, GrantControls, SessionControls } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { numbered } from '../../../support/numbered-attempt.ts';
import { tries } from '../../../support/tries.ts';
import type { PolicyParts } from '../dependencies/contoso.ts';
import { BLOCK, DEVICE, MFA, OFFICE, PROXY, policyWith, tenantWith } from '../dependencies/contoso.ts';
import { SIGN_IN } from './worlds.ts';

const ofADay: SessionControls = { signInFrequency: { isEnabled: true, value: 1, type: 'days' } };

const strength = (authenticationStrength: AuthenticationStrength): GrantControls => ({
  operator: 'OR',
  authenticationStrength,
});
const RESISTANT = strength({ id: '00000000-0000-0000-0000-000000000004' });
/** Its combinations are not known. */
const LOST = strength({ id: 'lost' });
const CHANGE: GrantControls = { operator: 'OR', builtInControls: ['passwordChange'] };

const policies = fc
  .array(
    fc.record({
      state: fc.constantFrom('enabled', 'enabled', 'enabled', 'enabledForReportingButNotEnforced', 'paused'),
      located: fc.constantFrom(
        {},
        { include: ['All'] },
        ...['office', 'proxy', 'AllTrusted'].map((exclude) => ({ include: ['All'], exclude: [exclude] })),
        { include: ['AllTrusted'], exclude: ['office'] },
        { include: ['office'] },
      ),
      grant: fc.constantFrom<GrantControls | null>(null, MFA, MFA, DEVICE, BLOCK, RESISTANT, LOST, CHANGE),
      limits: fc.constantFrom({}, {}, { session: ofADay }),
      conditions: fc.constantFrom({}, {}, {}, { signInRiskLevels: ['high'] }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ located, limits, ...parts }, at) =>
      policyWith({ id: `policy ${at}`, ...located, ...limits, ...parts }),
    ),
  );

/** The MFA trusted IPs are known, or not. */
const tenants: fc.Arbitrary<Tenant> = fc.tuple(policies, fc.boolean()).map(([list, areIpsKnown]) => {
  const { mfaTrustedIps, ...tenant } = tenantWith({ policies: list, namedLocations: [OFFICE, PROXY] });
  return areIpsKnown && mfaTrustedIps !== undefined ? { ...tenant, mfaTrustedIps } : tenant;
});

const truths = fc.constantFrom(true, false, undefined);
const attempts: fc.Arbitrary<SignInAttempt> = fc
  .tuple(truths, truths, fc.constantFrom('none', undefined), fc.constantFrom('fido2', 'password', undefined))
  .map(([mfa, compliantDevice, signInRiskLevel, methods]) => ({
    ...SIGN_IN,
    signInRiskLevel,
    satisfied: {
      ...{ mfa: methods === undefined ? mfa : undefined, compliantDevice, domainJoinedDevice: false },
      ...{ passwordChange: false, authenticationMethodCombination: methods },
    },
  }));

/** What becomes of a sign-in when signaling is switched: in bits, and policy by policy. */
function changesOn(to: 'enabled' | 'disabled', tenant: Tenant, attempt: SignInAttempt) {
  const worlds = () => {
    const before = worldOf(tenant, to === 'enabled' ? 'disabled' : 'enabled');
    return createForecast(before, switched(before, to));
  };
  return { inBits: worlds().judgeNumbered(numbered(attempt)), byPolicies: worlds().judge(attempt) };
}

test('what becomes of a sign-in is the same in bits as policy by policy', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(tenants, attempts, fc.boolean(), (tenant, attempt, isSwitchedOn) => {
      const { inBits, byPolicies } = changesOn(isSwitchedOn ? 'enabled' : 'disabled', tenant, attempt);
      expect(inBits).toEqual(byPolicies);
      const kind = `${inBits.class} ${inBits.couldBe.length > 0}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }),
    { numRuns: tries(400) },
  );
  // Everything that the bits tell is told of some.
  for (const kind of ['newlyBlocked false', 'newlyAllowed false', 'lessProtected false', 'unknown true']) {
    expect([kind, seen.get(kind)]).not.toEqual([kind, undefined]);
  }
  expect([...seen.keys()]).toContain('unchanged true');
});

/** Signaling is switched on: Entra sees the proxy before, and the office after. */
describe('of policies that differ between two sides', () => {
  const onSwitch = (policies: readonly PolicyParts[], attempt: SignInAttempt) =>
    changesOn('enabled', tenantWith({ policies: policies.map(policyWith), namedLocations: [OFFICE, PROXY] }), attempt);

  test('only those that are surely enabled are named where somebody is less protected', () => {
    const elsewhere = { include: ['All'], exclude: ['office'], grant: MFA };
    const { inBits, byPolicies } = onSwitch(
      [
        { id: 'asks', ...elsewhere },
        { id: 'may ask', ...elsewhere, state: 'paused' },
      ],
      { ...SIGN_IN, satisfied: { ...SIGN_IN.satisfied, mfa: true } },
    );
    expect(inBits).toMatchObject({ class: 'lessProtected', decidedBy: ['asks'] });
    expect(inBits).toEqual(byPolicies);
  });

  test.each([
    ['a strength that is MFA', RESISTANT, { class: 'unchanged', couldBe: [] }],
    ['one whose combinations are not known', LOST, { class: 'unchanged', couldBe: ['lessProtected'] }],
    ['a device', DEVICE, { class: 'newlyDenied' }],
  ] as const)('one that asks for %s in place of MFA is told as what it is', (_, grant, expected) => {
    const { inBits, byPolicies } = onSwitch(
      [
        { id: 'MFA elsewhere', include: ['All'], exclude: ['office'], grant: MFA },
        { id: 'in the office', include: ['office'], grant },
        { id: 'everywhere', grant: CHANGE },
      ],
      { ...SIGN_IN, satisfied: { ...SIGN_IN.satisfied, mfa: false, passwordChange: false } },
    );
    expect(inBits).toMatchObject(expected);
    expect(inBits).toEqual(byPolicies);
  });

  test('only those that surely apply are named where somebody is stopped and it is not known how', () => {
    const { inBits, byPolicies } = onSwitch(
      [
        { id: 'denies', include: ['office'], grant: DEVICE },
        { id: 'may block', include: ['office'], grant: BLOCK, conditions: { signInRiskLevels: ['high'] } },
        {
          id: 'blocks others',
          include: ['office'],
          grant: BLOCK,
          conditions: { platforms: { includePlatforms: ['iOS'] } },
        },
      ],
      { ...SIGN_IN, signInRiskLevel: undefined },
    );
    expect(inBits).toMatchObject({ class: 'unknown', stoppedBy: ['denies'], decidedBy: ['denies', 'may block'] });
    expect(inBits).toEqual(byPolicies);
  });
});
