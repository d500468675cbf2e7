import { UNSUPPORTED_ELSEWHERE } from '../../conditional-access/facts/inbound-trust.ts';
import { INTUNE_ENROLLMENT } from '../../conditional-access/facts/well-known-applications.ts';
import type { Satisfied, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { Side } from '../worlds/policies.ts';

/**
 * What of a sign-in, besides its conditions, decides how it can answer a grant control. Each is one bit, carried along while
 * the levels of a proof are gone through.
 */
export const FLAGS = {
  /** A client that can answer nothing (D-COND). */
  legacyClient: 1,
  compliantDevice: 2,
  hybridJoinedDevice: 4,
  workload: 8,
  /** A flow in which no control on a device is ever satisfied (D-GRANT). */
  deviceCodeFlow: 16,
  /** The enrollment that makes a device compliant (DEVC). */
  intuneEnrollment: 32,
  /** A device that cannot bind a session, and the clients of which that is known to be refused (TP). */
  unregisteredDevice: 64,
  desktopClient: 128,
  /** Somebody who cannot do multifactor authentication here (D-B2B). */
  withoutMfa: 256,
  /** Somebody of another tenant, for whom some controls are not supported (D-B2B). */
  fromElsewhere: 512,
  /** Somebody of another tenant whose claims of a compliant device are not taken. */
  withoutCompliantClaim: 1024,
  /** The same of a hybrid joined device. */
  withoutHybridClaim: 2048,
} as const;

/** Flags that nothing but a grant which asks for a bound session reacts to. */
export const BINDING = FLAGS.unregisteredDevice | FLAGS.desktopClient;

/** What a tenant makes of somebody's claims, which two tenants may do otherwise: for the world after, these are this much further left. */
const CLAIMS = FLAGS.withoutMfa | FLAGS.fromElsewhere | FLAGS.withoutCompliantClaim | FLAGS.withoutHybridClaim;
const AFTER = 4;

/** The number below which every combination of flags lies; keys of places and states are made with it. */
export const FLAG_SETS = 1 << 16;

/** Flags of the world before, joined with those that claims have in the world after. */
export function joinedFlags(before: number, after: number): number {
  return before | ((after & CLAIMS) << AFTER);
}

/** The flags as one world has them. */
export function flagsOn(side: Side, flags: number): number {
  const others = flags & (FLAG_BITS & ~CLAIMS);
  return others | ((side === 'before' ? flags : flags >> AFTER) & CLAIMS);
}

const FLAG_BITS = 4095;

/** Whether both worlds make the same of the claims. */
export function isAlikeOnBothSides(flags: number): boolean {
  return flagsOn('before', flags) === flagsOn('after', flags);
}

/** What a sign-in shows of flags that its session cannot answer otherwise. */
export interface FlaggedParts {
  readonly target: Target;
  readonly satisfied: Satisfied;
}

/** The target that stands for these flags, and what these flags make of what a session has proven. */
export function partsOfFlags(flags: number, satisfied: Satisfied): FlaggedParts {
  const has = (flag: number) => (flags & flag) !== 0;
  const audiences = has(FLAGS.intuneEnrollment) ? [{ appId: INTUNE_ENROLLMENT }] : undefined;
  return {
    target: { kind: 'application', audiences, authenticationContexts: [] },
    satisfied: {
      ...satisfied,
      ...(has(FLAGS.fromElsewhere) ? UNSUPPORTED_ELSEWHERE : {}),
      ...(has(FLAGS.withoutCompliantClaim) ? { compliantDevice: false } : {}),
      ...(has(FLAGS.withoutHybridClaim) ? { domainJoinedDevice: false } : {}),
    },
  };
}

/** The part of an attempt that stands for these flags before grant controls. */
export function attemptOfFlags(flags: number): Omit<SignInAttempt, 'target' | 'network' | 'satisfied'> {
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    identity: has(FLAGS.workload) ? { kind: 'servicePrincipal' } : { kind: 'user' },
    clientAppType: has(FLAGS.legacyClient)
      ? 'other'
      : has(FLAGS.desktopClient)
        ? 'mobileAppsAndDesktopClients'
        : 'browser',
    device: has(FLAGS.unregisteredDevice)
      ? null
      : {
          isCompliant: has(FLAGS.compliantDevice),
          trustType: has(FLAGS.hybridJoinedDevice) ? 'ServerAD' : 'AzureAD',
        },
    canPerformMfa: !has(FLAGS.withoutMfa),
    canChangePassword: !has(FLAGS.fromElsewhere),
    authenticationFlow: has(FLAGS.deviceCodeFlow) ? 'deviceCodeFlow' : 'none',
  };
}
