import type { View } from '../../view.ts';
import { seenPlain, whyText } from './example.ts';
import type { ImpactReport } from './report.ts';

const HEADERS = [
  'by',
  'id',
  'displayName',
  'class',
  'signIns',
  'interactive',
  'nonInteractive',
  'workload',
  'users',
  'exampleSignInId',
  'exampleUser',
  'exampleApplication',
  'addressBefore',
  'addressAfter',
  'outcomeBefore',
  'outcomeAfter',
  'policies',
  'why',
  'missing',
  'command',
  'certainlyStopped',
];

/** The groups as one table for spreadsheets: a row for each class and thing grouped by, with its example. */
export function viewImpactRows({ value }: ImpactReport): View {
  return [
    {
      block: 'table',
      columns: HEADERS.map((header) => ({ header })),
      rows: value.map(({ example, ...row }) => [
        row.by,
        row.id,
        row.displayName,
        row.class,
        String(row.interactive + row.nonInteractive + row.workload),
        String(row.interactive),
        String(row.nonInteractive),
        String(row.workload),
        String(row.users),
        example.signInId,
        example.user,
        example.application,
        seenPlain(example.seenBefore),
        seenPlain(example.seenAfter),
        example.outcomeBefore,
        example.outcomeAfter,
        example.policies.map(({ displayName }) => displayName).join('; '),
        example.policies.map(whyText).join('; '),
        example.missing.join('; '),
        row.command,
        String(row.certainlyStopped),
      ]),
      // A table without rows has its header all the same: the columns are the contract.
      empty: '',
    },
  ];
}
