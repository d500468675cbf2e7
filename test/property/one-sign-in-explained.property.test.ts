import fc from 'fast-check';
import { expect, test } from 'vitest';
import { switched, worldOf } from '../../src/core/impact/world.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { forecast } from '../../src/replay/forecast.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { randomRecords } from '../support/random-records.ts';
import { source } from '../support/read-all-sign-ins.ts';
import { tries } from '../support/tries.ts';

test('a sign-in that is asked for alone is counted with the outcomes that it is explained by', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(tenants(), fc.nat(), async (tenant, seed) => {
      const before = worldOf(tenant, 'enabled');
      for (const record of randomRecords(seed, 20, tenant)) {
        // Without an id nobody can ask for it.
        if (record.id === undefined) continue;
        const { outcomes, explained } = await forecast(readSignIns([source(`${JSON.stringify(record)}\n`)]), {
          ...{ before, after: switched(before, 'disabled'), selfCheck: undefined, signInId: record.id },
          interrupted: new AbortController().signal,
          onProgress: () => undefined,
        });
        const [one] = explained;
        if (one === undefined || outcomes.length === 0) continue;
        compared += 1;
        const told = outcomes.map((each) => [each.before, each.after]);
        expect(told).toEqual([[one.outcomeBefore, one.outcomeAfter]]);
      }
    }),
    { numRuns: tries(10) },
  );
  expect(compared).toBeGreaterThan(50);
});
