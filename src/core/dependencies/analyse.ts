import { modeOf } from '../conditional-access/grant/effect.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import type { AddressSpace } from './address-space.ts';
import { addressSpace } from './address-space.ts';
import type { DependencyAnalysis, DependencyPath, PolicyDependency, SwitchEffect, SwitchImpact } from './dependency.ts';
import type { LocationCatalog } from './location-references.ts';
import { hasUnmodelledLocations, locationCatalog, locationReferences } from './location-references.ts';
import { networksFor } from './networks.ts';
import { pathsOf } from './paths.ts';
import {
  DISABLED,
  NO_PROXY,
  reasonForEffects,
  reasonForNone,
  reasonForUnknownState,
  reasonUnreachable,
} from './reasons.ts';
import type { Findings } from './switch-impact.ts';
import { findingsOf } from './switch-impact.ts';
import type { TrialTenant } from './trial.ts';
import { trialOf, trialTenant } from './trial.ts';
import { dependencyWarnings } from './warnings.ts';

/**
 * Which policies of a tenant hang on the address or on the compliant network signal, by which paths, and what switching
 * signaling does to each alone (reference conditional-access §5). What becomes of a sign-in is decided by all policies
 * together (§5.3): that is the room `impact`.
 */
export function analyseDependencies(tenant: Tenant): DependencyAnalysis {
  const catalog = locationCatalog(tenant.namedLocations);
  const space = addressSpace(tenant);
  const trials = trialTenant(tenant);
  const dependencies = tenant.policies.flatMap((policy) => dependencyOf(policy, catalog, space, trials) ?? []);
  return { dependencies, warnings: dependencyWarnings(tenant, dependencies, catalog) };
}

function dependencyOf(
  policy: ConditionalAccessPolicy,
  catalog: LocationCatalog,
  space: AddressSpace,
  trials: TrialTenant,
): PolicyDependency | undefined {
  const references = locationReferences(policy, catalog);
  const paths = pathsOf(policy, references, catalog);
  const asksForLocation = references.length > 0 || hasUnmodelledLocations(policy);
  if (!asksForLocation && paths.length === 0) return undefined;
  const { id: policyId, displayName, state } = policy;
  const both = (onDisable: SwitchImpact, onEnable = onDisable): PolicyDependency => ({
    policyId,
    displayName,
    state,
    paths,
    onDisable,
    onEnable,
  });
  if (modeOf(state) === 'disabled') return both(without('none', DISABLED));
  if (!asksForLocation) return both(without('none', reasonForNone(policy, references, catalog)));
  if (space.proxies.length === 0)
    return both(without(modeOf(state) === 'reportOnly' ? 'logOnly' : 'unknown', NO_PROXY));
  const trial = trialOf(policy, references, trials);
  if ('unreachable' in trial) return both(without('none', reasonUnreachable(trial.unreachable, policy)));
  const findings = findingsOf(trial, networksFor(space, references, catalog));
  const impact = (switchTo: SignalingStatus) =>
    findings.witnesses[switchTo].length === 0
      ? without('none', reasonForNone(policy, references, catalog))
      : impactOfFindings(switchTo, policy, paths, findings, trial.assumed);
  return both(impact('disabled'), impact('enabled'));
}

function without(effect: SwitchEffect, reason: string): SwitchImpact {
  return { effects: [effect], reason, witnesses: [] };
}

/** A report-only policy changes the log only (D-RO); what one of unknown state does nobody says (G-EVAL). */
function impactOfFindings(
  switchTo: SignalingStatus,
  { state }: ConditionalAccessPolicy,
  paths: readonly DependencyPath[],
  { witnesses, missing }: Findings,
  assumed: readonly ConditionKind[],
): SwitchImpact {
  const mode = modeOf(state);
  if (mode === 'other') return without('unknown', reasonForUnknownState(state));
  const shown = witnesses[switchTo].filter(({ resultBefore, resultAfter }) => resultBefore !== resultAfter);
  const isLogOnly = mode === 'reportOnly';
  const effects = isLogOnly ? (['logOnly'] as const) : witnesses[switchTo].map(({ effect }) => effect);
  return {
    effects,
    reason: reasonForEffects(switchTo, paths, effects, assumed, missing),
    witnesses: isLogOnly ? shown.slice(0, 1).map((witness) => ({ ...witness, effect: 'logOnly' })) : shown,
  };
}
