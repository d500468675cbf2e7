import { describe, expect, test } from 'vitest';
import { analyseDependencies } from '../../../../src/core/dependencies/analyse.ts';
import { enforcedDependents } from '../../../../src/core/dependencies/enforced.ts';
import { MFA_TRUSTED_IPS_LOCATION_ID } from '../../../../src/core/graph/location-words.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { BRANCH, compliantNetwork, countryLocation, MFA, OFFICE, PROXY, policyWith, tenantWith } from './contoso.ts';

const CN = compliantNetwork().id;

describe('the paths of a policy', () => {
  function pathsOf(parts: Parameters<typeof policyWith>[0], tenant: Partial<Tenant> = {}) {
    const namedLocations = [
      OFFICE,
      countryLocation('germany', ['DE']),
      countryLocation('by GPS', ['DE'], { gps: true }),
      compliantNetwork(),
    ];
    const analysis = analyseDependencies(tenantWith({ namedLocations, policies: [policyWith(parts)], ...tenant }));
    return analysis.dependencies[0]?.paths;
  }

  test('name each location by side, kind and name, and neither All nor GPS countries', () => {
    expect(
      pathsOf({ include: ['All', 'germany'], exclude: ['office', 'by GPS', CN, MFA_TRUSTED_IPS_LOCATION_ID, 'gone'] }),
    ).toEqual([
      { kind: 'country', side: 'include', locationId: 'germany', displayName: 'germany' },
      { kind: 'namedLocation', side: 'exclude', locationId: 'office', displayName: 'office' },
      { kind: 'compliantNetwork', side: 'exclude', locationId: CN, displayName: 'All Compliant Network locations' },
      {
        kind: 'mfaTrustedIps',
        side: 'exclude',
        locationId: MFA_TRUSTED_IPS_LOCATION_ID,
        displayName: 'MFA trusted IPs',
      },
      { kind: 'namedLocation', side: 'exclude', locationId: 'gone' },
    ]);
  });

  test('AllTrusted is a path of its own, and to the signal too where the compliant network is trusted', () => {
    expect(pathsOf({ include: ['AllTrusted'] })).toEqual([{ kind: 'allTrusted', side: 'include' }]);
    expect(pathsOf({ include: ['AllTrusted'] }, { namedLocations: [compliantNetwork(true)] })).toEqual([
      { kind: 'allTrusted', side: 'include' },
      { kind: 'compliantNetwork', side: 'include', locationId: CN, displayName: 'All Compliant Network locations' },
    ]);
  });

  test('sign-in risk is indirect; strict enforcement is so where the policy has no locations', () => {
    const session = { continuousAccessEvaluation: { mode: 'strictLocation' } };
    expect(pathsOf({ session, conditions: { signInRiskLevels: ['high'] } })).toEqual([
      { kind: 'strictLocation', indirect: true },
      { kind: 'signInRisk', indirect: true },
    ]);
    expect(pathsOf({ session, include: ['office'] })?.at(-1)).toEqual({ kind: 'strictLocation' });
  });
});

describe('witnesses', () => {
  test('are a user in the listed location and a proxy outside of it, with the results before and after', () => {
    const policies = [policyWith({ include: ['All'], exclude: ['office'] })];
    const [dependency] = analyseDependencies(tenantWith({ namedLocations: [OFFICE], policies })).dependencies;
    expect(dependency?.onDisable.witnesses).toEqual([
      {
        effect: 'newlyBlocked',
        sourceIpAddress: '203.0.113.0',
        proxyIpAddress: '128.94.0.0',
        resultBefore: 'notApplied',
        resultAfter: 'failure',
      },
    ]);
  });

  test('carry the countries where the policy asks for them', () => {
    const policies = [policyWith({ include: ['All'], exclude: ['germany'] })];
    const [dependency] = analyseDependencies(
      tenantWith({ namedLocations: [countryLocation('germany', ['DE'])], policies }),
    ).dependencies;
    expect(dependency?.onDisable.witnesses[0]).toMatchObject({
      effect: 'newlyBlocked',
      sourceCountryOrRegion: 'DE',
      proxyCountryOrRegion: 'US',
    });
  });

  test('of a report-only policy show what the log will say', () => {
    const policies = [
      policyWith({ include: ['All'], exclude: ['office'], state: 'enabledForReportingButNotEnforced' }),
    ];
    const [dependency] = analyseDependencies(tenantWith({ namedLocations: [OFFICE], policies })).dependencies;
    expect(dependency?.onDisable.witnesses).toMatchObject([
      { effect: 'logOnly', resultBefore: 'reportOnlyNotApplied', resultAfter: 'reportOnlyFailure' },
    ]);
  });

  test('are none through the tunnel of another tenant, which this switch does not reach', () => {
    const trusted = [compliantNetwork(true), countryLocation('nowhere', [], { unknown: true })];
    const policies = [policyWith({ include: ['nowhere'], exclude: ['AllTrusted'] })];
    const [dependency] = analyseDependencies(tenantWith({ namedLocations: trusted, policies })).dependencies;
    expect(dependency?.onDisable.witnesses).toMatchObject([{ effect: 'newlyBlocked', resultAfter: 'failure' }]);
  });
});

describe('the dependents whose enforcement a switch changes', () => {
  const policies = [
    policyWith({ id: 'block', include: ['All'], exclude: ['office'] }),
    policyWith({ id: 'ask', include: ['branch'], grant: MFA }),
    policyWith({ id: 'report', include: ['All'], exclude: ['office'], state: 'enabledForReportingButNotEnforced' }),
    policyWith({ id: 'off', include: ['All'], exclude: ['office'], state: 'disabled' }),
    policyWith({ id: 'everywhere', include: ['All'] }),
    policyWith({ id: 'plain' }),
    policyWith({ id: 'strange', include: ['All'], exclude: ['office'], state: 'partiallyEnabled' }),
    policyWith({ id: 'proxy', include: ['All'], exclude: ['proxy'] }),
  ];
  const analysis = analyseDependencies(tenantWith({ policies, namedLocations: [OFFICE, BRANCH, PROXY] }));

  test.each(['disabled', 'enabled'] as const)('%s: those that enforce, and those of which nobody knows', (switchTo) => {
    expect(enforcedDependents(analysis, switchTo).map(({ policyId }) => policyId)).toEqual([
      'block',
      'ask',
      'strange',
      'proxy',
    ]);
  });

  test('a policy that does not hang on the address has none', () => {
    expect(analysis.dependencies.map(({ policyId }) => policyId)).not.toContain('plain');
  });

  test('dependencies are in the order of the policies', () => {
    expect(analysis.dependencies.map(({ policyId }) => policyId)).toEqual(
      policies.map(({ id }) => id).filter((id) => id !== 'plain'),
    );
  });
});
