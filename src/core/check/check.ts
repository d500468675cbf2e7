import type { Tenant } from '../tenant/tenant.ts';
import { checkedTenant } from './checked-tenant.ts';
import type { Finding, FindingSubject } from './finding.ts';
import { compareFindings, compareSubjects, fingerprintOf } from './finding.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import type { CheckOptions, TenantFact } from './settings.ts';
import { settingsOf } from './settings.ts';

/** Applies every rule, or each of these, to the whole tenant; the findings are in the order of {@link compareFindings}. */
export function checkTenant(tenant: Tenant, options: CheckOptions, rules: readonly Rule[] = RULES): Finding[] {
  const checked = checkedTenant(tenant, settingsOf(options));
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (missingFacts(rule, options).length > 0) continue;
    for (const { subject, message, severity, pointer = '', detail = '', related = [] } of rule.check(checked)) {
      findings.push({
        ruleId: rule.id,
        severity: severity ?? rule.severity,
        message,
        subject,
        pointer,
        related: sortedSubjects(related),
        fingerprint: fingerprintOf(rule.id, subject, detail),
      });
    }
  }
  return eachOnce(findings.sort(compareFindings));
}

/** A range that a location lists twice is one finding, at its first place. */
function eachOnce(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ fingerprint, subject }) => {
    const key = `${fingerprint}\n${subject.displayName}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A rule that was not asked, and the facts it would have had to guess. */
export interface SkippedRule {
  readonly ruleId: string;
  readonly notKnown: readonly TenantFact[];
}

/** Which rules {@link checkTenant} leaves out for these options: silence of theirs is no good news. */
export function skippedRules(options: CheckOptions): SkippedRule[] {
  return RULES.map((rule) => ({ ruleId: rule.id, notKnown: missingFacts(rule, options) })).filter(
    ({ notKnown }) => notKnown.length > 0,
  );
}

function missingFacts({ needs }: Rule, { notKnown = [] }: CheckOptions): TenantFact[] {
  return needs.filter((fact) => notKnown.includes(fact));
}

function sortedSubjects(subjects: readonly FindingSubject[]): FindingSubject[] {
  const sorted = [...subjects].sort(compareSubjects);
  return sorted.filter((subject, at) => {
    const before = sorted[at - 1];
    return before === undefined || compareSubjects(before, subject) !== 0;
  });
}
