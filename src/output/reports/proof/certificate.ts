import type { CertifiedQuestion } from '../../../core/certificate/certificate.ts';
import type { CertificateFault } from '../../../core/certificate/check.ts';
import type { ChangeClass, ChangeVerdict } from '../../../core/conditional-access/outcome/change.ts';
import { cutMiddle } from '../../../core/values/cut-middle.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Gate } from '../../gate.ts';
import type { Block, Inline, View } from '../../view.ts';
import { bad, dim, good } from '../../view.ts';
import { classSpan } from '../impact/words.ts';
import { VERDICTS } from './verdicts.ts';

/** Whether a certificate holds for the tenant as it stands; `value` is its faults. */
export type CertificateReport = {
  readonly boxes: number;
  readonly judged: number;
  readonly classes: number;
  readonly file: string;
  readonly createdDateTime: string;
  readonly question: CertifiedQuestion;
  /** The question as a sentence. */
  readonly questionText: string;
  /** What the certificate claims of it: proved where it holds. */
  readonly verdict: ChangeVerdict;
  /** The classes of change that it claims of any sign-in. */
  readonly claims: readonly ChangeClass[];
  readonly holds: boolean;
  readonly value: readonly CertificateFault[];
};

export function viewCertificate(report: CertificateReport): View {
  const { file, holds, boxes, judged, classes, value } = report;
  return [
    { block: 'heading', text: report.questionText },
    { block: 'text', text: claimText(report) },
    {
      block: 'text',
      text: holds
        ? [
            good('The certificate holds'),
            `: ${plural(boxes, 'box', 'boxes')} of ${plural(classes, 'class', 'classes')}, disjoint and whole, each judged anew `,
            dim(`(${plural(judged, 'part')})`),
          ]
        : [bad('The certificate does not hold'), ` for this tenant as it stands (${file}):`],
    },
    ...(holds ? [] : faultBlocks(value)),
  ];
}

/** A certificate of another tenant is wrong in every box: the first few tell it. */
const FAULTS_SHOWN = 5;
/** A fault has the box that it is of in its words. */
const FAULT_ROOM = 240;

function faultBlocks(faults: readonly CertificateFault[]): Block[] {
  const left = faults.length - FAULTS_SHOWN;
  const shown = faults.slice(0, FAULTS_SHOWN);
  return [
    { block: 'list', items: shown.map(({ kind, message }) => [bad(kind), `: ${cutMiddle(message, FAULT_ROOM)}`]) },
    ...(left > 0 ? [{ block: 'text', text: dim(`… and ${left} more; -o json has them all`) } as const] : []),
    {
      block: 'text',
      text: 'It is of another tenant, or policies changed since: `gsa impact --all --certificate <file>` writes a new one.',
    },
  ];
}

/** What was certified: the verdict, and the classes that say how. */
function claimText({ verdict, claims, holds, createdDateTime }: CertificateReport): Inline {
  const changes = claims.filter((each) => each !== 'unchanged');
  return [
    holds ? 'Certified: ' : 'Claimed, and not certified: ',
    VERDICTS[verdict],
    ...changes.flatMap((each, at) => [at === 0 ? ': ' : ', ', classSpan(each)]),
    dim(` (${createdDateTime})`),
  ];
}

export function gateOfCertificate({ holds, boxes, value }: CertificateReport): Gate {
  const by = holds ? `${plural(boxes, 'box', 'boxes')} judged anew` : `by ${plural(value.length, 'fault')}`;
  return { name: 'gsa check certificate', passed: holds, by };
}
