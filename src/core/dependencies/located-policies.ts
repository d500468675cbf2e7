import type { LocationCatalog, LocationReference } from '../tenant/location-references.ts';
import { locationCatalog, locationReferences } from '../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** The policies of a tenant with what their locations stand for, worked out once. */
export interface LocatedPolicies {
  readonly catalog: LocationCatalog;
  readonly list: readonly LocatedPolicy[];
}

export interface LocatedPolicy {
  readonly policy: ConditionalAccessPolicy;
  readonly references: readonly LocationReference[];
}

export function locatedPolicies({ namedLocations, policies }: Tenant): LocatedPolicies {
  const catalog = locationCatalog(namedLocations);
  return { catalog, list: policies.map((policy) => ({ policy, references: locationReferences(policy, catalog) })) };
}
