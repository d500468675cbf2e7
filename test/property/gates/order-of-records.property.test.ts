import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GATES, gateResult } from '../../../src/core/impact/gates.ts';
import { SelfCheck } from '../../../src/core/impact/self-check.ts';
import { switched, worldOf } from '../../../src/core/impact/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import type { SignInStream } from '../../../src/intake/types.ts';
import { forecast } from '../../../src/replay/forecast.ts';
import { SeenIds } from '../../../src/replay/seen-ids.ts';
import { attempts } from '../../support/arbitraries/attempt.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { tries } from '../../support/tries.ts';

interface Recorded {
  readonly id: string;
  readonly attempt: SignInAttempt;
}

async function* streamOf(records: readonly Recorded[]): SignInStream {
  for (const { id, attempt } of records) {
    const record = { id, createdDateTime: '2026-01-10T08:00:00Z' };
    yield { signIn: { ...record, record, attempt, format: 'graph', marks: [], place: { file: 's.ndjson' } } };
  }
}

async function gateOf(tenant: Tenant, records: readonly Recorded[]) {
  const before = worldOf(tenant, 'enabled');
  const [seen, selfCheck] = [new SeenIds(), new SelfCheck(before)];
  const counts = await forecast(streamOf(records), {
    before,
    after: switched(before, 'disabled'),
    selfCheck,
    signInId: undefined,
    see: (id, content) => seen.see(id, content),
    interrupted: new AbortController().signal,
    onProgress: () => {},
  });
  return gateResult(GATES, counts, selfCheck.agreement(), { share: 0.9, isAsked: false });
}

const records: fc.Arbitrary<readonly Recorded[]> = fc
  .uniqueArray(attempts, { minLength: 2, maxLength: 4, comparator: 'IsStrictlyEqual' })
  .chain((some) =>
    fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), attempt: fc.constantFrom(...some) }), {
      minLength: 3,
      maxLength: 8,
    }),
  );

describe('records of a run', () => {
  test('give the same gate in any order, ids that come twice with whatever they say included', async () => {
    let contradicted = 0;
    await fc.assert(
      fc.asyncProperty(
        tenants(),
        records.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
        ),
        async (tenant, [one, other]) => {
          const gate = await gateOf(tenant, one);
          if (gate.doubts.some(({ contradicting }) => contradicting > 0)) contradicted += 1;
          expect(await gateOf(tenant, other)).toEqual(gate);
        },
      ),
      { numRuns: tries(50) },
    );
    expect(contradicted).toBeGreaterThan(20);
  });
});
