import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesIn } from '../../../src/core/proof/answers/answer.ts';
import { Deciders } from '../../../src/core/proof/answers/deciders.ts';
import { Reach } from '../../../src/core/proof/answers/reach.ts';
import type { Proof } from '../../../src/core/proof/proof.ts';
import { bitsOf } from '../../../src/core/proof/worlds/masks.ts';
import { SIDES } from '../../../src/core/proof/worlds/policies.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { proved } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = (maxLength: number) => fc.uniqueArray(policies(), { minLength: 1, maxLength, selector: ({ id }) => id });

/** Who decides what, by all policies at once and by each for itself; with the paths that either finds. */
function decidedTwice(proof: Proof) {
  const found = codesIn(proof).flatMap((code) =>
    SIDES.flatMap((side) => {
      const deciders = new Deciders(proof, code, side);
      const decided = deciders.decided();
      return proof.union.entries.flatMap((entry, at) => {
        if (entry[side] === undefined) return [];
        const reach = new Reach(proof, { code, by: { entry: at, side } });
        const alone = reach.people();
        const together = decided.get(at);
        const ways = { places: new Set<number>(), apps: new Set<number>() };
        for (const { places, apps } of alone.values()) {
          for (const place of bitsOf(places)) ways.places.add(place);
          for (const app of bitsOf(apps)) ways.apps.add(app);
        }
        const ascending = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b);
        const alike = {
          people: [...alone.keys()],
          certain: [...alone].flatMap(([who, { isCertain }]) => (isCertain ? [who] : [])),
          places: ascending(ways.places),
          apps: ascending(ways.apps),
          paths: [...alone.keys()].map((who) => reach.witness(who)),
        };
        const own = {
          people: together?.people ?? [],
          certain: together?.certain ?? [],
          places: together === undefined ? [] : bitsOf(together.places),
          apps: together === undefined ? [] : bitsOf(together.apps),
          paths: (together?.people ?? []).map((who) => reach.witness(who, (cursor) => deciders.standing(cursor, at))),
        };
        return [{ own, alike }];
      });
    }),
  );
  return { own: found.map(({ own }) => own), alike: found.map(({ alike }) => alike) };
}

describe('what all policies decide, gone through at once', () => {
  test('is what each decides by itself, of the switch', () => {
    let rows = 0;
    fc.assert(
      fc.property(tenants(few(6)), (tenant) => {
        const before = proofWorld(tenant, 'enabled');
        const { own, alike } = decidedTwice(proved({ before, after: proofUnder(before, 'disabled') }));
        expect(own).toEqual(alike);
        rows += own.filter(({ people }) => people.length > 0).length;
      }),
      { numRuns: tries(60) },
    );
    expect(rows).toBeGreaterThan(10);
  });

  test('is what each decides by itself, of an edit of policies', () => {
    let rows = 0;
    fc.assert(
      fc.property(tenants(few(4)), few(4), (tenant, others) => {
        const after = proofWorld({ ...tenant, policies: others }, 'disabled');
        const { own, alike } = decidedTwice(proved({ before: proofWorld(tenant, 'enabled'), after }));
        expect(own).toEqual(alike);
        rows += own.filter(({ people }) => people.length > 0).length;
      }),
      { numRuns: tries(60) },
    );
    expect(rows).toBeGreaterThan(50);
  });
});
