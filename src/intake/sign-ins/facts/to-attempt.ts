import { actionsAt } from '../../../core/conditional-access/facts/registration.ts';
import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { ClientAppType, DevicePlatform, RiskLevel, TransferMethod } from '../../../core/graph/words.ts';
import type { Audience, Identity, SignInAttempt, Target } from '../../../core/signaling/attempt.ts';
import { isOfThisTenant, mayBeFromElsewhere } from '../../../core/signaling/tunnel.ts';
import { deviceOf } from './device-of.ts';
import { identityOf } from './identity-of.ts';
import { isMembers, textOf } from './members.ts';
import type { NetworkFacts, NetworkWords, TrafficSource } from './network-path-of.ts';
import { networkPathOf, networkWordsOf } from './network-path-of.ts';
import { reachOf } from './reach-of.ts';
import type { PartOf } from './record-part.ts';
import { requestedContexts } from './requested-contexts.ts';
import type { MFA_MEMBERS } from './satisfied-of.ts';
import { deviceClaimsOf, mfaOf, refusedControlOf } from './satisfied-of.ts';
import { testimonyOf } from './testimony-of.ts';

/** What is known beside the record. */
export type AttemptFacts = NetworkFacts;

/**
 * What a record says of its sign-in, and nothing more: a member that is absent, hidden or in unknown words stays
 * `undefined`. The user agent is not asked, as anybody can write into it.
 */
export function toAttempt(record: SignIn, facts: AttemptFacts = {}): SignInAttempt {
  const identity = identityOf(record);
  return attemptOf({
    identity,
    target: targetOf(record),
    network: networkOf(networkWordsOf(record, facts), { isOfThisTenant: isOfThisTenant(identity) }, facts, () =>
      facts.sourceOf?.(record),
    ),
    client: clientOf(record),
    device: deviceFactsOf(record),
    risk: riskOf(record),
    flow: flowsOf(record),
    session: sessionOf(record),
    testimony: testimonyIn(record),
    reach: reachOf(record),
  });
}

/** What each part of a record says; the parts are read apart, so that what many records repeat is read once. */
export interface AttemptParts {
  readonly identity: Identity;
  readonly target: Target;
  readonly network: ReturnType<typeof networkOf>;
  readonly client: ReturnType<typeof clientOf>;
  readonly device: ReturnType<typeof deviceFactsOf>;
  readonly risk: ReturnType<typeof riskOf>;
  readonly flow: ReturnType<typeof flowsOf>;
  readonly session: ReturnType<typeof sessionOf>;
  readonly testimony: ReturnType<typeof testimonyIn>;
  readonly reach: ReturnType<typeof reachOf>;
}

/** The attempt of these parts, always with the same members in the same order: the evaluator is quicker for it. */
export function attemptOf(parts: AttemptParts): SignInAttempt {
  const { network, device, flow } = parts;
  return {
    identity: parts.identity,
    target: parts.target,
    network:
      mayBeFromElsewhere(parts.identity) && network.path.tunnelOfThisTenant === undefined
        ? { ...network.path, mayBeForeign: true }
        : network.path,
    clientAppType: parts.client,
    devicePlatform: device.platform,
    device: device.device,
    signInRiskLevel: parts.risk,
    authenticationFlow: flow.authenticationFlow,
    originalTransferMethod: flow.originalTransferMethod,
    isSessionBound: device.isSessionBound,
    satisfied: {
      mfa: parts.session.mfa,
      compliantDevice: device.claims.compliantDevice,
      domainJoinedDevice: device.claims.domainJoinedDevice,
    },
    refusedControl: parts.session.refusedControl,
    testimony: parts.testimony,
    reach: parts.reach,
    recordedIpAddress: network.recordedIpAddress,
  };
}

export const TARGET_MEMBERS = [
  'appId',
  'resourceId',
  'resourceDisplayName',
  'conditionalAccessAudiences',
  'authenticationContextClassReferences',
] as const;
type TargetRecord = PartOf<typeof TARGET_MEMBERS>;

export function targetOf(record: TargetRecord): Target {
  const clientAppId = textOf(record.appId);
  const audiences = audiencesOf(record);
  const listed = record['conditionalAccessAudiences'];
  const authenticationContexts = requestedContexts(record['authenticationContextClassReferences']);
  const possibleActions = authenticationContexts === undefined ? actionsAt(clientAppId, audiences) : undefined;
  return {
    kind: 'application',
    audiences,
    ...(clientAppId === undefined ? {} : { clientAppId }),
    ...(Array.isArray(listed) && listed.length > 0 ? { areAllAudiences: true } : {}),
    authenticationContexts,
    ...(possibleActions === undefined ? {} : { possibleActions }),
  };
}

export function networkOf(
  words: NetworkWords,
  identity: { readonly isOfThisTenant: boolean },
  facts: NetworkFacts,
  trafficSource: () => TrafficSource | undefined,
) {
  return {
    path: networkPathOf(words, identity, facts, trafficSource),
    recordedIpAddress: words.recorded.address,
  };
}

export const CLIENT_MEMBERS = ['clientAppUsed'] as const;

export function clientOf(record: PartOf<typeof CLIENT_MEMBERS>): ClientAppType | undefined {
  return clientAppTypeOf(record.clientAppUsed);
}

export const DEVICE_MEMBERS = ['deviceDetail', 'tokenProtectionStatusDetails'] as const;

export function deviceFactsOf({ deviceDetail, tokenProtectionStatusDetails }: PartOf<typeof DEVICE_MEMBERS>) {
  const device = deviceOf(deviceDetail);
  return {
    device,
    platform: platformOf(deviceDetail),
    claims: deviceClaimsOf(device),
    isSessionBound: isSessionBound(tokenProtectionStatusDetails),
  };
}

/** Graph's `tokenProtectionStatusDetails` (TP); `none`: it was not asked for. */
function isSessionBound(details: unknown): boolean | undefined {
  const status = isMembers(details) ? textOf(details['signInSessionStatus'])?.toLowerCase() : undefined;
  return status === 'bound' ? true : status === 'unbound' ? false : undefined;
}

/** Aggregated is the risk of the sign-in with what was found out later: policies saw the level at sign-in. */
export const RISK_MEMBERS = ['riskLevelDuringSignIn'] as const;

export function riskOf(record: PartOf<typeof RISK_MEMBERS>): RiskLevel | undefined {
  return riskLevelOf(record.riskLevelDuringSignIn);
}

export const FLOW_MEMBERS = ['authenticationProtocol', 'originalTransferMethod'] as const;

export function flowsOf(record: PartOf<typeof FLOW_MEMBERS>) {
  return {
    authenticationFlow: flowOf(record.authenticationProtocol),
    originalTransferMethod: transferMethodOf(record.originalTransferMethod),
  };
}

export function sessionOf(record: PartOf<typeof MFA_MEMBERS>) {
  return { mfa: mfaOf(record), refusedControl: refusedControlOf(record) };
}

export const TESTIMONY_MEMBERS = ['appliedConditionalAccessPolicies'] as const;

export function testimonyIn(record: PartOf<typeof TESTIMONY_MEMBERS>): SignInAttempt['testimony'] {
  return testimonyOf(record.appliedConditionalAccessPolicies);
}

/** The resource asked for first, then the others: a policy on any of them counts (D-APPS, L-REAL). */
function audiencesOf(record: TargetRecord): readonly Audience[] | undefined {
  const audiences = new Map<string, Audience>();
  const resourceId = textOf(record.resourceId);
  if (resourceId !== undefined) {
    const displayName = textOf(record.resourceDisplayName);
    audiences.set(
      resourceId.toLowerCase(),
      displayName === undefined ? { appId: resourceId } : { appId: resourceId, displayName },
    );
  }
  const listed = record.conditionalAccessAudiences;
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
  [/^(mac|os ?x)/, 'macOS'],
  [/^android/, 'android'],
  [/^(linux|ubuntu|debian|fedora|red hat)/, 'linux'],
];

/** Systems that Entra has no platform for. */
const WITHOUT_PLATFORM =
  /^(chrome ?os|cros\b|[a-z]*bsd|solaris|sunos|xbox|playstation|nintendo|tizen|webos|kaios|blackberry|symbian)/;

/** `null` for a system that Entra has no platform for, such as ChromeOS; any other name, `hidden` among them, says nothing. */
export function platformOf(deviceDetail: unknown): DevicePlatform | null | undefined {
  const name =
    typeof deviceDetail === 'object' && deviceDetail !== null && 'operatingSystem' in deviceDetail
      ? textOf(deviceDetail.operatingSystem)?.trim().toLowerCase()
      : undefined;
  if (name === undefined) return undefined;
  const platform = PLATFORMS.find(([pattern]) => pattern.test(name))?.[1];
  return platform ?? (WITHOUT_PLATFORM.test(name) ? null : undefined);
}

function riskLevelOf(value: unknown): RiskLevel | undefined {
  const level = textOf(value)?.toLowerCase();
  switch (level) {
    case 'none':
    case 'low':
    case 'medium':
    case 'high':
      return level;
    default:
      // `hidden` is the word for whoever may not see it (GDOC signin.md).
      return undefined;
  }
}

/**
 * Protocols that are neither of the two flows (CSDL-beta, protocolType), in letters and digits alone, and what logs and the portal call
 * them.
 */
const OTHER_PROTOCOLS: ReadonlySet<string> = new Set([
  'authorizationcodewithoutpkce',
  'implicitaccesstokenandgetresponsemode',
  'implicitaccesstokenandpostresponsemode',
  'implicitidtokenandgetresponsemode',
  'implicitidtokenandpostresponsemode',
  'nativeauth',
  'none',
  'oauth2',
  'oauth20',
  'ropc',
  'rpoc',
  'saml2',
  'saml20',
  'wsfed',
  'wsfederation',
]);

/** The flow of this request; a protocol that nobody knows may be either of the two that policies know. */
function flowOf(authenticationProtocol: unknown): TransferMethod | undefined {
  const protocol = squeezed(authenticationProtocol);
  if (protocol === undefined) return undefined;
  return OTHER_PROTOCOLS.has(protocol) ? 'none' : transferMethodOf(protocol);
}

function transferMethodOf(value: unknown): TransferMethod | undefined {
  switch (squeezed(value)) {
    case 'none':
      return 'none';
    case 'devicecode':
    case 'devicecodeflow':
      return 'deviceCodeFlow';
    case 'authenticationtransfer':
      return 'authenticationTransfer';
    default:
      return undefined;
  }
}

function squeezed(value: unknown): string | undefined {
  return textOf(value)
    ?.toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
