import { nameFact } from '../tenant/ids-of-lists.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import { hasLostControls } from '../tenant/lost-members.ts';
import { settlingInCheck } from '../tenant/settling.ts';
import { statusNotKnown } from '../tenant/status-not-known.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { compareTexts } from '../values/compare-texts.ts';
import { checkTenant } from './check.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import { blocks, isActive, severityFor } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';
import { checkedTenant, isSignalingOff } from './checked-tenant.ts';
import type { Doubt } from './doubt.ts';
import { reaches } from './emergency-access.ts';
import type { Finding, FindingSubject, Severity } from './finding.ts';
import { fingerprintOf, SEVERITIES } from './finding.ts';
import { unknownIds } from './known-values.ts';
import { RULES } from './rules.ts';
import type { CheckOptions, TenantFact } from './settings.ts';
import { settingsOf } from './settings.ts';
import { listsFact, ofLostControls, ofLostLists, ofLostMarks } from './undecided-losses.ts';

/** What a rule may have to do with a tenant of which a fact is missing: its silence there is no good news. */
export interface UndecidedRule {
  readonly ruleId: string;
  /** The worst that it could find. */
  readonly severity: Severity;
  /** The facts that are missing, sorted. */
  readonly notKnown: readonly string[];
  /** Commands, or what else makes them known. */
  readonly settle: readonly string[];
  /** The fingerprint by which a baseline may accept it as it accepts a finding. */
  readonly fingerprint: string;
}

/**
 * Every rule that facts which are not known could make find more, or worse, than it does (invariant 11). A gate is green only
 * where none of them is as severe as it asks for. `found`: what the rules find in it as it is.
 */
export function undecidedRules(
  tenant: Tenant,
  options: CheckOptions,
  found: readonly Finding[] = checkTenant(tenant, options),
): readonly UndecidedRule[] {
  const checked = checkedTenant(tenant, settingsOf(options));
  const doubts = [
    ...ofMissingFacts(tenant, options),
    ...(isListKnown(tenant, 'policies') ? [] : ofPolicies(options)),
    ...(isListKnown(tenant, 'namedLocations') ? [] : ofLocations(options)),
    ...(tenant.mfaTrustedIps === undefined ? OF_TRUSTED_IPS : []),
    ...ofEmergencyAccess(checked),
    ...ofPlacesBehindTheProxy(checked),
    ...ofTraffic(checked, options, found),
    ...ofLostControls(checked),
    ...ofLostLists(checked, options, found),
    ...ofLostMarks(tenant, options, found),
  ];
  return joined(doubts, (fact) => settlingOf(fact, tenant, options));
}

function joined(doubts: readonly Doubt[], settling: (fact: string) => string): UndecidedRule[] {
  const byRule = Map.groupBy(doubts, ({ ruleId }) => ruleId);
  return [...byRule]
    .map(([ruleId, own]): UndecidedRule => {
      const facts = [...new Set(own.map(({ fact }) => fact))].sort();
      const [severity = 'note'] = SEVERITIES.filter((each) => own.some((doubt) => doubt.severity === each));
      return {
        ruleId,
        severity,
        notKnown: facts,
        settle: [...new Set(facts.map(settling))],
        fingerprint: fingerprintOf(ruleId, NOT_KNOWN, facts.join(',')),
      };
    })
    .sort((a, b) => compareTexts(a.ruleId, b.ruleId));
}

/** The undecided rule as a finding, for a baseline to accept. */
export function findingOf({ ruleId, severity, notKnown, fingerprint }: UndecidedRule): Finding {
  const message = `not decided, for want of ${notKnown.join(', ')}`;
  return { ruleId, severity, message, subject: NOT_KNOWN, pointer: '', related: [], fingerprint };
}

const NOT_KNOWN: FindingSubject = { kind: 'setting', id: 'notKnown', displayName: 'what is not known' };

/** Rules that were not asked at all, because an export lacks what they need: what they say of each value it can have. */
function ofMissingFacts(tenant: Tenant, options: CheckOptions): Doubt[] {
  const { notKnown = [] } = options;
  return RULES.flatMap((rule): Doubt[] => {
    const facts = rule.needs.filter((fact) => notKnown.includes(fact));
    if (facts.length === 0) return [];
    const severity = facts.some((fact) => fact === 'policies' || fact === 'namedLocations')
      ? rule.severity
      : worst(variants(tenant, facts).flatMap((each) => checkTenant(each, { ...options, notKnown: [] }, [rule])));
    return severity === undefined ? [] : facts.map((fact) => ({ ruleId: rule.id, severity, fact }));
  });
}

function worst(findings: readonly Finding[]): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((each) => each.severity === severity));
}

/** The tenant with each value that these settings can have. */
function variants(tenant: Tenant, facts: readonly TenantFact[]): readonly Tenant[] {
  const access = tenant.globalSecureAccess;
  const byStatus = facts.includes('signalingStatus')
    ? (['enabled', 'disabled'] as const).map((signalingStatus) => ({
        ...tenant,
        globalSecureAccess: { ...access, conditionalAccess: { ...access.conditionalAccess, signalingStatus } },
      }))
    : [tenant];
  if (!facts.includes('createdDateTime')) return byStatus;
  return byStatus.flatMap((each) =>
    ['2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z'].map((createdDateTime) => ({ ...each, createdDateTime })),
  );
}

/** Policies that are not known may have every fault that a policy can have. */
function ofPolicies({ notKnown = [] }: CheckOptions): Doubt[] {
  const fact = 'policies';
  return RULES.filter(({ needs }) => needs.includes(fact) && !notKnown.includes(fact)).map(({ id, severity }) => ({
    ruleId: id,
    severity,
    fact,
  }));
}

/** Doubts about locations that were never imported: they may have every fault that a location can have. */
function ofLocations({ notKnown = [] }: CheckOptions): Doubt[] {
  const fact = 'namedLocations';
  return RULES.filter(({ id, needs }) => needs.includes(fact) && !notKnown.includes(fact) && !BY_POLICIES.has(id)).map(
    ({ id, severity }) => ({ ruleId: id, severity, fact }),
  );
}

/** A location more makes no policy name one that is missing; and what decides by address is asked of each policy. */
const BY_POLICIES: ReadonlySet<string> = new Set(['GSA001', 'GSA030']);

const OF_TRUSTED_IPS: readonly Doubt[] = [
  { ruleId: 'GSA004', severity: 'error', fact: 'mfaTrustedIps' },
  { ruleId: 'GSA008', severity: 'warning', fact: 'mfaTrustedIps' },
];

/**
 * Doubts about accounts that were never imported: they may be emergency access accounts; groups and roles decide whom a policy
 * reaches.
 */
function ofEmergencyAccess(checked: CheckedTenant): Doubt[] {
  const ruleId = 'GSA020';
  const blocking = checked.policies.filter((policy) => isActive(policy) && mayBlock(policy));
  return blocking.flatMap((policy): Doubt[] => {
    const severity = severityFor(policy, 'error');
    const facts = policy.lost.length > 0 ? [listsFact(policy)] : unknownOf(policy, checked);
    const isOpen = checked.emergencyUsers.some((user) => reaches(checked, policy, user) === 'unknown');
    return [
      ...(isListKnown(checked.tenant, 'users') ? [] : [{ ruleId, severity, fact: 'users' }]),
      ...(isOpen ? facts.map((fact) => ({ ruleId, severity, fact })) : []),
    ];
  });
}

function mayBlock(policy: CheckedPolicy): boolean {
  return blocks(policy) || hasLostControls(policy.policy);
}

/** The names that stand in place of ids, and the lists that a policy's users hang on and that the tenant lacks, or has a part of. */
function unknownOf(policy: CheckedPolicy, checked: CheckedTenant): readonly string[] {
  const { tenant } = checked;
  const names = unknownIds(checked, policy)
    .filter(({ pointer }) => pointer.startsWith('/conditions/users/'))
    .map(({ of, value }) => nameFact(of, value));
  const asks = (who: 'Groups' | 'Roles') =>
    (['include', 'exclude'] as const).some((way) => policy.list(`/conditions/users/${way}${who}`).length > 0);
  const lists = [
    ...(asks('Groups') || !isListKnown(tenant, 'groups') ? (['groups'] as const) : []),
    ...(asks('Roles') && !isListKnown(tenant, 'roleAssignments') ? (['roleAssignments'] as const) : []),
  ];
  const facts = [...names, ...lists];
  if (facts.length > 0) return facts;
  // Roles are known, and who holds them for others is not: a group may.
  return [asks('Roles') ? 'groups' : 'users'];
}

/** Doubts of GSA001: with signaling off, a policy whose locations are not all known may decide by the address. */
function ofPlacesBehindTheProxy(checked: CheckedTenant): Doubt[] {
  const { tenant, settings } = checked;
  if (!(isSignalingOff(checked) || settings.notKnown.includes('signalingStatus')) || checked.gsaTraffic === false)
    return [];
  return checked.policies.filter(isActive).flatMap((policy) =>
    policy.locations.flatMap(({ kind, value }): Doubt[] => {
      const facts = [
        ...(kind === 'dangling' ? [`namedLocation ${value}`] : []),
        ...(kind === 'allTrusted' && !isListKnown(tenant, 'namedLocations') ? ['namedLocations'] : []),
        ...(kind === 'allTrusted' && tenant.mfaTrustedIps === undefined ? ['mfaTrustedIps'] : []),
      ];
      return facts.map((fact) => ({ ruleId: 'GSA001', severity: severityFor(policy, 'error'), fact }));
    }),
  );
}

/** Rules are milder where nobody knows whether people come through Global Secure Access: what they say where they do. */
function ofTraffic({ tenant, gsaTraffic }: CheckedTenant, options: CheckOptions, found: readonly Finding[]): Doubt[] {
  if (gsaTraffic !== 'unknown') return [];
  const { forwardingProfiles: _, ...access } = tenant.globalSecureAccess;
  const used: Tenant = { ...tenant, globalSecureAccess: { ...access, onboardingStatus: 'onboarded' } };
  const known = new Set(found.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`));
  const rules = RULES.filter(({ readsTraffic }) => readsTraffic === true);
  return checkTenant(used, options, rules)
    .filter(({ fingerprint, severity }) => !known.has(`${fingerprint} ${severity}`))
    .map(({ ruleId, severity }) => ({ ruleId, severity, fact: 'onboardingStatus' }));
}

const STATUS_OF_EXPORT = 'a file with `{ "signalingStatus": "enabled" }`, or `disabled`, beside the export';

function settlingOf(fact: string, tenant: Tenant, { notKnown = [] }: CheckOptions): string {
  if (fact !== 'signalingStatus') return settlingInCheck(fact);
  // An export alone lacks the creation date too, and no command writes what it does not say.
  return notKnown.includes('createdDateTime') ? STATUS_OF_EXPORT : statusNotKnown(tenant).settle;
}
