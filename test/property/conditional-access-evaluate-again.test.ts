import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { createEvaluator } from '../../src/core/conditional-access/evaluate-again.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import { attempts, observations, testimonies } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';

/** Sign-ins that repeat parts of each other, as those of a log do: that is where a memory could take one for another. */
const crossed = fc
  .record({
    attempts: fc.array(attempts, { minLength: 1, maxLength: 3 }),
    observations: fc.array(observations, { minLength: 1, maxLength: 3 }),
    testimonies: fc.array(fc.option(fc.array(testimonies, { maxLength: 6 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map((parts) =>
    parts.attempts.flatMap((attempt) =>
      parts.attempts.flatMap((other) =>
        parts.observations.flatMap((observation) =>
          parts.testimonies.map((says) => ({
            attempt: { ...attempt, identity: other.identity, satisfied: other.satisfied },
            observation,
            says,
          })),
        ),
      ),
    ),
  );

describe('the evaluator with a memory', () => {
  test('equals the explaining evaluator in every member, whatever was judged before', () => {
    fc.assert(
      fc.property(tenants(), crossed, (tenant, list) => {
        const compiled = compile(tenant);
        const evaluateAgain = createEvaluator(compiled);
        for (const { attempt, observation, says } of list) {
          const testimony =
            says === undefined
              ? undefined
              : new Map(tenant.policies.slice(0, says.length).map(({ id }, at) => [id, says[at] ?? says[0]]));
          const told = { ...attempt, testimony } as SignInAttempt;
          expect(evaluateAgain(told, observation)).toEqual(evaluate(compiled, told, observation));
        }
      }),
      { numRuns: 300 },
    );
  });
});
