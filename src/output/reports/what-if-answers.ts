import { standInText } from '../../core/signaling/stand-in.ts';
import { plural } from '../../core/values/plural.ts';
import type { View } from '../view.ts';
import { dim, listed, strong } from '../view.ts';
import { outcomeSpan } from './replay.ts';

/** Answers to a file of questions, one a row. */
export type WhatIfAnswersReport = { readonly value: readonly WhatIfAnswer[] };

export interface WhatIfAnswer {
  /** Line of the question in its file. */
  readonly line: number;
  /** What the file calls the question; `null`: nothing. */
  readonly name: string | null;
  readonly user: string;
  readonly application: string;
  readonly sourceIpAddress: string | null;
  readonly via: string;
  readonly signalingStatus: string;
  /** What Entra ID sees. */
  readonly ipAddress: string | null;
  /** Whether an address of Global Secure Access that is not known is located all the same: all of them lie in the same named locations. */
  readonly isLocatedByStandIn: boolean;
  readonly outcome: string;
  readonly errorCode: number | null;
  readonly decidedBy: readonly { readonly id: string; readonly displayName: string }[];
  readonly missing: readonly string[];
}

const UNKNOWN = dim('unknown');

export function viewWhatIfAnswers({ value }: WhatIfAnswersReport): View {
  const isNamed = value.some(({ name }) => name !== null);
  const isLacking = value.some(({ missing }) => missing.length > 0);
  const inferred = value.filter((each) => each.isLocatedByStandIn).length;
  return [
    {
      block: 'table',
      columns: [
        { header: 'Line', align: 'right', rigid: true, dropOrder: 7 },
        ...(isNamed ? [{ header: 'Name' }] : []),
        { header: 'User', overflow: 'cut' },
        { header: 'Application', overflow: 'cut', dropOrder: 3 },
        { header: 'From', rigid: true, dropOrder: 4 },
        { header: 'Via', rigid: true, dropOrder: 5 },
        { header: 'Signaling', rigid: true, dropOrder: 6 },
        { header: 'Entra ID sees', rigid: true, dropOrder: 2 },
        { header: 'Result', rigid: true },
        { header: 'Policy', overflow: 'fold', belowFrom: 0 },
        ...(isLacking ? [{ header: 'Unknown for lack of', overflow: 'fold', belowFrom: 0 } as const] : []),
      ],
      rows: value.map((each) => [
        String(each.line),
        ...(isNamed ? [strong(each.name ?? '')] : []),
        each.user,
        each.application,
        each.sourceIpAddress ?? UNKNOWN,
        each.via,
        each.signalingStatus === 'enabled' ? 'on' : 'off',
        each.ipAddress ?? (each.isLocatedByStandIn ? dim('the proxy’s') : UNKNOWN),
        outcomeSpan(each.outcome),
        listed(each.decidedBy.map(({ displayName }) => displayName)),
        ...(isLacking ? [listed(each.missing)] : []),
      ]),
      empty: 'No questions.',
    },
    ...(inferred === 0
      ? []
      : [{ block: 'list', items: [dim(standInText(plural(inferred, 'question does', 'questions do')))] } as const]),
  ];
}
