import type { OpenFact } from '../../../core/dependencies/open-facts.ts';
import type { SignalingStatus } from '../../../core/tenant/tenant.ts';
import type { Block, Inline, View } from '../../view.ts';
import { strong, warning } from '../../view.ts';
import type { DependentPolicy } from './signaling.ts';
import { effectSpan, notKnownBlocks, pathsText, stateSpan, UNSEEN_POLICIES, witnessSpans } from './signaling.ts';

/** Every policy that hangs on the address or the signal, with what disabling and enabling would do. */
export type DependenciesReport = {
  readonly value: readonly PolicyDependencies[];
  /** Facts that leave open what the switch that can happen next does. */
  readonly notKnown: readonly OpenFact[];
  readonly warnings: readonly string[];
  /** False where nobody has imported the policies of the tenant. */
  readonly arePoliciesKnown: boolean;
  readonly signalingStatus: SignalingStatus;
  /** What was asked for, when not everything. */
  readonly subject: string | null;
};

export interface PolicyDependencies extends Omit<DependentPolicy, 'effects' | 'reason' | 'notKnown' | 'witnesses'> {
  readonly onDisable: Pick<DependentPolicy, 'effects' | 'reason' | 'notKnown' | 'witnesses'>;
  readonly onEnable: Pick<DependentPolicy, 'effects' | 'reason' | 'notKnown' | 'witnesses'>;
}

export function viewDependencies(report: DependenciesReport): View {
  const explained = report.subject === null ? [] : report.value;
  return [
    dependenciesTable(report),
    ...explained.flatMap((policy): Block[] => [
      ...(report.value.length > 1 ? [{ block: 'heading', text: policy.displayName } as const] : []),
      ...reasonBlocks('disabled', policy.onDisable),
      ...reasonBlocks('enabled', policy.onEnable),
    ]),
    ...notKnownBlocks(report.notKnown),
    ...(report.warnings.length === 0
      ? []
      : [{ block: 'list', items: report.warnings.map((text) => [warning('warning: '), text]) } as const]),
  ];
}

function dependenciesTable(report: DependenciesReport): Block {
  return {
    block: 'table',
    columns: [
      { header: 'Policy' },
      { header: 'State' },
      { header: 'Path' },
      // On a narrow terminal the switch stays that can happen next.
      { header: 'If disabled', dropOrder: report.signalingStatus === 'disabled' ? 1 : 0 },
      { header: 'If enabled', dropOrder: report.signalingStatus === 'enabled' ? 1 : 0 },
    ],
    rows: enforcingFirst(report.value).map((policy) => [
      strong(policy.displayName),
      stateSpan(policy.state),
      pathsText(policy.paths),
      effectsText(policy.onDisable),
      effectsText(policy.onEnable),
    ]),
    empty: nothingText(report),
  };
}

/** What a switch would stop or let through stands above what it leaves as it is. */
function enforcingFirst(policies: readonly PolicyDependencies[]): readonly PolicyDependencies[] {
  const [enforcing, others]: [PolicyDependencies[], PolicyDependencies[]] = [[], []];
  for (const policy of policies) (isEnforcing(policy) ? enforcing : others).push(policy);
  return [...enforcing, ...others];
}

function isEnforcing({ onDisable, onEnable }: PolicyDependencies): boolean {
  return [...onDisable.effects, ...onEnable.effects].some((effect) => effect !== 'none' && effect !== 'logOnly');
}

function effectsText({ effects }: PolicyDependencies['onDisable']): Inline {
  return effects.flatMap((effect, at) => (at === 0 ? [effectSpan(effect)] : [', ', effectSpan(effect)]));
}

function nothingText({ subject, arePoliciesKnown }: DependenciesReport): string {
  if (subject !== null) return `Nothing hangs on ${subject}.`;
  return arePoliciesKnown ? 'No policy depends on the address or the signal.' : UNSEEN_POLICIES;
}

function reasonBlocks(change: string, { reason, witnesses }: PolicyDependencies['onDisable']): Block[] {
  return [
    { block: 'text', text: [strong(`If ${change}: `), reason] },
    ...(witnesses.length === 0 ? [] : [{ block: 'list', items: witnesses.map(witnessSpans) } as const]),
  ];
}
