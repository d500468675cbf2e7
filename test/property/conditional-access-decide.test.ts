import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledTenant } from '../../src/core/conditional-access/compile.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { createWriter } from '../../src/core/conditional-access/fast/written.ts';
import { outcomeRange } from '../../src/core/conditional-access/outcome/range.ts';
import { APPLIED_POLICY_RESULTS, EFFECTS } from '../../src/core/conditional-access/result.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import { attempts, observations, testimonies } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { explainedInWords } from '../support/explained-in-words.ts';
import { tries } from '../support/tries.ts';

function fast(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation) {
  const { results, ...decision } = decide(compiled, attempt, observation);
  return { ...decision, results: [...results].map((code) => APPLIED_POLICY_RESULTS[code]) };
}

function explaining(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation) {
  const { missing, policies, ...evaluation } = evaluate(compiled, attempt, observation);
  const { outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement } = evaluation;
  const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
  const results = policies.map(({ result }) => result);
  const most = EFFECTS[outcomeRange({ policies }).most];
  return {
    outcome,
    most,
    conditionalAccessStatus,
    decidedBy,
    status,
    authenticationRequirement,
    missing: facts,
    results,
  };
}

/** `npm run test:agree` asks for as many as make a million pairs of a tenant and a sign-in. */
const RUNS = tries(200);

const signIns = fc.array(fc.tuple(attempts, observations), { minLength: 1, maxLength: 12 });

describe('the fast path', () => {
  test('agrees with the explaining path on every sign-in, whatever was judged before', () => {
    fc.assert(
      fc.property(tenants(), signIns, (tenant, list) => {
        const compiled = compile(tenant);
        const write = createWriter(compiled);
        for (const [attempt, observation] of list) {
          expect(fast(compiled, attempt, observation)).toEqual(explaining(compiled, attempt, observation));
          expect(write(attempt, observation)).toEqual(explainedInWords(compiled, attempt, observation));
        }
      }),
      { numRuns: RUNS },
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
          const write = createWriter(compiled);
          for (const one of [told, attempt, { ...told, satisfied: {} }, told]) {
            expect(write(one, observation)).toEqual(explainedInWords(compiled, one, observation));
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});
