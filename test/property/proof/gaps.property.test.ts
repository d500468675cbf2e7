import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import type { PolicyEvaluation } from '../../../src/core/conditional-access/result.ts';
import { gapsOf } from '../../../src/core/proof/questions/gaps.ts';
import type { TooLarge } from '../../../src/core/proof/too-large.ts';
import type { ProofWorld } from '../../../src/core/proof/worlds/world.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { cellsOf, classAt, picks, signInOf } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

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
          const enforcing = judged.filter((policy) => policy.state === 'enabled' && isAsking(policy));
          const found = classAt(gap.proof.diagram, cell);
          if (found === 'newlyAllowed') {
            met++;
            expect(enforcing.filter(({ applies }) => applies !== false)).toEqual([]);
          } else if (found === 'unchanged') expect(enforcing.some(({ applies }) => applies === true)).toBe(true);
        }
      }),
      { numRuns: tries(60) },
    );
    expect(met).toBeGreaterThan(100);
  });

  test('of MFA is exactly a sign-in that every policy which blocks or asks for MFA lets past without it', () => {
    const met = { guarded: 0, open: 0 };
    fc.assert(
      fc.property(tenants(few), fc.integer(), (tenant, seed) => {
        const [gap] = gapsOf(tenant, 'disabled', 'noMfa') as Exclude<ReturnType<typeof gapsOf>, TooLarge>;
        if (gap === undefined) return;
        const pick = picks(seed);
        const world = proofWorld(tenant, 'disabled');
        for (const cell of cellsOf(gap.proof, 300, pick)) {
          const attempt = signInOf(gap.proof, cell, pick);
          if (attempt.identity.kind !== 'user') continue;
          const found = classAt(gap.proof.diagram, cell);
          if (found === 'unchanged') {
            met.guarded++;
            expect(outcomeWithoutMfa(world, attempt)).not.toBe('granted');
          } else if (found === 'newlyAllowed') {
            met.open++;
            const answered = {
              ...attempt,
              isSessionBound: isBound(attempt),
              satisfied: { ...attempt.satisfied, ...ANSWERED },
            };
            expect(outcomeWithoutMfa(world, answered), JSON.stringify(answered)).toBe('granted');
          }
        }
      }),
      { numRuns: tries(60) },
    );
    expect(Math.min(met.guarded, met.open)).toBeGreaterThan(100);
  });
});

function isAsking({ controls, enforcedGrantControls, sessionControls }: PolicyEvaluation): boolean {
  return controls.length + enforcedGrantControls.length + sessionControls.length > 0;
}

const ANSWERED = {
  termsOfUseAccepted: ['20000000-0000-4000-8000-000000000001'],
  customAuthenticationFactors: ['factor'],
  passwordChange: true,
};

/** A session is bound wherever it can be (TP). */
function isBound({ device, clientAppType }: SignInAttempt): boolean {
  return !(device === null && clientAppType === 'mobileAppsAndDesktopClients');
}

function outcomeWithoutMfa(world: ProofWorld, attempt: SignInAttempt): string {
  const satisfied = { ...attempt.satisfied, mfa: false, authenticationMethodCombination: 'password' };
  const asked = { ...attempt, satisfied };
  return evaluate(world.compiled, asked, observe(asked, 'disabled', world.options)).outcome;
}
