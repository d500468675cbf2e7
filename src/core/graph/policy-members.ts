import type { ConditionName } from './conditions.ts';
import { BUILT_IN_CONTROLS } from './controls.ts';
import {
  AGENT_RISK_LEVELS,
  CLIENT_APP_TYPES,
  CLOUD_APP_SECURITY_TYPES,
  CONTINUOUS_EVALUATION_MODES,
  DEVICE_PLATFORMS,
  EXTERNAL_USER_TYPES,
  FILTER_MODES,
  FREQUENCY_AUTHENTICATION_TYPES,
  FREQUENCY_INTERVALS,
  GRANT_OPERATORS,
  INSIDER_RISK_LEVELS,
  MEMBERSHIP_KINDS,
  PERSISTENT_BROWSER_MODES,
  RISK_LEVELS,
  SIGN_IN_FREQUENCY_TYPES,
  TRANSFER_METHODS,
  USER_ACTIONS,
} from './words.ts';

/**
 * The members of a Conditional Access policy as Graph declares them (CSDL-v1, CSDL-beta), one row each,
 * nested as the policy is. Types, readers, checks of files and known values follow from the rows (policy-rows.ts).
 */

/** The values that an enumeration has in policies. */
export interface Vocabulary {
  /** What one of its values is called. */
  readonly what: string;
  readonly words: readonly string[];
  /** Names that old exports carry and that mean nothing to the evaluator. */
  readonly retired?: readonly string[];
}

/** The objects whose ids a list holds. */
export type IdsOf =
  | 'users'
  | 'groups'
  | 'roleDefinitions'
  | 'servicePrincipals'
  | 'applications'
  | 'tenants'
  | 'authenticationContexts';

/** What a member holds, and what may stand in it. */
type Content =
  /** Ids, and Graph's words that may stand beside them. */
  | { readonly holds: 'ids'; readonly of: IdsOf; readonly words: readonly string[] }
  /** Values of an enumeration: one, a list, or flags, which are comma-separated text on the wire. */
  | { readonly holds: 'word' | 'words' | 'flags'; readonly vocabulary: Vocabulary }
  /** Ids of named locations; what may stand beside them is in location-words.ts. */
  | { readonly holds: 'locations' }
  /** A rule in the grammar of dynamic groups, and its mode. */
  | { readonly holds: 'filter' }
  | { readonly holds: 'text' | 'texts' | 'time' | 'truth' | 'number' | 'anything' }
  | { readonly holds: 'members'; readonly members: PolicyMembers }
  /** A session control: gathered by its name, so what it holds changes no answer. */
  | { readonly holds: 'sessionControl'; readonly members: PolicyMembers };

export type PolicyMember = Content & {
  /** The names of a condition in the sign-in log. */
  readonly conditions?: readonly ConditionName[];
};

export interface PolicyMembers {
  readonly [member: string]: PolicyMember;
}

const TEXT = { holds: 'text' } as const;
const TEXTS = { holds: 'texts' } as const;
const TIME = { holds: 'time' } as const;
const TRUTH = { holds: 'truth' } as const;
const NUMBER = { holds: 'number' } as const;
const FILTER = { holds: 'filter' } as const;
const LOCATIONS = { holds: 'locations' } as const;

function ids(of: IdsOf, ...words: readonly string[]) {
  return { holds: 'ids', of, words } as const;
}

function word(vocabulary: Vocabulary) {
  return { holds: 'word', vocabulary } as const;
}

function words(vocabulary: Vocabulary) {
  return { holds: 'words', vocabulary } as const;
}

function flags(vocabulary: Vocabulary) {
  return { holds: 'flags', vocabulary } as const;
}

function members<Members extends PolicyMembers>(nested: Members) {
  return { holds: 'members', members: nested } as const;
}

function sessionControl<Members extends PolicyMembers>(nested: Members) {
  return { holds: 'sessionControl', members: { isEnabled: TRUTH, ...nested } } as const;
}

/** A member of the condition set, with the names that the sign-in log has for it. */
function condition<Member extends PolicyMember>(member: Member, ...conditions: readonly ConditionName[]) {
  return { ...member, conditions };
}

const PLATFORMS: Vocabulary = { what: 'device platform', words: ['all', ...DEVICE_PLATFORMS] };
const RISKS: Vocabulary = { what: 'risk level', words: RISK_LEVELS };

const GUESTS = members({
  guestOrExternalUserTypes: flags({ what: 'guest or external user type', words: EXTERNAL_USER_TYPES }),
  externalTenants: members({
    membershipKind: word({ what: 'membership kind', words: MEMBERSHIP_KINDS }),
    members: ids('tenants'),
  }),
});

export const FILTER_MODE: Vocabulary = { what: 'filter mode', words: FILTER_MODES };

export const CONDITIONS = {
  clientAppTypes: condition(
    words({ what: 'client app type', words: ['all', ...CLIENT_APP_TYPES], retired: ['easUnsupported', 'modern'] }),
    'clientType',
  ),
  users: condition(
    members({
      includeUsers: ids('users', 'All', 'None', 'GuestsOrExternalUsers', 'AllAgentIdUsers'),
      excludeUsers: ids('users', 'GuestsOrExternalUsers', 'AllAgentIdUsers'),
      includeGroups: ids('groups'),
      excludeGroups: ids('groups'),
      includeRoles: ids('roleDefinitions'),
      excludeRoles: ids('roleDefinitions'),
      includeGuestsOrExternalUsers: GUESTS,
      excludeGuestsOrExternalUsers: GUESTS,
    }),
    'users',
  ),
  applications: condition(
    members({
      includeApplications: ids(
        'applications',
        'All',
        'None',
        'Office365',
        'MicrosoftAdminPortals',
        'AllAgentIdResources',
      ),
      excludeApplications: ids('applications', 'Office365', 'MicrosoftAdminPortals', 'AllAgentIdResources'),
      // `urn:user:accountrecovery` stands in one export and in no document: it is reported (L-CORPUS).
      includeUserActions: words({ what: 'user action', words: USER_ACTIONS.map(({ urn }) => urn) }),
      includeAuthenticationContextClassReferences: ids('authenticationContexts'),
      applicationFilter: FILTER,
    }),
    'application',
  ),
  clientApplications: condition(
    members({
      includeServicePrincipals: ids('servicePrincipals', 'ServicePrincipalsInMyTenant'),
      excludeServicePrincipals: ids('servicePrincipals'),
      servicePrincipalFilter: FILTER,
      includeAgentIdServicePrincipals: ids('servicePrincipals', 'All'),
      excludeAgentIdServicePrincipals: ids('servicePrincipals'),
      agentIdServicePrincipalFilter: FILTER,
    }),
    'servicePrincipals',
  ),
  platforms: condition(
    members({ includePlatforms: words(PLATFORMS), excludePlatforms: words(PLATFORMS) }),
    'devicePlatform',
  ),
  locations: condition(
    members({ includeLocations: LOCATIONS, excludeLocations: LOCATIONS }),
    'location',
    'ipAddressSeenByAzureAD',
    'ipAddressSeenByResourceProvider',
  ),
  devices: condition(
    members({
      deviceFilter: FILTER,
      includeDevices: TEXTS,
      excludeDevices: TEXTS,
      includeDeviceStates: TEXTS,
      excludeDeviceStates: TEXTS,
    }),
    'deviceState',
    'client',
  ),
  deviceStates: condition(members({ includeStates: TEXTS, excludeStates: TEXTS }), 'deviceState', 'client'),
  signInRiskLevels: condition(words(RISKS), 'signInRisk'),
  userRiskLevels: condition(words(RISKS), 'userRisk'),
  servicePrincipalRiskLevels: condition(words(RISKS), 'servicePrincipalRisk'),
  insiderRiskLevels: condition(
    flags({ what: 'insider risk level', words: INSIDER_RISK_LEVELS.filter((level) => level !== 'none') }),
    'insiderRisk',
  ),
  authenticationFlows: condition(
    members({ transferMethods: flags({ what: 'transfer method', words: TRANSFER_METHODS }) }),
    'authenticationFlows',
  ),
  agentIdRiskLevels: flags({ what: 'agent risk level', words: AGENT_RISK_LEVELS.filter((level) => level !== 'none') }),
} as const satisfies PolicyMembers;

export const GRANT = {
  operator: word({ what: 'operator', words: GRANT_OPERATORS }),
  /** Exports also hold invented controls such as `compliantNetwork` (L-CORPUS). */
  builtInControls: words({ what: 'grant control', words: BUILT_IN_CONTROLS }),
  customAuthenticationFactors: TEXTS,
  termsOfUse: TEXTS,
  authenticationStrength: members({
    id: TEXT,
    displayName: TEXT,
    description: TEXT,
    policyType: TEXT,
    requirementsSatisfied: TEXT,
    allowedCombinations: TEXTS,
    createdDateTime: TIME,
    modifiedDateTime: TIME,
    combinationConfigurations: { holds: 'anything' },
  }),
} as const satisfies PolicyMembers;

export const SESSION = {
  applicationEnforcedRestrictions: sessionControl({}),
  cloudAppSecurity: sessionControl({
    cloudAppSecurityType: word({ what: 'cloud app security type', words: CLOUD_APP_SECURITY_TYPES }),
  }),
  persistentBrowser: sessionControl({
    mode: word({ what: 'persistent browser mode', words: PERSISTENT_BROWSER_MODES }),
  }),
  signInFrequency: sessionControl({
    value: NUMBER,
    type: word({ what: 'sign-in frequency type', words: SIGN_IN_FREQUENCY_TYPES }),
    frequencyInterval: word({ what: 'frequency interval', words: FREQUENCY_INTERVALS }),
    authenticationType: word({ what: 'frequency authentication type', words: FREQUENCY_AUTHENTICATION_TYPES }),
  }),
  secureSignInSession: sessionControl({}),
  disableResilienceDefaults: TRUTH,
  continuousAccessEvaluation: members({
    mode: word({ what: 'continuous access evaluation mode', words: CONTINUOUS_EVALUATION_MODES }),
  }),
  globalSecureAccessFilteringProfile: sessionControl({ profileId: TEXT }),
} as const satisfies PolicyMembers;

/** `conditions`, `grantControls` and `sessionControls` of a policy. */
export const POLICY_MEMBERS = {
  conditions: members(CONDITIONS),
  grantControls: members(GRANT),
  sessionControls: members(SESSION),
} as const satisfies PolicyMembers;
