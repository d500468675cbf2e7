import type { Vocabulary } from './members.ts';

/**
 * The values of the enums in policies and named locations, as the CSDL declares them (reference conditional-access
 * §1.2–§1.6: CSDL-v1, CSDL-beta). Text that is none of them is kept and reported: previews come before declarations.
 */

const unknownValue = (what: string, ...values: string[]): Vocabulary => ({ code: 'unknownValue', what, values });

/** `unknownFutureValue` in Graph's evolvable enums says that the service knows more than the caller. */
export const CLIENT_APP_TYPES = unknownValue(
  'client app type',
  ...['all', 'browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'easSupported', 'other'],
  ...['easUnsupported', 'modern'], // retired names that old exports carry (§1.3)
);

export const PLATFORMS = unknownValue(
  'device platform',
  ...['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'all', 'linux'],
);

export const RISK_LEVELS = unknownValue('risk level', 'low', 'medium', 'high', 'hidden', 'none');

export const INSIDER_RISK_LEVELS = unknownValue('insider risk level', 'minor', 'moderate', 'elevated');

export const AGENT_RISK_LEVELS = unknownValue('agent risk level', 'low', 'medium', 'high');

export const TRANSFER_METHODS = unknownValue('transfer method', 'none', 'deviceCodeFlow', 'authenticationTransfer');

export const GUEST_TYPES = unknownValue(
  'guest or external user type',
  ...['none', 'internalGuest', 'b2bCollaborationGuest', 'b2bCollaborationMember'],
  ...['b2bDirectConnectUser', 'otherExternalUser', 'serviceProvider'],
);

export const MEMBERSHIP_KINDS = unknownValue('membership kind', 'all', 'enumerated');

export const FILTER_MODES = unknownValue('filter mode', 'include', 'exclude');

/** `urn:user:accountrecovery` stands in one export and in no document: it is reported (§1.3). */
export const USER_ACTIONS = unknownValue('user action', 'urn:user:registersecurityinfo', 'urn:user:registerdevice');

export const OPERATORS = unknownValue('operator', 'AND', 'OR');

/** Exports also hold invented controls such as `compliantNetwork` (§1.4), which have a code of their own. */
export const GRANT_CONTROLS: Vocabulary = {
  code: 'inventedControl',
  what: 'grant control',
  values: [
    ...['block', 'mfa', 'compliantDevice', 'domainJoinedDevice', 'approvedApplication', 'compliantApplication'],
    ...['passwordChange', 'riskRemediation'],
  ],
};

export const PERSISTENT_BROWSER_MODES = unknownValue('persistent browser mode', 'always', 'never');

export const CLOUD_APP_SECURITY_TYPES = unknownValue(
  'cloud app security type',
  ...['mcasConfigured', 'monitorOnly', 'blockDownloads'],
);

export const SIGN_IN_FREQUENCY_TYPES = unknownValue('sign-in frequency type', 'days', 'hours');

export const FREQUENCY_INTERVALS = unknownValue('frequency interval', 'timeBased', 'everyTime');

export const FREQUENCY_AUTHENTICATION_TYPES = unknownValue(
  'frequency authentication type',
  ...['primaryAndSecondaryAuthentication', 'secondaryAuthentication'],
);

export const EVALUATION_MODES = unknownValue(
  'continuous access evaluation mode',
  ...['strictEnforcement', 'disabled', 'strictLocation'],
);

export const COUNTRY_LOOKUP_METHODS = unknownValue('country lookup method', 'clientIpAddress', 'authenticatorAppGps');

export const COMPLIANT_NETWORK_TYPES = unknownValue('compliant network type', 'allTenantCompliantNetworks');

export const SIGNALING_STATUSES = ['enabled', 'disabled'] as const;

export const TRAFFIC_FORWARDING_TYPES = unknownValue('traffic forwarding type', 'm365', 'internet', 'private');
