import type { TransferMethod } from '../../core/graph/words.ts';
import type { PlainFacts, SignInSpec } from '../../core/gsatest/suite.ts';
import type { Device } from '../../core/signaling/attempt.ts';
import { deviceOf } from '../sign-ins/facts/device-of.ts';
import { clientAppTypeOf, platformOf } from '../sign-ins/facts/to-attempt.ts';
import type { SignInText } from './schema-sign-in.ts';
import { USER_ACTIONS, VIA_WORDS } from './schema-sign-in.ts';

/** Attributes of the device filter (D-DEVF): a device that is described is described in full, as in Graph's what-if. */
const DEVICE_ATTRIBUTES = [
  'deviceId',
  'mdmAppId',
  'displayName',
  'enrollmentProfileName',
  'manufacturer',
  'model',
  'operatingSystem',
  'operatingSystemVersion',
  'deviceOwnership',
  'isCompliant',
  'profileType',
  'trustType',
  'physicalIds',
  'systemLabels',
  ...Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`),
];

/** Ours and Graph's words for the same thing become one. */
export function signInSpec(text: SignInText): SignInSpec {
  return withoutAbsent({
    user: text.user ?? text.userPrincipalName ?? text.userId,
    servicePrincipal: text.servicePrincipal ?? text.servicePrincipalId,
    app: text.app ?? text.resourceId ?? text.resourceDisplayName,
    userAction: text.userAction === undefined ? undefined : USER_ACTIONS[text.userAction],
    authenticationContext: text.authenticationContext,
    from: text.from ?? text.ipAddress,
    country: text.country === undefined ? text.location?.countryOrRegion : text.country,
    path: text.path,
    via: text.via === undefined ? undefined : VIA_WORDS[text.via],
    externalUserType: text.externalUserType,
    homeTenantId: text.homeTenantId,
    satisfied: text.satisfied,
    facts: factsOf(text),
  });
}

function factsOf(text: SignInText): PlainFacts {
  return withoutAbsent({
    clientAppType: text.clientAppType ?? clientAppTypeOf(text.clientAppUsed),
    devicePlatform: text.devicePlatform === undefined ? platformOf(text.deviceDetail) : text.devicePlatform,
    device: text.device === undefined ? deviceOf(text.deviceDetail) : wholeDevice(text.device),
    signInRiskLevel: text.signInRiskLevel ?? text.riskLevelDuringSignIn,
    userRiskLevel: text.userRiskLevel,
    servicePrincipalRiskLevel: text.servicePrincipalRiskLevel,
    insiderRiskLevel: text.insiderRiskLevel,
    authenticationFlow: text.authenticationFlow ?? flowOf(text.authenticationProtocol),
    originalTransferMethod: text.originalTransferMethod ?? text.authenticationFlow,
    gpsCountryOrRegion: text.gpsCountryOrRegion,
    insideCorporateNetwork: text.insideCorporateNetwork,
    canPerformMfa: text.canPerformMfa,
  });
}

function flowOf(protocol: SignInText['authenticationProtocol']): TransferMethod | undefined {
  return protocol === 'deviceCode' ? 'deviceCodeFlow' : protocol;
}

function wholeDevice(device: NonNullable<SignInText['device']> | null): Device | null {
  if (device === null) return null;
  return { ...Object.fromEntries(DEVICE_ATTRIBUTES.map((attribute) => [attribute, null])), ...device };
}

/** Absent members stay absent, so that what a file says for all tests is not overwritten by nothing. */
function withoutAbsent<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
