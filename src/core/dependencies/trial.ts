import type { CompiledPolicy, CompiledTenant } from '../conditional-access/compile.ts';
import { compile } from '../conditional-access/compile.ts';
import { gatherFacts, judgeEach } from '../conditional-access/evaluate.ts';
import { candidateCountries } from '../conditional-access/facts/candidate-countries.ts';
import type { CompiledCondition, Facts } from '../conditional-access/facts/facts.ts';
import { seeAddress } from '../conditional-access/facts/located.ts';
import { presented } from '../conditional-access/facts/presented.ts';
import { isStrictLocation } from '../conditional-access/grant/session-controls.ts';
import type { PolicyEvaluation } from '../conditional-access/result.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import type { NetworkPath } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { locatedAddress } from '../signaling/observation.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import { observe, observeOptions } from '../signaling/observe.ts';
import type { LocationReference } from '../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import type { JudgeConditions } from './fitting.ts';
import { fittingOf } from './fitting.ts';
import type { SupposedPeople } from './supposed-people.ts';
import { directoryOf, supposedPeople } from './supposed-people.ts';
import type { Attempt } from './supposed-sign-ins.ts';
import { sessionsFor } from './supposed-sign-ins.ts';

/** One policy alone in its tenant, and sign-ins that meet all its conditions but the location. */
export interface Trial {
  readonly attempts: readonly Attempt[];
  /** Conditions that none of these sign-ins is known to meet, so that they are taken as met. */
  readonly assumed: readonly ConditionKind[];
  evaluate(attempt: Attempt, network: NetworkPath, status: SignalingStatus): PolicyEvaluation | undefined;
}

/** The tenant as the trials know it: its policies and ranges, and a directory of made-up people (see supposed-people.ts). */
export interface TrialTenant {
  readonly tenant: Tenant;
  readonly people: ReadonlyMap<ConditionalAccessPolicy, SupposedPeople>;
  readonly compiled: CompiledTenant;
  readonly options: ObserveOptions;
}

/** Prepares the trials of all policies at once. What the tenant does not know of places is not known here either. */
export function trialTenant(real: Tenant): TrialTenant {
  const people = new Map(real.policies.map((policy) => [policy, supposedPeople(policy.conditions, real)]));
  const { roleDefinitions: _, ...rest } = real;
  const tenant: Tenant = { ...rest, ...directoryOf([...people.values()]) };
  return { tenant, people, compiled: compile(tenant), options: observeOptions(tenant) };
}

/** The trial of one policy, or the condition that no sign-in can meet: then the policy reaches nobody. */
export function trialOf(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  trials: TrialTenant,
): Trial | { readonly unreachable: ConditionKind } {
  const { tenant, people, compiled } = trials;
  const { identities = [] } = people.get(policy) ?? {};
  const [alone] = compiled.policies.filter((each) => each.policy === policy);
  if (alone === undefined) return { attempts: [], assumed: [], evaluate: () => undefined };
  const fitting = fittingOf(policy, tenant, identities, conditionsOf(alone, trials));
  if ('unreachable' in fitting) return fitting;
  const { attempt, targets, assumed } = fitting;
  // The resource's own address counts only under strict location enforcement (D-STRICT).
  const [first = attempt.target, ...others] = isStrictLocation(policy.sessionControls) ? targets : firstOf(targets);
  const attempts = sessionsFor(policy).flatMap((satisfied) =>
    [first, ...others].flatMap((target) =>
      gpsCountries(references).map((gpsCountryOrRegion) => ({ ...attempt, satisfied, target, gpsCountryOrRegion })),
    ),
  );
  const conditions = alone.conditions.filter((_, at) => !assumed.has(at));
  return {
    attempts,
    assumed: [...new Set(assumed.values())],
    evaluate: evaluatorOf({ ...alone, conditions }, trials),
  };
}

/** Finds no more of them than the first. */
function* firstOf<Item>(items: Iterable<Item>): Iterable<Item> {
  for (const item of items) return yield item;
}

const NOWHERE: NetworkPath = { via: 'globalSecureAccessClient', source: {}, proxy: {}, tunnelOfThisTenant: true };

/** A country by GPS for each set of GPS locations that can hold one; `null` where no location asks. */
function gpsCountries(references: readonly LocationReference[]): (string | null)[] {
  const asked = references.flatMap((each) => (each.kind === 'gpsCountry' ? [each.location] : []));
  return candidateCountries([...new Set(asked)]).map(({ countryOrRegion }) => countryOrRegion ?? null);
}

/**
 * Judges conditions one by one: to find who meets a policy, most of a whole evaluation would be made for nothing. No condition but
 * the location looks at what is observed (D-NET), so that one observation from nowhere does for all attempts.
 */
function conditionsOf(policy: CompiledPolicy, { compiled, options }: TrialTenant): JudgeConditions {
  const asked = [...policy.conditions.entries()].filter(([, { slot }]) => slot !== 'location');
  const known = new Map<Attempt, Facts>();
  let observation: Observation | undefined;
  const factsOf = (attempt: Attempt): Facts => {
    const travelled = { ...attempt, network: NOWHERE };
    observation ??= observe(travelled, 'enabled', options);
    return gatherFacts(compiled, presented(compiled, travelled), observation);
  };
  return (attempt, only) => {
    const facts = known.get(attempt) ?? factsOf(attempt);
    known.set(attempt, facts);
    return asked
      .filter(([, { slot }]) => only === undefined || slot === only)
      .map(([at, condition]) => [at, condition.judge(facts)]);
  };
}

/**
 * Evaluates the policy as if it were alone in its tenant, with every condition as `evaluate` does. What does not hang on the
 * network is judged once for each attempt.
 */
function evaluatorOf(policy: CompiledPolicy, { compiled, options }: TrialTenant): Trial['evaluate'] {
  const known = new Map<Attempt, { readonly alone: CompiledTenant; readonly facts: Facts }>();
  return (attempt, network, status) => {
    const observation = observe({ ...attempt, network }, status, options);
    const settled = known.get(attempt) ?? settledFor(attempt, observation);
    known.set(attempt, settled);
    const { alone } = settled;
    const facts: Facts = {
      ...settled.facts,
      attempt: { ...settled.facts.attempt, network },
      observation,
      seen: seeAddress(compiled.locations, locatedAddress(observation)),
    };
    return judgeEach(alone, facts)[0]?.evaluation;
  };

  /** The policy with the answers of the conditions that look at no address: only the location is still judged (D-NET). */
  function settledFor(attempt: Attempt, observation: Observation) {
    const facts = gatherFacts(compiled, presented(compiled, { ...attempt, network: NOWHERE }), observation);
    const conditions = policy.conditions.map((condition): CompiledCondition => {
      if (condition.slot === 'location') return condition;
      const result = condition.judge(facts);
      return { slot: condition.slot, judge: () => result };
    });
    return { alone: { ...compiled, policies: [{ ...policy, conditions }] }, facts };
  }
}
