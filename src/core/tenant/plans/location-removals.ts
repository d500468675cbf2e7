import { policiesNaming } from '../location-users.ts';
import { trustOf } from '../named-location.ts';
import type { Tenant } from '../tenant.ts';
import type { Plan, SlotChange } from './change.ts';
import { applyChanges } from './edit.ts';

/** A location that a plan takes away and that `planDeleteLocations` would refuse to delete. */
export interface ProtectedRemoval {
  readonly id: string;
  readonly displayName: string;
  /** `undefined`: not known. */
  readonly isTrusted: boolean | undefined;
  /** Names of the policies that go on naming it. */
  readonly policies: readonly string[];
}

/**
 * Removals that a policy stands in the way of, in the tenant as the plan leaves it: policies that go with the location, or no
 * longer name it, do not count.
 */
export function protectedRemovals(tenant: Tenant, plan: Plan): ProtectedRemoval[] {
  const after = applyChanges(
    tenant,
    plan.steps.flatMap(({ changes }) => changes.filter(concernsLocations)),
  );
  const kept = new Set(after.namedLocations.map(({ id }) => id.toLowerCase()));
  return tenant.namedLocations
    .filter(({ id }) => !kept.has(id.toLowerCase()))
    .map((location) => ({
      id: location.id,
      displayName: location.displayName,
      isTrusted: trustOf(location),
      policies: policiesNaming(after, location.id).map(({ displayName }) => displayName),
    }))
    .filter(({ isTrusted, policies }) => isTrusted !== false || policies.length > 0);
}

/** Thousands of people that come with the same import make no difference. */
function concernsLocations(change: SlotChange): boolean {
  return 'list' in change && (change.list === 'policies' || change.list === 'namedLocations');
}
