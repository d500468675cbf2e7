import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { ClientAppType, DevicePlatform, RiskLevel, TransferMethod } from '../../../core/graph/words.ts';
import type { Audience, SignInAttempt, Target } from '../../../core/signaling/attempt.ts';
import { deviceOf } from './device-of.ts';
import { identityOf } from './identity-of.ts';
import { isMembers, textOf } from './members.ts';
import type { NetworkFacts } from './network-path-of.ts';
import { addressOf, networkPathOf } from './network-path-of.ts';
import { satisfiedOf } from './satisfied-of.ts';
import { testimonyOf } from './testimony-of.ts';

/** What is known beside the record. */
export type AttemptFacts = NetworkFacts;

/**
 * What a record says of its sign-in, and nothing more: a member that is absent, hidden or in unknown words stays
 * `undefined`. The user agent is not asked, as anybody can write into it.
 */
export function toAttempt(record: SignIn, facts: AttemptFacts = {}): SignInAttempt {
  const device = deviceOf(record['deviceDetail']);
  const identity = identityOf(record);
  const originalTransferMethod = transferMethodOf(record['originalTransferMethod']);
  return {
    identity,
    target: targetOf(record),
    network: networkPathOf(record, identity, facts),
    clientAppType: clientAppTypeOf(record.clientAppUsed),
    devicePlatform: platformOf(record['deviceDetail']),
    device,
    // Aggregated is the risk of the sign-in with what was found out later: policies saw the level at sign-in.
    signInRiskLevel: riskLevelOf(record['riskLevelDuringSignIn']),
    authenticationFlow: flowOf(record['authenticationProtocol']),
    originalTransferMethod,
    isSessionBound: isSessionBound(record['tokenProtectionStatusDetails']),
    satisfied: satisfiedOf(record, device),
    testimony: testimonyOf(record.appliedConditionalAccessPolicies),
    recordedIpAddress: addressOf(record.ipAddress),
  };
}

/** Graph's `tokenProtectionStatusDetails` (TP); `none`: nobody asked. */
function isSessionBound(details: unknown): boolean | undefined {
  const status = isMembers(details) ? textOf(details['signInSessionStatus'])?.toLowerCase() : undefined;
  return status === 'bound' ? true : status === 'unbound' ? false : undefined;
}

function targetOf(record: SignIn): Target {
  const clientAppId = textOf(record.appId);
  const audiences = audiencesOf(record);
  const listed = record['conditionalAccessAudiences'];
  return {
    kind: 'application',
    audiences,
    ...(clientAppId === undefined ? {} : { clientAppId }),
    ...(Array.isArray(listed) && listed.length > 0 ? { areAllAudiences: true } : {}),
  };
}

/** The resource asked for first, then the others: a policy on any of them counts (reference conditional-access §2). */
function audiencesOf(record: SignIn): readonly Audience[] | undefined {
  const audiences = new Map<string, Audience>();
  const resourceId = textOf(record.resourceId);
  if (resourceId !== undefined) {
    const displayName = textOf(record.resourceDisplayName);
    audiences.set(
      resourceId.toLowerCase(),
      displayName === undefined ? { appId: resourceId } : { appId: resourceId, displayName },
    );
  }
  const listed = record['conditionalAccessAudiences'];
  for (const audience of Array.isArray(listed) ? (listed as readonly unknown[]) : []) {
    const appId = textOf(audience);
    if (appId !== undefined && !audiences.has(appId.toLowerCase())) audiences.set(appId.toLowerCase(), { appId });
  }
  return audiences.size === 0 ? undefined : [...audiences.values()];
}

/** Protocols that the log lists under legacy authentication, in lower case. */
const LEGACY_CLIENTS = new Set([
  'authenticated smtp',
  'autodiscover',
  'exchange online powershell',
  'exchange web services',
  'imap',
  'imap4',
  'mapi',
  'mapi over http',
  'offline address book',
  'outlook anywhere (rpc over http)',
  'outlook service',
  'pop',
  'pop3',
  'reporting web services',
  'smtp',
  'universal outlook',
]);

export function clientAppTypeOf(clientAppUsed: unknown): ClientAppType | undefined {
  const name = textOf(clientAppUsed)?.trim().toLowerCase();
  if (name === undefined) return undefined;
  if (name === 'browser') return 'browser';
  if (name === 'mobile apps and desktop clients') return 'mobileAppsAndDesktopClients';
  if (name === 'exchange activesync (supported)') return 'easSupported';
  if (name.startsWith('exchange activesync')) return 'exchangeActiveSync';
  // Such as `Other clients; Older Office clients`.
  return LEGACY_CLIENTS.has(name) || name.startsWith('other clients') ? 'other' : undefined;
}

/** `deviceDetail.operatingSystem` as it comes: `Windows10`, `Windows 10`, `MacOs`, `Ios 17.4`, `Android`. */
const PLATFORMS: readonly (readonly [RegExp, DevicePlatform])[] = [
  [/^windows ?phone/, 'windowsPhone'],
  [/^windows/, 'windows'],
  [/^(ios|ipados|iphone|ipad)/, 'iOS'],
  [/^mac/, 'macOS'],
  [/^android/, 'android'],
  [/^(linux|ubuntu|debian|fedora|red hat)/, 'linux'],
];

/** `null` for a system that is named and that Entra has no platform for, such as ChromeOS. */
export function platformOf(deviceDetail: unknown): DevicePlatform | null | undefined {
  const name =
    typeof deviceDetail === 'object' && deviceDetail !== null && 'operatingSystem' in deviceDetail
      ? textOf(deviceDetail.operatingSystem)?.trim().toLowerCase()
      : undefined;
  if (name === undefined || name === '' || name === 'unknown') return undefined;
  return PLATFORMS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function riskLevelOf(value: unknown): RiskLevel | undefined {
  switch (value) {
    case 'none':
    case 'low':
    case 'medium':
    case 'high':
    case 'hidden':
      return value;
    default:
      return undefined;
  }
}

/** The flow of this request: every other protocol is none of the two that policies know. */
function flowOf(authenticationProtocol: unknown): TransferMethod | undefined {
  const protocol = textOf(authenticationProtocol);
  if (protocol === undefined || protocol === 'unknownFutureValue') return undefined;
  return transferMethodOf(protocol) ?? 'none';
}

function transferMethodOf(value: unknown): TransferMethod | undefined {
  switch (value) {
    case 'none':
      return 'none';
    case 'deviceCode':
    case 'deviceCodeFlow':
      return 'deviceCodeFlow';
    case 'authenticationTransfer':
      return 'authenticationTransfer';
    default:
      return undefined;
  }
}
