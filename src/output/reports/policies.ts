import type { ConditionalAccessPolicy } from '../../core/tenant/policy.ts';
import type { Block, View } from '../view.ts';
import { dim, strong } from '../view.ts';
import { stateSpan } from './signaling/signaling.ts';

export type PolicyListReport = {
  readonly value: readonly ConditionalAccessPolicy[];
  /** The text where there is none. */
  readonly view: { readonly empty: string };
};

export function viewPolicyList(report: PolicyListReport): View {
  return [
    {
      block: 'table',
      columns: [{ header: 'Policy' }, { header: 'State' }, { header: 'Controls' }, { header: 'Id', dropOrder: 1 }],
      rows: report.value.map((policy) => [
        strong(policy.displayName),
        stateSpan(policy.state),
        controlsText(policy),
        dim(policy.id),
      ]),
      empty: report.view.empty,
    },
  ];
}

/** One policy: the Graph object, and its conditions with ids resolved to names where the tenant knows them. */
export type PolicyReport = {
  readonly policy: ConditionalAccessPolicy;
  readonly conditions: readonly { readonly condition: string; readonly text: string }[];
};

export function viewPolicy({ policy, conditions }: PolicyReport): View {
  const blocks: Block[] = [
    { block: 'heading', text: policy.displayName },
    {
      block: 'fields',
      fields: [
        ['Id', policy.id],
        ['State', stateSpan(policy.state)],
        ...conditions.map(({ condition, text }) => [condition, text] as const),
        ['Controls', controlsText(policy)],
      ],
    },
  ];
  return blocks;
}

/** Grant controls joined as the policy joins them, or the session controls that it sets. */
function controlsText({ grantControls, sessionControls }: ConditionalAccessPolicy): string {
  const grants = [
    ...(grantControls?.builtInControls ?? []),
    ...(grantControls?.authenticationStrength == null
      ? []
      : [`strength: ${grantControls.authenticationStrength.displayName ?? 'unnamed'}`]),
    ...(grantControls?.termsOfUse ?? []).map(() => 'termsOfUse'),
    ...(grantControls?.customAuthenticationFactors ?? []),
  ];
  const joined = grants.join(grantControls?.operator?.toUpperCase() === 'AND' ? ' and ' : ' or ');
  const session = Object.entries(sessionControls ?? {})
    .filter(([name, value]) => value !== null && value !== false && !name.includes('@'))
    .map(([name]) => name);
  return [joined, ...(session.length === 0 ? [] : [`session: ${session.join(', ')}`])]
    .filter((part) => part !== '')
    .join('; ');
}
