import type { Dimension } from '../../../core/impact/groups.ts';
import { DIMENSIONS } from '../../../core/impact/groups.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Block, View } from '../../view.ts';
import { code, dim } from '../../view.ts';
import { skippedBlocks } from '../skipped.ts';
import { unreachedBlocks } from '../unreached.ts';
import { agreementBlocks } from './agreement.ts';
import { exampleText } from './example.ts';
import { assumptionBlocks, classBars, groupBlocks, missingBlocks, viewImpact, warningBlocks } from './impact.ts';
import type { ImpactReport } from './report.ts';
import { classSpan, questionText, sideText, signIns, summaryOf } from './words.ts';

/** Rows of a table and examples on the page; what is beyond is in the other formats. */
const ROWS = 200;
const EXAMPLES = 12;

const HEADINGS: { readonly [by in Dimension]: string } = {
  policy: 'Which policies decide',
  user: 'Who is affected',
  application: 'At which applications',
  location: 'From where',
};

/** The forecast as a page for somebody who has never typed a command: words first, then the chart, then tables. */
export function viewImpactPage(report: ImpactReport): View {
  if (report.explained.length > 0) return viewImpact(report);
  return [
    { block: 'heading', text: questionText(report) },
    ...warningBlocks(report),
    { block: 'text', text: summaryOf(report) },
    classBars(report),
    ...DIMENSIONS.flatMap((by) => headed(HEADINGS[by], groupBlocks(report, by, ROWS))),
    ...headed('Worked examples', exampleBlocks(report)),
    ...headed('What is not known', missingBlocks(report)),
    ...headed('How far to trust this', [
      ...agreementBlocks(report.agreement, report.minimumAgreement),
      ...assumptionBlocks(report),
    ]),
    ...headed('Sign-ins that no policy was asked for', unreachedBlocks(report.unreached)),
    ...headed('Records that could not be read', skippedBlocks(report.skipped)),
    ...headed('What was asked', [
      {
        block: 'fields',
        fields: [
          ['As it is', sideText(report.before)],
          ['As asked', sideText(report.after)],
          ['Sign-ins', 'files' in report.source ? report.source.files.join(', ') : 'the sign-in log'],
          ['Read', `${plural(report.read, 'record')}, ${plural(signIns(report.judged), 'sign-in')} judged`],
          ['Made', report.createdDateTime],
        ],
      },
      { block: 'text', text: dim('A forecast by gsa. Nothing was changed in any tenant.') },
    ]),
  ];
}

function headed(heading: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ block: 'heading', text: heading }, ...blocks];
}

/** One example of each row, each sign-in once. */
function exampleBlocks({ value }: ImpactReport): Block[] {
  const told = new Map(value.map((row) => [row.example.signInId, row] as const).reverse());
  const rows = value.filter((row) => told.get(row.example.signInId) === row).slice(0, EXAMPLES);
  if (rows.length === 0) return [];
  return [
    {
      block: 'list',
      items: rows.map((row) => [classSpan(row.class), ': ', ...exampleText(row.example), ' ', code(row.command)]),
    },
  ];
}
