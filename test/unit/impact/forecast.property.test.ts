import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyChange } from '../../../src/core/conditional-access/outcome-change.ts';
import { createForecast } from '../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../src/core/impact/world.ts';
import type { PolicyTestimony, SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { attempts, testimonies } from '../../support/arbitraries/attempt.ts';
import { addresses, countries } from '../../support/arbitraries/network.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';

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
      { numRuns: 300 },
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
      { numRuns: 800 },
    );
    // The property is not met by looking away.
    expect(certain.unchanged).toBeGreaterThan(100);
    expect(certain.changed).toBeGreaterThan(0);
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
      { numRuns: 200 },
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
