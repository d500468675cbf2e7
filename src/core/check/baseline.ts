import type { Finding, Severity } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import { findRule } from './rules.ts';

/** Findings that somebody has looked at and accepts for a while: known, with a reason, an owner and an end. */
export type BaselineEntry = BaselineKey & {
  readonly reason: string;
  readonly owner: string;
  /** A day (`2026-12-31`, which is still within) or an RFC 3339 time. */
  readonly until: string;
  /** The worst that is accepted: what has become worse counts again. Absent: whatever it becomes. */
  readonly severity?: Severity;
};

/** One finding by its fingerprint, or all findings of a rule about one subject. */
export type BaselineKey =
  | { readonly fingerprint: string }
  | {
      /** Id or name of the rule, in any case. */
      readonly rule: string;
      /** Id or display name of the subject; ids in any case. */
      readonly subject: string;
    };

export interface BaselineMatch<Entry> {
  readonly finding: Finding;
  readonly entry: Entry;
}

export interface BaselineResult<Entry> {
  /** Findings that count, those of {@link expired} among them; in the order they came. */
  readonly open: readonly Finding[];
  readonly accepted: readonly BaselineMatch<Entry>[];
  /** Findings that count again, because the time of the entry that accepted them is over. */
  readonly expired: readonly BaselineMatch<Entry>[];
  /** Findings that count again, because they are worse than the entry accepts. */
  readonly worse: readonly BaselineMatch<Entry>[];
  /** Entries that no finding matches: mended, or written wrongly. */
  readonly unmatched: readonly Entry[];
  /** Entries whose name several subjects of such findings bear. They accept nothing: nobody knows which was meant. */
  readonly ambiguous: readonly Entry[];
}

/**
 * Parts findings into accepted and counted. Among several entries for one finding, one that still holds wins; an end that is no
 * time accepts nothing.
 */
export function applyBaseline<Entry extends BaselineEntry>(
  findings: readonly Finding[],
  baseline: readonly Entry[],
  now: string,
): BaselineResult<Entry> {
  const { entriesOf, unmatched, ambiguous } = assigned(findings, baseline);
  const open: Finding[] = [];
  const accepted: BaselineMatch<Entry>[] = [];
  const expired: BaselineMatch<Entry>[] = [];
  const worse: BaselineMatch<Entry>[] = [];
  for (const finding of findings) {
    const entries = entriesOf.get(finding) ?? [];
    const inTime = entries.filter((entry) => holds(entry, now));
    const accepting = inTime.find((entry) => accepts(entry, finding));
    if (accepting !== undefined) {
      accepted.push({ finding, entry: accepting });
      continue;
    }
    open.push(finding);
    const [entry = entries[0]] = inTime;
    if (entry !== undefined) (inTime.length > 0 ? worse : expired).push({ finding, entry });
  }
  return { open, accepted, expired, worse, unmatched, ambiguous };
}

/** The entries of each finding, in the order of the baseline, and those that have none or too many. */
function assigned<Entry extends BaselineEntry>(findings: readonly Finding[], baseline: readonly Entry[]) {
  const keyed = Map.groupBy(findings, ({ fingerprint }) => fingerprint);
  const byId = Map.groupBy(findings, ({ ruleId, subject }) => `${ruleId} ${subject.id.toLowerCase()}`);
  const byName = Map.groupBy(findings, ({ ruleId, subject }) => `${ruleId} ${subject.displayName}`);
  const meantBy = (entry: Entry): readonly Finding[] => {
    if ('fingerprint' in entry) return keyed.get(entry.fingerprint) ?? [];
    const rule = findRule(entry.rule)?.id;
    // An id means itself, whatever else is called so.
    return byId.get(`${rule} ${entry.subject.toLowerCase()}`) ?? byName.get(`${rule} ${entry.subject}`) ?? [];
  };
  const entriesOf = new Map<Finding, Entry[]>();
  const unmatched: Entry[] = [];
  const ambiguous: Entry[] = [];
  for (const entry of baseline) {
    const meant = meantBy(entry);
    const subjects = new Set(meant.map(({ subject }) => `${subject.kind} ${subject.id.toLowerCase()}`));
    if (meant.length === 0) unmatched.push(entry);
    else if (subjects.size > 1) ambiguous.push(entry);
    else for (const finding of meant) entriesOf.set(finding, [...(entriesOf.get(finding) ?? []), entry]);
  }
  return { entriesOf, unmatched, ambiguous };
}

/** The first instant at which an entry no longer holds, in milliseconds; `undefined` where its end is no time. */
function endOf({ until }: Pick<BaselineEntry, 'until'>): number | undefined {
  const time = Date.parse(until);
  if (Number.isNaN(time)) return undefined;
  return DAY_ONLY.test(until) ? time + DAY : time;
}

const DAY = 86_400_000;
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

function holds(entry: BaselineEntry, now: string): boolean {
  const end = endOf(entry);
  return end !== undefined && Date.parse(now) < end;
}

function accepts({ severity }: BaselineEntry, finding: Finding): boolean {
  return severity === undefined || SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(finding.severity);
}
