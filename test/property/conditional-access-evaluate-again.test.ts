import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { createEvaluator } from '../../src/core/conditional-access/fast/remember.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import { observe, observeOptions } from '../../src/core/signaling/observe.ts';
import { sampleTenant } from '../../src/core/tenant/sample/sample.ts';
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

  test('rests where no sign-in is like another, and goes on to say the same', () => {
    const compiled = compile(sampleTenant());
    const evaluateAgain = createEvaluator(compiled);
    const users = sampleTenant().users ?? [];
    const anna = { kind: 'user', userId: users[0]?.id, externalUserType: 'none' } as const;
    const known = { identity: anna, target: { kind: 'application', audiences: [] }, satisfied: {} } as const;
    const at = (number: number): [SignInAttempt, Observation] => {
      const address = parseAddress(`203.0.113.${number % 256}`);
      const attempt = { ...known, network: { via: 'direct', source: { address } } } as const;
      return [attempt, observe(attempt, 'enabled', observeOptions(sampleTenant()))];
    };
    const isShared = () => {
      const [one, two] = [evaluateAgain(...at(1)), evaluateAgain(...at(1))];
      return one.policies === two.policies;
    };
    expect(isShared()).toBe(true);
    // A country of its own makes every one of them unlike the others.
    for (let number = 0; number < 2_500; number++) {
      const [attempt, observation] = at(number);
      const abroad = { ...observation, countryOrRegion: `country ${number}` };
      if (number % 100 === 0) expect(evaluateAgain(attempt, abroad)).toEqual(evaluate(compiled, attempt, abroad));
      else evaluateAgain(attempt, abroad);
    }
    expect(isShared()).toBe(false);
    expect(evaluateAgain(...at(1))).toEqual(evaluate(compiled, ...at(1)));
  });
});
