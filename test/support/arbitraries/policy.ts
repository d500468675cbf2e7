import fc from 'fast-check';
import { COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID } from '../../../src/core/graph/location-words.ts';
import type {
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  GuestsOrExternalUsers,
} from '../../../src/core/tenant/policy.ts';
import { APP_IDS, GROUP_IDS, NAMES, OTHER_TENANT_ID, PRINCIPAL_IDS, ROLE_IDS, USER_IDS } from './directory.ts';
import { LOCATION_IDS } from './location.ts';

const some = <T>(...values: readonly T[]) => fc.subarray([...values], { maxLength: Math.min(3, values.length) });
/** Most policies are about everybody and everything, or nothing would ever apply. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const guests = mostly<GuestsOrExternalUsers | null>(
  null,
  fc.record({
    guestOrExternalUserTypes: fc.constantFrom(
      'internalGuest',
      'b2bCollaborationGuest,serviceProvider',
      'internalGuest,b2bCollaborationGuest',
      'none',
    ),
    externalTenants: fc.constantFrom(
      null,
      { membershipKind: 'all' },
      { membershipKind: 'enumerated', members: [OTHER_TENANT_ID] },
      { membershipKind: 'enumerated', members: [NAMES.tenants] },
    ),
  }),
);

const users = fc.record({
  includeUsers: mostly<string[]>(
    ['All'],
    some('None', 'GuestsOrExternalUsers', 'AllAgentIdUsers', NAMES.users, ...USER_IDS),
  ),
  excludeUsers: mostly<string[]>([], some('GuestsOrExternalUsers', 'AllAgentIdUsers', NAMES.users, ...USER_IDS)),
  includeGroups: mostly<string[]>([], some(NAMES.groups, ...GROUP_IDS)),
  excludeGroups: mostly<string[]>([], some(NAMES.groups, ...GROUP_IDS)),
  includeRoles: mostly<string[]>([], some(NAMES.roles, ...ROLE_IDS)),
  excludeRoles: mostly<string[]>([], some(NAMES.roles, ...ROLE_IDS)),
  includeGuestsOrExternalUsers: guests,
  excludeGuestsOrExternalUsers: guests,
});

const applications = fc.record({
  includeApplications: mostly<string[]>(
    ['All'],
    some('None', 'Office365', 'MicrosoftAdminPortals', 'AllAgentIdResources', NAMES.applications, ...APP_IDS),
  ),
  excludeApplications: mostly<string[]>([], some('Office365', 'MicrosoftAdminPortals', NAMES.applications, ...APP_IDS)),
  includeUserActions: mostly<string[]>([], some('urn:user:registersecurityinfo', 'urn:user:accountrecovery')),
  includeAuthenticationContextClassReferences: mostly<string[]>([], some('c1', 'c2')),
  applicationFilter: mostly(
    null,
    fc.constantFrom(
      null,
      filter('include', 'CustomSecurityAttribute.Access_Level -contains "high"'),
      filter('exclude', 'CustomSecurityAttribute.Access_Level -eq "high"'),
      filter('include', 'nonsense'),
    ),
  ),
});

function filter(mode: string, rule: string) {
  return { mode, rule };
}

const RULES = [
  'device.isCompliant -eq True',
  'device.trustType -ne "ServerAD"',
  'device.displayName -startsWith "PC" -and -not (device.extensionAttribute1 -eq "SAW")',
  'device.model -in ["A", "B"] -or device.physicalIds -contains "[ZTDId]"',
  'device.operatingSystem -eq null',
  'device.unheardOf -eq 1',
  'device.isCompliant -eq',
] as const;

const locationIds = [
  ...LOCATION_IDS,
  MFA_TRUSTED_IPS_LOCATION_ID,
  COMPLIANT_NETWORK_LOCATION_ID,
  '10000000-0000-4000-8000-0000000000ff',
];

export const locationConditions = fc.record({
  includeLocations: fc.oneof(fc.constant(['All']), some('AllTrusted', ...locationIds)),
  excludeLocations: some('AllTrusted', ...locationIds),
});

const optional = <T>(arbitrary: fc.Arbitrary<T>) => mostly<T | null>(null, arbitrary);

const conditions: fc.Arbitrary<ConditionSet> = fc.record({
  applications,
  users,
  clientApplications: optional(
    fc.record({
      includeServicePrincipals: some('ServicePrincipalsInMyTenant', NAMES.principals, ...PRINCIPAL_IDS),
      excludeServicePrincipals: some(NAMES.principals, ...PRINCIPAL_IDS),
    }),
  ),
  clientAppTypes: mostly<string[]>(
    ['all'],
    some('browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other', 'modern'),
  ),
  platforms: optional(
    fc.record({
      includePlatforms: fc.oneof(fc.constant(['all']), some('windows', 'iOS', 'chromeOS')),
      excludePlatforms: some('windows', 'linux'),
    }),
  ),
  locations: fc.option(locationConditions, { nil: null, freq: 2 }),
  devices: optional(
    fc
      .constantFrom(...RULES)
      .chain((rule) => fc.constantFrom('include', 'exclude').map((mode) => ({ deviceFilter: { mode, rule } }))),
  ),
  signInRiskLevels: mostly<string[]>([], some('low', 'medium', 'high', 'hidden', 'extreme')),
  userRiskLevels: mostly<string[]>([], some('low', 'medium', 'high')),
  insiderRiskLevels: mostly<string | null>(null, fc.constantFrom('minor', 'moderate,elevated')),
  authenticationFlows: mostly<{ transferMethods: string } | null>(
    null,
    fc.constantFrom(
      { transferMethods: 'deviceCodeFlow' },
      { transferMethods: 'deviceCodeFlow,authenticationTransfer' },
    ),
  ),
  agentIdRiskLevels: mostly<string | null>(null, fc.constantFrom(null, null, 'high')),
});

export const grants: fc.Arbitrary<GrantControls | null> = fc.option(
  fc.record({
    operator: fc.constantFrom('AND', 'OR', 'or', null),
    builtInControls: fc.oneof(
      { weight: 2, arbitrary: fc.constant(['block']) },
      { weight: 3, arbitrary: fc.constant(['mfa']) },
      {
        weight: 3,
        arbitrary: some(
          'mfa',
          'compliantDevice',
          'domainJoinedDevice',
          'passwordChange',
          'compliantApplication',
          'verifiedID',
        ),
      },
    ),
    termsOfUse: mostly<string[]>([], fc.constant(['20000000-0000-4000-8000-000000000001'])),
    customAuthenticationFactors: mostly<string[]>([], fc.constant(['factor'])),
    authenticationStrength: mostly(
      null,
      fc.constantFrom(
        { id: '00000000-0000-0000-0000-000000000004' },
        { id: '00000000-0000-0000-0000-000000000002' },
        { id: 'custom', allowedCombinations: ['password,sms'] },
        { id: 'wide', allowedCombinations: ['password,sms', 'fido2', 'password'] },
        { id: 'lost', allowedCombinations: ['password,sms', 'fido2'], combinationConfigurations: null },
        { id: 'strange', allowedCombinations: ['fido2', 'handshake'] },
        { id: 'unknown' },
        { id: 'unknown', requirementsSatisfied: 'mfa' },
        {
          id: 'keys',
          allowedCombinations: ['fido2', 'password,sms'],
          combinationConfigurations: [{ allowedAAGUIDs: ['a'], appliesToCombinations: ['fido2'] }],
        },
      ),
    ),
  }),
  { nil: null, freq: 8 },
);

const sessions = fc.option(
  fc.record({
    signInFrequency: fc.constantFrom(null, { isEnabled: true, value: 1, type: 'hours' }, { isEnabled: false }),
    continuousAccessEvaluation: fc.constantFrom(null, { mode: 'strictLocation' }),
    secureSignInSession: mostly<{ isEnabled: boolean } | null>(
      null,
      fc.constantFrom({ isEnabled: true }, { isEnabled: false }),
    ),
  }),
  { nil: null, freq: 2 },
);

/** A policy over the small world of directory.ts and location.ts; `state` may be set by the caller. */
export function policies(state: fc.Arbitrary<string> = states): fc.Arbitrary<ConditionalAccessPolicy> {
  return fc
    .record({
      number: fc.integer({ min: 0, max: 0xffff_ffff }),
      state,
      conditions,
      grantControls: grants,
      sessionControls: sessions,
    })
    .map(({ number, ...policy }) => {
      const id = `90000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
      return { id, displayName: `Policy ${number}`, ...policy };
    });
}

export const states = fc.oneof(
  { weight: 6, arbitrary: fc.constant('enabled') },
  { weight: 2, arbitrary: fc.constantFrom('disabled', 'enabledForReportingButNotEnforced') },
  { weight: 1, arbitrary: fc.constantFrom('enabled', 'partiallyEnabled') },
);
