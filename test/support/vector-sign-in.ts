import type { ExternalUserType } from '../../src/core/graph/words.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import type { Device, Satisfied, SignInAttempt, Target } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import type { VectorSignIn, VectorTunnel } from './vector-adapter.ts';

/** The facts of a vector as the evaluator takes them. */
export function attemptOf(signIn: VectorSignIn): { attempt: SignInAttempt; observation: Observation } {
  const tunnel = seenThrough(signIn.globalSecureAccess);
  const {
    identity,
    target,
    ipAddress = tunnel?.ipAddress,
    countryOrRegion = tunnel?.countryOrRegion,
    device,
    throughGlobalSecureAccess = tunnel !== undefined,
    compliantNetwork = tunnel?.compliantNetwork ?? false,
    ipAddressSeenByResource,
    satisfied,
    globalSecureAccess: _,
    ...facts
  } = signIn;
  const address = parseAddress(ipAddress ?? '');
  const attempt = {
    ...NOTHING_PROVEN,
    ...facts,
    satisfied: satisfiedOf(satisfied),
    identity:
      identity.kind === 'user'
        ? { ...identity, kind: 'user', externalUserType: identity['externalUserType'] as ExternalUserType }
        : identity,
    target: targetOf(target),
    network: { via: 'direct', source: { address, countryOrRegion } },
    device: deviceOf(device),
  } as SignInAttempt;
  return {
    attempt,
    observation: {
      ipAddress: address,
      seenAddress: 'source',
      countryOrRegion,
      isThroughGlobalSecureAccess: throughGlobalSecureAccess,
      globalSecureAccessIpAddress: undefined,
      compliantNetwork,
      resourceIpAddress: parseAddress(ipAddressSeenByResource ?? ''),
      restored: false,
    },
  };
}

const NOTHING_PROVEN = {
  signInRiskLevel: 'none',
  userRiskLevel: 'none',
  servicePrincipalRiskLevel: 'none',
  insiderRiskLevel: 'none',
  authenticationFlow: 'none',
  originalTransferMethod: 'none',
  gpsCountryOrRegion: null,
  insideCorporateNetwork: false,
} as const satisfies Partial<SignInAttempt>;

/** Where a vector names the methods used, these say whether they make MFA. */
function satisfiedOf(given: Satisfied = {}): Satisfied {
  return {
    ...(given.authenticationMethodCombination === undefined ? { mfa: false } : {}),
    compliantDevice: false,
    domainJoinedDevice: false,
    approvedApplication: false,
    compliantApplication: false,
    passwordChange: false,
    riskRemediation: false,
    termsOfUseAccepted: [],
    customAuthenticationFactors: [],
    ...given,
  };
}

/** What follows from the raw facts of a tunnel: signaling decides whose address is seen (the vectors' `meta.how_to_read`). */
function seenThrough(tunnel: VectorTunnel | null | undefined) {
  if (tunnel === null || tunnel === undefined) return undefined;
  const isOn = tunnel.signalingStatus === 'enabled';
  return {
    ipAddress: isOn ? tunnel.clientEgressIp : tunnel.proxyEgressIp,
    countryOrRegion: isOn ? tunnel.clientEgressCountry : tunnel.proxyEgressCountry,
    compliantNetwork: isOn && tunnel.tunnelBelongsToThisTenant,
  };
}

function targetOf(target: VectorSignIn['target']): Target {
  const audiences = target.audiences?.map((appId) => ({ appId }));
  return { ...target, audiences, ...(target.kind === 'application' ? { authenticationContexts: [] } : {}) } as Target;
}

/** A registered device is described in full; an unregistered one has nothing. */
function deviceOf(device: VectorSignIn['device']): Device | null {
  if (device === undefined || device === null || device.registered === false) return null;
  const { registered: _, ...attributes } = device;
  return { ...Object.fromEntries(DEVICE_ATTRIBUTES.map((name) => [name, null])), ...attributes };
}

const DEVICE_ATTRIBUTES = [
  ...['deviceId', 'mdmAppId', 'displayName', 'enrollmentProfileName', 'manufacturer', 'model', 'operatingSystem'],
  ...['operatingSystemVersion', 'deviceOwnership', 'isCompliant', 'isManaged', 'profileType', 'trustType'],
  ...['physicalIds', 'systemLabels'],
  ...Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`),
];
