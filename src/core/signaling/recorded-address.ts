import type { SignInAttempt } from './attempt.ts';
import type { Observation } from './observation.ts';

/** Whether the address seen is the one that the record was judged by. */
export function isRecordedAddress(attempt: SignInAttempt, { ipAddress }: Pick<Observation, 'ipAddress'>): boolean {
  const { network } = attempt;
  const recorded = attempt.recordedIpAddress ?? (network.via === 'direct' ? network.source.address : undefined);
  return recorded !== undefined && ipAddress !== undefined && recorded.text === ipAddress.text;
}
