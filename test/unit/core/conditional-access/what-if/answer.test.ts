import { describe, expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../../../src/core/conditional-access/evaluate.ts';
import { analyze } from '../../../../../src/core/conditional-access/what-if/answer.ts';
import type { WhatIfConditions, WhatIfRequest } from '../../../../../src/core/conditional-access/what-if/request.ts';
import { readWhatIfRequest } from '../../../../../src/core/conditional-access/what-if/request.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { ConditionalAccessPolicy } from '../../../../../src/core/tenant/policy.ts';
import { ALICE, BRANCH, EXCHANGE, GERMANY, PAYROLL, policy, ROBOT, tenant } from '../../../../support/contoso.ts';

const alice = { '@odata.type': '#microsoft.graph.userSignIn', userId: ALICE };
const asking = (...includeApplications: string[]) => ({
  '@odata.type': '#microsoft.graph.applicationContext',
  includeApplications,
});

function ask(policies: readonly ConditionalAccessPolicy[], request: WhatIfRequest) {
  const compiled = compile(tenant(policies));
  const { attempt, observation } = readWhatIfRequest(request);
  const evaluation = evaluate(compiled, attempt, observation);
  return { compiled, evaluation, kind: attempt.target.kind };
}

function reasons(one: ConditionalAccessPolicy, request: WhatIfRequest) {
  const { compiled, evaluation, kind } = ask([one], request);
  return analyze(compiled, evaluation, kind).map(({ analysisReasons }) => analysisReasons);
}

describe('the body of a request', () => {
  const read = (conditions: WhatIfConditions) => readWhatIfRequest({ signInConditions: conditions });
  const risks = ['none', 'low', 'medium', 'high', 'hidden'];

  test.each<[keyof WhatIfConditions & keyof SignInAttempt, readonly string[]]>([
    ['clientAppType', ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'easSupported', 'other']],
    ['devicePlatform', ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux']],
    ['signInRiskLevel', risks],
    ['userRiskLevel', risks],
    ['servicePrincipalRiskLevel', risks],
    ['insiderRiskLevel', ['none', 'minor', 'moderate', 'elevated']],
  ])('has for %s the words %j, in any case, and no other', (member, words) => {
    expect(words.map((word) => read({ [member]: word.toUpperCase() }).attempt[member])).toEqual(words);
    for (const none of ['all', '', null, undefined]) expect(read({ [member]: none }).attempt[member]).toBeUndefined();
  });

  test('has one flow, and no other history of the session', () => {
    for (const transferMethod of ['none', 'deviceCodeFlow', 'authenticationTransfer']) {
      const { attempt } = read({ authenticationFlow: { transferMethod } });
      expect([attempt.authenticationFlow, attempt.originalTransferMethod]).toEqual([transferMethod, transferMethod]);
    }
    expect(read({ authenticationFlow: null }).attempt.authenticationFlow).toBeUndefined();
  });

  test('has an address and a country, neither made of the other', () => {
    const { attempt, observation } = read({ ipAddress: '203.0.113.10', country: 'DE' });
    expect(attempt.network).toMatchObject({ via: 'direct', source: { countryOrRegion: 'DE' } });
    expect([attempt.network.source.address?.text, observation.seenAddress]).toEqual(['203.0.113.10', 'source']);
    expect(read({ country: 'DE' }).observation).toMatchObject({ ipAddress: undefined, seenAddress: undefined });
    expect(read({ ipAddress: '203.0.113.10' }).observation.countryOrRegion).toBeUndefined();
  });

  test.each([
    'internalGuest',
    'b2bCollaborationGuest',
    'b2bCollaborationMember',
    'b2bDirectConnectUser',
    'otherExternalUser',
    'serviceProvider',
    'none',
  ])('names the kind of user %s in any case', (externalUserType) => {
    const { attempt } = readWhatIfRequest({
      signInIdentity: { userId: ALICE, externalUserType: externalUserType.toUpperCase(), externalTenantId: 'x' },
    });
    expect(attempt.identity).toEqual({ kind: 'user', userId: ALICE, externalUserType, homeTenantId: 'x' });
  });

  test('names what is asked for: applications, a user action by either name, or an authentication context', () => {
    const target = (signInContext: WhatIfRequest['signInContext']) =>
      readWhatIfRequest({ signInContext: signInContext ?? null }).attempt.target;
    expect(target({ includeApplications: [EXCHANGE] })).toEqual({
      kind: 'application',
      audiences: [{ appId: EXCHANGE }],
      authenticationContexts: [],
    });
    const nothing = { kind: 'application', audiences: undefined, authenticationContexts: [] };
    expect(target({ includeApplications: [] })).toEqual(nothing);
    expect(target(null)).toEqual(nothing);
    const action = (userAction: string) => target({ userAction });
    expect(action('registerSecurityInformation')).toEqual({
      kind: 'userAction',
      userAction: 'urn:user:registersecurityinfo',
    });
    expect(action('registerOrJoinDevices')).toEqual({ kind: 'userAction', userAction: 'urn:user:registerdevice' });
    expect(action('urn:user:new')).toEqual({ kind: 'userAction', userAction: 'urn:user:new' });
    expect(target({ authenticationContextValue: 'c1' })).toMatchObject({
      authenticationContext: 'c1',
      audiences: undefined,
    });
  });
});

describe('what if', () => {
  const example = policy({
    applications: { includeApplications: ['Office365'] },
    locations: { includeLocations: [GERMANY] },
    signInRiskLevels: ['high'],
  });
  const request = {
    signInIdentity: alice,
    signInContext: asking(EXCHANGE),
    signInConditions: { ipAddress: '203.0.113.10', country: 'DE', signInRiskLevel: 'high' },
  };

  test.each<[string, WhatIfRequest, readonly string[]]>([
    ['a user alone', { signInIdentity: alice }, ['notEnoughInformation']],
    ['user and application', { signInIdentity: alice, signInContext: asking(EXCHANGE) }, ['notEnoughInformation']],
    [
      'without the risk',
      { ...request, signInConditions: { ipAddress: '203.0.113.10', country: 'DE' } },
      ['notEnoughInformation'],
    ],
    [
      'an address gives no country',
      { ...request, signInConditions: { ipAddress: '203.0.113.10', signInRiskLevel: 'high' } },
      ['notEnoughInformation'],
    ],
    ['everything', request, ['notSet']],
    ['another country', { ...request, signInConditions: { country: 'FR', signInRiskLevel: 'high' } }, ['location']],
    [
      'every unmet condition',
      { ...request, signInContext: asking(PAYROLL), signInConditions: { country: 'FR', signInRiskLevel: 'low' } },
      ['application', 'location', 'signInRisk'],
    ],
    [
      'unmet and missing',
      { signInIdentity: alice, signInContext: asking(EXCHANGE), signInConditions: { country: 'FR' } },
      ['location', 'notEnoughInformation'],
    ],
  ])('needs every detail of a configured condition: %s', (_, asked, expected) => {
    expect(reasons(example, asked)).toEqual(expected.slice(0, 1));
  });

  test.each<[object, WhatIfRequest, string]>([
    [{ users: { includeUsers: ['None'] } }, request, 'users'],
    [
      { clientApplications: { includeServicePrincipals: [PAYROLL] }, users: null },
      { ...request, signInIdentity: { servicePrincipalId: ROBOT } },
      'workloadIdentities',
    ],
    [
      { applications: { includeUserActions: ['urn:user:registerdevice'] } },
      { signInIdentity: alice, signInContext: { userAction: 'registerSecurityInformation' } },
      'userActions',
    ],
    [
      { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
      { signInIdentity: alice, signInContext: { authenticationContextValue: 'c2' } },
      'authenticationContext',
    ],
    [
      { platforms: { includePlatforms: ['iOS'] } },
      { ...request, signInConditions: { devicePlatform: 'Windows' } },
      'devicePlatform',
    ],
    [
      { devices: { deviceFilter: { mode: 'include', rule: 'device.isCompliant -eq True' } } },
      { ...request, signInConditions: { deviceInfo: { isCompliant: false } } },
      'devices',
    ],
    [{ clientAppTypes: ['browser'] }, { ...request, signInConditions: { clientAppType: 'other' } }, 'clientApps'],
    [{ locations: { includeLocations: [BRANCH] } }, request, 'location'],
    [{ userRiskLevels: ['high'] }, { ...request, signInConditions: { userRiskLevel: 'low' } }, 'userRisk'],
    [{ insiderRiskLevels: 'elevated' }, { ...request, signInConditions: { insiderRiskLevel: 'minor' } }, 'insiderRisk'],
    [
      { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
      { ...request, signInConditions: { authenticationFlow: { transferMethod: 'authenticationTransfer' } } },
      'authenticationFlow',
    ],
    [{ agents: { all: true } }, request, 'notEnoughInformation'],
  ])('%j fails for the reason that Graph has a word for', (conditions, asked, reason) => {
    expect(reasons(policy({ ...conditions }), asked)).toEqual([reason]);
  });

  test.each<[object, WhatIfRequest]>([
    [
      { clientApplications: { includeServicePrincipals: [ROBOT] }, users: null, servicePrincipalRiskLevels: ['high'] },
      {
        ...request,
        signInIdentity: { servicePrincipalId: ROBOT },
        signInConditions: { servicePrincipalRiskLevel: 'high' },
      },
    ],
    [
      { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } },
      { signInIdentity: alice, signInContext: { userAction: 'registerSecurityInformation' } },
    ],
    [
      { applications: { includeUserActions: ['urn:user:registerdevice'] } },
      { signInIdentity: alice, signInContext: { userAction: 'registerOrJoinDevices' } },
    ],
    [
      { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
      { signInIdentity: alice, signInContext: { authenticationContextValue: 'c1' } },
    ],
    [
      {
        devices: {
          deviceFilter: { mode: 'include', rule: 'device.model -eq null -and device.physicalIds -contains "x"' },
        },
      },
      { ...request, signInConditions: { deviceInfo: { physicalIds: ['x'], isManaged: 1 } } },
    ],
    [
      {
        users: {
          includeGuestsOrExternalUsers: {
            guestOrExternalUserTypes: 'serviceProvider',
            externalTenants: { membershipKind: 'enumerated', members: ['c0000000-0000-4000-8000-00000000000a'] },
          },
        },
      },
      {
        ...request,
        signInIdentity: {
          userId: 'x',
          externalTenantId: 'C0000000-0000-4000-8000-00000000000A',
          externalUserType: 'serviceProvider',
        },
      },
    ],
    [
      { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
      { ...request, signInConditions: { authenticationFlow: { transferMethod: 'deviceCodeFlow' } } },
    ],
  ])('%j applies to %j', (conditions, asked) => {
    expect(reasons(policy({ ...conditions }), asked)).toEqual(['notSet']);
  });

  test('policies that are off are not asked, and report-only ones are', () => {
    expect(reasons(policy({}, undefined, { state: 'disabled' }), request)).toEqual(['policyNotEnabled']);
    expect(reasons(policy({}, undefined, { state: 'enabledForReportingButNotEnforced' }), request)).toEqual(['notSet']);
    expect(reasons(policy({}, undefined, { state: 'partiallyEnabled' }), request)).toEqual(['notEnoughInformation']);
  });

  test('the answer is the whole policy with the first reason', () => {
    const off = policy({ platforms: { includePlatforms: ['iOS'] }, userRiskLevels: ['high'] }, undefined, {
      id: 'off',
    });
    const asked = { ...request, signInConditions: { devicePlatform: 'windows', userRiskLevel: 'low' } };
    const { compiled, evaluation, kind } = ask([policy(), off], asked);
    expect(analyze(compiled, evaluation, kind)).toEqual([
      { ...policy(), policyApplies: true, analysisReasons: 'notSet' },
      { ...off, policyApplies: false, analysisReasons: 'devicePlatform' },
    ]);
    expect(analyze(compiled, evaluation, kind, true).map(({ id }) => id)).toEqual([policy().id]);
  });

  test('a device that is described has null for what is left out', () => {
    const asked = (signInConditions: WhatIfConditions) => ({ ...request, signInConditions });
    const unlike = policy({ devices: { deviceFilter: { mode: 'include', rule: 'device.model -ne "A"' } } });
    expect(reasons(unlike, asked({ deviceInfo: { isCompliant: true } }))).toEqual(['notSet']);
    expect(reasons(unlike, asked({ deviceInfo: { model: 'A' } }))).toEqual(['devices']);
    expect(reasons(unlike, asked({}))).toEqual(['notEnoughInformation']);
  });

  test('the ownership of a device has another name in filters', () => {
    const asked = (deviceInfo: Readonly<Record<string, string | null>>) => ({
      ...request,
      signInConditions: { deviceInfo },
    });
    const filtered = (rule: string) => policy({ devices: { deviceFilter: { mode: 'include', rule } } });
    const company = filtered('device.deviceOwnership -eq "Company"');
    expect(reasons(company, asked({ ownership: 'Company' }))).toEqual(['notSet']);
    expect(reasons(company, asked({ ownership: 'Personal' }))).toEqual(['devices']);
    expect(reasons(company, asked({ deviceOwnership: 'Company' }))).toEqual(['notSet']);
    expect(reasons(company, asked({ model: 'A' }))).toEqual(['devices']);
    const unlike = filtered('device.deviceOwnership -ne "Personal"');
    expect(reasons(unlike, asked({ ownership: 'Personal' }))).toEqual(['devices']);
    expect(reasons(unlike, asked({ ownership: null }))).toEqual(['notSet']);
  });

  test('nothing is made up from an empty request', () => {
    const { attempt, observation } = readWhatIfRequest({});
    expect(attempt).toMatchObject({
      identity: { kind: 'user', userId: undefined },
      target: { kind: 'application', audiences: undefined },
      satisfied: {},
    });
    expect(observation).toMatchObject({
      ipAddress: undefined,
      countryOrRegion: undefined,
      compliantNetwork: undefined,
    });
    expect(
      readWhatIfRequest({ signInConditions: { devicePlatform: 'chromeOS', ipAddress: '010.0.0.1' } }),
    ).toMatchObject({ attempt: { devicePlatform: undefined }, observation: { ipAddress: undefined } });
  });
});
