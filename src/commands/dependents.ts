import type { PolicyDependency } from '../core/dependencies/dependency.ts';
import { impactOf } from '../core/dependencies/enforced.ts';
import type { SignalingStatus } from '../core/tenant/tenant.ts';
import type { DependentPolicy } from '../output/reports/signaling/signaling.ts';

/** One dependency as the switch to `to` shows it. */
export function dependentPolicy(dependency: PolicyDependency, to: SignalingStatus): DependentPolicy {
  const { effects, reason, notKnown, witnesses } = impactOf(dependency, to);
  return {
    id: dependency.policyId,
    displayName: dependency.displayName,
    state: dependency.state,
    paths: dependency.paths,
    effects,
    reason,
    notKnown,
    witnesses,
  };
}
