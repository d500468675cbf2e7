import type { OpenFact } from '../../../core/dependencies/settling.ts';
import type { SignalingStatus } from '../../../core/tenant/tenant.ts';
import type { Block, View } from '../../view.ts';
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
  const view: Block[] = [
    {
      block: 'table',
      columns: [
        { header: 'Policy' },
        { header: 'State' },
        { header: 'Path' },
        // On a narrow terminal the switch stays that can happen next.
        { header: 'If disabled', dropOrder: report.signalingStatus === 'disabled' ? 1 : 0 },
        { header: 'If enabled', dropOrder: report.signalingStatus === 'enabled' ? 1 : 0 },
      ],
      rows: report.value.map((policy) => [
        strong(policy.displayName),
        stateSpan(policy.state),
        pathsText(policy.paths),
        policy.onDisable.effects.flatMap((effect, at) =>
          at === 0 ? [effectSpan(effect)] : [', ', effectSpan(effect)],
        ),
        policy.onEnable.effects.flatMap((effect, at) => (at === 0 ? [effectSpan(effect)] : [', ', effectSpan(effect)])),
      ]),
      empty:
        report.subject === null
          ? report.arePoliciesKnown
            ? 'No policy depends on the address or the signal.'
            : UNSEEN_POLICIES
          : `Nothing hangs on ${report.subject}.`,
    },
  ];
  const explained = report.subject === null ? [] : report.value;
  for (const policy of explained) {
    if (report.value.length > 1) view.push({ block: 'heading', text: policy.displayName });
    for (const [change, { reason, witnesses }] of [
      ['disabled', policy.onDisable],
      ['enabled', policy.onEnable],
    ] as const) {
      view.push({ block: 'text', text: [strong(`If ${change}: `), reason] });
      if (witnesses.length > 0) {
        view.push({
          block: 'list',
          items: witnesses.map(witnessSpans),
        });
      }
    }
  }
  view.push(...notKnownBlocks(report.notKnown));
  if (report.warnings.length > 0)
    view.push({ block: 'list', items: report.warnings.map((text) => [warning('warning: '), text]) });
  return view;
}
