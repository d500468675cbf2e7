import type { LeftOut } from '../../../core/proof/answers/left-out.ts';
import type { ToldBox } from '../../../core/proof/answers/told.ts';
import type { GapKind } from '../../../core/proof/questions/guards.ts';
import type { Gate } from '../../gate.ts';
import type { PipelineReport } from '../../pipeline.ts';
import type { Block, View } from '../../view.ts';
import { bad, dim, good, warning } from '../../view.ts';
import { boxTable } from './box-table.ts';
import { peopleText, STAND_INS_TEXT } from './names.ts';

/** Kinds of sign-in that nothing guards; `value` is the boxes that together hold all of them. */
export type GapsReport = {
  readonly tenant: string;
  readonly signalingStatus: string;
  readonly people: number;
  readonly peopleAreSupposed: boolean;
  readonly isWhole: boolean;
  /** Whether a gap fails the check. */
  readonly isGate: boolean;
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
            text: good('None: every sign-in of a person is blocked or asked for MFA.'),
          } as const,
        ]
      : report.gaps.flatMap((gap) => gapBlocks(report, gap))),
    {
      block: 'list',
      items: [
        [dim('note: '), `not included: ${report.leftOut.map(({ what }) => what).join('; ')}`],
        ...(report.peopleAreSupposed ? [[dim('note: '), STAND_INS_TEXT]] : []),
        ...(report.isWhole ? [] : [[dim('note: '), 'there are more boxes than are told']]),
      ],
    },
  ];
}

function gapBlocks(
  { value, people: all, peopleAreSupposed }: GapsReport,
  { kind, isCertain, people }: GapsReport['gaps'][number],
): Block[] {
  const words = isCertain ? bad(WORDS[kind]) : warning(`perhaps ${WORDS[kind]}, for lack of a fact`);
  return [
    { block: 'text', text: [words, `: sign-ins of ${people} of ${peopleText(all, peopleAreSupposed)}`] },
    boxTable(
      value
        .filter((box) => box.kind === kind && box.isCertain === isCertain)
        .map(({ kind: _kind, isCertain: _isCertain, ...box }) => box),
    ),
  ];
}

/** What a pipeline is told of gaps: each kind as a rule, a finding and a test case. */
export function pipelineOfGaps({ gaps, people: all, peopleAreSupposed }: GapsReport, version: string): PipelineReport {
  const kinds = Object.keys(WORDS) as readonly GapKind[];
  const found = (kind: GapKind) => gaps.filter((gap) => gap.kind === kind);
  const told = ({ isCertain, people }: GapsReport['gaps'][number]) =>
    `sign-ins of ${people} of ${peopleText(all, peopleAreSupposed)}${isCertain ? '' : ', perhaps, for lack of a fact'}`;
  return {
    tool: 'gsa check --gaps',
    version,
    suites: [
      {
        name: 'gsa check --gaps',
        file: undefined,
        cases: kinds.map((kind) => {
          const [first, ...others] = found(kind).map(told);
          return {
            name: `no sign-in is ${WORDS[kind]}`,
            status: first === undefined ? 'passed' : 'failed',
            place: undefined,
            message: first ?? '',
            details: others,
          };
        }),
      },
    ],
    rules: kinds.map((kind) => ({
      id: ruleIdOf(kind),
      name: ruleIdOf(kind),
      summary: `Sign-ins that are ${WORDS[kind]}.`,
      help: 'Such sign-ins go by no policy that blocks or asks. `gsa check --gaps` shows who, at what and from where.',
      level: 'warning',
    })),
    findings: gaps.map((gap) => ({
      ruleId: ruleIdOf(gap.kind),
      level: gap.isCertain ? 'warning' : 'note',
      title: WORDS[gap.kind],
      message: [told(gap), 'look closer: gsa check --gaps'],
      place: undefined,
      subject: `gap/${gap.kind}`,
      fingerprint: JSON.stringify([gap.kind, gap.isCertain]),
    })),
  };
}

function ruleIdOf(kind: GapKind): string {
  return kind === 'noPolicy' ? 'gap-no-policy' : 'gap-no-mfa';
}

export function gateOfGaps({ gaps, isGate, people: all, peopleAreSupposed }: GapsReport): Gate | undefined {
  if (!isGate) return undefined;
  const by = gaps.map(
    ({ kind, people }) => `sign-ins of ${people} of ${peopleText(all, peopleAreSupposed)} ${WORDS[kind]}`,
  );
  const passed = gaps.length === 0;
  return { name: 'Gate --gaps --fail-on', passed, by: passed ? 'every sign-in is guarded' : by.join(', ') };
}
