import { SESSION } from '../../graph/policy-members.ts';
import type { ConditionalAccessPolicy, SessionControls } from '../../tenant/policy.ts';
import { isSet, lower } from '../../tenant/policy-words.ts';
import { mayEnforce, modeOf } from '../policy-mode.ts';

/** Short names as the sign-in log has them (L-REAL); for the others no log was seen and the member's own name stands. */
const LOG_NAMES: ReadonlyMap<string, string> = new Map([
  ['signInFrequency', 'SignInFrequency'],
  ['persistentBrowser', 'PersistentBrowserSessionMode'],
  ['applicationEnforcedRestrictions', 'AppEnforcedRestrictions'],
  ['cloudAppSecurity', 'CloudAppSecurity'],
  ['secureSignInSession', 'SignInTokenProtection'],
  ['disableResilienceDefaults', 'DisableResilienceDefaults'],
  ['continuousAccessEvaluation', 'ContinuousAccessEvaluation'],
  ['globalSecureAccessFilteringProfile', 'GlobalSecureAccessFilteringProfile'],
]);

/** Session controls that Graph declares. They are only gathered, so another one changes no outcome. */
export const KNOWN_SESSION_CONTROLS: ReadonlySet<string> = new Set(Object.keys(SESSION));

const NAMES_IN_LOG: ReadonlySet<string> = new Set([...LOG_NAMES.values(), ...KNOWN_SESSION_CONTROLS]);

/** Whether nobody documents the control that a policy sets, by its name in the log: what it does to a sign-in is not known. */
export function isUndocumentedControl(name: string): boolean {
  return !NAMES_IN_LOG.has(name);
}

/** Session controls that are on: set, and not `isEnabled: false`; sorted. Controls we do not know keep their own name. */
export function sessionControlNames(controls: SessionControls | null | undefined): string[] {
  return Object.keys(setSessionControls(controls))
    .map((name) => LOG_NAMES.get(name) ?? name)
    .sort();
}

/** The session controls that are set and not switched off, by Graph's names. */
export function setSessionControls(controls: SessionControls | null | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(controls ?? {}).filter(
      ([name, value]) => !name.includes('@') && isSet(value) && !isSwitchedOff(value),
    ),
  );
}

function isSwitchedOff(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isEnabled' in value && value.isEnabled === false;
}

/** Token protection: the session must be bound to the device (TP). */
export function isTokenProtected(controls: SessionControls | null | undefined): boolean {
  return controls?.secureSignInSession?.isEnabled === true;
}

/** Strict location enforcement: the address at the resource must be allowed too (D-STRICT). */
export function isStrictLocation(controls: SessionControls | null | undefined): boolean {
  return lower(controls?.continuousAccessEvaluation?.mode) === 'strictlocation';
}

/** Whether the policy enforces strict location, or may: in report-only it asks the resource for nothing. */
export function mayEnforceStrictLocation({ state, sessionControls }: ConditionalAccessPolicy): boolean {
  return mayEnforce(modeOf(state)) && isStrictLocation(sessionControls);
}
