import type { Gate } from './gate.ts';
import { gateBlock } from './gate.ts';
import type { Report } from './report.ts';
import { gateOfCheck } from './reports/check/check.ts';
import { gateOfTest } from './reports/gsatest/result.ts';
import { gateOfImpact } from './reports/impact/gate.ts';
import { gateOfCertificate } from './reports/proof/certificate.ts';
import { gateOfGaps } from './reports/proof/gaps.ts';
import { gateOfProof } from './reports/proof/pipeline.ts';
import { gateOfRehearsal } from './reports/rehearsal.ts';
import type { View } from './view.ts';

/** What a report says of the gate that was asked for; `undefined`: none was. */
export function gateOf(report: Report): Gate | undefined {
  switch (report.kind) {
    case 'impact':
      return gateOfImpact(report.data);
    case 'proof':
      return gateOfProof(report.data);
    case 'check':
      return gateOfCheck(report.data);
    case 'gaps':
      return gateOfGaps(report.data);
    case 'certificate':
      return gateOfCertificate(report.data);
    case 'test':
      return gateOfTest(report.data);
    case 'rehearsal':
      return gateOfRehearsal(report.data);
    default:
      return undefined;
  }
}

/** A view that ends with the word of its gate. */
export function withGate(report: Report, view: View): View {
  const gate = gateOf(report);
  return gate === undefined ? view : [...view, gateBlock(gate)];
}

/** A page that says it below its title, before anything has to be read. */
export function withGateOnTop(report: Report, view: View): View {
  const gate = gateOf(report);
  if (gate === undefined) return view;
  const at = view.findIndex(({ block }) => block !== 'heading');
  return [...view.slice(0, at), gateBlock(gate), ...view.slice(at)];
}
