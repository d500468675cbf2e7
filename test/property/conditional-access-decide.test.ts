import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledTenant } from '../../src/core/conditional-access/compile.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { APPLIED_POLICY_RESULTS } from '../../src/core/conditional-access/result.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import { attempts, observations, testimonies } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';

function fast(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation) {
  const { results, ...decision } = decide(compiled, attempt, observation);
  return { ...decision, results: [...results].map((code) => APPLIED_POLICY_RESULTS[code]) };
}

function explaining(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation) {
  const { outcome, conditionalAccessStatus, decidedBy, missing, policies } = evaluate(compiled, attempt, observation);
  const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
  return { outcome, conditionalAccessStatus, decidedBy, missing: facts, results: policies.map(({ result }) => result) };
}

const signIns = fc.array(fc.tuple(attempts, observations), { minLength: 1, maxLength: 12 });

describe('the fast path', () => {
  test('agrees with the explaining path on every sign-in, whatever was judged before', () => {
    fc.assert(
      fc.property(tenants(), signIns, (tenant, list) => {
        const compiled = compile(tenant);
        for (const [attempt, observation] of list) {
          expect(fast(compiled, attempt, observation)).toEqual(explaining(compiled, attempt, observation));
        }
      }),
      { numRuns: 400 },
    );
  });

  test('agrees where an exported record has something to say', () => {
    fc.assert(
      fc.property(
        tenants(),
        attempts,
        observations,
        fc.array(testimonies, { minLength: 1, maxLength: 8 }),
        (tenant, attempt, observation, says) => {
          const compiled = compile(tenant);
          const testimony = new Map(
            tenant.policies.slice(0, says.length).map(({ id }, at) => [id, says[at] ?? says[0]]),
          );
          const told = { ...attempt, testimony } as SignInAttempt;
          expect(fast(compiled, told, observation)).toEqual(explaining(compiled, told, observation));
        },
      ),
      { numRuns: 200 },
    );
  });
});
