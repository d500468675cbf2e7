import type { Inline, View } from '../view.ts';
import { code, strong } from '../view.ts';
import type { LogRow } from './log/columns.ts';
import { logTable } from './log/logs.ts';
import { outcomeSpan } from './replay.ts';
import type { DependentPolicy } from './signaling/signaling.ts';
import { dependentTable } from './signaling/signaling.ts';

/** The guided story: three sign-ins of one person, and what the switch between them would do to the policies. */
export type DemoReport = {
  readonly tenant: string;
  readonly dependentPolicies: readonly DependentPolicy[];
  readonly value: readonly LogRow[];
  readonly policyNames: { readonly [id: string]: string };
};

export function viewDemo(report: DemoReport): View {
  const [on, off, again] = report.value;
  const who = on?.userPrincipalName ?? '';
  return [
    { block: 'heading', text: `1. ${report.tenant} has signaling on` },
    {
      block: 'text',
      text: [
        strong(who),
        ' is at headquarters and signs in through Global Secure Access. Signaling gives Entra ID the user’s own address back, ' +
          'so the policies for trusted locations mean what they say.',
      ],
    },
    { block: 'text', text: told(on) },
    { block: 'heading', text: '2. Before it is switched off: what hangs on it' },
    { block: 'text', text: ['This is what ', code('gsa signaling disable'), ' shows before it asks:'] },
    dependentTable(report.dependentPolicies),
    { block: 'heading', text: '3. Somebody switches it off all the same' },
    {
      block: 'text',
      text: 'The same person, the same desk. Entra ID now sees the proxy, which is in no trusted location.',
    },
    { block: 'text', text: told(off, report.policyNames) },
    { block: 'heading', text: '4. On again' },
    { block: 'text', text: told(again) },
    { block: 'heading', text: 'The sign-in log shows the picture' },
    logTable(report.value, ['createdDateTime', 'ipAddress', 'addressOwner', 'signalingStatus', 'outcome', 'decidedBy']),
    { block: 'heading', text: 'Try it yourself' },
    {
      block: 'list',
      items: [
        [
          code('gsa init'),
          ' writes this tenant to a file of yours; ',
          code('gsa signaling disable'),
          ' then asks what to do.',
        ],
        [
          code('gsa init --empty'),
          ' and ',
          code('gsa import <folder>'),
          ' take a real export of policies and named locations.',
        ],
        [code('gsa impact <sign-ins>'), ' tells whom a switch would hit, by recorded sign-ins, and why.'],
        [code('gsa replay <sign-ins>'), ' and ', code('gsa logs'), ' judge recorded sign-ins and show them.'],
      ],
    },
  ];
}

function told(row: LogRow | undefined, names: DemoReport['policyNames'] = {}): Inline {
  if (row === undefined) return '';
  const policies = row.replay.decidedBy.map((id) => names[id] ?? id).join(', ');
  return [
    'Entra ID sees ',
    code(row.ipAddress ?? 'nothing'),
    ': ',
    outcomeSpan(row.replay.outcome),
    policies === '' ? '.' : ` by ${policies} (error ${row.status?.errorCode ?? 'unknown'}).`,
  ];
}
