import { isCompliantDevice, isHybridJoinedDevice } from '../conditional-access/facts/device-facts.ts';
import { isLegacyClient } from '../conditional-access/facts/legacy-client.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';

/** Parts of sign-ins with the same text answer grant controls alike, whatever conditions say of them. */
export function reactionOf(part: Partial<SignInAttempt>): string {
  const attempt = { ...NOTHING_TOLD, ...part };
  return [
    attempt.identity.kind === 'user',
    attempt.canPerformMfa === false,
    isLegacyClient(attempt.clientAppType),
    isCompliantDevice(attempt),
    isHybridJoinedDevice(attempt),
  ].join();
}
