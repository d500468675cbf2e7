import { readOnlyWarnings } from '../read-only-policies.ts';
import type { SignalingStatus, Tenant } from '../tenant.ts';
import type { Plan } from './change.ts';
import { objectChanges } from './object-changes.ts';
import { joinPlans, planDeletePolicies, planReportOnly, planSignaling } from './objects.ts';

/** Policies that are changed before a switch, by their ids. */
export interface TreatedPolicies {
  readonly deleted: readonly string[];
  readonly reportOnly: readonly string[];
}

/** A switch as one plan, and what it brings with it. */
export interface SwitchPlan {
  readonly plan: Plan;
  /** Named locations that the plan adds beside what was asked for. */
  readonly addedLocations: readonly { readonly id: string; readonly displayName: string }[];
  readonly warnings: readonly string[];
}

/** Policies first, then the switch. */
export function planSwitch(
  tenant: Tenant,
  to: SignalingStatus,
  { deleted, reportOnly }: TreatedPolicies,
  signed: { readonly at: string; readonly by: string },
): SwitchPlan {
  const plan = joinPlans([
    planDeletePolicies(tenant, deleted, signed.at),
    planReportOnly(tenant, reportOnly, signed.at),
    planSignaling(tenant, to, signed.at, signed.by),
  ]);
  return {
    plan,
    addedLocations: objectChanges(plan.steps.flatMap(({ changes }) => changes))
      .filter(({ type }) => type === 'NamedLocation')
      .map(({ id, displayName }) => ({ id, displayName })),
    warnings: readOnlyWarnings(tenant.policies.filter(({ id }) => reportOnly.includes(id))),
  };
}
