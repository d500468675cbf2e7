import { describe, expect, test } from 'vitest';
import {
  COMPLIANT_NETWORK_LOCATION_ID,
  MFA_TRUSTED_IPS_LOCATION_ID,
} from '../../../../../src/core/graph/location-words.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import {
  ALICE,
  attempt,
  BRANCH,
  EXCHANGE,
  GERMANY,
  HQ,
  judgeOne,
  observation,
  PAYROLL,
  policy,
  READER,
  ROBOT,
  STAFF,
  TENANT_ID,
} from '../../../../support/contoso.ts';

const compliant = observation('203.0.113.10', { compliantNetwork: true });
const trustedIp = observation('192.0.2.5');
const azurePortal = { appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c' };
const filter = (mode: string, rule: string) => ({ mode, rule });
const level = 'CustomSecurityAttribute.Access_Level -eq "high"';

function asking(appId: string, more: object = {}): Partial<SignInAttempt> {
  return { target: { kind: 'application', audiences: [{ appId, ...more }] } };
}

function guest(externalUserType: 'b2bCollaborationGuest' | undefined): Partial<SignInAttempt> {
  return { identity: { kind: 'user', userId: ALICE, externalUserType } };
}

type Include = [string, object, Partial<SignInAttempt>, ReturnType<typeof observation>, Partial<Tenant>];
const here = observation();
const reader = {
  roleAssignments: [{ principalId: ALICE, roleDefinitionId: READER, directoryScopeId: '/', status: 'active' }],
  roleDefinitions: [{ id: READER, displayName: 'Reader', isBuiltIn: true }],
} as const;

describe('what the log and the reason say of an include that matched', () => {
  test.each<[...Include, string, string, string]>([
    ['all locations', { locations: { includeLocations: ['all'] } }, {}, here, {}, 'allLocations', 'all', 'All'],
    [
      'all trusted locations',
      { locations: { includeLocations: ['alltrusted'] } },
      {},
      here,
      {},
      'allTrustedLocations',
      'alltrusted',
      'AllTrusted',
    ],
    [
      'the MFA trusted IPs',
      { locations: { includeLocations: [MFA_TRUSTED_IPS_LOCATION_ID] } },
      {},
      trustedIp,
      {},
      'locationId',
      MFA_TRUSTED_IPS_LOCATION_ID,
      'MFA trusted IPs',
    ],
    [
      'the compliant network, which the tenant does not list',
      { locations: { includeLocations: [COMPLIANT_NETWORK_LOCATION_ID] } },
      {},
      compliant,
      { namedLocations: [] },
      'locationId',
      COMPLIANT_NETWORK_LOCATION_ID,
      'All Compliant Network locations',
    ],
    [
      'the compliant network by the name it has in the tenant',
      { locations: { includeLocations: ['x'] } },
      {},
      compliant,
      {
        namedLocations: [
          { '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation', id: 'x', displayName: 'Our network' },
        ],
      },
      'locationId',
      'x',
      'Our network',
    ],
    [
      'the compliant network by its own id and the name it has in the tenant',
      { locations: { includeLocations: [COMPLIANT_NETWORK_LOCATION_ID] } },
      {},
      compliant,
      {
        namedLocations: [
          {
            '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
            id: COMPLIANT_NETWORK_LOCATION_ID,
            displayName: 'Our network',
          },
        ],
      },
      'locationId',
      COMPLIANT_NETWORK_LOCATION_ID,
      'Our network',
    ],
    ['a named location', { locations: { includeLocations: [HQ] } }, {}, here, {}, 'locationId', HQ, 'HQ'],
    ['a country', { locations: { includeLocations: [GERMANY] } }, {}, here, {}, 'locationId', GERMANY, 'Germany'],
    ['all users', { users: { includeUsers: ['all'] } }, {}, here, {}, 'allUsers', 'all', 'All'],
    [
      'a user by the display name where there is no other',
      { users: { includeUsers: [ALICE] } },
      guest('b2bCollaborationGuest'),
      here,
      { users: [{ id: ALICE, displayName: 'Alice' }] },
      'userId',
      ALICE,
      'Alice',
    ],
    [
      'a user that the tenant does not list',
      { users: { includeUsers: [ALICE] } },
      guest('b2bCollaborationGuest'),
      here,
      { users: [] },
      'userId',
      ALICE,
      ALICE,
    ],
    ['a group', { users: { includeGroups: [STAFF] } }, {}, here, {}, 'groupId', STAFF, 'Staff'],
    ['a role', { users: { includeRoles: [READER] } }, {}, here, reader, 'roleId', READER, 'Reader'],
    [
      'guests by the legacy word',
      { users: { includeUsers: ['GuestsOrExternalUsers'] } },
      guest('b2bCollaborationGuest'),
      here,
      {},
      'guest',
      'GuestsOrExternalUsers',
      'GuestsOrExternalUsers',
    ],
    [
      'a kind of guest',
      { users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest,internalGuest' } } },
      guest('b2bCollaborationGuest'),
      here,
      {},
      'b2bCollaborationGuest',
      'b2bCollaborationGuest,internalGuest',
      'b2bCollaborationGuest,internalGuest',
    ],
    [
      'guests of more kinds than one',
      { users: { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest,internalGuest' } } },
      guest(undefined),
      here,
      { users: [{ id: ALICE, userType: 'Guest' }] },
      'guest',
      'b2bCollaborationGuest,internalGuest',
      'b2bCollaborationGuest,internalGuest',
    ],
    ['all applications', { applications: { includeApplications: ['all'] } }, {}, here, {}, 'allApps', 'all', 'All'],
    [
      'Office 365',
      { applications: { includeApplications: ['office365'] } },
      asking(EXCHANGE),
      here,
      {},
      'office365',
      'office365',
      'Office365',
    ],
    [
      'the admin portals',
      { applications: { includeApplications: ['MicrosoftAdminPortals'] } },
      asking(azurePortal.appId),
      here,
      {},
      'microsoftAdminPortals',
      'MicrosoftAdminPortals',
      'MicrosoftAdminPortals',
    ],
    ['an application', { applications: { includeApplications: [PAYROLL] } }, {}, here, {}, 'appId', PAYROLL, 'Payroll'],
    [
      'an application that the tenant does not list',
      { applications: { includeApplications: [EXCHANGE] } },
      asking(EXCHANGE),
      here,
      {},
      'appId',
      EXCHANGE,
      EXCHANGE,
    ],
    [
      'a user action',
      { applications: { includeUserActions: ['urn:user:registerdevice'] } },
      { target: { kind: 'userAction', userAction: 'urn:user:registerdevice' } },
      here,
      {},
      'acr',
      'urn:user:registerdevice',
      'urn:user:registerdevice',
    ],
    [
      'an authentication context',
      { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
      { target: { kind: 'authenticationContext', authenticationContext: 'C1', audiences: [{ appId: PAYROLL }] } },
      here,
      {},
      'acr',
      'c1',
      'c1',
    ],
    [
      'a filter on applications',
      { applications: { applicationFilter: filter('include', level) } },
      {},
      here,
      {},
      'appFilter',
      level,
      level,
    ],
    ['a client app', { clientAppTypes: ['browser'] }, {}, here, {}, 'unknownFutureValue', 'browser', 'browser'],
    [
      'a platform',
      { platforms: { includePlatforms: ['windows'] } },
      {},
      here,
      {},
      'devicePlatform',
      'windows',
      'windows',
    ],
    ['all platforms', { platforms: { includePlatforms: ['all'] } }, {}, here, {}, 'allDevicePlatforms', 'all', 'all'],
    ['a sign-in risk', { signInRiskLevels: ['none'] }, {}, here, {}, 'unknownFutureValue', 'none', 'none'],
    ['a user risk', { userRiskLevels: ['none'] }, {}, here, {}, 'unknownFutureValue', 'none', 'none'],
    [
      'a risk of the caller',
      { servicePrincipalRiskLevels: ['low'] },
      { servicePrincipalRiskLevel: 'low' },
      here,
      {},
      'unknownFutureValue',
      'low',
      'low',
    ],
    [
      'an insider risk',
      { insiderRiskLevels: 'minor' },
      { insiderRiskLevel: 'minor' },
      here,
      {},
      'insiderRisk',
      'minor',
      'minor',
    ],
    [
      'an authentication flow',
      { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
      { authenticationFlow: 'deviceCodeFlow' },
      here,
      {},
      'deviceCodeFlow',
      'deviceCodeFlow',
      'deviceCodeFlow',
    ],
    ['all devices', { devices: { includeDevices: ['all'] } }, {}, here, {}, 'allDevices', 'all', 'All'],
    [
      'a device state',
      { devices: { includeDevices: ['Compliant'] } },
      { satisfied: { compliantDevice: true } },
      here,
      {},
      'deviceState',
      'Compliant',
      'Compliant',
    ],
    [
      'a device filter',
      { devices: { deviceFilter: filter('include', 'device.isCompliant -ne True') } },
      {},
      here,
      {},
      'deviceFilter',
      'device.isCompliant -ne True',
      'device.isCompliant -ne True',
    ],
  ])('%s', (_, conditions, changes, seen, tenant, ruleSatisfied, value, label) => {
    const judged = judgeOne(policy({ ...conditions }), attempt(changes), seen, tenant);
    const at = 'applications' in conditions ? 0 : 'users' in conditions ? 1 : 2;
    const one = judged.conditions[at];
    expect(one?.includeRules).toMatchObject([{ ruleSatisfied, value }]);
    expect(one?.because.endsWith(` included: ${label}`)).toBe(true);
  });

  test('a workload identity by its name, or by the word for all of them', () => {
    const robot = {
      id: ROBOT,
      appId: ROBOT,
      displayName: 'Robot',
      appOwnerOrganizationId: TENANT_ID,
      signInAudience: 'AzureADMyOrg',
    };
    const judged = (value: string) =>
      judgeOne(
        policy({ users: {}, clientApplications: { includeServicePrincipals: [value] } }),
        attempt({ identity: { kind: 'servicePrincipal', servicePrincipalId: ROBOT } }),
        here,
        { servicePrincipals: [robot] },
      ).conditions[1];
    expect(judged(ROBOT)).toMatchObject({
      includeRules: [
        { conditionalAccessCondition: 'servicePrincipals', ruleSatisfied: 'unknownFutureValue', value: ROBOT },
      ],
      because: 'service principal included: Robot',
    });
    expect(judged('ServicePrincipalsInMyTenant')).toMatchObject({
      includeRules: [{ ruleSatisfied: 'unknownFutureValue', value: 'ServicePrincipalsInMyTenant' }],
      because: 'service principal included: ServicePrincipalsInMyTenant',
    });
  });
});

describe('what the log and the reason say of an exclude that matched', () => {
  test('Global Secure Access itself is left out of a policy that names the compliant network', () => {
    const locations = { includeLocations: ['All'], excludeLocations: [COMPLIANT_NETWORK_LOCATION_ID] };
    const gsa = asking('e0000000-0000-4000-8000-000000000002', { displayName: 'ZTNA Policy Service' });
    const [application] = judgeOne(policy({ locations }), attempt(gsa)).conditions;
    expect(application?.excludeRules).toEqual([
      {
        conditionalAccessCondition: 'application',
        ruleSatisfied: 'firstPartyApps',
        value: 'GlobalSecureAccessResources',
      },
    ]);
    expect(application?.because).toBe('application excluded: Global Secure Access resources');
    const byKind = {
      namedLocations: [
        { '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation', id: 'X-1', displayName: 'Our network' },
      ],
    };
    const [named] = judgeOne(
      policy({ locations: { includeLocations: ['x-1'] } }),
      attempt(gsa),
      here,
      byKind,
    ).conditions;
    expect(named?.because).toBe('application excluded: Global Secure Access resources');
    expect(judgeOne(policy({ locations: { includeLocations: [BRANCH] } }), attempt(gsa)).conditions[0]?.truth).toBe(
      true,
    );
  });
});

describe('what the reason says of an include that did not match', () => {
  test.each<[string, object, string]>([
    ['application', { applications: { includeApplications: ['None'] } }, 'application not included'],
    ['users', { users: { includeUsers: ['None'] } }, 'user not included'],
    ['devicePlatform', { platforms: { includePlatforms: ['iOS'] } }, 'device platform not included'],
    ['location', { locations: { includeLocations: [BRANCH] } }, 'location not included'],
    ['clientType', { clientAppTypes: ['other'] }, 'client app not included'],
    ['signInRisk', { signInRiskLevels: ['high'] }, 'sign-in risk not included'],
    ['userRisk', { userRiskLevels: ['high'] }, 'user risk not included'],
    ['insiderRisk', { insiderRiskLevels: 'minor' }, 'insider risk not included'],
    ['deviceState', { devices: { includeDevices: ['Compliant'] } }, 'device not included'],
    [
      'authenticationFlows',
      { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
      'authentication flow not included',
    ],
  ])('%s', (condition, conditions, because) => {
    const judged = judgeOne(policy({ ...conditions }));
    expect(judged.conditions.find((one) => one.condition === condition)).toMatchObject({
      truth: false,
      because,
      includeRules: [],
    });
  });
});
