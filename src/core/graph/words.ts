/**
 * The words of Graph's enumerations, each list written once; types follow from them (CSDL-v1, CSDL-beta). Of evolvable
 * enumerations `unknownFutureValue` is left out: it says that the service knows more than the caller.
 */

export const POLICY_STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** `conditionalAccessClientApp` without `all`, which only a policy can say. */
export const CLIENT_APP_TYPES = [
  'browser',
  'mobileAppsAndDesktopClients',
  'exchangeActiveSync',
  'easSupported',
  'other',
] as const;
export type ClientAppType = (typeof CLIENT_APP_TYPES)[number];

/** `conditionalAccessDevicePlatform` without `all`, which only a policy can say. */
export const DEVICE_PLATFORMS = ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux'] as const;
export type DevicePlatform = (typeof DEVICE_PLATFORMS)[number];

/** `riskLevel`, mildest first; `hidden` where the licence does not show it. */
export const RISK_LEVELS = ['none', 'low', 'medium', 'high', 'hidden'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** `insiderRiskLevel` of a sign-in, mildest first; a policy lists all but `none`. */
export const INSIDER_RISK_LEVELS = ['none', 'minor', 'moderate', 'elevated'] as const;

/** Risk of an agent, mildest first; a policy lists all but `none`. Newer than the published declarations. */
export const AGENT_RISK_LEVELS = ['none', 'low', 'medium', 'high'] as const;

/** `conditionalAccessTransferMethods`. */
export const TRANSFER_METHODS = ['none', 'deviceCodeFlow', 'authenticationTransfer'] as const;
export type TransferMethod = (typeof TRANSFER_METHODS)[number];

/** The kinds of guest in `conditionalAccessGuestOrExternalUserTypes`. */
export const GUEST_TYPES = [
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
] as const;

/** Kinds of user: `none` is a member of the tenant. */
export const EXTERNAL_USER_TYPES = ['none', ...GUEST_TYPES] as const;
export type ExternalUserType = (typeof EXTERNAL_USER_TYPES)[number];

/** `conditionalAccessExternalTenantsMembershipKind`. */
export const MEMBERSHIP_KINDS = ['all', 'enumerated'] as const;

export const FILTER_MODES = ['include', 'exclude'] as const;

/** User actions as a policy writes them, and as the body of Graph's evaluate does (`userAction`). */
export const USER_ACTIONS = [
  { urn: 'urn:user:registersecurityinfo', evaluate: 'registerSecurityInformation' },
  { urn: 'urn:user:registerdevice', evaluate: 'registerOrJoinDevices' },
] as const;

export const GRANT_OPERATORS = ['AND', 'OR'] as const;

export const PERSISTENT_BROWSER_MODES = ['always', 'never'] as const;
export const CLOUD_APP_SECURITY_TYPES = ['mcasConfigured', 'monitorOnly', 'blockDownloads'] as const;
export const SIGN_IN_FREQUENCY_TYPES = ['days', 'hours'] as const;
export const FREQUENCY_INTERVALS = ['timeBased', 'everyTime'] as const;
export const FREQUENCY_AUTHENTICATION_TYPES = ['primaryAndSecondaryAuthentication', 'secondaryAuthentication'] as const;
export const CONTINUOUS_EVALUATION_MODES = ['strictEnforcement', 'disabled', 'strictLocation'] as const;

export const COUNTRY_LOOKUP_METHODS = ['clientIpAddress', 'authenticatorAppGps'] as const;
export const COMPLIANT_NETWORK_TYPES = ['allTenantCompliantNetworks'] as const;

/** The status of source IP restoration (`networkAccess/settings/conditionalAccess`, META). */
export const SIGNALING_STATUSES = ['enabled', 'disabled'] as const;

export const TRAFFIC_FORWARDING_TYPES = ['m365', 'internet', 'private'] as const;

/** The words with some of them first, where the order of trying them counts. */
export function startingWith<Word extends string>(words: readonly Word[], ...first: readonly Word[]): readonly Word[] {
  return [...first, ...words.filter((word) => !first.includes(word))];
}
