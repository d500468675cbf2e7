import { describe, expect, test } from 'vitest';
import { switchFindings } from '../../../../src/core/dependencies/switch-findings.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { BREAK_GLASS, ipLocation, policyWith, tenantWith } from './contoso.ts';

const namedLocations = [ipLocation('office', ['203.0.113.0/24', '2001:db8::/32'])];
const outside = policyWith({ id: 'outside', include: ['All'], exclude: ['office'] });
const inOffice = policyWith({ id: 'in the office', include: ['office'] });
const reporting = { ...outside, id: 'reporting', state: 'enabledForReportingButNotEnforced' };

const ready = tenantWith({
  users: [BREAK_GLASS],
  namedLocations,
  policiesKnown: true,
  entraIdPlan: 'P1',
  globalSecureAccess: {
    conditionalAccess: { signalingStatus: 'disabled' },
    onboardingStatus: 'onboarded',
    forwardingProfiles: [{ id: '1', state: 'enabled', trafficForwardingType: 'm365' }],
  },
});

describe('before signaling is switched', () => {
  test('the policies that enforce otherwise are found, and not those that only report', () => {
    const found = switchFindings({ ...ready, policies: [outside, reporting] }, 'disabled');
    expect(found.dependents.map(({ policyId }) => policyId)).toEqual(['outside']);
  });

  test('only what the switch itself does to emergency access is warned of', () => {
    const tenant = { ...ready, policies: [outside, inOffice] };
    const lockedOut = (name: string, act: string) =>
      `${act} signaling could lock out the emergency access account \`break-glass@contoso.example\`: \`${name}\` reaches it`;
    expect(switchFindings(tenant, 'disabled').warnings).toEqual([lockedOut('outside', 'disabling')]);
    expect(switchFindings(tenant, 'enabled').warnings).toEqual([lockedOut('in the office', 'enabling')]);
  });

  test('what is not known stands with what settles it, and not among the warnings too', () => {
    const { mfaTrustedIps: _, ...tenant } = ready;
    const trusted = policyWith({ id: 'trusted', include: ['All'], exclude: ['AllTrusted'] });
    const { notKnown, warnings } = switchFindings({ ...tenant, policies: [trusted] }, 'disabled');
    expect(notKnown).toEqual([expect.objectContaining({ fact: 'mfaTrustedIps', policies: ['trusted'] })]);
    expect(warnings.filter((text) => text.startsWith('what a switch does'))).toEqual([]);
    expect(warnings).toContain('the MFA trusted IPs are not known, but `trusted` asks for them');
  });
});

describe('what signaling needs', () => {
  const unmet = (parts: Partial<Tenant>, to: 'enabled' | 'disabled' = 'enabled') => {
    const { lacksPrerequisite, warnings } = switchFindings({ ...ready, ...parts }, to);
    return { lacksPrerequisite, warnings };
  };
  const { entraIdPlan: _, ...unknownPlan } = ready;

  test('is not spoken of where it is met', () => {
    expect(unmet({})).toEqual({ lacksPrerequisite: false, warnings: [] });
  });

  test('is known to be missing where the tenant says so', () => {
    expect(unmet({ entraIdPlan: 'free' })).toEqual({
      lacksPrerequisite: true,
      warnings: ['Entra ID P1 or P2: not met, Entra ID free'],
    });
  });

  test('is not known to be missing where the tenant says nothing', () => {
    const { lacksPrerequisite, warnings } = switchFindings(unknownPlan, 'enabled');
    expect(lacksPrerequisite).toBe(false);
    expect(warnings).toEqual(['Entra ID P1 or P2: not known, the edition of Entra ID is not known']);
  });

  test('does not matter to who switches it off', () => {
    expect(unmet({ entraIdPlan: 'free' }, 'disabled')).toEqual({ lacksPrerequisite: false, warnings: [] });
  });
});
