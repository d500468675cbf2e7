import type { Counts } from '../../../core/impact/counter.ts';
import type { ExamplePolicy } from '../../../core/impact/example.ts';
import type { GroupCounts } from '../../../core/impact/grouped.ts';
import type { Dimension } from '../../../core/impact/groups.ts';
import { plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Block, Column, Inline, View } from '../../view.ts';
import { bad, code, dim, strong, warning } from '../../view.ts';
import { missingLines } from '../missing-facts.ts';
import { outcomeSpan } from '../replay.ts';
import { skippedBlocks } from '../skipped.ts';
import { unreachedBlocks } from '../unreached.ts';
import { agreementBlocks, agreementWarnings } from './agreement.ts';
import { exampleText, seenText } from './example.ts';
import { helpFor } from './fact-help.ts';
import type { ImpactReport } from './report.ts';
import { assumptionItems, classSpan, DIMENSION_WORDS, questionText, signIns, summaryOf } from './words.ts';

/** Rows of a table, and examples, that a person is shown; the other formats have all. */
const ROWS = 10;
const EXAMPLES = 5;

export function viewImpact(report: ImpactReport): View {
  if (report.explained.length > 0) return report.explained.flatMap((signIn) => signInBlocks(signIn));
  return [
    { block: 'heading', text: questionText(report) },
    ...warningBlocks(report),
    { block: 'text', text: summaryOf(report) },
    classBars(report),
    ...groupBlocks(report, report.groupBy ?? 'policy', ROWS),
    ...exampleBlocks(report),
    ...missingBlocks(report),
    ...assumptionBlocks(report),
    ...agreementBlocks(report.agreement, report.minimumAgreement),
    ...unreachedBlocks(report.unreached),
    ...skippedBlocks(report.skipped),
  ];
}

/** What has to be known before anything else is read. */
export function warningBlocks({ agreement, minimumAgreement, nobodyTunnelledBecause: because }: ImpactReport): Block[] {
  const nobody =
    `nobody comes through Global Secure Access now: ${because}, so that the switch ` +
    'changes nothing, and sign-ins that came through when they were recorded are judged as coming directly';
  return [...(because === null ? [] : [nobody]), ...agreementWarnings(agreement, minimumAgreement)].map((text) => ({
    block: 'text',
    text: [bad('Careful: '), text],
  }));
}

function shownClasses({ classes, only }: ImpactReport) {
  return classes.filter((each) => only.length === 0 || only.includes(each.class));
}

export function classBars(report: ImpactReport): Block {
  return {
    block: 'bars',
    bars: shownClasses(report).map((each) => ({ label: classSpan(each.class), count: signIns(each) })),
    empty: 'No classes.',
  };
}

type Row = Pick<GroupCounts, 'class' | keyof Counts | 'certainlyStopped'>;

/** The number of those who are surely stopped, also where it is not known how. */
function stoppedOf(row: Row): number {
  return row.class === 'newlyBlocked' || row.class === 'newlyDenied' ? signIns(row) : row.certainlyStopped;
}

/** Columns of every table of counts; those without a count are left out. */
function countColumns(rows: readonly Row[]): readonly (Column & { readonly read: (row: Row) => number })[] {
  const columns = [
    { header: 'Sign-ins', read: signIns },
    { header: 'Non-interactive', read: (row: Row) => row.nonInteractive, dropOrder: 1 },
    { header: 'Workloads', read: (row: Row) => row.workload, dropOrder: 2 },
    { header: 'Stopped', read: stoppedOf },
    { header: 'Users', read: (row: Row) => row.users },
  ];
  return columns
    .filter(({ header, read }) =>
      header === 'Stopped'
        ? rows.some((row) => row.certainlyStopped > 0)
        : header === 'Sign-ins' || header === 'Users' || rows.some((row) => read(row) > 0),
    )
    .map((column) => ({ ...column, align: 'right', rigid: true, isCount: true }));
}

export function groupBlocks(report: ImpactReport, by: Dimension, most: number): Block[] {
  const rows = report.value.filter((row) => row.by === by);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most);
  // A row of one user needs no count of users.
  const columns = countColumns(rows).filter(({ header }) => by !== 'user' || header !== 'Users');
  const blocks: Block[] = [
    {
      block: 'table',
      columns: [{ header: DIMENSION_WORDS[by] }, { header: 'What changes', rigid: true }, ...columns],
      rows: shown.map((row): Inline[] => [
        strong(row.displayName),
        classSpan(row.class),
        ...columns.map(({ read }) => String(read(row))),
      ]),
      empty: '',
    },
  ];
  const more = rows.length - shown.length;
  if (more > 0) blocks.push({ block: 'text', text: dim(`${more} more; -o csv has them all`) });
  return blocks;
}

function exampleBlocks(report: ImpactReport): Block[] {
  const by = report.groupBy ?? 'policy';
  const told = new Set<string>();
  const rows = report.value.filter((row) => {
    const isNew = row.by === by && !told.has(row.example.signInId);
    if (isNew) told.add(row.example.signInId);
    return isNew;
  });
  return rows.slice(0, EXAMPLES).flatMap((row): Block[] => [
    { block: 'text', text: [strong('For example, '), classSpan(row.class), ': ', ...exampleText(row.example)] },
    { block: 'text', text: code(row.command) },
  ]);
}

export function missingBlocks({ missing, classes }: ImpactReport): Block[] {
  if (!classes.some((each) => each.class === 'unknown' && signIns(each) > 0)) return [];
  const lines = missingLines(missing.map(({ fact, signIns: count }) => ({ fact, count })));
  return [
    {
      block: 'table',
      columns: [
        { header: 'Not known for lack of' },
        { header: 'Sign-ins', align: 'right', rigid: true, isCount: true },
        { header: 'What helps' },
      ],
      rows: lines.slice(0, ROWS).map(({ text, fact, count }) => [warning(text), count, helpFor(fact) ?? '']),
      empty: '',
    },
    ...(lines.length > ROWS ? [moreBlock(lines.length - ROWS)] : []),
  ];
}

function moreBlock(more: number): Block {
  return { block: 'text', text: dim(`… and ${more} more; -o json has them all`) };
}

export function assumptionBlocks(report: ImpactReport): Block[] {
  const { proxyCountry, proxiesNotKnown, standIn, source, repeated, contradicting, sessionsNotJudged } = report;
  const items = assumptionItems(proxyCountry, proxiesNotKnown, standIn);
  if (sessionsNotJudged.length > 0) {
    items.push([
      'not judged: what session controls make of the sessions that they may newly reach',
      ` (${someOf(sessionsNotJudged)})`,
    ]);
  }
  if ('replayedUnder' in source) {
    items.push([`from the sign-in log: sign-ins as replayed with signaling ${source.replayedUnder}`]);
  }
  if (repeated > 0) {
    items.push([
      `${plural(repeated, 'record repeats', 'records repeat')} a sign-in that came before: each is counted once`,
    ]);
  }
  if (contradicting > 0) {
    items.push([
      warning(
        `${plural(contradicting, 'record has', 'records have')} the id of another and ${contradicting === 1 ? 'says' : 'say'} ` +
          'something else of the sign-in: each is counted, and no gate is green over them',
      ),
    ]);
  }
  return items.length === 0 ? [] : [{ block: 'list', items: items.map((text) => [dim('note: '), ...text]) }];
}

/** One sign-in, policy by policy; those that say nothing on either side are counted only. */
function signInBlocks(signIn: ImpactReport['explained'][number]): Block[] {
  const decides = ({ id }: ExamplePolicy) => signIn.policies.some((policy) => policy.id === id);
  const telling = signIn.allPolicies
    .filter((policy) => isTelling(policy) || decides(policy))
    .sort((a, b) => Number(decides(b)) - Number(decides(a)));
  return [
    { block: 'heading', text: [signIn.user, ' → ', signIn.application] },
    {
      block: 'fields',
      fields: [
        ['Sign-in', signIn.signInId],
        ['Time', signIn.createdDateTime],
        ['Entra ID sees now', seenText(signIn.seenBefore)],
        ['and then', seenText(signIn.seenAfter)],
        ['Outcome', [outcomeSpan(signIn.outcomeBefore), ' → ', outcomeSpan(signIn.outcomeAfter)]],
        ['That is', [classSpan(signIn.class), signIn.certainlyStopped ? bad(', but stopped in any case') : '']],
        ...(signIn.missing.length === 0 ? [] : [['For lack of', someOf(signIn.missing, ROWS)] as const]),
      ],
    },
    {
      block: 'table',
      columns: [
        { header: 'Policy' },
        { header: 'Now' },
        { header: 'Then' },
        { header: 'Why now', dropOrder: 2 },
        { header: 'Why then', dropOrder: 1 },
      ],
      rows: telling.map(({ displayName, resultBefore, resultAfter, whyBefore, whyAfter }): Inline[] => [
        strong(displayName),
        resultBefore ?? dim('no such policy'),
        resultBefore === resultAfter ? dim('the same') : (resultAfter ?? dim('no such policy')),
        whyBefore ?? '',
        resultBefore === resultAfter && whyBefore === whyAfter ? dim('the same') : (whyAfter ?? ''),
      ]),
      empty: 'No policy applies on either side.',
    },
    {
      block: 'text',
      text: dim(
        `Deciding policies first. ${plural(signIn.allPolicies.length - telling.length, 'policy applies', 'policies apply')} on neither side.`,
      ),
    },
  ];
}

function isTelling({ resultBefore, resultAfter }: ExamplePolicy): boolean {
  const isIdle = (result: string | null) =>
    result === null || /^(notApplied|notEnabled|reportOnlyNotApplied)$/.test(result);
  return !isIdle(resultBefore) || !isIdle(resultAfter);
}
