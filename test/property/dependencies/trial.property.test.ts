import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import type { PolicyEvaluation } from '../../../src/core/conditional-access/result.ts';
import { addressSpace } from '../../../src/core/dependencies/address-space.ts';
import { locatedPolicies } from '../../../src/core/dependencies/located-policies.ts';
import { networksFor } from '../../../src/core/dependencies/networks.ts';
import type { Trial, TrialTenant } from '../../../src/core/dependencies/trial.ts';
import { trialOf, trialTenant } from '../../../src/core/dependencies/trial.ts';
import type { NetworkPath, SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { tries } from '../../support/tries.ts';

interface Tried {
  readonly trial: Trial;
  /** What the evaluator says of the policy alone in its tenant, with the conditions that the trial takes as met or all. */
  evaluateAlone(attempt: SignInAttempt, status: SignalingStatus, all: boolean): PolicyEvaluation | undefined;
  readonly networks: readonly NetworkPath[];
}

/** The trials of a tenant, of which policies that nobody can meet have none. */
function triedIn(tenant: Tenant): Tried[] {
  const trials = trialTenant(tenant);
  const { catalog, list } = locatedPolicies(tenant);
  const space = addressSpace(tenant, trials.compiled.locations);
  return list.flatMap(({ policy, references }, at) => {
    const trial = trialOf(policy, references, trials);
    if ('unreachable' in trial) return [];
    const networks = networksFor(space, references, catalog);
    return [{ trial, networks, evaluateAlone: (...asked) => aloneIn(trials, at, trial, ...asked) }];
  });
}

function aloneIn(
  { compiled, options }: TrialTenant,
  at: number,
  { assumed }: Trial,
  attempt: SignInAttempt,
  status: SignalingStatus,
  all: boolean,
): PolicyEvaluation | undefined {
  const observation = observe(attempt, status, options);
  const policy = compiled.policies.slice(at, at + 1);
  const [whole] = evaluate({ ...compiled, policies: policy }, attempt, observation).policies;
  if (all) return whole;
  const isTaken = (place: number) => !assumed.some((kind) => kind === whole?.conditions[place]?.condition);
  const rest = policy.map((each) => ({ ...each, conditions: each.conditions.filter((_, place) => isTaken(place)) }));
  return evaluate({ ...compiled, policies: rest }, attempt, observation).policies[0];
}

const lists = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });

test('a policy that is tried is evaluated as the evaluator does where it is alone in its tenant', () => {
  let evaluated = 0;
  fc.assert(
    fc.property(tenants(lists), (tenant) => {
      for (const { trial, networks, evaluateAlone } of triedIn(tenant)) {
        for (const network of networks.slice(0, 4)) {
          for (const attempt of trial.attempts) {
            for (const status of ['enabled', 'disabled'] as const) {
              evaluated++;
              const alone = evaluateAlone({ ...attempt, network }, status, false);
              expect(trial.evaluate(attempt, network, status)).toEqual(alone);
            }
          }
        }
      }
    }),
    { numRuns: tries(150) },
  );

  expect(evaluated).toBeGreaterThan(1000);
});

test('the sign-ins of a trial meet every condition but the location, for all that the evaluator knows, or it is named as assumed', () => {
  let met = 0;
  fc.assert(
    fc.property(tenants(lists), (tenant) => {
      for (const { trial, networks, evaluateAlone } of triedIn(tenant)) {
        const [attempt] = trial.attempts;
        const [network] = networks;
        if (attempt === undefined || network === undefined) continue;
        const { conditions = [] } = evaluateAlone({ ...attempt, network }, 'enabled', true) ?? {};
        const unmet = conditions.filter(({ condition, truth }) => truth !== true && condition !== 'location');
        met += conditions.length - unmet.length;
        expect([...new Set(unmet.map(({ condition }) => condition))]).toEqual(trial.assumed);
      }
    }),
    { numRuns: tries(300) },
  );

  expect(met).toBeGreaterThan(1000);
});
