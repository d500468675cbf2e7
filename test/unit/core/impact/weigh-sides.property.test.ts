import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createForecast } from '../../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../../src/core/impact/world.ts';
import type { SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import type { SessionControls } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { numbered } from '../../../support/numbered-attempt.ts';
import { BLOCK, DEVICE, MFA, OFFICE, PROXY, policyWith, tenantWith } from '../dependencies/contoso.ts';
import { SIGN_IN } from './worlds.ts';

const ofADay: SessionControls = { signInFrequency: { isEnabled: true, value: 1, type: 'days' } };

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
      grant: fc.constantFrom(null, MFA, MFA, DEVICE, BLOCK),
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
  .tuple(truths, truths, fc.constantFrom('none', undefined))
  .map(([mfa, compliantDevice, signInRiskLevel]) => ({
    ...SIGN_IN,
    signInRiskLevel,
    satisfied: { mfa, compliantDevice, domainJoinedDevice: false },
  }));

test('what becomes of a sign-in is the same in bits as policy by policy', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(tenants, attempts, fc.boolean(), (tenant, attempt, isSwitchedOn) => {
      const [from, to] = isSwitchedOn ? (['disabled', 'enabled'] as const) : (['enabled', 'disabled'] as const);
      const worlds = () => {
        const before = worldOf(tenant, from);
        return createForecast(before, switched(before, to));
      };
      const change = worlds().judgeNumbered(numbered(attempt));
      expect(change).toEqual(worlds().judge(attempt));
      const kind = `${change.class} ${change.couldBe.length > 0}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }),
    { numRuns: Math.max(400, Number(process.env['GSA_RUNS'] ?? 0)) },
  );
  // Everything that the bits tell is told of some.
  for (const kind of ['newlyBlocked false', 'newlyAllowed false', 'lessProtected false', 'unknown true']) {
    expect([kind, seen.get(kind)]).not.toEqual([kind, undefined]);
  }
  expect([...seen.keys()]).toContain('unchanged true');
});
