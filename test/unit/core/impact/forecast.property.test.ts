import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyChange } from '../../../../src/core/conditional-access/outcome/change.ts';
import { createForecast } from '../../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../../src/core/impact/world.ts';
import type { PolicyTestimony, SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import { attempts, testimonies } from '../../../support/arbitraries/attempt.ts';
import { addresses, countries } from '../../../support/arbitraries/network.ts';
import { tenants } from '../../../support/arbitraries/tenant.ts';
import { tries } from '../../../support/tries.ts';
import { BLOCK, countryLocation, DEVICE, MFA, OFFICE, policyWith, tenantWith } from '../dependencies/contoso.ts';
import { SIGN_IN, THROUGH } from './worlds.ts';

const vias = fc.constantFrom(
  'globalSecureAccessClient',
  'globalSecureAccessClient',
  'remoteNetwork',
  'direct',
  undefined,
);
const facts = fc.record({
  address: fc.option(addresses, { nil: undefined, freq: 8 }),
  countryOrRegion: fc.option(countries, { nil: undefined, freq: 4 }),
});
const networks = fc.record({
  via: vias,
  source: facts,
  proxy: facts,
  tunnelOfThisTenant: fc.constantFrom(true, true, false, undefined),
});
const travelling: fc.Arbitrary<SignInAttempt> = fc
  .tuple(attempts, networks)
  .map(([attempt, network]) => ({ ...attempt, network }) as SignInAttempt);
const said = fc.array(testimonies, { maxLength: 6 });

function telling(attempt: SignInAttempt, ids: readonly string[], says: readonly PolicyTestimony[]): SignInAttempt {
  if (says.length === 0) return attempt;
  const testimony = new Map(says.flatMap((one, at) => (ids[at] === undefined ? [] : [[ids[at], one] as const])));
  return { ...attempt, testimony };
}

describe('a forecast', () => {
  test('is what the explaining evaluator says, except that it settles what no missing fact can turn', () => {
    const seen = { same: 0, settled: 0, changed: 0 };
    fc.assert(
      fc.property(tenants(), fc.array(fc.tuple(travelling, said), { minLength: 1, maxLength: 6 }), (tenant, list) => {
        const before = worldOf(tenant, 'enabled');
        const forecast = createForecast(before, switched(before, 'disabled'));
        for (const [attempt, says] of list) {
          const told = telling(
            attempt,
            tenant.policies.map(({ id }) => id),
            says,
          );
          const change = forecast.judge(told);
          const { before: was, after: becomes } = forecast.explain(told);
          const kind = classifyChange(was, becomes);
          if (change.class === kind) seen.same++;
          else {
            seen.settled++;
            expect(kind).toBe('unknown');
          }
          if (change.outcomes !== undefined && change.class !== 'unchanged') {
            seen.changed++;
            expect(change.outcomes).toEqual({ before: was.outcome, after: becomes.outcome });
          }
        }
      }),
      { numRuns: tries(150) },
    );
    // The property is not met by looking away.
    expect(seen.same).toBeGreaterThan(100);
    expect(seen.settled).toBeGreaterThan(10);
    expect(seen.changed).toBeGreaterThan(10);
  });

  test('that is certain stays so, whatever the missing facts of the session turn out to be', () => {
    const certain = { unchanged: 0, changed: 0 };
    fc.assert(
      fc.property(
        tenants(),
        travelling,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (tenant, attempt, mfa, compliantDevice, domainJoinedDevice) => {
          const before = worldOf(tenant, 'enabled');
          const forecast = createForecast(before, switched(before, 'disabled'));
          const unsure: SignInAttempt = { ...attempt, satisfied: {}, userRiskLevel: undefined };
          const { class: kind } = forecast.judge(unsure);
          if (kind === 'unknown') return;
          certain[kind === 'unchanged' ? 'unchanged' : 'changed']++;
          // A device that is known says by itself what it is: that does not turn out otherwise.
          const device = attempt.device === undefined ? { compliantDevice, domainJoinedDevice } : {};
          const known: SignInAttempt = { ...attempt, satisfied: { mfa, ...device } };
          expect(forecast.judge(known).class).toBe(kind);
        },
      ),
      { numRuns: tries(400) },
    );
    // The property is not met by looking away.
    expect(certain.unchanged).toBeGreaterThan(100);
    expect(certain.changed).toBeGreaterThan(0);
  });

  test('that is unknown and yet stops somebody in any case does so, whatever the missing facts turn out to be', () => {
    let stopped = 0;
    const policies = fc.subarray(
      ['All', 'office', 'abroad'].flatMap((place) =>
        [MFA, DEVICE, BLOCK].flatMap((grant) => [
          policyWith({ include: ['All'], exclude: [place], grant, id: `all but ${place}: ${JSON.stringify(grant)}` }),
          policyWith({ include: [place], grant, id: `at ${place}: ${JSON.stringify(grant)}` }),
          policyWith({
            include: [place],
            grant,
            id: `at risk at ${place}: ${JSON.stringify(grant)}`,
            conditions: { userRiskLevels: ['high'] },
          }),
        ]),
      ),
      { minLength: 2, maxLength: 4 },
    );
    // In every tenant, so that the case is not too rare to be seen.
    const DEVICE_OUTSIDE = policyWith({ include: ['All'], exclude: ['office'], grant: DEVICE, id: 'device outside' });
    const BLOCK_ABROAD = policyWith({ include: ['abroad'], grant: BLOCK, id: 'block abroad' });
    const place = fc.constantFrom('FR', 'NL');
    const turned = fc.record({ own: place, proxied: place, mfa: fc.boolean(), risk: fc.constantFrom('none', 'high') });
    fc.assert(
      fc.property(policies, fc.boolean(), turned, (list, compliantDevice, { own, proxied, mfa, risk }) => {
        const tenant = tenantWith({
          namedLocations: [OFFICE, countryLocation('abroad', ['FR'])],
          policies: [...list, DEVICE_OUTSIDE, BLOCK_ABROAD],
        });
        const before = worldOf(tenant, 'enabled');
        const forecast = createForecast(before, switched(before, 'disabled'));
        const source = { address: THROUGH.source.address, countryOrRegion: own };
        const address = THROUGH.proxy?.address;
        const satisfied = { ...SIGN_IN.satisfied, mfa: undefined, compliantDevice };
        const unsure = { ...SIGN_IN, network: { ...THROUGH, source, proxy: { address } }, satisfied };
        const { class: kind, stoppedBy } = forecast.judge(unsure);
        if (stoppedBy.length === 0) return;
        stopped++;
        expect(kind).toBe('unknown');
        const { before: was, after: becomes } = forecast.explain({
          ...unsure,
          network: { ...THROUGH, source, proxy: { address, countryOrRegion: proxied } },
          satisfied: { ...satisfied, mfa },
          userRiskLevel: risk,
        });
        expect(['granted', 'interrupted']).toContain(was.outcome);
        expect(['denied', 'blocked']).toContain(becomes.outcome);
        for (const id of stoppedBy)
          expect(becomes.policies.find(({ policyId }) => policyId === id)?.result).toBe('failure');
      }),
      { numRuns: tries(500) },
    );
    // The property is not met by looking away.
    expect(stopped).toBeGreaterThan(10);
  });

  test('between a tenant and its equal changes nothing', () => {
    let unchanged = 0;
    fc.assert(
      fc.property(tenants(), travelling, said, (tenant, attempt, says) => {
        const told = telling(
          attempt,
          tenant.policies.map(({ id }) => id),
          says,
        );
        const forecast = createForecast(worldOf(tenant, 'enabled'), worldOf(structuredClone(tenant), 'enabled'));
        const change = forecast.judge(told);
        if (change.class === 'unchanged') unchanged++;
        else expect([change.class, locationIsOpen(forecast, told)]).toEqual(['unknown', true]);
      }),
      { numRuns: tries(200) },
    );
    // The property is not met by looking away.
    expect(unchanged).toBeGreaterThan(100);
  });
});

/** What is not known of the place may differ between two worlds, as it would between two moments. */
function locationIsOpen(forecast: ReturnType<typeof createForecast>, attempt: SignInAttempt): boolean {
  return forecast
    .explain(attempt)
    .before.policies.some(({ conditions }) =>
      conditions.some(({ condition, truth }) => condition === 'location' && truth === 'unknown'),
    );
}
