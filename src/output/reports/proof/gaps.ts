import type { GapKind } from '../../../core/proof/gaps.ts';
import type { LeftOut } from '../../../core/proof/left-out.ts';
import type { ToldBox } from '../../../core/proof/told.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Block, View } from '../../view.ts';
import { bad, dim, good, warning } from '../../view.ts';
import { boxTable } from './box-table.ts';

/** Kinds of sign-in that nothing guards; `value` is the boxes that together hold all of them. */
export type GapsReport = {
  readonly tenant: string;
  readonly signalingStatus: string;
  readonly people: number;
  readonly peopleAreSupposed: boolean;
  readonly isWhole: boolean;
  readonly leftOut: readonly LeftOut[];
  readonly gaps: readonly { readonly kind: GapKind; readonly isCertain: boolean; readonly people: number }[];
  readonly value: readonly (ToldBox & { readonly kind: GapKind; readonly isCertain: boolean })[];
};

const WORDS: { readonly [kind in GapKind]: string } = {
  noPolicy: 'reached by no policy that enforces',
  noMfa: 'neither blocked nor asked for MFA',
};

export function viewGaps(report: GapsReport): View {
  return [
    { block: 'heading', text: `Sign-ins that nothing guards in ${report.tenant}, signaling ${report.signalingStatus}` },
    ...(report.gaps.length === 0
      ? [
          {
            block: 'text',
            text: good('None: every sign-in of a person is reached by a policy that blocks or asks for MFA.'),
          } as const,
        ]
      : report.gaps.flatMap((gap) => gapBlocks(report, gap))),
    {
      block: 'list',
      items: [
        [dim('note: '), `not included: ${report.leftOut.map(({ what }) => what).join('; ')}`],
        ...(report.peopleAreSupposed
          ? [
              [
                dim('note: '),
                'no directory is known: one person stands for each group, role and user that a policy names',
              ],
            ]
          : []),
        ...(report.isWhole ? [] : [[dim('note: '), 'there are more boxes than are told']]),
      ],
    },
  ];
}

function gapBlocks(
  { value, people: all }: GapsReport,
  { kind, isCertain, people }: GapsReport['gaps'][number],
): Block[] {
  const words = isCertain ? bad(WORDS[kind]) : warning(`perhaps ${WORDS[kind]}, for lack of a fact`);
  return [
    { block: 'text', text: [words, `: sign-ins of ${people} of ${plural(all, 'person', 'people')}`] },
    boxTable(
      value
        .filter((box) => box.kind === kind && box.isCertain === isCertain)
        .map(({ kind: _kind, isCertain: _isCertain, ...box }) => box),
    ),
  ];
}
