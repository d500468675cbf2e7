import type { SourceKey } from '../sources/sources.ts';
import type { CheckedTenant } from './checked-tenant.ts';
import type { FindingSubject, Severity } from './finding.ts';
import type { TenantFact } from './settings.ts';

/** What a rule found, before it is a finding: severity falls back to the rule's own. */
export interface Remark {
  readonly subject: FindingSubject;
  readonly message: string;
  readonly severity?: Severity;
  readonly pointer?: string;
  /** What else tells this finding from the rule's others about the same subject; part of the fingerprint. */
  readonly detail?: string;
  readonly related?: readonly FindingSubject[];
}

export interface Rule {
  /** Stable for ever: `GSA` and three digits. */
  readonly id: string;
  /** Stable too, in kebab case. */
  readonly name: string;
  /** The worst severity its findings have; the page says when they are milder. */
  readonly severity: Severity;
  /** One line: what is wrong where it fires. */
  readonly summary: string;
  /** Facts without which the rule would guess: it is skipped, and named as skipped, where one is not known. */
  readonly needs: readonly TenantFact[];
  /** Whether its answer hangs on the traffic that goes through Global Secure Access, which is asked of both ways it can be. */
  readonly readsTraffic?: true;
  readonly page: RulePage;
  check(tenant: CheckedTenant): Iterable<Remark>;
}

/** What `gsa explain` shows and docs/rules holds. Paragraphs may hold `code`. */
export interface RulePage {
  readonly finds: readonly string[];
  readonly matters: readonly string[];
  readonly fix: readonly FixStep[];
  readonly sources: readonly SourceKey[];
}

export interface FixStep {
  readonly text: string;
  /** A command line to type. */
  readonly command?: string;
}
