import type { LocationReference } from '../tenant/location-references.ts';
import { locationReferences } from '../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { compileApplicationCondition } from './conditions/applications.ts';
import { compileAuthenticationFlows } from './conditions/authentication-flows.ts';
import { compileClientAppTypes } from './conditions/client-app-types.ts';
import type { CompileContext } from './conditions/context.ts';
import { compileDevices } from './conditions/devices.ts';
import { compileIdentity } from './conditions/identity.ts';
import { compileLevels } from './conditions/levels.ts';
import { compileLocationCondition, danglingLocations, isKnownToResources } from './conditions/locations.ts';
import { compilePlatforms } from './conditions/platforms.ts';
import { compileUnmodelledConditions } from './conditions/unmodelled.ts';
import { compileApplications } from './facts/application-groups.ts';
import type { CompiledCondition } from './facts/facts.ts';
import { compileLocations } from './facts/located.ts';
import { compilePeople } from './facts/subject.ts';
import type { CompiledGrant } from './grant/controls.ts';
import { compileGrant } from './grant/controls.ts';
import { mayEnforceStrictLocation, sessionControlNames } from './grant/session-controls.ts';
import type { PolicyMode } from './policy-mode.ts';
import { modeOf } from './policy-mode.ts';

/** A tenant prepared for judging many sign-ins: nothing of it is parsed again. */
export interface CompiledTenant extends CompileContext {
  /** The policies in the tenant's order. */
  readonly policies: readonly CompiledPolicy[];
  readonly warnings: readonly CompileWarning[];
}

export interface CompiledPolicy {
  readonly policy: ConditionalAccessPolicy;
  readonly mode: PolicyMode;
  /** Configured conditions, application and identity first, as the log looks at them (L-REAL). */
  readonly conditions: readonly CompiledCondition[];
  readonly grant: CompiledGrant;
  readonly sessionControls: readonly string[];
  readonly mayEnforceStrictLocation: boolean;
  /** What its locations stand for. */
  readonly locations: readonly LocationReference[];
  /** A resource can check its locations by itself (D-CAE). */
  readonly isCheckedByResources: boolean;
}

/** Something in the tenant that does not mean what its author may think. */
export type CompileWarning =
  | { readonly kind: 'danglingLocation'; readonly policyId: string; readonly locationId: string }
  | { readonly kind: 'unreadableRange'; readonly locationId: string; readonly problem: string };

/** Prepares policies, locations and people once. Malformed data becomes unknown answers and warnings, never an exception. */
export function compile(tenant: Tenant): CompiledTenant {
  const context: CompileContext = {
    tenant,
    people: compilePeople(tenant),
    locations: compileLocations(tenant),
    applications: compileApplications(tenant),
  };
  const policies = tenant.policies.map((policy) => compilePolicy(policy, context));
  return { ...context, policies, warnings: [...danglingWarnings(policies), ...rangeWarnings(context)] };
}

function compilePolicy(policy: ConditionalAccessPolicy, context: CompileContext): CompiledPolicy {
  const conditions = policy.conditions ?? {};
  const locations = locationReferences(policy, context.locations.catalog);
  const compiled = [
    compileApplicationCondition({ ...policy, conditions }, locations, context),
    compileIdentity(conditions, context),
    compilePlatforms(conditions),
    compileLocationCondition(conditions, context),
    compileClientAppTypes(conditions),
    ...compileLevels(conditions),
    compileDevices(conditions),
    compileAuthenticationFlows(conditions),
    ...compileUnmodelledConditions(conditions),
  ];
  return {
    policy,
    mode: modeOf(policy.state),
    conditions: compiled.filter((condition) => condition !== undefined),
    grant: compileGrant(policy.grantControls, policy.sessionControls),
    sessionControls: sessionControlNames(policy.sessionControls),
    mayEnforceStrictLocation: mayEnforceStrictLocation(policy),
    locations,
    isCheckedByResources: isKnownToResources(locations),
  };
}

function danglingWarnings(policies: readonly CompiledPolicy[]): CompileWarning[] {
  return policies.flatMap(({ policy, locations }) =>
    danglingLocations(locations).map(
      (locationId): CompileWarning => ({ kind: 'danglingLocation', policyId: policy.id, locationId }),
    ),
  );
}

function rangeWarnings({ locations }: CompileContext): CompileWarning[] {
  return locations.list.flatMap(({ location, unreadable }) =>
    unreadable.map((problem): CompileWarning => ({ kind: 'unreadableRange', locationId: location.id, problem })),
  );
}
