import type { FixKind } from '../../../core/proof/questions/suggest.ts';
import type { NamedLocation } from '../../../core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../../core/tenant/policy.ts';
import { plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Block, Inline, View } from '../../view.ts';
import { code, dim, good, strong, warning } from '../../view.ts';
import { classSpan } from '../impact/words.ts';
import { OTHERS_TEXT, PEOPLE_HEADER, peopleText, STAND_INS_TEXT, shareText } from './names.ts';

/** Edits after which a change newly stops no one, with what they open. */
export type SuggestionReport = {
  /** The change that is to stop nobody. */
  readonly question: string;
  readonly proofs: number;
  /** No directory is known, and the people stand for groups and roles. */
  readonly peopleAreSupposed: boolean;
  readonly edits: readonly SuggestedEdit[];
  /** What the change lets in or asks less of, the edits included. */
  readonly opens: readonly Opening[];
  /** Sign-ins of which it is not known what the change does: of these nothing is proved. */
  readonly unknown: readonly Opening[];
  /** What nobody documents or an export lost of these policies: anything may become of sign-ins by it. */
  readonly open: readonly { readonly what: string; readonly policies: readonly string[] }[];
  /** The same as objects of Graph, which `gsa import` takes. */
  readonly objects: readonly (NamedLocation | ConditionalAccessPolicy)[];
  /** The file that the objects were written to; `null`: none. */
  readonly file: string | null;
  /** The command that makes the edits; `null`: there is nothing to make. */
  readonly command: string | null;
};

export interface SuggestedEdit {
  readonly policyId: string;
  readonly displayName: string;
  readonly kind: FixKind;
  readonly opens: readonly Opening[];
}

export interface Opening {
  readonly class: string;
  readonly displayName: string;
  readonly people: number;
  readonly others: number;
  readonly from: readonly string[];
  readonly ipv4Share: number;
}

const KINDS: { readonly [kind in FixKind]: string } = {
  excludeEgress: 'exclude the egress of Global Secure Access, as a named location',
  reportOnly: 'switch it to report-only',
};

export function viewSuggestion(report: SuggestionReport): View {
  return [
    { block: 'heading', text: report.question },
    { block: 'text', text: summaryText(report) },
    ...(report.edits.length === 0 ? [] : [editsTable(report)]),
    ...unknownBlocks(report),
    ...opensBlocks(report),
    ...wordBlocks(report),
    ...(report.file === null ? [] : [{ block: 'text', text: ['Written to ', code(report.file)] } as const]),
    ...(report.command === null ? [] : [{ block: 'text', text: code(report.command) } as const]),
  ];
}

function summaryText(report: SuggestionReport): Inline {
  const { edits, opens, proofs } = report;
  const isWhole = report.unknown.length + report.open.length === 0;
  if (edits.length === 0)
    return isWhole
      ? [good('Nothing to mend'), ': it is proved that the change stops nobody who is not stopped now.']
      : [warning('It cannot be told'), ' whether the change stops somebody who is not stopped now.'];
  return [
    strong(plural(edits.length, 'edit')),
    isWhole
      ? ' after which the change stops nobody who is not stopped now, proved over every sign-in there could be '
      : ' after which it is known of nobody that the change stops them newly, and not of everybody that it does not ',
    dim(`(${plural(proofs, 'proof')}; none of the edits can be left out)`),
    opens.length === 0 ? '. They open nothing.' : '. ',
    opens.length === 0 ? '' : warning('No fix that opens nothing was found: see below what this one opens.'),
  ];
}

function editsTable({ edits, peopleAreSupposed }: SuggestionReport): Block {
  return {
    block: 'table',
    columns: [{ header: 'Policy' }, { header: 'Edit' }, { header: 'That edit opens', dropOrder: 1 }],
    rows: edits.map(({ displayName, kind, opens }): Inline[] => [
      strong(displayName),
      KINDS[kind],
      opens.length === 0 ? good('nothing') : opens.map((each) => openingText(each, peopleAreSupposed)).join('; '),
    ]),
    empty: '',
  };
}

function openingText({ people, others, from }: Opening, areSupposed: boolean): string {
  return `${peopleText(people, areSupposed)}${others > 0 ? ` and ${plural(others, 'kind')} of others` : ''}: ${from.join('; ')}`;
}

function unknownBlocks({ unknown, open, peopleAreSupposed }: SuggestionReport): Block[] {
  const policies = unknown.map(
    ({ displayName, people }) => `${displayName} (${peopleText(people, peopleAreSupposed)})`,
  );
  const texts = [
    ...(policies.length === 0
      ? []
      : [`Not proved for sign-ins of which it is not known what the change does: ${someOf(policies)}`]),
    ...open.map(({ what, policies: named }) => `Not proved for want of ${what}: ${someOf(named)}`),
  ];
  return texts.map((text) => ({ block: 'text', text: warning(text) }));
}

/** What the words for people mean that are told above. */
function wordBlocks({ edits, opens, unknown, peopleAreSupposed }: SuggestionReport): Block[] {
  const opened = [...edits.flatMap((edit) => edit.opens), ...opens];
  const texts = [
    ...(peopleAreSupposed && opened.length + unknown.length > 0 ? [STAND_INS_TEXT] : []),
    ...(opened.some(({ others }) => others > 0) ? [OTHERS_TEXT] : []),
  ];
  return texts.length === 0 ? [] : [{ block: 'list', items: texts.map((text) => [dim('note: '), text]) }];
}

function opensBlocks({ opens, peopleAreSupposed }: SuggestionReport): Block[] {
  if (opens.length === 0) return [];
  return [
    {
      block: 'table',
      columns: [
        { header: 'Opened by the whole change' },
        { header: 'What changes', rigid: true },
        { header: PEOPLE_HEADER(peopleAreSupposed), align: 'right', rigid: true },
        { header: 'From' },
        { header: 'Of IPv4', align: 'right', rigid: true, dropOrder: 1 },
      ],
      rows: opens.map((row): Inline[] => [
        strong(row.displayName),
        classSpan(row.class),
        String(row.people),
        row.from.join('; '),
        shareText(row.ipv4Share),
      ]),
      empty: '',
    },
  ];
}
