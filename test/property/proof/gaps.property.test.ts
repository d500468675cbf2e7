import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import { gapsOf } from '../../../src/core/proof/questions/gaps.ts';
import type { TooLarge } from '../../../src/core/proof/too-large.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { cellsOf, classAt, picks, signInOf } from '../../support/proof-cells.ts';

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });

describe('a gap', () => {
  test('is exactly a sign-in of a person to which no enforced policy applies', () => {
    let met = 0;
    fc.assert(
      fc.property(tenants(few), fc.integer(), (tenant, seed) => {
        const [gap] = gapsOf(tenant, 'disabled', 'noPolicy') as Exclude<ReturnType<typeof gapsOf>, TooLarge>;
        if (gap === undefined) return;
        const pick = picks(seed);
        const world = proofWorld(tenant, 'disabled');
        for (const cell of cellsOf(gap.proof, 300, pick)) {
          const attempt = signInOf(gap.proof, cell, pick);
          if (attempt.identity.kind !== 'user') continue;
          const { policies: judged } = evaluate(world.compiled, attempt, observe(attempt, 'disabled', world.options));
          const enforcing = judged.filter(({ state }) => state === 'enabled');
          const found = classAt(gap.proof.diagram, cell);
          if (found === 'newlyAllowed') {
            met++;
            expect(enforcing.filter(({ applies }) => applies !== false)).toEqual([]);
          } else if (found === 'unchanged') expect(enforcing.some(({ applies }) => applies === true)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
    expect(met).toBeGreaterThan(100);
  });
});
