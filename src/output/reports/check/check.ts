import type { UndecidedRule } from '../../../core/check/undecided.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Gate } from '../../gate.ts';
import type { Block, Inline, View } from '../../view.ts';
import { bad, code, dim, good, strong, warning } from '../../view.ts';
import type { RunSummary } from '../run-history.ts';

/** What `gsa check` found, worst first, and everything that a machine format says of the rules. */
export type CheckReport = {
  readonly value: readonly CheckFinding[];
  /** Findings that the baseline accepts. */
  readonly accepted: number;
  /** Entries of the baseline that no finding matches any more. */
  readonly unmatched: readonly BaselinePlace[];
  /** Entries of the baseline whose name several bear: they accept nothing. */
  readonly ambiguous: readonly BaselinePlace[];
  /** Rules that were not asked, for want of facts: their silence is no good news. */
  readonly skippedRules: readonly { readonly ruleId: string; readonly notKnown: readonly string[] }[];
  /** Rules that a fact which is not known could make find something; one as severe as the gate fails it. */
  readonly undecided: readonly UndecidedRule[];
  readonly rules: readonly CheckRule[];
  /** The mildest severity that fails the check; `null`: none does. */
  readonly failOn: Severity | null;
  readonly counts: { readonly error: number; readonly warning: number; readonly note: number };
  /** Runs that `--history` keeps; absent where nobody asked. */
  readonly history?: readonly RunSummary[];
};

export interface BaselinePlace {
  readonly file: string;
  readonly line: number | null;
  /** The fingerprint, or the rule and the subject. */
  readonly entry: string;
}

export interface CheckRule {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  /** The document that the rule rests on, on the web; `null`: none of its sources is there. */
  readonly helpUri: string | null;
}

type Severity = 'error' | 'warning' | 'note';

export interface CheckFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly displayName: string };
  readonly related: readonly { readonly kind: string; readonly id: string; readonly displayName: string }[];
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** JSON Pointer in the file. */
  readonly path: string;
  readonly fingerprint: string;
  /** The baseline accepted it until a day that has passed. */
  readonly expired: boolean;
  /** The baseline accepts it as long as it is less severe than it is now. */
  readonly worse: boolean;
}

export function viewCheck(report: CheckReport): View {
  return [findingsTable(report), summary(report), ...entryBlocks(report), ...undecidedBlocks(report)];
}

function findingsTable({ value }: CheckReport): Block {
  return {
    block: 'table',
    columns: [
      { header: 'Rule', rigid: true },
      { header: 'Severity', rigid: true },
      { header: 'Finding' },
      { header: 'Where', dropOrder: 1 },
    ],
    rows: value.map((finding) => [
      strong(finding.ruleId),
      severitySpan(finding.severity),
      [finding.message, warning(acceptanceOf(finding))],
      dim(`${finding.file}${finding.line === null ? '' : `:${finding.line}`}`),
    ]),
    empty: 'Nothing found.',
  };
}

function acceptanceOf({ expired, worse }: CheckFinding): string {
  if (expired) return ' (its acceptance has expired)';
  return worse ? ' (worse than the baseline accepts)' : '';
}

function summary({ counts: { error, warning: warnings, note }, accepted, value, undecided }: CheckReport): Block {
  const [first] = value;
  return {
    block: 'text',
    text: [
      `${plural(error, 'error')}, ${plural(warnings, 'warning')}, ${plural(note, 'note')}`,
      accepted === 0 ? '' : `, ${accepted} accepted by the baseline`,
      '. ',
      value.length + undecided.length === 0 ? good('Good.') : '',
      first === undefined ? '' : `gsa explain ${first.ruleId} tells what a rule means and what to do.`,
    ],
  };
}

/** Entries of the baseline that accept nothing. */
function entryBlocks({ unmatched, ambiguous }: CheckReport): Block[] {
  if (unmatched.length + ambiguous.length === 0) return [];
  const item = (why: string, { file, line, entry }: BaselinePlace) => [
    warning(why),
    code(entry),
    dim(` (${file}${line === null ? '' : `:${line}`})`),
  ];
  const items = [
    ...unmatched.map((entry) => item('no longer found: ', entry)),
    ...ambiguous.map((entry) => item('accepts nothing, because several are called so (give the id): ', entry)),
  ];
  return [{ block: 'list', items }];
}

/** Rules that lack the same facts stand together. */
function undecidedBlocks({ undecided, failOn }: CheckReport): Block[] {
  if (undecided.length === 0) return [];
  const groups = Map.groupBy(undecided, ({ notKnown, severity }) => `${severity} ${notKnown.join(', ')}`);
  const isFailing = failOn !== null && undecided.some((rule) => isAsBad(rule.severity, failOn));
  return [
    {
      block: 'text',
      text: isFailing
        ? [bad('Not proven: '), 'these could find something as severe as the gate asks for, so it fails.']
        : 'Not decided, for want of facts:',
    },
    {
      block: 'list',
      items: [...groups.values()].map((rules): Inline => {
        const [{ severity, notKnown, settle } = NONE] = rules;
        const ids = rules.map(({ ruleId }) => ruleId).join(', ');
        return [ids, ' (up to ', severitySpan(severity), `), for want of ${notKnown.join(', ')}: ${settle.join('; ')}`];
      }),
    },
  ];
}

/** What `--fail-on` came to; without it nothing was asked. */
export function gateOfCheck({ failOn, value, undecided, counts }: CheckReport): Gate | undefined {
  if (failOn === null) return undefined;
  const asBad = SEVERITIES.filter((severity) => isAsBad(severity, failOn));
  const found = asBad.flatMap((severity) => (counts[severity] === 0 ? [] : [plural(counts[severity], severity)]));
  const open = undecided.filter(({ severity }) => isAsBad(severity, failOn)).length;
  const passed = value.every(({ severity }) => !isAsBad(severity, failOn)) && open === 0;
  const reasons = [
    ...(found.length === 0 ? [] : [`by ${found.join(', ')}`]),
    ...(open === 0 ? [] : [`${plural(open, 'rule')} not decided, for want of facts`]),
  ];
  return { name: `Gate --fail-on ${failOn}`, passed, by: passed ? `no ${asBad.join(', no ')}` : reasons.join('; ') };
}

const NONE: Pick<UndecidedRule, 'severity' | 'notKnown' | 'settle'> = { severity: 'note', notKnown: [], settle: [] };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

export function isAsBad(severity: Severity, gate: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gate);
}

export function severitySpan(severity: Severity) {
  return severity === 'error' ? bad(severity) : severity === 'warning' ? warning(severity) : dim(severity);
}
