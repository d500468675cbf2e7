import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { createJudge } from '../../src/replay/judge.ts';
import { replay } from '../../src/replay/replay.ts';
import type { Loggable } from '../../src/store/types.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import type { RandomRecord } from '../support/random-records.ts';
import { randomRecords } from '../support/random-records.ts';
import { source } from '../support/read-all-sign-ins.ts';
import { tries } from '../support/tries.ts';

/** What is counted of the lines, and those of them that were no repeats. */
async function replayed(tenant: Tenant, lines: readonly string[]) {
  const taken: string[] = [];
  const sink = (batch: readonly Loggable[]) => {
    for (const signIn of batch) if ('text' in signIn) taken.push(Buffer.from(signIn.text).toString('utf8'));
    return { added: batch.length, judgedAnew: 0, alreadyThere: 0 };
  };
  const { read, repeated, skipped, ...counts } = await replay(readSignIns([source(lines.join('\n'))]), {
    judge: createJudge(tenant, 1, 'enabled'),
    sink,
    writtenAtOnce: 0,
    batchSize: 16,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
  return { taken, counts, repeated, counted: read - repeated - skipped.reduce((sum, { count }) => sum + count, 0) };
}

/** A record of the same id, which may say something else: of what tells records apart, and of what does not. */
const changes = fc.constantFrom<Partial<Record<string, unknown>>>(
  {},
  { riskLevelDuringSignIn: 'high' },
  { riskLevelDuringSignIn: 'hidden' },
  { location: { countryOrRegion: 'BR' } },
  { authenticationDetails: [] },
  { deviceDetail: { isCompliant: true } },
  { ipAddress: '203.0.113.77' },
  { clientAppUsed: 'IMAP4' },
  { isThroughGlobalSecureAccess: false },
);

/** One made from the content tells nothing of repeats. */
function hasId({ id }: RandomRecord): boolean {
  return typeof id === 'string';
}

test('a record that repeats one before is counted as that and in nothing else', async () => {
  let repeats = 0;
  await fc.assert(
    fc.asyncProperty(tenants(), fc.nat(), fc.array(changes, { minLength: 3 }), async (tenant, seed, drawn) => {
      const records = [...randomRecords(seed, 40, tenant)].filter(hasId);
      const lines = records.flatMap((record, at) =>
        [record, ...(at % 3 === 0 ? drawn.map((change) => ({ ...record, ...change })) : [])].map((each) =>
          JSON.stringify(each),
        ),
      );
      const all = await replayed(tenant, lines);
      const others = await replayed(tenant, all.taken);
      expect(all.counts).toEqual(others.counts);
      expect([others.repeated, others.counted]).toEqual([0, all.counted]);
      repeats += all.repeated;
    }),
    { numRuns: tries(30) },
  );
  expect(repeats).toBeGreaterThan(1_000);
});
