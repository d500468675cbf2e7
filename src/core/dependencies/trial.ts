import { compile } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import type { ConditionKind, PolicyEvaluation } from '../conditional-access/result.ts';
import { isStrictLocation } from '../conditional-access/session-controls.ts';
import type { NetworkPath, SignInAttempt } from '../signaling/attempt.ts';
import { observe, observeOptions } from '../signaling/observe.ts';
import { readIpRange } from '../tenant/location-ranges.ts';
import type { NamedLocation } from '../tenant/named-location.ts';
import { isIpNamedLocation } from '../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { readRanges } from './address-space.ts';
import { fittingOf, withoutConditions } from './fitting.ts';
import type { LocationCatalog, LocationReference } from './location-references.ts';
import { locationsOf } from './location-references.ts';
import { supposedPeople } from './supposed-people.ts';
import type { Attempt } from './supposed-sign-ins.ts';
import { sessionsFor } from './supposed-sign-ins.ts';

/** One policy alone in its tenant, and sign-ins that meet all its conditions but the location. */
export interface Trial {
  readonly attempts: readonly Attempt[];
  /** Conditions that none of these sign-ins is known to meet, so that they are taken as met. */
  readonly assumed: readonly ConditionKind[];
  evaluate(attempt: Attempt, network: NetworkPath, status: SignalingStatus): PolicyEvaluation | undefined;
}

/** Builds the trial of a policy: people and sessions are made up (see supposed-people.ts), the ranges are the tenant's. */
export function trialOf(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
  tenant: Tenant,
): Trial | { readonly unreachable: ConditionKind } {
  const people = supposedPeople(policy.conditions.users, policy.conditions.clientApplications, tenant);
  const alone = tenantAlone(policy, references, catalog, { ...tenant, ...people.directory });
  const evaluateAlone = evaluatorOf(alone);
  const fitting = fittingOf(
    policy,
    alone,
    people.identities,
    (attempt) => evaluateAlone(attempt, NOWHERE, 'enabled')?.conditions ?? [],
  );
  if ('unreachable' in fitting) return fitting;
  const { attempt, targets, assumed } = fitting;
  // The resource's own address counts only under strict location enforcement (D-STRICT).
  const judged = isStrictLocation(policy.sessionControls) ? targets : targets.slice(0, 1);
  const gps = references.flatMap((each) =>
    each.kind === 'gpsCountry' ? each.location.countriesAndRegions.slice(0, 1) : [],
  );
  const attempts = sessionsFor(policy).flatMap((satisfied) =>
    judged.flatMap((target) =>
      [null, ...new Set(gps)].map((gpsCountryOrRegion) => ({ ...attempt, satisfied, target, gpsCountryOrRegion })),
    ),
  );
  const evaluateAssuming =
    assumed.length === 0 ? evaluateAlone : evaluatorOf({ ...alone, policies: [withoutConditions(policy, assumed)] });
  return { attempts, assumed, evaluate: evaluateAssuming };
}

const NOWHERE: NetworkPath = { via: 'globalSecureAccessClient', source: {}, proxy: {}, tunnelOfThisTenant: true };

/**
 * The tenant with this policy and the locations that it names. Facts that the tenant lacks are taken as none here, and the
 * warnings say so: the MFA trusted IPs, and ranges that cannot be read.
 */
function tenantAlone(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
  tenant: Tenant,
): Tenant {
  const { roleDefinitions: _, ...rest } = tenant;
  const locations = [...new Set(references.flatMap((reference) => locationsOf(reference, catalog)))];
  return {
    ...rest,
    policies: [policy],
    namedLocations: locations.map(readable),
    mfaTrustedIps: readRanges(tenant.mfaTrustedIps ?? []).map(({ text }) => text),
  };
}

function readable(location: NamedLocation): NamedLocation {
  if (!isIpNamedLocation(location)) return location;
  return { ...location, ipRanges: location.ipRanges.filter((ipRange) => 'range' in readIpRange(ipRange)) };
}

function evaluatorOf(tenant: Tenant): Trial['evaluate'] {
  const compiled = compile(tenant);
  const options = observeOptions(tenant);
  return (attempt, network, status) => {
    const whole: SignInAttempt = { ...attempt, network };
    return evaluate(compiled, whole, observe(whole, status, options)).policies[0];
  };
}
