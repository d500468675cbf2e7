import fc from 'fast-check';
import { expect, test } from 'vitest';
import { switched, worldOf } from '../../src/core/impact/world.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { bothCounts } from '../support/both-counts.ts';
import { randomRecords } from '../support/random-records.ts';
import { source } from '../support/read-all-sign-ins.ts';
import { referenceEngine } from '../support/reference-engine.ts';
import { tries } from '../support/tries.ts';

test('sign-ins judged once a key come to the same counts as one by one, for random tenants and changes', async () => {
  await fc.assert(
    fc.asyncProperty(tenants(), tenants(), fc.nat(), fc.boolean(), async (tenant, other, seed, isSwitch) => {
      const records = [...randomRecords(seed, 150, tenant)];
      const before = worldOf(tenant, 'enabled');
      const after = isSwitch ? switched(before, 'disabled') : worldOf(other, 'disabled');
      const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
      const country = seed % 2 === 0 ? 'NL' : undefined;
      const { direct, byKeys } = await bothCounts(referenceEngine(records), [source(text)], { before, after }, country);
      expect(byKeys).toEqual(direct);
    }),
    { numRuns: tries(4) },
  );
});
