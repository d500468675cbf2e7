import type { Agreement } from '../../core/impact/agreement.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { plural } from '../../core/values/plural.ts';
import type { Block, Inline, View } from '../view.ts';
import { bad, code, dim, good, strong, warning } from '../view.ts';
import { agreementBlocks, agreementWarnings } from './impact/agreement.ts';
import { assumptionItems } from './impact/words.ts';
import { missingLines } from './missing-facts.ts';
import type { SkippedRow } from './skipped.ts';
import { skippedBlocks } from './skipped.ts';
import type { UnreachedRow } from './unreached.ts';
import { unreachedBlocks } from './unreached.ts';

export type ReplayReport = {
  readonly signalingStatus: string;
  readonly dryRun: boolean;
  readonly read: number;
  readonly replayed: number;
  /** Records that repeat one before in this run: not counted otherwise. */
  readonly repeated: number;
  /** Records with the id of one before that say something else of the sign-in: which is true is not known. */
  readonly contradicting: number;
  /** Replayed sign-ins that were new to the log. This and the two below are 0 in a dry run. */
  readonly added: number;
  /** Sign-ins that the log had under this signaling status with another result or record, which was replaced. */
  readonly judgedAnew: number;
  /** Sign-ins that the log had under this signaling status as they came out now. */
  readonly alreadyLogged: number;
  readonly skipped: readonly SkippedRow[];
  /** No policy of this tenant was asked for them; by the reason. */
  readonly unreached: readonly UnreachedRow[];
  readonly outcomes: { readonly [outcome: string]: number };
  readonly policies: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly results: { readonly [result: string]: number };
  }[];
  /** Facts whose lack made outcomes unknown, most frequent first. */
  readonly missing: readonly { readonly fact: string; readonly count: number }[];
  /** Located by a stand-in, because the proxy's address is not known and makes no difference. */
  readonly locatedByStandIn: number;
  /** Records with something special about them. */
  readonly marks: { readonly inheritedAddress: number; readonly derivedId: number; readonly timeOfLogging: number };
  /** The tenant's retention, and how many sign-ins of the log were older. */
  readonly retention?: { readonly days: number; readonly removed: number };
  /** Assumed for every proxy whose country nothing tells. */
  readonly proxyCountry?: string;
  /** The agreement that `--compare-recorded` asks for. */
  readonly agreement?: Agreement;
  readonly minimumAgreement?: number;
};

const SHOWN = 10;

/** Facts that an export of the tenant settles, and no sign-in does. */
const OF_EXPORTS = /^(members of group|holders of role|namedLocation|servicePrincipal)/;

export function viewReplay(report: ReplayReport): View {
  const { agreement, minimumAgreement = 0 } = report;
  return [
    ...(agreement === undefined ? [] : agreementWarnings(agreement, minimumAgreement)).map(
      (text): Block => ({ block: 'text', text: [bad('Careful: '), text] }),
    ),
    {
      block: 'text',
      text: `${readText(report)}${report.dryRun ? '. Dry run: nothing was logged.' : loggedText(report)}`,
    },
    {
      block: 'bars',
      bars: Object.entries(report.outcomes).map(([outcome, count]) => ({ label: outcomeSpan(outcome), count })),
      empty: 'No outcomes.',
    },
    ...stoppingBlocks(report),
    ...missingBlocks(report),
    ...skippedBlocks(report.skipped),
    ...unreachedBlocks(report.unreached),
    ...noteBlocks(report),
    ...(agreement === undefined ? [] : agreementBlocks(agreement, minimumAgreement)),
  ];
}

function stoppingBlocks({ policies }: ReplayReport): readonly Block[] {
  const stopping = policies
    .map((policy) => ({ ...policy, failures: policy.results['failure'] ?? 0 }))
    .filter(({ failures }) => failures > 0)
    .sort((a, b) => b.failures - a.failures || compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
  if (stopping.length === 0) return [];
  return [
    {
      block: 'table',
      columns: [{ header: 'Policy that stopped sign-ins' }, { header: 'Failures', align: 'right', isCount: true }],
      rows: stopping
        .slice(0, SHOWN)
        .map(({ displayName, failures }): Inline[] => [strong(displayName), String(failures)]),
      empty: '',
    },
    ...moreBlock(stopping.length - SHOWN),
  ];
}

function missingBlocks({ missing }: ReplayReport): readonly Block[] {
  if (missing.length === 0) return [];
  const lines = missingLines(missing);
  const isExported = missing.some(({ fact }) => OF_EXPORTS.test(fact));
  return [
    {
      block: 'table',
      columns: [{ header: 'Unknown for lack of' }, { header: 'Sign-ins', align: 'right', isCount: true }],
      rows: lines.slice(0, SHOWN).map(({ text, count }) => [warning(text), count]),
      empty: '',
    },
    ...moreBlock(lines.length - SHOWN),
    ...(isExported ? [EXPORTED] : []),
  ];
}

const EXPORTED: Block = {
  block: 'text',
  text: [
    'What the tenant lacks is in Microsoft Graph: ',
    code('gsa import --requests'),
    ' prints the commands that export it.',
  ],
};

function noteBlocks(report: ReplayReport): readonly Block[] {
  const assumed = assumptionItems(report.proxyCountry ?? null, report.locatedByStandIn, 'used');
  const notes = [...assumed, ...recordNotes(report)];
  return notes.length === 0 ? [] : [{ block: 'list', items: notes.map((text) => [dim('note: '), ...text]) }];
}

/** What became of all that was read: `14 sign-ins read: 7 judged with signaling enabled, 5 left apart unjudged, 2 skipped`. */
function readText({ read, replayed, repeated, skipped, unreached, signalingStatus }: ReplayReport): string {
  const judged = `judged with signaling ${signalingStatus}`;
  if (replayed === read) return `${plural(read, 'sign-in')} read and ${judged}`;
  const [apart, left] = [sumOf(unreached), sumOf(skipped)];
  const parts = [
    `${replayed} ${judged}`,
    ...(apart === 0 ? [] : [`${apart} left apart, as no policy was asked`]),
    ...(repeated === 0 ? [] : [`${repeated} repeated`]),
    ...(left === 0 ? [] : [`${left} skipped`]),
  ];
  return `${plural(read, 'sign-in')} read: ${parts.join(', ')}`;
}

function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** What became of the log; what is left apart is logged too. */
function loggedText({ added, judgedAnew, alreadyLogged }: ReplayReport): string {
  const parts = [
    ...(added === 0 ? [] : [`${added} added`]),
    ...(judgedAnew === 0 ? [] : [`${judgedAnew} replaced, judged anew`]),
    ...(alreadyLogged === 0 ? [] : [`${alreadyLogged} there already, with the same result`]),
  ];
  return parts.length === 0 ? '. Nothing was logged.' : `. In the log: ${parts.join(', ')}.`;
}

/** An entry of the log is found by its id within six hours (`periodOf` of the log), so one with a time far away stands beside it. */
const KEPT_OF_ONE_ID = 'the log keeps the last one of each six hours, and ';

function recordNotes({ marks, repeated, contradicting, retention, dryRun }: ReplayReport): readonly string[] {
  const { inheritedAddress, derivedId, timeOfLogging } = marks;
  return [
    ...(repeated === 0
      ? []
      : [`${plural(repeated, 'repeats', 'repeat')} the id of a record before: each sign-in is replayed once`]),
    ...(contradicting === 0
      ? []
      : [
          `${plural(contradicting, 'has', 'have')} the id of a record before and ${contradicting === 1 ? 'says' : 'say'} something else of the sign-in: ${dryRun ? '' : KEPT_OF_ONE_ID}no gate is green over ${contradicting === 1 ? 'it' : 'them'}`,
        ]),
    ...(inheritedAddress === 0
      ? []
      : [`${inheritedAddress} non-interactive: with the address of an earlier interactive sign-in`]),
    ...(derivedId === 0 ? [] : [`${derivedId} without an id: one was made from the content`]),
    ...(timeOfLogging === 0
      ? []
      : [`${timeOfLogging} without the time of the sign-in: when it was logged stands for it`]),
    ...(retention === undefined || retention.removed === 0
      ? []
      : [
          `${retention.removed} older than ${plural(retention.days, 'day')} removed from the log, as its retention says`,
        ]),
  ];
}

export function outcomeSpan(outcome: string) {
  if (outcome === 'granted') return good(outcome);
  if (outcome === 'blocked' || outcome === 'denied') return bad(outcome);
  return warning(outcome);
}

function moreBlock(left: number): Block[] {
  return left > 0 ? [{ block: 'text', text: dim(`… and ${left} more; -o json has them all`) }] : [];
}
