import type { Severity } from './finding.ts';

/** A rule that one missing fact could make find something, and how bad at worst. */
export interface Doubt {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly fact: string;
}
