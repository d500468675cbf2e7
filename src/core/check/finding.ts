import { compareTexts } from '../values/compare-texts.ts';

/** What a rule says about one thing of the tenant, and the order in which findings are shown. */

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type FindingSubjectKind = 'policy' | 'namedLocation' | 'user' | 'setting';

/** The object a finding is about, by its id where it has no name; a setting's id is the name of the tenant's member. */
export interface FindingSubject {
  readonly kind: FindingSubjectKind;
  readonly id: string;
  readonly displayName: string;
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: FindingSubject;
  /** JSON Pointer (RFC 6901) inside the subject's own object; of the tenant for a setting. Empty: the whole object. */
  readonly pointer: string;
  /** Other objects the finding speaks of, by kind, name and id. */
  readonly related: readonly FindingSubject[];
  /**
   * Stays the same while the fact behind the finding does: rule, subject and detail, but no position, name of a policy or
   * wording. Readable, so that a baseline can be reviewed.
   */
  readonly fingerprint: string;
}

/** Worst first, then rule, subject (kind, name, id), place, fingerprint and message; by code units, never by locale. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareTexts(a.ruleId, b.ruleId) ||
    compareSubjects(a.subject, b.subject) ||
    compareTexts(a.pointer, b.pointer) ||
    compareTexts(a.fingerprint, b.fingerprint) ||
    compareTexts(a.message, b.message)
  );
}

export function compareSubjects(a: FindingSubject, b: FindingSubject): number {
  return compareTexts(a.kind, b.kind) || compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id);
}

/** `GSA030:policy:<id>:<detail>`; an object without an id goes by its name. */
export function fingerprintOf(ruleId: string, subject: FindingSubject, detail: string): string {
  const identity = subject.id === '' ? subject.displayName : subject.id.toLowerCase();
  return [ruleId, subject.kind, identity, ...(detail === '' ? [] : [detail])].join(':');
}

/** One step less severe, for what does not enforce (yet); a note stays a note. */
export function milder(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'note';
}
