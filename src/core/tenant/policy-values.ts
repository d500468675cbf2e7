import type { ConditionalAccessPolicy } from './policy.ts';

/** A value that Graph's schema does not know, and where in the policy it stands (JSON Pointer). */
export interface UnknownValue {
  readonly pointer: string;
  readonly value: string;
}

type Values = string | readonly string[] | null | undefined;

const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'];
const CLIENT_APP_TYPES = [
  'all',
  'browser',
  'mobileAppsAndDesktopClients',
  'exchangeActiveSync',
  'easSupported',
  'other',
];
const PLATFORMS = ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'all', 'linux'];
const RISK_LEVELS = ['low', 'medium', 'high', 'hidden', 'none'];
const INSIDER_RISK_LEVELS = ['minor', 'moderate', 'elevated'];
const TRANSFER_METHODS = ['none', 'deviceCodeFlow', 'authenticationTransfer'];
const USER_ACTIONS = ['urn:user:registersecurityinfo', 'urn:user:registerdevice'];
const CONTROLS = [
  'block',
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
  'riskRemediation',
];
const EXTERNAL_USER_TYPES = [
  'none',
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
];

/** Values outside of Graph's enumerations, compared without regard to case (CSDL-v1, CSDL-beta; reference §1.3, §1.4). */
export function unknownValuesOf({ state, conditions, grantControls }: ConditionalAccessPolicy): UnknownValue[] {
  const { users, platforms, applications } = conditions;
  return [
    ...unknown('/state', state, STATES),
    ...unknown('/conditions/clientAppTypes', conditions.clientAppTypes, CLIENT_APP_TYPES),
    ...unknown('/conditions/applications/includeUserActions', applications?.includeUserActions, USER_ACTIONS),
    ...unknown('/conditions/platforms/includePlatforms', platforms?.includePlatforms, PLATFORMS),
    ...unknown('/conditions/platforms/excludePlatforms', platforms?.excludePlatforms, PLATFORMS),
    ...unknown('/conditions/signInRiskLevels', conditions.signInRiskLevels, RISK_LEVELS),
    ...unknown('/conditions/userRiskLevels', conditions.userRiskLevels, RISK_LEVELS),
    ...unknown('/conditions/servicePrincipalRiskLevels', conditions.servicePrincipalRiskLevels, RISK_LEVELS),
    ...unknown('/conditions/insiderRiskLevels', conditions.insiderRiskLevels, INSIDER_RISK_LEVELS),
    ...unknown(
      '/conditions/authenticationFlows/transferMethods',
      conditions.authenticationFlows?.transferMethods,
      TRANSFER_METHODS,
    ),
    ...(['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'] as const).flatMap((member) =>
      unknown(
        `/conditions/users/${member}/guestOrExternalUserTypes`,
        users?.[member]?.guestOrExternalUserTypes,
        EXTERNAL_USER_TYPES,
      ),
    ),
    ...unknown('/grantControls/operator', grantControls?.operator, ['AND', 'OR']),
    ...unknown('/grantControls/builtInControls', grantControls?.builtInControls, CONTROLS),
  ];
}

/** A flags enum is comma-separated text, a collection is a list; both may hold one unknown word among known ones. */
function unknown(pointer: string, values: Values, known: readonly string[]): UnknownValue[] {
  const isKnown = (value: string) => known.some((word) => word.toLowerCase() === value.toLowerCase());
  if (Array.isArray(values)) {
    return values.flatMap((value: string, at) => (isKnown(value) ? [] : [{ pointer: `${pointer}/${at}`, value }]));
  }
  const words = typeof values === 'string' ? values.split(',').map((word) => word.trim()) : [];
  return words.filter((word) => word !== '' && !isKnown(word)).map((value) => ({ pointer, value }));
}
