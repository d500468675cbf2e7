import type { SignalingStatus } from '../tenant/tenant.ts';
import type { DependencyAnalysis, PolicyDependency, SwitchEffect, SwitchImpact } from './dependency.ts';

/** What a switch to that status does to the policy. */
export function impactOf({ onDisable, onEnable }: PolicyDependency, switchTo: SignalingStatus): SwitchImpact {
  return switchTo === 'disabled' ? onDisable : onEnable;
}

/**
 * The policies whose enforcement a switch to that status changes, those included of which nobody can say (`unknown`): a
 * switch that is not known to be harmless is treated as one that is not (invariant 5).
 */
export function enforcedDependents(analysis: DependencyAnalysis, switchTo: SignalingStatus): PolicyDependency[] {
  return analysis.dependencies.filter((dependency) => impactOf(dependency, switchTo).effects.some(isEnforced));
}

function isEnforced(effect: SwitchEffect): boolean {
  return effect !== 'none' && effect !== 'logOnly';
}
