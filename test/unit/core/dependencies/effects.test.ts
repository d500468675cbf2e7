import { describe, expect, test } from 'vitest';
import { analyseDependencies } from '../../../../src/core/dependencies/analyse.ts';
import type { SwitchEffect } from '../../../../src/core/dependencies/dependency.ts';
import type { ConditionSet } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import type { PolicyParts } from './contoso.ts';
import {
  BLOCK,
  BRANCH,
  compliantNetwork,
  countryLocation,
  DEVICE,
  ipLocation,
  MFA,
  OFFICE,
  PROXY,
  policyWith,
  tenantWith,
} from './contoso.ts';

const SALES = 'b0000000-0000-4000-8000-00000000000a';
const CN = compliantNetwork().id;
const LOCATIONS = [
  OFFICE,
  BRANCH,
  PROXY,
  countryLocation('germany', ['DE']),
  countryLocation('germany by GPS', ['DE'], { gps: true }),
  countryLocation('germany or unknown', ['DE'], { unknown: true }),
  ipLocation('private', ['10.0.0.0/8', '192.168.0.0/16']),
  ipLocation('IPv6', ['2001:db8::/32']),
  ipLocation('everywhere', ['0.0.0.0/1', '128.0.0.0/1']),
  compliantNetwork(),
];

/** An id, of whatever the list holds that names it. */
const id = (number: number) => `a0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** What switching does to one policy: effects of disabling, effects of enabling. */
function effectsOf(parts: PolicyParts, tenant: Partial<Tenant> = {}) {
  const found = analysed(parts, tenant);
  return { off: found?.onDisable.effects, on: found?.onEnable.effects, reason: found?.onDisable.reason };
}

function analysed(parts: PolicyParts, tenant: Partial<Tenant> = {}) {
  return analyseDependencies(tenantWith({ namedLocations: LOCATIONS, policies: [policyWith(parts)], ...tenant }))
    .dependencies[0];
}

type Row = readonly [pattern: string, policy: PolicyParts, off: readonly SwitchEffect[], on: readonly SwitchEffect[]];
const NONE = ['none'] as const;

/** The table of effects, row by row (SEED, D-NET, D-POL, CN); U is the user's own address, P the proxy's. */
const ROWS: readonly Row[] = [
  ['All − AllTrusted → block', { include: ['All'], exclude: ['AllTrusted'] }, ['newlyBlocked'], ['newlyAllowed']],
  ['All − named(U) → block', { include: ['All'], exclude: ['branch'] }, ['newlyBlocked'], ['newlyAllowed']],
  [
    'All − AllTrusted → MFA',
    { include: ['All'], exclude: ['AllTrusted'], grant: MFA },
    ['newlyPrompted'],
    ['lessProtected'],
  ],
  [
    'All − named(U) → authentication strength',
    {
      include: ['All'],
      exclude: ['office'],
      grant: { operator: 'OR', authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' } },
    },
    ['newlyPrompted'],
    ['lessProtected'],
  ],
  [
    'All − named(U) → terms of use',
    { include: ['All'], exclude: ['office'], grant: { operator: 'OR', termsOfUse: ['terms'] } },
    ['newlyPrompted'],
    ['lessProtected'],
  ],
  [
    'All − named(U) → compliant device',
    { include: ['All'], exclude: ['office'], grant: DEVICE },
    ['newlyDenied'],
    ['newlyAllowed', 'lessProtected'],
  ],
  [
    'All − named(U) → hybrid joined device',
    { include: ['All'], exclude: ['office'], grant: { operator: 'OR', builtInControls: ['domainJoinedDevice'] } },
    ['newlyDenied'],
    ['newlyAllowed', 'lessProtected'],
  ],
  [
    'All − named(U) → approved app or app protection',
    {
      include: ['All'],
      exclude: ['office'],
      grant: { operator: 'OR', builtInControls: ['approvedApplication', 'compliantApplication'] },
    },
    ['newlyDenied'],
    ['newlyAllowed', 'lessProtected'],
  ],
  ['named(U) → block', { include: ['office'] }, ['newlyAllowed'], ['newlyBlocked']],
  ['AllTrusted → block', { include: ['AllTrusted'] }, ['newlyAllowed'], ['newlyBlocked']],
  ['named(U) → MFA', { include: ['office'], grant: MFA }, ['lessProtected'], ['newlyPrompted']],
  [
    'AllTrusted → device',
    { include: ['AllTrusted'], grant: DEVICE },
    ['newlyAllowed', 'lessProtected'],
    ['newlyDenied'],
  ],
  [
    'named(U) → MFA and device',
    { include: ['office'], grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } },
    ['newlyAllowed', 'lessProtected'],
    ['newlyDenied', 'newlyPrompted'],
  ],
  [
    'named(U) → session control only',
    { include: ['office'], grant: null, session: { signInFrequency: { isEnabled: true, value: 1, type: 'hours' } } },
    ['lessProtected'],
    ['newlyLimited'],
  ],
  // Nobody publishes in which country the proxy's address lies, so both ways are possible.
  [
    'All − countries (IP) → block',
    { include: ['All'], exclude: ['germany'] },
    ['newlyBlocked', 'newlyAllowed'],
    ['newlyBlocked', 'newlyAllowed'],
  ],
  [
    'All − countries (IP) with unknown ones → MFA',
    { include: ['All'], exclude: ['germany or unknown'], grant: MFA },
    ['newlyPrompted', 'lessProtected'],
    ['newlyPrompted', 'lessProtected'],
  ],
  [
    'blocked countries (IP) included',
    { include: ['germany'] },
    ['newlyBlocked', 'newlyAllowed'],
    ['newlyBlocked', 'newlyAllowed'],
  ],
  ['All − named(P) → block', { include: ['All'], exclude: ['proxy'] }, ['newlyAllowed'], ['newlyBlocked']],
  ['All − named(P) → MFA', { include: ['All'], exclude: ['proxy'], grant: MFA }, ['lessProtected'], ['newlyPrompted']],
  ['All − {everything} → block', { include: ['All'], exclude: ['everywhere'] }, NONE, NONE],
  ['All − compliant network → block', { include: ['All'], exclude: [CN] }, ['newlyBlocked'], ['newlyAllowed']],
  ['compliant network → MFA', { include: [CN], grant: MFA }, ['lessProtected'], ['newlyPrompted']],
  ['GPS country', { include: ['All'], exclude: ['germany by GPS'] }, NONE, NONE],
  ['All without exclusion', { include: ['All'] }, NONE, NONE],
  ['disabled', { include: ['All'], exclude: ['office'], state: 'disabled' }, NONE, NONE],
  [
    'report-only',
    { include: ['All'], exclude: ['office'], state: 'enabledForReportingButNotEnforced' },
    ['logOnly'],
    ['logOnly'],
  ],
];

describe('switching signaling', () => {
  test.each(ROWS)('%s', (_, parts, off, on) => {
    expect(effectsOf(parts)).toMatchObject({ off, on });
  });

  test('a policy without locations has no dependency', () => {
    expect(effectsOf({})).toEqual({ off: undefined, on: undefined, reason: undefined });
  });

  test('AllTrusted with the compliant network marked trusted hangs on the signal even where no address is trusted', () => {
    const namedLocations = [compliantNetwork(true)];
    expect(effectsOf({ include: ['All'], exclude: ['AllTrusted'] }, { namedLocations })).toEqual({
      off: ['newlyBlocked'],
      on: ['newlyAllowed'],
      reason:
        "Entra ID sees the proxy's address instead of the user's own and nobody is in the compliant network any more: people are blocked",
    });
  });

  test('MFA trusted IPs count by their well-known id and in AllTrusted', () => {
    const mfaTrustedIps = ['192.0.2.0/24'];
    const id = '00000000-0000-0000-0000-000000000000';
    const tenant = { mfaTrustedIps, namedLocations: [] };
    expect(effectsOf({ include: ['All'], exclude: [id] }, tenant)).toMatchObject({ off: ['newlyBlocked'] });
    expect(effectsOf({ include: ['All'], exclude: ['AllTrusted'] }, tenant)).toMatchObject({ off: ['newlyBlocked'] });
  });

  test('with half of the egress listed, a user of the listed location is safe from one half only', () => {
    const namedLocations = [ipLocation('half', ['203.0.113.0/24', '151.206.0.0/16'])];
    expect(effectsOf({ include: ['All'], exclude: ['half'] }, { namedLocations })).toMatchObject({
      off: ['newlyBlocked', 'newlyAllowed'],
      on: ['newlyBlocked', 'newlyAllowed'],
    });
  });

  test('the tenant can state its own egress ranges', () => {
    const globalSecureAccess = {
      conditionalAccess: { signalingStatus: 'enabled' },
      egressRanges: ['203.0.113.0/25'],
    } as const;
    expect(effectsOf({ include: ['All'], exclude: ['proxy'] }, { globalSecureAccess })).toMatchObject({
      off: ['newlyBlocked'],
      on: ['newlyAllowed'],
    });
  });

  test('strict enforcement: where the resource sees the proxy, an allowed address at Entra does not help, so enabling helps less', () => {
    const session = { continuousAccessEvaluation: { mode: 'strictLocation' } };
    const applications = { includeApplications: ['00000002-0000-0ff1-ce00-000000000000'] };
    const strict = { include: ['All'], exclude: ['office'], session } as const;
    const settings = { restoresSharePointAndExchange: false };
    expect(effectsOf({ ...strict, conditions: { applications } }, { settings })).toEqual({
      off: ['none'],
      on: ['none'],
      reason: "it enforces locations strictly, and the resources that it reaches see the proxy's address either way",
    });
    expect(effectsOf(strict, { settings })).toMatchObject({ off: ['newlyBlocked'], on: ['newlyAllowed'] });
  });
});

describe('a policy that a switch does not change says why', () => {
  const NOWHERE = 'it excludes every location that it includes, so it applies nowhere';
  test.each<readonly [string, PolicyParts]>([
    ['it includes every location and excludes none', { include: ['All'] }],
    [NOWHERE, { include: ['AllTrusted'], exclude: ['AllTrusted'] }],
    [NOWHERE, { include: ['office', 'branch'], exclude: ['branch', 'OFFICE'] }],
    ['it includes no location, so it applies nowhere', { include: [], exclude: ['office'] }],
    [
      'its countries come from Microsoft Authenticator by GPS, not from the address',
      { include: ['All'], exclude: ['germany by GPS'] },
    ],
    [
      "its locations hold the same of a user's public IPv4 addresses and of the proxy's: none, or all",
      { include: ['All'], exclude: ['private', 'IPv6'] },
    ],
    ['the policy is disabled', { include: ['All'], exclude: ['office'], state: 'disabled' }],
    [
      'no sign-in can meet its condition on the user',
      { include: ['All'], exclude: ['office'], conditions: { users: { includeUsers: ['None'] } } },
    ],
    [
      'no sign-in can meet its condition on the user',
      {
        include: ['All'],
        exclude: ['office'],
        conditions: { users: { includeGroups: [SALES], excludeGroups: [SALES.toUpperCase()] } },
      },
    ],
    [
      'no sign-in can meet its condition on the device platform',
      {
        include: ['All'],
        exclude: ['office'],
        conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: ['all'] } },
      },
    ],
    [
      'it is about a user action, for which report-only does not work',
      {
        include: ['All'],
        exclude: ['office'],
        state: 'enabledForReportingButNotEnforced',
        conditions: { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } },
      },
    ],
    [
      'it has no locations of its own: strict enforcement makes the policies that have some look at the resource too',
      { grant: null, session: { continuousAccessEvaluation: { mode: 'strictLocation' } } },
    ],
  ])('%s', (reason, parts) => {
    expect(effectsOf(parts)).toEqual({ off: ['none'], on: ['none'], reason });
  });

  test('no location is trusted', () => {
    expect(effectsOf({ include: ['All'], exclude: ['AllTrusted'] }, { namedLocations: [BRANCH] })).toEqual({
      off: ['none'],
      on: ['none'],
      reason: 'no location is trusted',
    });
  });
});

describe('whomever a policy is about, a sign-in is made up that meets its other conditions', () => {
  const dependent = { include: ['All'], exclude: ['office'] } as const;
  const nobody = { includeUsers: ['None'] };

  test.each<readonly [string, ConditionSet]>([
    ['members of a group that the tenant does not hold', { users: { includeGroups: [id(1)], excludeGroups: [id(2)] } }],
    ['holders of a role', { users: { includeRoles: [id(1)], excludeRoles: [id(2)], excludeUsers: [id(3)] } }],
    ['one user by id', { users: { includeUsers: [id(0xa), id(2)], excludeUsers: [id(0xa).toUpperCase()] } }],
    ['guests', { users: { includeUsers: ['GuestsOrExternalUsers'] } }],
    [
      'service providers of one tenant',
      {
        users: {
          includeGuestsOrExternalUsers: {
            guestOrExternalUserTypes: 'serviceProvider',
            externalTenants: { membershipKind: 'enumerated', members: [id(4)] },
          },
          excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest,b2bCollaborationGuest' },
        },
      },
    ],
    ['everyone but guests', { users: { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] } }],
    [
      'workload identities',
      { users: nobody, clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] } },
    ],
    ['one service principal', { users: nobody, clientApplications: { includeServicePrincipals: [id(5)] } }],
    ['one application', { applications: { includeApplications: ['e0000000-0000-4000-8000-000000000001'] } }],
    [
      'everything but Office 365 and Graph',
      {
        applications: {
          includeApplications: ['All'],
          excludeApplications: ['Office365', '00000003-0000-0000-c000-000000000000'],
        },
      },
    ],
    ['Office 365', { applications: { includeApplications: ['Office365'] } }],
    ['admin portals', { applications: { includeApplications: ['MicrosoftAdminPortals'] } }],
    [
      'registering security information',
      { applications: { includeApplications: ['None'], includeUserActions: ['urn:user:registersecurityinfo'] } },
    ],
    [
      'an authentication context',
      { applications: { includeApplications: ['None'], includeAuthenticationContextClassReferences: ['c1'] } },
    ],
    ['legacy clients', { clientAppTypes: ['exchangeActiveSync', 'other'] }],
    ['phones', { platforms: { includePlatforms: ['all'], excludePlatforms: ['windows', 'macOS', 'linux'] } }],
    ['risky users', { userRiskLevels: ['high'], insiderRiskLevels: 'moderate,elevated' }],
    ['device code flow', { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }],
    [
      'devices of one name',
      { devices: { deviceFilter: { mode: 'include', rule: 'device.displayName -startsWith "PAW"' } } },
    ],
    ['devices that are not compliant', { devices: { includeDevices: ['All'], excludeDevices: ['Compliant'] } }],
    [
      'devices but those of one model',
      { devices: { deviceFilter: { mode: 'exclude', rule: 'device.model -eq "Kiosk"' } } },
    ],
  ])('%s', (_, conditions) => {
    expect(effectsOf({ ...dependent, conditions })).toEqual({
      off: ['newlyBlocked'],
      on: ['newlyAllowed'],
      reason: "Entra ID sees the proxy's address instead of the user's own: people are blocked",
    });
  });

  test.each<readonly [string, ConditionSet]>([
    ['user', { users: { includeUsers: ['megan.bowen@contoso.com'] } }],
    ['user', { users: { includeUsers: ['All'], excludeGroups: ['Break glass'] } }],
    ['user', { users: { includeRoles: ['Global Administrator'] } }],
    ['application', { applications: { includeApplications: ['Office 365 Exchange Online'] } }],
    ['service principal', { users: nobody, clientApplications: { includeServicePrincipals: ['Payroll robot'] } }],
  ])('by name in the place of an id, and it is said what is supposed: %s', (condition, conditions) => {
    expect(effectsOf({ ...dependent, conditions })).toEqual({
      off: ['newlyBlocked'],
      on: ['newlyAllowed'],
      reason: `Entra ID sees the proxy's address instead of the user's own: people are blocked; supposing that these conditions hold: ${condition}`,
    });
  });

  test('a legacy client cannot answer a prompt, so a policy on legacy clients alone denies', () => {
    const conditions = { clientAppTypes: ['other'] };
    expect(effectsOf({ ...dependent, grant: MFA, conditions })).toMatchObject({
      off: ['newlyDenied'],
      on: ['newlyAllowed'],
    });
    expect(effectsOf({ ...dependent, grant: MFA })).toMatchObject({ off: ['newlyPrompted'] });
  });
});

describe('what cannot be known is said', () => {
  const dependent = { include: ['All'], exclude: ['office'] } as const;

  test('a state that nobody documents', () => {
    expect(effectsOf({ ...dependent, state: 'partiallyEnabled' })).toEqual({
      off: ['unknown'],
      on: ['unknown'],
      reason: 'the state `partiallyEnabled` is documented nowhere',
    });
  });

  test.each([
    ['an id that no location has', { include: ['All'], exclude: ['gone'] }, ['namedLocation gone']],
    [
      'an id that no location has, beside one that is there',
      { include: ['All'], exclude: ['office', 'gone'] },
      ['namedLocation gone'],
    ],
    [
      'sign-in risk, which the address feeds',
      { conditions: { signInRiskLevels: ['high'] } },
      ['direction of the sign-in risk'],
    ],
    [
      'controls that an export lost',
      { include: ['All'], exclude: ['office'], grant: { operator: 'OR', builtInControls: null } },
      ['grantControls.builtInControls'],
    ],
    [
      'a control without locations',
      { grant: { operator: 'OR', builtInControls: ['compliantNetwork'] } },
      ['meaning of control compliantNetwork'],
    ],
    [
      'a condition',
      { conditions: { networkSignals: { required: ['tunnel'] } } },
      ['meaning of conditions.networkSignals'],
    ],
    [
      'a member of a condition',
      { conditions: { applications: { includeApplications: ['All'], networkAccess: { all: true } } } },
      ['meaning of applications.networkAccess'],
    ],
    [
      'a session control',
      { grant: null, session: { networkGate: { isEnabled: true } } },
      ['meaning of sessionControls.networkGate'],
    ],
  ] as const)('%s leaves the effect open and is named', (_, parts, facts) => {
    const found = analysed(parts as PolicyParts);
    expect(found?.onDisable.effects).toContain('unknown');
    expect(found?.onEnable.effects).toContain('unknown');
    expect(found?.onDisable.notKnown).toEqual(facts);
    for (const fact of facts) if (!fact.startsWith('direction')) expect(found?.onDisable.reason).toContain(fact);
  });

  test.each([
    ['null controls without an operator', { operator: null, builtInControls: null }],
    ['an empty list of controls', { operator: 'OR', builtInControls: [] }],
  ])('%s ask for nothing, so that nothing is open', (_, grant) => {
    expect(effectsOf({ include: ['All'], exclude: ['office'], grant })).toMatchObject({ off: ['none'], on: ['none'] });
  });

  test('trusted locations that nobody has seen leave the effect of AllTrusted open', () => {
    const tenant = { namedLocations: [], namedLocationsKnown: false };
    expect(effectsOf({ include: ['All'], exclude: ['AllTrusted'] }, tenant)).toMatchObject({ off: ['unknown'] });
    expect(effectsOf({ include: ['All'], exclude: ['AllTrusted'] }, { namedLocations: [] })).toMatchObject({
      off: ['none'],
    });
  });

  test('a session control that is switched off, and a word about agents, leave nothing open', () => {
    const off = { grant: null, session: { networkGate: { isEnabled: false } } };
    expect(analysed(off as PolicyParts)).toBeUndefined();
    expect(analysed({ conditions: { agentIdRiskLevels: 'high' } })).toBeUndefined();
  });

  test('a grant control that nobody documents', () => {
    expect(effectsOf({ ...dependent, grant: { operator: 'OR', builtInControls: ['verifiedID'] } })).toEqual({
      off: ['unknown'],
      on: ['unknown'],
      reason:
        "Entra ID sees the proxy's address instead of the user's own: it may apply or cease to; not known: meaning of control verifiedID",
    });
  });

  test('a kind of location that is not modelled', () => {
    const namedLocations = [
      { '@odata.type': '#microsoft.graph.serviceTagNamedLocation', id: 'tags', displayName: 'Service tags' },
    ];
    expect(effectsOf({ include: ['All'], exclude: ['tags'] }, { namedLocations })).toMatchObject({ off: ['unknown'] });
  });

  test('egress ranges that cannot be read', () => {
    const globalSecureAccess = {
      conditionalAccess: { signalingStatus: 'enabled' },
      egressRanges: ['nonsense'],
    } as const;
    expect(effectsOf(dependent, { globalSecureAccess })).toMatchObject({ off: ['unknown'], on: ['unknown'] });
  });

  test('a word for users that nobody documents is no user of that name', () => {
    const users = { includeUsers: ['AllNewUsers'] };
    expect(effectsOf({ ...dependent, conditions: { users } })).toMatchObject({
      off: ['newlyBlocked'],
      reason: expect.stringContaining('supposing that these conditions hold: user'),
    });
  });

  test('conditions that no made-up sign-in meets for certain are supposed to hold, and named', () => {
    const applications = {
      includeApplications: [],
      applicationFilter: { mode: 'include', rule: 'CustomSecurityAttribute.Set_Name -contains "value"' },
    };
    const times = { all: true };
    expect(effectsOf({ ...dependent, grant: BLOCK, conditions: { applications, ...{ times } } })).toEqual({
      off: ['newlyBlocked'],
      on: ['newlyAllowed'],
      reason:
        "Entra ID sees the proxy's address instead of the user's own: people are blocked; supposing that these conditions hold: application, time",
    });
  });
});
