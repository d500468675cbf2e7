import { plural } from '../../../core/values/plural.ts';
import type { Block, View } from '../../view.ts';
import { bad, code, dim, good, strong, warning } from '../../view.ts';

/** What `gsa check` found, worst first, and everything that a machine format says of the rules. */
export type CheckReport = {
  readonly value: readonly CheckFinding[];
  /** Findings that the baseline accepts. */
  readonly accepted: number;
  /** Entries of the baseline that no finding matches any more. */
  readonly unmatched: readonly { readonly file: string; readonly line: number | null; readonly entry: string }[];
  /** Rules that were not asked, for want of facts: their silence is no good news. */
  readonly skippedRules: readonly { readonly ruleId: string; readonly notKnown: readonly string[] }[];
  readonly rules: readonly CheckRule[];
  /** From which severity on a finding fails the check; `null`: none does. */
  readonly failOn: Severity | null;
  readonly counts: { readonly error: number; readonly warning: number; readonly note: number };
};

export interface CheckRule {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
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
}

export function viewCheck(report: CheckReport): View {
  const { error, warning: warnings, note } = report.counts;
  const blocks: Block[] = [
    {
      block: 'table',
      columns: [
        { header: 'Rule', rigid: true },
        { header: 'Severity', rigid: true },
        { header: 'Finding' },
        { header: 'Where', dropOrder: 1 },
      ],
      rows: report.value.map((finding) => [
        strong(finding.ruleId),
        severitySpan(finding.severity),
        [finding.message, finding.expired ? warning(' (its acceptance has expired)') : ''],
        dim(`${finding.file}${finding.line === null ? '' : `:${finding.line}`}`),
      ]),
      empty: 'Nothing found.',
    },
    {
      block: 'text',
      text: [
        `${plural(error, 'error')}, ${plural(warnings, 'warning')}, ${plural(note, 'note')}`,
        report.accepted === 0 ? '' : `, ${report.accepted} accepted by the baseline`,
        '. ',
        report.value.length === 0 ? good('Good.') : '',
        report.value.length === 0 ? '' : ['gsa explain ', report.value[0]?.ruleId ?? ''].join(''),
        report.value.length === 0 ? '' : ' tells what a rule means and what to do.',
      ],
    },
  ];
  if (report.unmatched.length > 0) {
    blocks.push({
      block: 'list',
      items: report.unmatched.map(({ file, line, entry }) => [
        warning('no longer found: '),
        code(entry),
        dim(` (${file}${line === null ? '' : `:${line}`})`),
      ]),
    });
  }
  if (report.skippedRules.length > 0) {
    blocks.push({
      block: 'list',
      items: report.skippedRules.map(({ ruleId, notKnown }) => [
        dim(`not asked: ${ruleId}, for want of ${notKnown.join(', ')}`),
      ]),
    });
  }
  return blocks;
}

function severitySpan(severity: Severity) {
  return severity === 'error' ? bad(severity) : severity === 'warning' ? warning(severity) : dim(severity);
}
