import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import type { Evaluation, PolicyEvaluation } from '../../src/core/conditional-access/result.ts';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../src/core/graph/location-words.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import type { NamedLocation } from '../../src/core/tenant/named-location.ts';
import type {
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  SessionControls,
} from '../../src/core/tenant/policy.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';

/** A small tenant that tests bend to their case: alice is an ordinary member, HQ is trusted, Branch is not. */
export const ALICE = 'a0000000-0000-4000-8000-000000000001';
export const BOB = 'a0000000-0000-4000-8000-000000000002';
export const STAFF = 'b0000000-0000-4000-8000-000000000001';
export const TEAM = 'b0000000-0000-4000-8000-000000000002';
export const READER = 'd0000000-0000-4000-8000-000000000001';
export const HQ = '10000000-0000-4000-8000-000000000001';
export const BRANCH = '10000000-0000-4000-8000-000000000002';
export const GERMANY = '10000000-0000-4000-8000-000000000003';
export const GPS = '10000000-0000-4000-8000-000000000004';
export const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
export const PAYROLL = 'e0000000-0000-4000-8000-000000000001';
export const ROBOT = 'f0000000-0000-4000-8000-000000000001';
export const TERMS = '20000000-0000-4000-8000-000000000001';
export const TENANT_ID = '11111111-1111-4111-8111-111111111111';

const location = (type: string, id: string, displayName: string, members: object): NamedLocation => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id,
  displayName,
  ...members,
});

const cidrs = (...texts: string[]) => ({ ipRanges: texts.map((cidrAddress) => ({ cidrAddress })) });

export const LOCATIONS: readonly NamedLocation[] = [
  location('ipNamedLocation', HQ, 'HQ', { isTrusted: true, ...cidrs('203.0.113.0/24', '2001:db8:1::/48') }),
  location('ipNamedLocation', BRANCH, 'Branch', { isTrusted: false, ...cidrs('198.51.100.0/27') }),
  location('countryNamedLocation', GERMANY, 'Germany', {
    countriesAndRegions: ['DE'],
    includeUnknownCountriesAndRegions: false,
  }),
  location('countryNamedLocation', GPS, 'Germany by GPS', {
    countriesAndRegions: ['DE'],
    countryLookupMethod: 'authenticatorAppGps',
  }),
  location('compliantNetworkNamedLocation', COMPLIANT_NETWORK_LOCATION_ID, 'All Compliant Network locations', {
    isTrusted: false,
  }),
];

export function tenant(policies: readonly ConditionalAccessPolicy[], changes: Partial<Tenant> = {}): Tenant {
  return {
    tenantId: TENANT_ID,
    displayName: 'Contoso',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies,
    namedLocations: LOCATIONS,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: ['192.0.2.0/26'],
    users: [
      { id: ALICE, userPrincipalName: 'alice@contoso.com', userType: 'Member', externalUserType: 'none' },
      { id: BOB, userPrincipalName: 'bob@contoso.com', userType: 'Member', externalUserType: 'none' },
    ],
    groups: [
      { id: STAFF, displayName: 'Staff', members: [TEAM] },
      { id: TEAM, displayName: 'Team', members: [ALICE] },
    ],
    roleAssignments: [],
    servicePrincipals: [
      { id: ROBOT, appId: ROBOT, appOwnerOrganizationId: TENANT_ID, signInAudience: 'AzureADMyOrg' },
      {
        id: PAYROLL,
        appId: PAYROLL,
        displayName: 'Payroll',
        customSecurityAttributes: { Access: { Level: ['high'] } },
      },
    ],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
    ...changes,
  };
}

/** A policy for everybody and everything that blocks, unless told otherwise. */
export function policy(
  conditions: Partial<ConditionSet> & { readonly [preview: string]: unknown } = {},
  grantControls: GrantControls | null = { operator: 'OR', builtInControls: ['block'] },
  others: { readonly id?: string; readonly state?: string; readonly sessionControls?: SessionControls } = {},
): ConditionalAccessPolicy {
  return {
    id: '90000000-0000-4000-8000-000000000001',
    displayName: 'Policy',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      ...conditions,
    },
    grantControls,
    ...others,
  };
}

/** Alice in a browser on Windows, asking for Payroll with a password; every fact is known. */
export function attempt(changes: Partial<SignInAttempt> = {}): SignInAttempt {
  return {
    identity: { kind: 'user', userId: ALICE },
    target: { kind: 'application', audiences: [{ appId: PAYROLL }], authenticationContexts: [] },
    network: { via: 'direct', source: {} },
    clientAppType: 'browser',
    devicePlatform: 'windows',
    device: null,
    signInRiskLevel: 'none',
    userRiskLevel: 'none',
    insiderRiskLevel: 'none',
    authenticationFlow: 'none',
    originalTransferMethod: 'none',
    gpsCountryOrRegion: null,
    canPerformMfa: true,
    ...changes,
    satisfied: {
      mfa: false,
      authenticationMethodCombination: 'password',
      compliantDevice: false,
      domainJoinedDevice: false,
      approvedApplication: false,
      compliantApplication: false,
      passwordChange: false,
      riskRemediation: false,
      termsOfUseAccepted: [],
      customAuthenticationFactors: [],
      ...changes.satisfied,
    },
  };
}

export function observation(
  ipAddress: string | undefined = '203.0.113.10',
  changes: Partial<Observation> = {},
): Observation {
  return {
    ipAddress: parseAddress(ipAddress ?? ''),
    seenAddress: 'source',
    countryOrRegion: 'DE',
    isThroughGlobalSecureAccess: false,
    globalSecureAccessIpAddress: undefined,
    compliantNetwork: false,
    resourceIpAddress: undefined,
    restored: false,
    ...changes,
  };
}

export function judge(
  policies: readonly ConditionalAccessPolicy[],
  signIn: SignInAttempt = attempt(),
  seen: Observation = observation(),
  changes: Partial<Tenant> = {},
): Evaluation {
  return evaluate(compile(tenant(policies, changes)), signIn, seen);
}

/** The evaluation of the only policy. */
export function judgeOne(
  ...[one, ...rest]: [
    ConditionalAccessPolicy,
    ...(Parameters<typeof judge> extends [unknown, ...infer Rest] ? Rest : never),
  ]
): PolicyEvaluation {
  const [judged] = judge([one], ...rest).policies;
  if (judged === undefined) throw new Error('no policy was judged');
  return judged;
}

/** Names of the facts that an answer lacks. */
export function lacking({ missing }: { readonly missing: readonly { readonly fact: string }[] }): string[] {
  return missing.map(({ fact }) => fact);
}
