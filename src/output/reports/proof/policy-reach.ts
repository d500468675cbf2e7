import type { PolicyReach } from '../../../core/proof/questions/policy-reach.ts';
import type { View } from '../../view.ts';
import { dim, strong } from '../../view.ts';
import { namesText, shareText } from './names.ts';

/** What each enforcing policy alone decides, the widest first. */
export type PolicyReachReport = {
  readonly signalingStatus: string;
  readonly peopleAreSupposed: boolean;
  readonly value: readonly PolicyReach[];
};

export function viewPolicyReach({ value, signalingStatus, peopleAreSupposed }: PolicyReachReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Policy' },
        { header: 'People', rigid: true },
        { header: 'Others', align: 'right', rigid: true, dropOrder: 2 },
        { header: 'Applications', dropOrder: 1 },
        { header: 'Of IPv4', align: 'right', rigid: true },
      ],
      rows: value.map(({ displayName, people, of, others, applications, ipv4Share }) => [
        strong(displayName),
        `${people} of ${of}`,
        String(others),
        applications === null ? 'any' : applications.length === 0 ? dim('none') : namesText(applications),
        shareText(ipv4Share),
      ]),
      empty: 'No policy enforces.',
    },
    {
      block: 'text',
      text: dim(
        `People, applications and addresses of sign-ins that would come out otherwise without the policy, signaling ${signalingStatus}.` +
          (peopleAreSupposed
            ? ' No directory is known: one person stands for each group, role and user that is named.'
            : ''),
      ),
    },
  ];
}
