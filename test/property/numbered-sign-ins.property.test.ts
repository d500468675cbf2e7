import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompiledTenant } from '../../src/core/conditional-access/compile.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { NumberedDecider } from '../../src/core/conditional-access/fast/decide-numbered.ts';
import { observingOptions } from '../../src/core/conditional-access/observing.ts';
import { seenWords } from '../../src/core/conditional-access/record/judged-sign-in.ts';
import { NumberedWords } from '../../src/core/conditional-access/record/numbered-words.ts';
import { UnreachedReasons } from '../../src/core/conditional-access/record/unreached-reasons.ts';
import { createForecast } from '../../src/core/impact/forecast.ts';
import { Grouping } from '../../src/core/impact/grouping.ts';
import { SelfCheck } from '../../src/core/impact/self-check.ts';
import type { World } from '../../src/core/impact/world.ts';
import { switched, worldOf } from '../../src/core/impact/world.ts';
import { observe } from '../../src/core/signaling/observe.ts';
import { Sights } from '../../src/core/signaling/sights.ts';
import type { SignalingStatus, Tenant } from '../../src/core/tenant/tenant.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import type { ReadSignIn } from '../../src/intake/types.ts';
import { Told } from '../../src/replay/counted-sign-in.ts';
import { RecordContents } from '../../src/replay/record-content.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import type { RandomRecord } from '../support/random-records.ts';
import { randomRecords } from '../support/random-records.ts';
import { source } from '../support/read-all-sign-ins.ts';
import { tries } from '../support/tries.ts';

/** Calls for each sign-in of the records while it is there; counts those that have numbers. */
async function eachRead(tenant: Tenant, seed: number, visit: (signIn: ReadSignIn) => void): Promise<number> {
  const records = [...randomRecords(seed, 100, tenant)].flatMap((record, at) => [record, ...twins(record, at)]);
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  let numbered = 0;
  for await (const item of readSignIns([source(text)])) {
    if ('skipped' in item) continue;
    if (item.signIn.numbered !== undefined) numbered++;
    visit(item.signIn);
  }
  return numbered;
}

/** The same person with the same of everything, in another kind of sign-in. */
function twins(record: RandomRecord, at: number): readonly RandomRecord[] {
  if (at % 2 === 0 || typeof record['userId'] !== 'string') return [];
  const isInteractive = record['isInteractive'] !== true;
  const kind = isInteractive ? 'interactiveUser' : 'nonInteractiveUser';
  return [{ ...record, id: `${record.id} again`, isInteractive, signInEventTypes: [kind] }];
}

/** The same sign-in without its numbers. */
function withoutNumbers(signIn: ReadSignIn) {
  return { told: signIn.told ?? signIn.record, attempt: signIn.attempt, numbered: undefined };
}

const statuses = fc.constantFrom<SignalingStatus>('enabled', 'disabled');

test('a sign-in is decided by the numbers of its parts as it is by its parts', async () => {
  let numbered = 0;
  await fc.assert(
    fc.asyncProperty(tenants(), fc.nat(), statuses, fc.boolean(), async (tenant, seed, status, isHeard) => {
      const [compiled, other]: [CompiledTenant, CompiledTenant] = [compile(tenant), compile(tenant)];
      const sights = new Sights(status, observingOptions(compiled));
      const decider = new NumberedDecider(compiled, (testimony) => (isHeard ? testimony : undefined));
      const [reasons, contents] = [new UnreachedReasons(tenant.tenantId), new RecordContents()];
      const words = new NumberedWords();
      numbered += await eachRead(tenant, seed, (signIn) => {
        if (signIn.numbered === undefined) return;
        const sight = sights.of(signIn.numbered);
        const decided = decider.decide(signIn.numbered, sight);
        const bits = contents.bitsOf(signIn, 1, 7);
        const why = reasons.of(signIn);
        const plain = withoutNumbers(signIn);
        const attempt = isHeard ? plain.attempt : { ...plain.attempt, testimony: undefined };
        const seen = observe(attempt, status, observingOptions(other));
        expect(decided).toEqual(decide(other, attempt, seen));
        expect(sight.standIn).toEqual(seen.standInAddress);
        expect(words.of(signIn.numbered, sight)).toEqual(seenWords(seen, attempt.network.source.address?.text));
        expect(bits).toBe(contents.bitsOf(plain, 1, 7));
        expect(why).toBe(reasons.of(plain));
      });
    }),
    { numRuns: tries(12) },
  );
  // Nearly all of them have numbers.
  expect(numbered).toBeGreaterThan(100 * tries(12));
});

test('what becomes of a sign-in, its groups and what it is compared with are the same by numbers', async () => {
  const worldsOf = (tenant: Tenant, other: Tenant, isSwitch: boolean): [World, World] => {
    const before = worldOf(tenant, 'enabled');
    return [before, isSwitch ? switched(before, 'disabled') : worldOf(other, 'disabled')];
  };
  await fc.assert(
    fc.asyncProperty(tenants(), tenants(), fc.nat(), fc.boolean(), async (tenant, other, seed, isSwitch) => {
      const [before, after] = worldsOf(tenant, other, isSwitch);
      const byNumber = createForecast(before, after);
      const byParts = createForecast(...worldsOf(tenant, other, isSwitch));
      const grouping = new Grouping(compile(tenant));
      // The first has the decisions of the forecast at hand.
      const checks = [new SelfCheck(before), new SelfCheck(worldOf(tenant, 'enabled'))] as const;
      const reasons = new UnreachedReasons(tenant.tenantId);
      await eachRead(tenant, seed, (signIn) => {
        const { numbered } = signIn;
        if (numbered === undefined || reasons.of(signIn) !== undefined) return;
        const [told, plain] = [new Told(signIn), withoutNumbers(signIn)];
        expect(byNumber.judgeNumbered(numbered)).toEqual(byParts.judge(plain.attempt));
        for (const by of ['kind', 'user', 'application', 'location'] as const)
          expect(grouping[by](told)).toEqual(grouping[by](plain));
        checks[0].compare(told);
        checks[1].compare(plain);
      });
      expect(checks[0].agreement()).toEqual(checks[1].agreement());
    }),
    { numRuns: tries(8) },
  );
});
