import type { PolicyVerdict } from '../../../core/proof/answers/answer.ts';
import type { LeftOut } from '../../../core/proof/answers/left-out.ts';
import { plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Block, Inline, Span, View } from '../../view.ts';
import { code, dim, strong, warning } from '../../view.ts';
import { classSpan, classWords } from '../impact/words.ts';
import { outcomeSpan } from '../replay.ts';
import { boxTable } from './box-table.ts';
import { OTHERS_TEXT, PEOPLE_HEADER, peopleText, STAND_INS_TEXT, shareText } from './names.ts';
import type { ProofReport, ProofReportRow, ProofSide } from './report.ts';
import { VERDICTS } from './verdicts.ts';

/** Rows and boxes that a person is shown; `-o json` has all. */
const ROWS = 15;
const BOXES = 15;

export function viewProof(report: ProofReport): View {
  return [
    { block: 'heading', text: report.question },
    { block: 'text', text: verdictText(report) },
    ...(report.value.length === 0 ? [] : [rowsTable(report), ...moreBlocks(report.value.length - ROWS)]),
    ...(report.explained === null ? exampleBlocks(report) : report.value.flatMap(boxBlocks)),
    ...policyBlocks(report),
    ...noteBlocks(report),
  ];
}

/** The page of `-o html`: the same with headings, all rows, and what was asked. */
export function viewProofPage(report: ProofReport): View {
  return [
    { block: 'heading', text: report.question },
    { block: 'text', text: verdictText(report) },
    ...headed('Which policies decide', report.value.length === 0 ? [] : [rowsTable(report, Number.POSITIVE_INFINITY)]),
    ...headed('Worked examples', exampleBlocks(report, 12)),
    ...headed('Policy by policy', policyBlocks(report)),
    ...headed('What this does not include', noteBlocks(report)),
    ...headed('What was asked', [
      {
        block: 'fields',
        fields: [
          ['Before', sideText(report.before)],
          ['After', sideText(report.after)],
          ['Made', report.createdDateTime],
        ],
      },
      { block: 'text', text: dim('A proof by gsa. Nothing was changed in any tenant.') },
    ]),
  ];
}

/** One row for each policy and class, for spreadsheets. */
export function viewProofRows(report: ProofReport): View {
  return [rowsTable(report, Number.POSITIVE_INFINITY)];
}

function verdictText({ verdict, classes, people, peopleAreSupposed, leftOut }: ProofReport): Inline {
  if (verdict === 'equivalent') {
    const open = leftOut.filter(({ couldBe }) => couldBe !== 'unchanged').map(leftOutText);
    return open.length === 0
      ? [VERDICTS.equivalent, ': every sign-in there could be comes out as before. This is proved, not sampled.']
      : [
          warning('No outcome changes'),
          `, which is proved, not sampled. What may change is not judged: ${open.join('; ')}.`,
        ];
  }
  const parts = classes.flatMap((each): (string | Span)[] => {
    const span = classSpan(each.class);
    const certain = each.certainPeople > 0 ? `, ${each.certainPeople} for certain` : '';
    const others = each.others > 0 ? `, ${plural(each.others, 'kind')} of others` : '';
    return [
      '; ',
      { ...span, text: `${span.text}: ${each.people} of ${peopleText(people, peopleAreSupposed)}${certain}${others}` },
    ];
  });
  return [VERDICTS[verdict], ...parts, '. Everything else is proved to come out as before.'];
}

/** A name that several policies have says nothing without the id. */
function policyNames({ policies }: ProofReport): (policy: Pick<PolicyVerdict, 'policyId' | 'displayName'>) => string {
  const named = Map.groupBy(policies, ({ displayName }) => displayName);
  return ({ policyId, displayName }) =>
    (named.get(displayName)?.length ?? 0) > 1 ? `${displayName} (${policyId})` : displayName;
}

function rowsTable(report: ProofReport, most: number = ROWS): Block {
  const { value, people, peopleAreSupposed } = report;
  const nameOf = policyNames(report);
  return {
    block: 'table',
    columns: [
      { header: 'Policy' },
      { header: 'What changes', rigid: true },
      { header: PEOPLE_HEADER(peopleAreSupposed), rigid: true },
      { header: 'Certain', rigid: true, dropOrder: 2 },
      { header: 'From', dropOrder: 1 },
      { header: 'Of IPv4', align: 'right', rigid: true, dropOrder: 3 },
      { header: 'Only if', dropOrder: 1 },
    ],
    rows: value
      .slice(0, most)
      .map((row): Inline[] => [
        strong(nameOf(row)),
        classSpan(row.class),
        `${row.people} of ${people}${row.others.length > 0 ? ` + ${plural(row.others.length, 'other')}` : ''}`,
        row.isCertain ? (row.people === 0 ? 'yes' : String(row.certainPeople)) : dim('possible'),
        row.from.join('; '),
        shareText(row.ipv4Share),
        row.hangsOn.join('; '),
      ]),
    empty: '',
  };
}

function moreBlocks(more: number): Block[] {
  return more > 0 ? [{ block: 'text', text: dim(`${more} more; -o csv has them all`) }] : [];
}

/** One example of each class. */
function exampleBlocks({ value }: ProofReport, most = 6): Block[] {
  const first = [...new Map(value.map((row) => [row.class, row] as const).reverse()).values()].reverse();
  return first
    .slice(0, most)
    .flatMap((row): Block[] => [
      { block: 'text', text: [strong('For example, '), classSpan(row.class), ': ', ...exampleText(row)] },
      ...(row.example.whatIf ?? [row.command]).map((text): Block => ({ block: 'text', text: code(text) })),
    ]);
}

function exampleText({ example, displayName }: ProofReportRow): (string | Span)[] {
  const source = addressText(example.sourceIpAddress, example.sourceCountryOrRegion);
  const egress =
    example.egressIpAddress === null
      ? ''
      : `, leaving by ${addressText(example.egressIpAddress, example.egressCountryOrRegion)}`;
  const session = example.session.length === 0 ? '' : `, ${example.session.join(', ')}`;
  return [
    `${example.user} at ${example.application}, ${example.way} from ${source}${egress}${session}: `,
    outcomeSpan(example.outcomeBefore),
    ' → ',
    outcomeSpan(example.outcomeAfter),
    ', by ',
    strong(displayName),
  ];
}

function addressText(address: string | null, country: string | null): string {
  return `${address ?? 'an address'}${country === null ? '' : ` (${country})`}`;
}

/** The largest boxes of one row: who, at what, from where, with what. */
function boxBlocks(row: ProofReportRow): Block[] {
  const { boxes, displayName, command } = row;
  return [
    { block: 'heading', text: [displayName, ': ', classWords(row.class)] },
    boxTable(boxes.slice(0, BOXES)),
    ...(boxes.length > BOXES || !row.boxesAreWhole
      ? [
          {
            block: 'text',
            text: dim(`the first ${Math.min(BOXES, boxes.length)}; -o json has ${row.boxesAreWhole ? 'all' : 'more'}`),
          } as const,
        ]
      : []),
    { block: 'text', text: [strong('For example, '), ...exampleText(row)] },
    ...(row.example.whatIf ?? [command]).map((text): Block => ({ block: 'text', text: code(text) })),
  ];
}

function policyBlocks(report: ProofReport): Block[] {
  const { policies, verdict } = report;
  const nameOf = policyNames(report);
  const changed = policies.filter((policy) => policy.verdict !== 'equivalent');
  if (verdict === 'equivalent' && changed.length === 0) return [];
  const alone = changed.length === 0 ? 'no policy' : plural(changed.length, 'policy', 'policies');
  return [
    {
      block: 'text',
      text: `Taken by itself, ${alone} of ${policies.length} ${changed.length > 1 ? 'change' : 'changes'} something:`,
    },
    {
      block: 'table',
      columns: [{ header: 'Policy by itself' }, { header: 'Becomes', rigid: true }],
      rows: changed.slice(0, ROWS).map((policy): Inline[] => [strong(nameOf(policy)), policy.verdict]),
      empty: 'None.',
    },
    ...moreBlocks(changed.length - ROWS),
  ];
}

function noteBlocks({ classes, leftOut, peopleAreSupposed, narrowedTo, certificate }: ProofReport): Block[] {
  const narrowed = Object.entries(narrowedTo).flatMap(([what, name]) => (name === null ? [] : [`${what} ${name}`]));
  const items: string[] = [
    ...(narrowed.length === 0 ? [] : [`asked of ${narrowed.join(', ')} only`]),
    ...(peopleAreSupposed ? [STAND_INS_TEXT] : []),
    ...(classes.some(({ others }) => others > 0) ? [OTHERS_TEXT] : []),
    `not included: ${leftOut.map(leftOutText).join('; ')}`,
    ...(certificate === null ? [] : [`certificate: ${certificate}`]),
  ];
  return [{ block: 'list', items: items.map((text) => [dim('note: '), text]) }];
}

function leftOutText({ what, policies }: LeftOut): string {
  return policies.length === 0 ? what : `${what} (${someOf(policies)})`;
}

function sideText({ tenant, file, signalingStatus }: ProofSide): Inline {
  return [tenant, ...(file === null ? [] : [' (', code(file), ')']), `, signaling ${signalingStatus}`];
}

function headed(heading: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ block: 'heading', text: heading }, ...blocks];
}
