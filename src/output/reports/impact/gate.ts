import { plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Gate } from '../../gate.ts';
import type { ImpactReport } from './report.ts';
import { classWords, signIns } from './words.ts';

/** What the classes of `--fail-on` came to; without them nothing was asked. */
export function gateOfImpact(report: ImpactReport): Gate | undefined {
  const { failOn, failed, notProven, disagrees } = report;
  if (failOn.length === 0) return undefined;
  const reasons = [
    ...(failed.length === 0 ? [] : [`by ${failed.map((gate) => hitText(gate, report)).join(', ')}`]),
    ...notProven.map((doubt) => doubtText(doubt, report)),
    ...(report.lacksPolicies
      ? ['not proven, because not all policies of the tenant are known (`gsa import policies.json`)']
      : []),
    ...(disagrees ? [disagreement(report)] : []),
    ...(report.judgesNothing ? ['not proven, because no sign-in was judged'] : []),
  ];
  const passed = reasons.length === 0;
  const total = plural(signIns(report.judged), 'sign-in');
  return {
    name: `Gate --fail-on ${failOn.join(',')}`,
    passed,
    by: passed ? `none of ${total} is ${failOn.map(classWords).join(' or ')}, or could be` : reasons.join('; '),
  };
}

/** `3 newly blocked`. */
function hitText(gate: string, { classes, certainlyStopped }: ImpactReport): string {
  const of = (kind: string) =>
    classes.filter((each) => each.class === kind).reduce((sum, each) => sum + signIns(each), 0);
  const count = gate === 'stopped' ? of('newlyBlocked') + of('newlyDenied') + signIns(certainlyStopped) : of(gate);
  return `${count} ${classWords(gate)}`;
}

export function doubtText(
  { gate, signIns: open, unread, contradicting }: ImpactReport['notProven'][number],
  { missing }: ImpactReport,
): string {
  const why = [
    ...(open > 0 ? [`${plural(open, 'sign-in', 'sign-ins')} could be`] : []),
    ...(unread > 0 ? [`${plural(unread, 'record that cannot', 'records that cannot')} be read could be`] : []),
    ...(contradicting > 0
      ? [`${plural(contradicting, 'record says', 'records say')} something else of a sign-in than another`]
      : []),
  ].join(', and ');
  const lacking = open > 0 && missing.length > 0 ? ` (not known: ${someOf(missing.map(({ fact }) => fact))})` : '';
  return `not proven for ${classWords(gate)}, as ${why}${lacking}`;
}

function disagreement({ minimumAgreement }: ImpactReport): string {
  const share = `${Math.round(minimumAgreement * 1000) / 10} %`;
  return `gsa does not agree with the records as far as --minimum-agreement asks, ${share}`;
}
