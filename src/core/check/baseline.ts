import type { Finding } from './finding.ts';
import { findRule } from './rules.ts';

/** Findings that somebody has looked at and accepts for a while: known, with a reason, an owner and an end. */
export type BaselineEntry = BaselineKey & {
  readonly reason: string;
  readonly owner: string;
  /** A day (`2026-12-31`, which is still within) or an RFC 3339 time. */
  readonly until: string;
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
  /** Entries that no finding matches: mended, or written wrongly. */
  readonly unmatched: readonly Entry[];
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
  const open: Finding[] = [];
  const accepted: BaselineMatch<Entry>[] = [];
  const expired: BaselineMatch<Entry>[] = [];
  const matched = new Set<Entry>();
  for (const finding of findings) {
    const entries = baseline.filter((entry) => matches(entry, finding));
    for (const entry of entries) matched.add(entry);
    const holding = entries.find((entry) => holds(entry, now));
    const [first] = entries;
    if (holding !== undefined) accepted.push({ finding, entry: holding });
    else open.push(finding);
    if (holding === undefined && first !== undefined) expired.push({ finding, entry: first });
  }
  return { open, accepted, expired, unmatched: baseline.filter((entry) => !matched.has(entry)) };
}

/** The first instant at which an entry no longer holds, in milliseconds; `undefined` where its end is no time. */
export function endOf({ until }: Pick<BaselineEntry, 'until'>): number | undefined {
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

function matches(entry: BaselineEntry, finding: Finding): boolean {
  if ('fingerprint' in entry) return entry.fingerprint === finding.fingerprint;
  const { id, displayName } = finding.subject;
  const isSubject = entry.subject.toLowerCase() === id.toLowerCase() || entry.subject === displayName;
  return isSubject && findRule(entry.rule)?.id === finding.ruleId;
}
