import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Device, Satisfied } from '../../../core/signaling/attempt.ts';
import { isMembers, textOf } from './members.ts';

/** Errors that mean: multifactor authentication was asked for and is outstanding (reference conditional-access §2.3). */
const MFA_OUTSTANDING = new Set([50072, 50074, 50076, 50078, 50079]);

/** What the record proves of the session. An unregistered device is neither compliant nor joined. */
export function satisfiedOf(record: SignIn, device: Device | null | undefined): Satisfied {
  return {
    mfa: mfaOf(record),
    compliantDevice: device === null ? false : booleanIn(device, 'isCompliant'),
    domainJoinedDevice: domainJoined(device),
  };
}

function booleanIn(device: Device | undefined, name: string): boolean | undefined {
  const value = device?.[name];
  return typeof value === 'boolean' ? value : undefined;
}

function domainJoined(device: Device | null | undefined): boolean | undefined {
  if (device === null) return false;
  const trustType = device?.['trustType'];
  return trustType === undefined ? undefined : trustType === 'ServerAD';
}

function mfaOf(record: SignIn): boolean | undefined {
  const errorCode = record.status?.errorCode;
  if (typeof errorCode === 'number' && MFA_OUTSTANDING.has(errorCode)) return false;
  const steps = stepsOf(record['authenticationDetails']);
  const details = textOf(record.status?.additionalDetails) ?? '';
  if (saysDone(details) || steps.some(({ succeeded, result }) => succeeded !== false && saysDone(result))) return true;
  // Skipped for a trusted address or a remembered device: nobody knows what the session would have proved otherwise.
  if (
    /^mfa requirement skipped/i.test(details) ||
    steps.some(({ result }) => /^mfa requirement skipped/i.test(result))
  ) {
    return undefined;
  }
  if (errorCode !== 0) return undefined;
  if (record.authenticationRequirement === 'multiFactorAuthentication') return true;
  const mfaDetail = record['mfaDetail'];
  if (isMembers(mfaDetail) && textOf(mfaDetail['authMethod']) !== undefined) return true;
  return onlyPassword(record, steps) ? false : undefined;
}

/** `MFA requirement satisfied by claim in the token`, `MFA completed in Azure AD`, `MFA successfully completed`. */
function saysDone(text: string): boolean {
  return /^mfa (requirement satisfied|completed|successfully completed)/i.test(text);
}

interface Step {
  readonly method: string;
  readonly result: string;
  readonly succeeded: unknown;
}

function stepsOf(details: unknown): readonly Step[] {
  if (!Array.isArray(details)) return [];
  return details.filter(isMembers).map((step) => ({
    method: textOf(step['authenticationMethod']) ?? '',
    result: textOf(step['authenticationStepResultDetail']) ?? '',
    succeeded: step['succeeded'],
  }));
}

/** An interactive sign-in that began with a password here and now has nothing else behind it. */
function onlyPassword(record: SignIn, steps: readonly Step[]): boolean {
  return record.isInteractive === true && steps.length > 0 && steps.every(({ method }) => method === 'Password');
}
