import type { CertifiedQuestion } from '../../../core/certificate/certificate.ts';
import type { CertificateFault } from '../../../core/certificate/check.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Gate } from '../../gate.ts';
import type { View } from '../../view.ts';
import { bad, dim, good } from '../../view.ts';

/** Whether a certificate holds for the tenant as it stands; `value` is its faults. */
export type CertificateReport = {
  readonly boxes: number;
  readonly judged: number;
  readonly classes: number;
  readonly file: string;
  readonly createdDateTime: string;
  readonly question: CertifiedQuestion;
  readonly holds: boolean;
  readonly value: readonly CertificateFault[];
};

export function viewCertificate({ file, holds, boxes, judged, classes, value }: CertificateReport): View {
  return [
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
    ...(holds
      ? []
      : [{ block: 'list', items: value.map(({ kind, message }) => [bad(kind), `: ${message}`]) } as const]),
  ];
}

export function gateOfCertificate({ holds, boxes, value }: CertificateReport): Gate {
  const by = holds ? `${plural(boxes, 'box', 'boxes')} judged anew` : `by ${plural(value.length, 'fault')}`;
  return { name: 'gsa check certificate', passed: holds, by };
}
