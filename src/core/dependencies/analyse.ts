import { modeOf } from '../conditional-access/policy-mode.ts';
import type { UnreadFact } from '../conditional-access/unread-facts.ts';
import { unreadFactsOf } from '../conditional-access/unread-facts.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import { nobodyTunnelledBecause } from '../signaling/tunnelling.ts';
import type { LocationReference } from '../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import type { AddressSpace } from './address-space.ts';
import { addressSpace } from './address-space.ts';
import type { DependencyAnalysis, DependencyPath, PolicyDependency, SwitchEffect, SwitchImpact } from './dependency.ts';
import { SWITCH_EFFECTS } from './dependency.ts';
import type { LocatedPolicies, LocatedPolicy } from './located-policies.ts';
import { locatedPolicies } from './located-policies.ts';
import { networksFor } from './networks.ts';
import { pathsOf } from './paths.ts';
import {
  DISABLED,
  NO_PROXY,
  nobodyTunnelled,
  reasonForEffects,
  reasonForNone,
  reasonForUnknownState,
  reasonForUnread,
  reasonUnreachable,
  SIGN_IN_RISK,
} from './reasons.ts';
import type { Findings } from './switch-impact.ts';
import { findingsOf, joinFindings } from './switch-impact.ts';
import type { Trial, TrialTenant } from './trial.ts';
import { trialOf, trialTenant } from './trial.ts';
import { supposingNoMorePlaces } from './unknown-places.ts';
import { dependencyWarnings } from './warnings.ts';

/**
 * Which policies of a tenant hang on the address or on the compliant network signal, by which paths, and what switching
 * signaling does to each alone (SEED, D-NET). What becomes of a sign-in is decided by all policies
 * together (D-POL): that is the room `impact`.
 */
export function analyseDependencies(tenant: Tenant): DependencyAnalysis {
  const located = locatedPolicies(tenant);
  const dependencies = dependenciesOf(tenant, located);
  return { dependencies, warnings: dependencyWarnings(tenant, dependencies, located) };
}

/** The same without the warnings, for who asks how many policies hang on the switch and not what else is odd. */
export function dependenciesOf(tenant: Tenant, located = locatedPolicies(tenant)): PolicyDependency[] {
  const supposed = supposingNoMorePlaces(tenant, located);
  const known = trialTenant(tenant);
  const world: AnalysedTenant = {
    catalog: located.catalog,
    space: addressSpace(tenant, known.compiled.locations),
    known,
    supposed: supposed === undefined ? undefined : trialTenant(supposed),
    nobodyTunnelled: nobodyTunnelledBecause(tenant),
  };
  return located.list.flatMap((each, at) => dependencyOf(each, at, world) ?? []);
}

/** A tenant as the trials of its policies need it, prepared once. */
interface AnalysedTenant {
  readonly catalog: LocatedPolicies['catalog'];
  readonly space: AddressSpace;
  /** The tenant as it is: nothing that is not known is taken for granted. */
  readonly known: TrialTenant;
  /** What is not known of places is none; `undefined` where all of it is known. */
  readonly supposed: TrialTenant | undefined;
  /** Why nobody comes through Global Secure Access; `undefined`: somebody may. */
  readonly nobodyTunnelled: string | undefined;
}

type Impacts = (switchTo: SignalingStatus) => SwitchImpact;

function dependencyOf(
  { policy, references }: LocatedPolicy,
  at: number,
  world: AnalysedTenant,
): PolicyDependency | undefined {
  const { catalog, known } = world;
  const compiled = known.compiled.policies[at];
  const unread = compiled === undefined ? [] : unreadFactsOf(compiled);
  const paths = pathsOf(policy, references, catalog, unread);
  if (references.length === 0 && paths.length === 0) return undefined;
  const impact = impactsOf(policy, references, paths, unread, world);
  const { id: policyId, displayName, state } = policy;
  return { policyId, displayName, state, paths, onDisable: impact('disabled'), onEnable: impact('enabled') };
}

function impactsOf(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  paths: readonly DependencyPath[],
  unread: readonly UnreadFact[],
  world: AnalysedTenant,
): Impacts {
  const mode = modeOf(policy.state);
  if (mode === 'disabled') return () => without('none', DISABLED);
  if (world.nobodyTunnelled !== undefined) {
    const because = nobodyTunnelled(world.nobodyTunnelled);
    return () => without('none', because);
  }
  const trial = trialOf(policy, references, world.known);
  if ('unreachable' in trial) return () => without('none', reasonUnreachable(trial.unreachable, policy));
  const open = openImpacts(policy, paths, unread);
  if (references.length === 0) {
    if (open.length > 0) return () => joined(open);
    return () => without('none', reasonForNone(policy, references, world.catalog));
  }
  if (world.space.proxies.length === 0)
    return () => joined([without(mode === 'reportOnly' ? 'logOnly' : 'unknown', NO_PROXY, [EGRESS_RANGES]), ...open]);
  const findings = findingsFor(policy, references, trial, world);
  return (switchTo) => {
    const byLocation =
      findings.witnesses[switchTo].length === 0
        ? []
        : [impactOfFindings(switchTo, policy, paths, findings, trial.assumed)];
    const said = new Set(byLocation.flatMap(({ notKnown }) => notKnown));
    const all = [...byLocation, ...open.filter(({ notKnown }) => !notKnown.every((fact) => said.has(fact)))];
    return all.length === 0 ? without('none', reasonForNone(policy, references, world.catalog)) : joined(all);
  };
}

function findingsFor(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  trial: Trial,
  { catalog, space, supposed }: AnalysedTenant,
): Findings {
  const networks = networksFor(space, references, catalog);
  const known = findingsOf(trial, networks);
  if (supposed === undefined || known.missing.length === 0) return known;
  const again = trialOf(policy, references, supposed);
  return 'unreachable' in again ? known : joinFindings(known, findingsOf(again, networks));
}

/** The impacts on a policy that may hang on the switch by a way that cannot be followed: risk, and what is not documented. */
function openImpacts(
  { state }: ConditionalAccessPolicy,
  paths: readonly DependencyPath[],
  unread: readonly UnreadFact[],
): readonly SwitchImpact[] {
  const effect = modeOf(state) === 'reportOnly' ? 'logOnly' : 'unknown';
  const isByRisk = paths.some(({ kind }) => kind === 'signInRisk');
  return [
    ...(unread.length > 0
      ? [
          without(
            effect,
            reasonForUnread(unread),
            unread.map(({ fact }) => fact),
          ),
        ]
      : []),
    ...(isByRisk ? [without(effect, SIGN_IN_RISK, ['direction of the sign-in risk'])] : []),
  ];
}

/** What one policy does by several ways, each once. */
function joined(impacts: readonly SwitchImpact[]): SwitchImpact {
  const effects = new Set(impacts.flatMap((each) => each.effects));
  return {
    effects: SWITCH_EFFECTS.filter((effect) => effects.has(effect)),
    reason: [...new Set(impacts.map(({ reason }) => reason))].join('; '),
    notKnown: [...new Set(impacts.flatMap(({ notKnown }) => notKnown))].sort(),
    witnesses: impacts.flatMap(({ witnesses }) => witnesses),
  };
}

const EGRESS_RANGES = 'egress ranges of Global Secure Access';

function without(effect: SwitchEffect, reason: string, notKnown: readonly string[] = []): SwitchImpact {
  return { effects: [effect], reason, notKnown, witnesses: [] };
}

/** A report-only policy changes the log only (D-RO); what one of unknown state does is not documented (G-EVAL). */
function impactOfFindings(
  switchTo: SignalingStatus,
  { state }: ConditionalAccessPolicy,
  paths: readonly DependencyPath[],
  { witnesses, missing }: Findings,
  assumed: readonly ConditionKind[],
): SwitchImpact {
  const mode = modeOf(state);
  if (mode === 'other') return without('unknown', reasonForUnknownState(state), [`meaning of state ${state}`]);
  const shown = witnesses[switchTo].filter(({ resultBefore, resultAfter }) => resultBefore !== resultAfter);
  const isLogOnly = mode === 'reportOnly';
  const effects = isLogOnly ? (['logOnly'] as const) : witnesses[switchTo].map(({ effect }) => effect);
  return {
    effects,
    reason: reasonForEffects(switchTo, paths, effects, assumed, missing),
    notKnown: witnesses[switchTo].some(({ effect }) => effect === 'unknown') ? missing : [],
    witnesses: isLogOnly ? shown.slice(0, 1).map((witness) => ({ ...witness, effect: 'logOnly' })) : shown,
  };
}
