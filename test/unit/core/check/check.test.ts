import { describe, expect, test } from 'vitest';
import { checkTenant, skippedRules } from '../../../../src/core/check/check.ts';
import { compareFindings, SEVERITIES } from '../../../../src/core/check/finding.ts';
import { RULES } from '../../../../src/core/check/rules.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { BRANCH, HQ, id, LONG_AGO, location, NOW, outside, policy, signalingOff, tenant } from './tenants.ts';

const troubled: Tenant = tenant({
  ...signalingOff(),
  policies: [
    policy({ id: id(2, 1), displayName: 'Block outside', conditions: outside(HQ, id(3, 7)), controls: ['block'] }),
    policy({ id: id(2, 2), displayName: 'Old', state: 'disabled', modifiedDateTime: LONG_AGO }),
    policy({
      id: id(2, 3),
      displayName: 'Trial',
      state: 'enabledForReportingButNotEnforced',
      modifiedDateTime: LONG_AGO,
    }),
  ],
  namedLocations: [
    location({ ranges: ['203.0.113.7/24', '10.0.0.0/8'] }),
    location({ id: BRANCH, displayName: 'Branch', ranges: ['203.0.113.0/25'], isTrusted: false }),
  ],
});

describe('checkTenant', () => {
  const findings = checkTenant(troubled, { now: NOW });

  test('puts errors first, then warnings, then notes, and each in the order of the rules', () => {
    expect(findings.map(({ severity, ruleId }) => `${severity} ${ruleId}`)).toEqual([
      'error GSA001',
      'error GSA030',
      'warning GSA003',
      'warning GSA033',
      'warning GSA034',
      'warning GSA035',
      'warning GSA057',
      'note GSA031',
      'note GSA037',
      'note GSA038',
      'note GSA056',
      'note GSA058',
    ]);
    expect([...findings].sort(compareFindings)).toEqual(findings);
    const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort());
  });

  test('gives the same findings whatever the order of the lists in the file', () => {
    const reversed = {
      ...troubled,
      policies: [...troubled.policies].reverse(),
      namedLocations: [...troubled.namedLocations].reverse(),
    };
    expect(checkTenant(reversed, { now: NOW })).toEqual(findings);
  });

  test('keeps a fingerprint when a policy is renamed, moved or has its list reordered', () => {
    const [first, ...others] = troubled.policies;
    if (first === undefined) throw new Error('the tenant has policies');
    const renamed = { ...first, displayName: 'Renamed', conditions: { ...first.conditions, ...outside(id(3, 7), HQ) } };
    const after = checkTenant({ ...troubled, policies: [...others, renamed] }, { now: NOW });
    expect(after.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      findings.map(({ fingerprint }) => fingerprint).sort(),
    );
  });

  test('changes the fingerprint when the fact behind the finding changes', () => {
    const [first, ...others] = troubled.policies;
    if (first === undefined) throw new Error('the tenant has policies');
    const changed = { ...first, conditions: { ...first.conditions, ...outside(HQ, id(3, 8)) } };
    const after = checkTenant({ ...troubled, policies: [changed, ...others] }, { now: NOW });
    const of = (list: typeof findings) =>
      list.filter(({ ruleId }) => ruleId === 'GSA030').map(({ fingerprint }) => fingerprint);
    expect(of(after)).not.toEqual(of(findings));
  });

  test('points inside the subject at what it speaks of', () => {
    const dangling = findings.find(({ ruleId }) => ruleId === 'GSA030');
    expect(dangling).toEqual({
      ruleId: 'GSA030',
      severity: 'error',
      message:
        '`Block outside` names the location `30000000-0000-4000-8000-000000000007`, which does not exist, so it matches nowhere; put the right id or take it out',
      subject: { kind: 'policy', id: id(2, 1), displayName: 'Block outside' },
      pointer: '/conditions/locations/excludeLocations/1',
      related: [],
      fingerprint: `GSA030:policy:${id(2, 1)}:exclude:${id(3, 7)}`,
    });
  });

  test('leaves out rules that would have to guess, and names them', () => {
    const options = { now: NOW, notKnown: ['namedLocations', 'signalingStatus'] } as const;
    const skipped = skippedRules(options).map(({ ruleId }) => ruleId);
    expect(skipped).toContain('GSA030');
    expect(skipped).toContain('GSA003');
    expect(checkTenant(troubled, options).filter(({ ruleId }) => skipped.includes(ruleId))).toEqual([]);
    expect(skippedRules({ now: NOW })).toEqual([]);
  });

  test('says of the sample tenant what its story is about', () => {
    const sample = sampleTenant();
    const counted = (tenant: Tenant) => {
      const counts = new Map<string, number>();
      for (const { severity, ruleId } of checkTenant(tenant, { now: NOW })) {
        counts.set(`${severity} ${ruleId}`, (counts.get(`${severity} ${ruleId}`) ?? 0) + 1);
      }
      return Object.fromEntries(counts);
    };
    // CA013 is report-only and CA014 disabled since autumn; the Rotterdam office has IPv4 only.
    const always = { 'warning GSA057': 1, 'note GSA038': 1, 'note GSA058': 1 };
    expect(counted(sample)).toEqual(always);
    const off: Tenant = {
      ...sample,
      globalSecureAccess: { ...sample.globalSecureAccess, conditionalAccess: { signalingStatus: 'disabled' } },
    };
    // CA012 is about a service principal, CA013 is report-only: warnings.
    expect(counted(off)).toEqual({
      ...always,
      'error GSA001': 7,
      'error GSA002': 1,
      'warning GSA001': 2,
      'warning GSA003': 1,
    });
  });

  test('keeps hostile names on one line and inside of the backticks', () => {
    const name = 'Evil`\n\u202e\u0007 policy\u2028';
    const [finding] = checkTenant(tenant({ policies: [policy({ displayName: name, grantControls: null })] }), {
      now: NOW,
    });
    expect(finding?.message).toBe(
      "`Evil'··· policy·` has no grant or session control, so it does nothing; add one or delete the policy",
    );
    expect(finding?.subject.displayName).toBe(name);
  });

  test('has a rule for each severity', () => {
    expect(new Set(RULES.map(({ severity }) => severity))).toEqual(new Set(SEVERITIES));
  });
});
