import type { CompiledTenant } from '../conditional-access/compile.ts';
import { compile } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import { candidateCountries } from '../conditional-access/facts/candidate-countries.ts';
import { isStrictLocation } from '../conditional-access/grant/session-controls.ts';
import type { PolicyEvaluation } from '../conditional-access/result.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import type { NetworkPath, SignInAttempt } from '../signaling/attempt.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import { observe, observeOptions } from '../signaling/observe.ts';
import type { LocationReference } from '../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
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
  const { tenant, people, compiled, options } = trials;
  const { identities = [] } = people.get(policy) ?? {};
  const [alone] = compiled.policies.filter((each) => each.policy === policy);
  if (alone === undefined) return { attempts: [], assumed: [], evaluate: () => undefined };
  const evaluateAlone = evaluatorOf({ ...compiled, policies: [alone] }, options);
  const fitting = fittingOf(
    policy,
    tenant,
    identities,
    (attempt) => evaluateAlone(attempt, NOWHERE, 'enabled')?.conditions ?? [],
  );
  if ('unreachable' in fitting) return fitting;
  const { attempt, targets, assumed } = fitting;
  // The resource's own address counts only under strict location enforcement (D-STRICT).
  const judged = isStrictLocation(policy.sessionControls) ? targets : targets.slice(0, 1);
  const attempts = sessionsFor(policy).flatMap((satisfied) =>
    (judged.length === 0 ? [attempt.target] : judged).flatMap((target) =>
      gpsCountries(references).map((gpsCountryOrRegion) => ({ ...attempt, satisfied, target, gpsCountryOrRegion })),
    ),
  );
  const conditions = alone.conditions.filter((_, at) => !assumed.has(at));
  return {
    attempts,
    assumed: [...new Set(assumed.values())],
    evaluate: evaluatorOf({ ...compiled, policies: [{ ...alone, conditions }] }, options),
  };
}

const NOWHERE: NetworkPath = { via: 'globalSecureAccessClient', source: {}, proxy: {}, tunnelOfThisTenant: true };

/** A country by GPS for each set of GPS locations that can hold one; `null` where no location asks. */
function gpsCountries(references: readonly LocationReference[]): (string | null)[] {
  const asked = references.flatMap((each) => (each.kind === 'gpsCountry' ? [each.location] : []));
  return candidateCountries([...new Set(asked)]).map(({ countryOrRegion }) => countryOrRegion ?? null);
}

/** The list of locations only names those that hold the address, for the log: nobody reads that here, and it takes its time. */
function evaluatorOf(whole: CompiledTenant, options: ObserveOptions): Trial['evaluate'] {
  const compiled: CompiledTenant = { ...whole, locations: { ...whole.locations, list: [] } };
  return (attempt, network, status) => {
    const travelled: SignInAttempt = { ...attempt, network };
    return evaluate(compiled, travelled, observe(travelled, status, options)).policies[0];
  };
}
