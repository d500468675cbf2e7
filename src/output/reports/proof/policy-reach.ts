import type { PolicyReach } from '../../../core/proof/questions/policy-reach.ts';
import type { View } from '../../view.ts';
import { dim, strong } from '../../view.ts';
import { namesText, PEOPLE_HEADER, STAND_INS_TEXT, shareText } from './names.ts';

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
        { header: PEOPLE_HEADER(peopleAreSupposed), rigid: true },
        { header: 'Others', align: 'right', rigid: true, dropOrder: 2 },
        { header: 'Applications', dropOrder: 1 },
        { header: 'Of IPv4', align: 'right', rigid: true },
      ],
      rows: value.map(({ displayName, people, of, perhaps, others, applications, ipv4Share }) => [
        strong(displayName),
        perhaps === 0 ? `${people} of ${of}` : `${people} of ${of}, ${perhaps} perhaps`,
        String(others),
        applications === null ? 'any' : applications.length === 0 ? dim('none') : namesText(applications),
        shareText(ipv4Share),
      ]),
      empty: 'No policy enforces.',
    },
    {
      block: 'text',
      text: dim(
        `${PEOPLE_HEADER(peopleAreSupposed)}, applications and addresses of sign-ins that would come out otherwise without the policy, signaling ${signalingStatus}.` +
          (value.some(({ perhaps }) => perhaps > 0) ? ' Perhaps: it is not known, for lack of a fact.' : '') +
          (peopleAreSupposed ? ` ${STAND_INS_TEXT.replace('no', 'No')}.` : ''),
      ),
    },
  ];
}
