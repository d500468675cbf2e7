import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledTenant } from '../../src/core/conditional-access/compile.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { explainSome } from '../../src/core/conditional-access/fast/some-explained.ts';
import { Standings } from '../../src/core/conditional-access/fast/standings.ts';
import { mayEnforce, modeOf } from '../../src/core/conditional-access/policy-mode.ts';
import type { PolicyStanding } from '../../src/core/conditional-access/result.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import { attempts, observations, testimonies } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { tries } from '../support/tries.ts';

const RUNS = tries(150);

const said = fc.array(testimonies, { maxLength: 8 });
const signIns = fc.array(fc.tuple(attempts, observations, said), { minLength: 1, maxLength: 8 });

/** What is compared of a policy: the location is the one condition that a change is told by. */
function comparable({ policyId, state, applies, demands, effect, sessionControls, ...more }: PolicyStanding) {
  const located = more.conditions.find(({ condition }) => condition === 'location')?.truth;
  return { policyId, state, applies, demands, effect, sessionControls: [...sessionControls], located };
}

function explaining(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation) {
  const { policies } = evaluate(compiled, attempt, observation);
  return policies.filter(({ state }) => mayEnforce(modeOf(state))).map(comparable);
}

describe('of every sign-in, whatever was judged before,', () => {
  test('how the policies that can decide stand to it is what the explaining path says, without the reasons', () => {
    const seen = { told: 0, open: 0 };
    eachSignIn((compiled, list) => {
      const standings = new Standings(compiled);
      for (const [attempt, observation] of list) {
        const standing = standings.of(attempt, observation);
        if (standing === undefined) continue;
        const found = standing.of(() => true).map(comparable);
        seen.told++;
        if (found.some(({ applies }) => applies === 'unknown')) seen.open++;
        expect(found).toEqual(explaining(compiled, attempt, observation));
        // Whoever asks of those alone that may apply misses nothing.
        const others = found.filter(({ policyId }) => !standing.mayApply(policyId));
        expect(others.filter(({ applies }) => applies !== false)).toEqual([]);
        expect(standing.of(standing.mayApply).length + others.length).toBe(found.length);
        expect(standing.at(standing.possible).map(comparable)).toEqual(standing.of(standing.mayApply).map(comparable));
      }
    });
    // The property is not met by looking away.
    expect(seen.told).toBeGreaterThan(RUNS);
    expect(seen.open).toBeGreaterThan(RUNS / 4);
  });

  test('the reasons of some policies are those that the explaining path gives beside all the others', () => {
    eachSignIn((compiled, list) => {
      const ids = compiled.policies.filter((_, at) => at % 2 === 0).map(({ policy }) => policy.id);
      for (const [attempt, observation] of list) {
        const whole = evaluate(compiled, attempt, observation);
        const some = explainSome(compiled, attempt, observation, ids);
        expect([some.outcome, some.observation]).toEqual([whole.outcome, whole.observation]);
        for (const id of ids) expect(reasonsOf(some.policies, id)).toEqual(reasonsOf(whole.policies, id));
      }
    });
  });
});

type Told = readonly (readonly [SignInAttempt, Observation])[];

function eachSignIn(check: (compiled: CompiledTenant, list: Told) => void): void {
  const judged = fc.property(tenants(), signIns, (tenant, list) => {
    const ids = tenant.policies.map(({ id }) => id);
    const told = list.map(([attempt, observation, says]) => {
      const testimony = new Map(says.flatMap((one, at) => (ids[at] === undefined ? [] : [[ids[at], one] as const])));
      return [says.length === 0 ? attempt : ({ ...attempt, testimony } as SignInAttempt), observation] as const;
    });
    check(compile(tenant), told);
  });
  fc.assert(judged, { numRuns: RUNS });
}

function reasonsOf<Policy extends { readonly policyId: string }>(policies: readonly Policy[], id: string): Policy[] {
  return policies.filter(({ policyId }) => policyId === id);
}
