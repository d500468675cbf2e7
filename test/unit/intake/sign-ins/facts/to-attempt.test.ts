import { describe, expect, test } from 'vitest';
import type { SignIn } from '../../../../../src/core/conditional-access/record/sign-in.ts';
import { parseAddress } from '../../../../../src/core/network/address.ts';
import { clientAppTypeOf, platformOf, toAttempt } from '../../../../../src/intake/sign-ins/facts/to-attempt.ts';

const base = { id: 's', createdDateTime: '2026-01-01T00:00:00Z' };
const attempt = (members: Partial<SignIn>, facts = {}) => toAttempt({ ...base, ...members }, facts);

/** Source, proxy and way in one line, with the countries. */
function path(members: Partial<SignIn>, facts = {}): string {
  const { via, source, proxy } = attempt(members, facts).network;
  const show = (at: typeof source | undefined) =>
    at === undefined ? '-' : `${at.address?.text ?? '?'}/${at.countryOrRegion ?? '?'}`;
  return `${via ?? '?'} ${show(source)} ${show(proxy)}`;
}

describe('whose the recorded address is', () => {
  const location = { countryOrRegion: 'IE' };

  test.each([
    [
      'signaling on',
      {
        ipAddress: '203.0.113.5',
        location,
        isThroughGlobalSecureAccess: true,
        globalSecureAccessIpAddress: '151.206.0.9',
      },
      'globalSecureAccessClient 203.0.113.5/IE 151.206.0.9/?',
    ],
    [
      'signaling off',
      { ipAddress: '151.206.0.9', location, isThroughGlobalSecureAccess: true },
      'globalSecureAccessClient ?/? 151.206.0.9/IE',
    ],
    [
      'signaling off and a flag that says no',
      { ipAddress: '128.94.31.255', location, isThroughGlobalSecureAccess: false },
      'globalSecureAccessClient ?/? 128.94.31.255/IE',
    ],
    [
      'signaling off, the source known',
      { ipAddress: '151.206.0.9', location, sourceIpAddress: '203.0.113.5' },
      'globalSecureAccessClient 203.0.113.5/? 151.206.0.9/IE',
    ],
    ['direct', { ipAddress: '203.0.113.5', location, isThroughGlobalSecureAccess: false }, 'direct 203.0.113.5/IE -'],
    ['v1.0, which says nothing of the way', { ipAddress: '203.0.113.5', location }, '? 203.0.113.5/IE -'],
    ['v1.0 with an egress address', { ipAddress: '151.206.0.9' }, 'globalSecureAccessClient ?/? 151.206.0.9/?'],
    ['a flag alone', { isThroughGlobalSecureAccess: true }, 'globalSecureAccessClient ?/? ?/?'],
    ['no address but a GUID', { ipAddress: '37ca8b9a-3f6f-4f5c-9f0e-0d9b8a1c2e3f', location }, '? ?/? -'],
    ['with a port', { ipAddress: '203.0.113.5:443', location }, '? 203.0.113.5/IE -'],
    ['in brackets', { ipAddress: '[2001:db8::1]:443', location }, '? 2001:db8::1/IE -'],
    ['a country by name', { ipAddress: '203.0.113.5', location: { countryOrRegion: 'Ireland' } }, '? 203.0.113.5/? -'],
    ['an ambiguous spelling', { ipAddress: '010.0.0.1', location }, '? ?/? -'],
  ])('%s', (_name, members, expected) => {
    expect(path(members)).toBe(expected);
  });

  test('the traffic log and the country database fill what the record lacks', () => {
    const address = parseAddress('203.0.113.77');
    const facts = { sourceOf: () => ({ address, via: 'remoteNetwork' }), countryOf: () => 'FR' };
    expect(path({ ipAddress: '151.206.0.9', location }, facts)).toBe('remoteNetwork 203.0.113.77/FR 151.206.0.9/IE');
  });

  test("the tenant's own egress ranges may be others", () => {
    const facts = { isEgress: ({ words }: { words: readonly number[] }) => words[0] === 0xc6336401 };
    expect(path({ ipAddress: '198.51.100.1' }, facts)).toBe('globalSecureAccessClient ?/? 198.51.100.1/?');
    expect(path({ ipAddress: '151.206.0.9' }, facts)).toBe('? 151.206.0.9/? -');
  });

  test("only a member's tunnel is known to be this tenant's", () => {
    const through = { isThroughGlobalSecureAccess: true, userId: 'u' };
    expect(attempt({ ...through, crossTenantAccessType: 'none' }).network.tunnelOfThisTenant).toBe(true);
    expect(
      attempt({ ...through, crossTenantAccessType: 'b2bCollaboration', userType: 'guest' }).network.tunnelOfThisTenant,
    ).toBeUndefined();
  });
});

const HERE = '0a000000-0000-4000-8000-000000000001';
const THERE = '0a000000-0000-4000-8000-000000000002';

describe('who signed in', () => {
  test.each([
    [{ userId: 'u', servicePrincipalId: 's', signInEventTypes: ['nonInteractiveUser'] }, 'user'],
    [{ servicePrincipalId: 's', userId: '' }, 'servicePrincipal'],
    [{ servicePrincipalId: 's', signInEventTypes: ['servicePrincipal'] }, 'servicePrincipal'],
    [{ servicePrincipalId: 's', signInEventTypes: ['managedIdentity'] }, 'managedIdentity'],
    [{ servicePrincipalId: 's', managedServiceIdentity: { msiType: 'userAssigned' } }, 'managedIdentity'],
    [{ servicePrincipalId: 's', managedIdentityType: 'none' }, 'servicePrincipal'],
    [{ servicePrincipalId: 's', managedIdentityType: 'SystemAssigned' }, 'managedIdentity'],
    [{ servicePrincipalId: 's', managedIdentityType: 'None' }, 'servicePrincipal'],
    [{ servicePrincipalId: 's', managedIdentityType: 'hidden' }, 'servicePrincipal'],
    [{ userId: 'u', servicePrincipalId: 's', signInEventTypes: ['ServicePrincipal'] }, 'servicePrincipal'],
    [{ userId: 'u', servicePrincipalId: 's', signInEventTypes: ['MANAGEDIDENTITY'] }, 'managedIdentity'],
    [{ servicePrincipalId: 's', signInEventTypes: ['unknownFutureValue'] }, 'servicePrincipal'],
    [{ userId: 'u', servicePrincipalId: 's', signInEventTypes: ['unknownFutureValue'] }, 'user'],
    [{ userId: 'u', servicePrincipalId: '00000000-0000-0000-0000-000000000000' }, 'user'],
  ])('%j is a %s', (members, kind) => {
    expect(attempt(members).identity.kind).toBe(kind);
  });

  test.each([
    [{ crossTenantAccessType: 'none', userType: 'member' }, 'none'],
    [{ crossTenantAccessType: 'none', userType: 'guest' }, 'internalGuest'],
    [{ crossTenantAccessType: 'b2bCollaboration', userType: 'guest' }, 'b2bCollaborationGuest'],
    [{ crossTenantAccessType: 'b2bCollaboration', userType: 'member' }, 'b2bCollaborationMember'],
    [{ crossTenantAccessType: 'b2bCollaboration' }, undefined],
    [{ crossTenantAccessType: 'b2bDirectConnect' }, 'b2bDirectConnectUser'],
    [{ crossTenantAccessType: 'serviceProvider' }, 'serviceProvider'],
    [{ crossTenantAccessType: 'microsoftSupport' }, 'otherExternalUser'],
    [{ crossTenantAccessType: 'passthrough' }, undefined],
    [{ crossTenantAccessType: 'hidden', userType: 'member' }, undefined],
    [{ crossTenantAccessType: 'None', userType: 'member' }, 'none'],
    [{ crossTenantAccessType: 'B2BCollaboration', userType: 'guest' }, 'b2bCollaborationGuest'],
    [{ crossTenantAccessType: 'B2bDirectConnect' }, 'b2bDirectConnectUser'],
    [{ homeTenantId: HERE, resourceTenantId: 'hidden', userType: 'member' }, undefined],
    [{ homeTenantId: 'hidden', resourceTenantId: 'hidden', userType: 'member' }, undefined],
    [{ crossTenantAccessType: 'none', homeTenantId: HERE, resourceTenantId: 'hidden', userType: 'member' }, 'none'],
    [{ homeTenantId: HERE, resourceTenantId: HERE, userType: 'member' }, 'none'],
    [{ homeTenantId: HERE, resourceTenantId: THERE }, undefined],
    [{}, undefined],
  ])('%j makes the external user type %s', (members, type) => {
    expect(attempt({ userId: 'u', ...members }).identity).toMatchObject({ externalUserType: type });
  });

  test.each([
    [{ crossTenantAccessType: 'none' }, true],
    [{ crossTenantAccessType: 'none', userType: 'unknownFutureValue' }, true],
    [{ homeTenantId: HERE, resourceTenantId: HERE }, true],
    [{ crossTenantAccessType: 'none', homeTenantId: HERE, resourceTenantId: THERE }, undefined],
    [{ crossTenantAccessType: 'passthrough', homeTenantId: HERE, resourceTenantId: HERE }, undefined],
    [{ homeTenantId: HERE }, undefined],
    [{}, undefined],
  ])('%j, without a user type, leaves open whether a guest of this tenant signs in: %s', (members, isOfThisTenant) => {
    const { identity } = attempt({ userId: 'u', ...members });
    expect(identity).toMatchObject({ externalUserType: undefined });
    expect('isOfThisTenant' in identity ? identity.isOfThisTenant : undefined).toBe(isOfThisTenant);
  });
});

test('every audience counts, the resource first, each once', () => {
  const { target } = attempt({
    appId: 'client',
    resourceId: 'R',
    resourceDisplayName: 'Resource',
    conditionalAccessAudiences: ['r', 'other'],
    authenticationContextClassReferences: [],
  });
  expect(target).toEqual({
    kind: 'application',
    clientAppId: 'client',
    audiences: [{ appId: 'R', displayName: 'Resource' }, { appId: 'other' }],
    areAllAudiences: true,
    authenticationContexts: [],
  });
  expect(attempt({}).target).toEqual({
    kind: 'application',
    audiences: undefined,
    authenticationContexts: undefined,
    possibleActions: ['urn:user:registersecurityinfo', 'urn:user:registerdevice'],
  });
});

test.each([
  ['Browser', 'browser'],
  ['Mobile Apps and Desktop clients', 'mobileAppsAndDesktopClients'],
  ['Exchange ActiveSync', 'exchangeActiveSync'],
  ['IMAP4', 'other'],
  ['Authenticated SMTP', 'other'],
  ['Other clients; Older Office clients', 'other'],
  ['Unknown', undefined],
  ['', undefined],
])('the client app %j is %s', (used, type) => {
  expect(clientAppTypeOf(used)).toBe(type);
});

test.each([
  ['Windows10', 'windows'],
  ['Windows Phone 8.1', 'windowsPhone'],
  ['MacOs', 'macOS'],
  ['Ios 17.4', 'iOS'],
  ['Android', 'android'],
  ['Linux', 'linux'],
  ['OS X 10.15', 'macOS'],
  ['Chrome OS', null],
  ['FreeBSD', null],
  ['hidden', undefined],
  ['unknownFutureValue', undefined],
  ['Something new', undefined],
  ['Unknown', undefined],
  ['', undefined],
])('the operating system %j is the platform %s', (operatingSystem, platform) => {
  expect(platformOf({ operatingSystem })).toBe(platform);
});

describe('devices', () => {
  test('an empty device id is an unregistered device, which satisfies nothing', () => {
    const { device, satisfied } = attempt({ deviceDetail: { deviceId: '', isCompliant: false } });
    expect(device).toBeNull();
    expect(satisfied).toMatchObject({ compliantDevice: false, domainJoinedDevice: false });
  });

  test.each([
    ['Hybrid Azure AD joined', 'ServerAD', true],
    ['Azure AD joined', 'AzureAD', false],
    ['Microsoft Entra registered', 'Workplace', false],
    ['', undefined, undefined],
    ['Something new', undefined, undefined],
  ])('the join type %j is %s in the device filter', (trustType, value, joined) => {
    const { device, satisfied } = attempt({ deviceDetail: { deviceId: 'd', trustType, isCompliant: true } });
    expect(device).toMatchObject({ deviceId: 'd', trustType: value, isCompliant: true });
    expect(satisfied).toMatchObject({ compliantDevice: true, domainJoinedDevice: joined });
  });

  test('without device details nothing is known', () => {
    expect(attempt({}).device).toBeUndefined();
    expect(attempt({}).satisfied).toEqual({
      mfa: undefined,
      compliantDevice: undefined,
      domainJoinedDevice: undefined,
    });
  });
});

test.each([
  [
    'MFA requirement satisfied by claim in the token',
    { status: { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' } },
    true,
  ],
  [
    'a step that succeeded',
    { authenticationDetails: [{ authenticationStepResultDetail: 'MFA successfully completed', succeeded: true }] },
    true,
  ],
  [
    'required and successful',
    { status: { errorCode: 0 }, authenticationRequirement: 'multiFactorAuthentication' },
    true,
  ],
  [
    'a second factor was used',
    { status: { errorCode: 0 }, mfaDetail: { authMethod: 'Mobile app notification' } },
    true,
  ],
  [
    'required and failed otherwise',
    { status: { errorCode: 53003 }, authenticationRequirement: 'multiFactorAuthentication' },
    undefined,
  ],
  [
    'skipped for a trusted address',
    {
      status: { errorCode: 0, additionalDetails: 'MFA requirement skipped due to IP address' },
      authenticationRequirement: 'multiFactorAuthentication',
    },
    undefined,
  ],
  ['outstanding', { status: { errorCode: 50076 } }, false],
  [
    'a password and nothing else',
    {
      status: { errorCode: 0 },
      isInteractive: true,
      authenticationDetails: [{ authenticationMethod: 'Password', succeeded: true }],
    },
    false,
  ],
  [
    'a claim in the token',
    {
      status: { errorCode: 0 },
      isInteractive: true,
      authenticationDetails: [{ authenticationMethod: 'Previously satisfied' }],
    },
    undefined,
  ],
])('multifactor authentication: %s', (_name, members, mfa) => {
  expect(attempt(members).satisfied.mfa).toBe(mfa);
});

test('every error that asks for multifactor authentication says that it was not done, whatever was required', () => {
  const required = { authenticationRequirement: 'multiFactorAuthentication' };
  for (const errorCode of [50072, 50074, 50076, 50078, 50079]) {
    expect(attempt({ ...required, status: { errorCode } }).satisfied.mfa).toBe(false);
  }
  expect(attempt({ ...required, status: { errorCode: 50158 } }).satisfied.mfa).toBeUndefined();
});

test('the risk is the one during the sign-in, not what was found out later', () => {
  const later = { riskLevelAggregated: 'high' };
  expect(attempt({ ...later, riskLevelDuringSignIn: 'low' }).signInRiskLevel).toBe('low');
  expect(attempt(later).signInRiskLevel).toBeUndefined();
});

test('flows and risk', () => {
  expect(
    attempt({
      authenticationProtocol: 'deviceCode',
      originalTransferMethod: 'deviceCodeFlow',
      riskLevelDuringSignIn: 'hidden',
    }),
  ).toMatchObject({
    authenticationFlow: 'deviceCodeFlow',
    originalTransferMethod: 'deviceCodeFlow',
    signInRiskLevel: undefined,
  });
  expect(attempt({ authenticationProtocol: 'oAuth2', riskLevelDuringSignIn: 'unknownFutureValue' })).toMatchObject({
    authenticationFlow: 'none',
    originalTransferMethod: undefined,
    signInRiskLevel: undefined,
  });
});

test.each([
  ['deviceCode', 'deviceCodeFlow'],
  ['DeviceCode', 'deviceCodeFlow'],
  ['devicecode', 'deviceCodeFlow'],
  ['Device code', 'deviceCodeFlow'],
  ['AuthenticationTransfer', 'authenticationTransfer'],
  ['None', 'none'],
  ['OAUTH2', 'none'],
  ['OAuth 2.0', 'none'],
  ['saml20', 'none'],
  ['authorizationCodeWithoutPkce', 'none'],
  ['hidden', undefined],
  ['unknownFutureValue', undefined],
  ['something new', undefined],
  ['', undefined],
  [null, undefined],
])('the protocol %j is the flow %s', (authenticationProtocol, flow) => {
  expect(attempt({ authenticationProtocol }).authenticationFlow).toBe(flow);
});

test.each([
  [{ originalTransferMethod: 'DeviceCodeFlow' }, { originalTransferMethod: 'deviceCodeFlow' }],
  [{ originalTransferMethod: 'hidden' }, { originalTransferMethod: undefined }],
  [{ riskLevelDuringSignIn: 'High' }, { signInRiskLevel: 'high' }],
  [{ riskLevelDuringSignIn: 'Hidden' }, { signInRiskLevel: undefined }],
])('%j is read in any case, and a word that nobody knows is none of its values', (members, read) => {
  expect(attempt(members)).toMatchObject(read);
});

test('the testimony of a record, by names or by numbers', () => {
  const policies = [
    { id: 'a', result: 'failure', conditionsSatisfied: 'application,users', conditionsNotSatisfied: 'none' },
    { id: 'b', result: 'reportOnlyNotApplied', conditionsSatisfied: 19, conditionsNotSatisfied: 1032 },
    { id: 'c', result: 'unknown' },
  ];
  expect(attempt({ appliedConditionalAccessPolicies: policies }).testimony).toEqual(
    new Map([
      [
        'a',
        {
          result: 'failure',
          satisfied: ['application', 'users'],
          notSatisfied: [],
          applied: true,
          controlsSatisfied: false,
        },
      ],
      [
        'b',
        {
          result: 'reportOnlyNotApplied',
          satisfied: ['application', 'users', 'clientType'],
          notSatisfied: ['location', 'ipAddressSeenByAzureAD'],
          applied: false,
          controlsSatisfied: undefined,
        },
      ],
      ['c', { result: 'unknown', satisfied: [], notSatisfied: [], applied: undefined, controlsSatisfied: undefined }],
    ]),
  );
  expect(attempt({}).testimony).toBeUndefined();
});
