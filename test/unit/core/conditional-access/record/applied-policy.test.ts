import { describe, expect, test } from 'vitest';
import { appliedPolicy } from '../../../../../src/core/conditional-access/record/applied-policy.ts';
import { attempt, BRANCH, HQ, judgeOne, policy, ROBOT, STAFF, TERMS } from '../../../../support/contoso.ts';

const MFA = { operator: 'OR', builtInControls: ['mfa'] };

function entry(...[one, signIn, seen]: Parameters<typeof judgeOne>) {
  return appliedPolicy(judgeOne(one, signIn, seen));
}

describe('an entry of appliedConditionalAccessPolicies', () => {
  test('of a policy that applies', () => {
    expect(entry(policy({}, MFA))).toEqual({
      id: '90000000-0000-4000-8000-000000000001',
      displayName: 'Policy',
      enforcedGrantControls: ['Mfa'],
      enforcedSessionControls: [],
      result: 'failure',
      conditionsSatisfied: 'application,users',
      conditionsNotSatisfied: 'none',
      includeRulesSatisfied: [
        { conditionalAccessCondition: 'application', ruleSatisfied: 'allApps' },
        { conditionalAccessCondition: 'users', ruleSatisfied: 'allUsers' },
      ],
      excludeRulesSatisfied: [],
    });
  });

  test('of a policy that is off says nothing else', () => {
    const session = { signInFrequency: { isEnabled: true } };
    expect(entry(policy({}, MFA, { state: 'disabled', sessionControls: session }))).toEqual({
      id: '90000000-0000-4000-8000-000000000001',
      displayName: 'Policy',
      enforcedGrantControls: [],
      enforcedSessionControls: [],
      result: 'notEnabled',
      conditionsSatisfied: 'none',
      conditionsNotSatisfied: 'none',
      includeRulesSatisfied: [],
      excludeRulesSatisfied: [],
    });
  });

  test.each<[string, object, string, string]>([
    [
      'application alone, if it fails',
      { applications: { includeApplications: ['None'] }, users: { includeUsers: ['None'] } },
      'none',
      'application',
    ],
    [
      'users alone, if they fail next',
      { users: { includeUsers: ['None'] }, platforms: { includePlatforms: ['iOS'] } },
      'application',
      'users',
    ],
    [
      'only configured conditions',
      { locations: { includeLocations: [HQ] }, clientAppTypes: ['browser'] },
      'application,users,location,clientType,ipAddressSeenByAzureAD',
      'none',
    ],
    [
      'every failing condition in the order of Graph’s flags',
      {
        clientAppTypes: ['other'],
        locations: { includeLocations: [BRANCH] },
        platforms: { includePlatforms: ['iOS'] },
        userRiskLevels: ['high'],
      },
      'application,users',
      'devicePlatform,location,clientType,userRisk,ipAddressSeenByAzureAD',
    ],
    [
      'the others by their names',
      {
        signInRiskLevels: ['high'],
        insiderRiskLevels: 'minor',
        authenticationFlows: { transferMethods: 'deviceCodeFlow' },
        devices: { deviceFilter: { mode: 'include', rule: 'device.isCompliant -eq True' } },
      },
      'application,users',
      'signInRisk,deviceState,authenticationFlows,insiderRisk',
    ],
    [
      'nothing unknown',
      { agents: { all: true }, times: { some: 1 }, users: { includeUsers: ['AllNewUsers'] } },
      'application',
      'none',
    ],
  ])('names %s', (_, conditions, satisfied, notSatisfied) => {
    expect(entry(policy({ ...conditions }, MFA))).toMatchObject({
      conditionsSatisfied: satisfied,
      conditionsNotSatisfied: notSatisfied,
    });
  });

  test('shows which include and which exclude matched', () => {
    const conditions = {
      users: { includeUsers: ['All'], excludeGroups: [STAFF] },
      locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    };
    expect(
      entry(
        policy(conditions, MFA),
        attempt({ identity: { kind: 'user', userId: 'nobody', externalUserType: 'none' } }),
      ),
    ).toMatchObject({
      excludeRulesSatisfied: [{ conditionalAccessCondition: 'location', ruleSatisfied: 'allTrustedLocations' }],
      conditionsNotSatisfied: 'location,ipAddressSeenByAzureAD',
    });
    expect(entry(policy(conditions, MFA))).toMatchObject({
      excludeRulesSatisfied: [{ conditionalAccessCondition: 'users', ruleSatisfied: 'groupId' }],
      conditionsNotSatisfied: 'users',
    });
  });

  test('a workload identity stands in for the users', () => {
    const one = policy({
      users: null,
      clientApplications: {
        includeServicePrincipals: ['ServicePrincipalsInMyTenant'],
        excludeServicePrincipals: [ROBOT],
      },
      locations: { includeLocations: [BRANCH] },
    });
    expect(entry(one, attempt({ identity: { kind: 'servicePrincipal', servicePrincipalId: ROBOT } }))).toMatchObject({
      conditionsSatisfied: 'application',
      conditionsNotSatisfied: 'servicePrincipals',
    });
  });

  test('has the short names of controls, also where the policy does not apply', () => {
    const grant = {
      operator: 'OR',
      builtInControls: ['mfa', 'compliantDevice', 'domainJoinedDevice', 'verifiedID'],
      termsOfUse: [TERMS],
      customAuthenticationFactors: ['Duo'],
    };
    const session = { persistentBrowser: { isEnabled: true, mode: 'never' }, signInFrequency: { isEnabled: true } };
    expect(entry(policy({ users: { includeUsers: ['None'] } }, grant, { sessionControls: session }))).toMatchObject({
      result: 'notApplied',
      enforcedGrantControls: ['Mfa', 'RequireCompliantDevice', 'RequireDomainJoinedDevice', 'verifiedID', TERMS, 'Duo'],
      enforcedSessionControls: ['PersistentBrowserSessionMode', 'SignInFrequency'],
    });
    expect(entry(policy())).toMatchObject({ enforcedGrantControls: ['Block'] });
  });

  test('a strength has a member of its own', () => {
    const id = '00000000-0000-0000-0000-000000000004';
    const grant = {
      operator: 'OR',
      builtInControls: [],
      authenticationStrength: { id, displayName: 'Phishing-resistant MFA' },
    };
    const shown = (combination: string, conditions = {}) =>
      entry(policy(conditions, grant), attempt({ satisfied: { authenticationMethodCombination: combination } }));
    const strength = (authenticationStrengthResult: string) => ({
      enforcedGrantControls: [],
      authenticationStrength: {
        authenticationStrengthId: id,
        displayName: 'Phishing-resistant MFA',
        authenticationStrengthResult,
      },
    });
    expect(shown('password')).toMatchObject(strength('singleChallengeRequired'));
    expect(shown('fido2')).toMatchObject(strength('satisfied'));
    expect(shown('fido2', { users: { includeUsers: ['None'] } })).toMatchObject(strength('notSet'));
    expect(entry(policy({}, grant, { state: 'disabled' }))).not.toHaveProperty('authenticationStrength');
    const unknown = { mfa: undefined, authenticationMethodCombination: undefined };
    expect(entry(policy({}, grant), attempt({ satisfied: unknown }))).toMatchObject(strength('notSet'));
    const withMfa = policy({}, { ...grant, operator: 'AND', builtInControls: ['mfa'] });
    expect(
      entry(withMfa, attempt({ satisfied: { mfa: true, authenticationMethodCombination: 'password,sms' } })),
    ).toMatchObject({ authenticationStrength: { authenticationStrengthResult: 'singleChallengeRequired' } });
  });
});
