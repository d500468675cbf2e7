import type { SignInAttempt } from '../signaling/attempt.ts';

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
  /** Somebody who cannot do multifactor authentication here (D-B2B). */
  withoutMfa: 16,
} as const;

/** The part of an attempt that stands for these flags before grant controls. */
export function attemptOfFlags(flags: number): Omit<SignInAttempt, 'target' | 'network' | 'satisfied'> {
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    identity: has(FLAGS.workload) ? { kind: 'servicePrincipal' } : { kind: 'user' },
    clientAppType: has(FLAGS.legacyClient) ? 'other' : 'browser',
    device: {
      isCompliant: has(FLAGS.compliantDevice),
      trustType: has(FLAGS.hybridJoinedDevice) ? 'ServerAD' : 'AzureAD',
    },
    canPerformMfa: !has(FLAGS.withoutMfa),
  };
}
