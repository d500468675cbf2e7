import { isCompliantDevice, isHybridJoinedDevice } from '../conditional-access/facts/device-facts.ts';
import { isLegacyClient } from '../conditional-access/facts/legacy-client.ts';
import { presented } from '../conditional-access/facts/presented.ts';
import { isDeviceCodeFlow, isIntuneEnrollment } from '../conditional-access/grant/controls.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import type { CheckedWorlds } from './worlds.ts';
import { SIDES } from './worlds.ts';

/** Parts of sign-ins with the same text answer grant controls alike in both worlds, whatever conditions say of them. */
export function reactionOf(worlds: CheckedWorlds, part: Partial<SignInAttempt>): string {
  const given = { ...NOTHING_TOLD, ...part };
  const shown = SIDES.map((side) => shownBy(presented(worlds[side].compiled, given)));
  const isAsked = SIDES.some((side) => worlds[side].asksForBinding);
  return [...shown, ...(isAsked ? [bindingOf(given)] : [])].join(' ');
}

/** What tells whether the session is bound to its device, which nothing else than token protection asks for. */
function bindingOf({ isSessionBound, device, clientAppType }: SignInAttempt): string {
  return [isSessionBound, device === null, clientAppType === 'mobileAppsAndDesktopClients'].join();
}

/** Everything else of a sign-in that its grant controls read, as `satisfactionOf` and `canBePrompted` do. */
function shownBy(attempt: SignInAttempt): string {
  return [
    attempt.identity.kind === 'user',
    attempt.identity.isAgent === true,
    attempt.canPerformMfa === false,
    attempt.canChangePassword === false,
    isLegacyClient(attempt.clientAppType),
    isCompliantDevice(attempt),
    isHybridJoinedDevice(attempt),
    isDeviceCodeFlow(attempt),
    isIntuneEnrollment(attempt.target),
    JSON.stringify(attempt.satisfied),
  ].join();
}
