import type { GrantControl } from '../../../core/graph/controls.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../../../core/graph/controls.ts';
import type { Device, Satisfied } from '../../../core/signaling/attempt.ts';
import { isMembers, textOf } from './members.ts';
import type { PartOf } from './record-part.ts';

/** Errors that mean: multifactor authentication was asked for and is outstanding (D-ERR). */
const MFA_OUTSTANDING = new Set([50072, 50074, 50076, 50078, 50079]);

/** What an unregistered device proves is known: it is neither compliant nor joined. */
export function deviceClaimsOf(
  device: Device | null | undefined,
): Pick<Satisfied, 'compliantDevice' | 'domainJoinedDevice'> {
  return {
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

/** Members that say whether multifactor authentication was done. */
export const MFA_MEMBERS = [
  'status',
  'authenticationDetails',
  'authenticationRequirement',
  'mfaDetail',
  'isInteractive',
] as const;

type MfaRecord = PartOf<typeof MFA_MEMBERS>;

export function mfaOf(record: MfaRecord): boolean | undefined {
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

/** Controls on a device by the error of a sign-in that lacked them (D-ERR): 53000, 53001. */
const REFUSALS: ReadonlyMap<unknown, GrantControl> = new Map(
  GRANT_CONTROL_NAMES.filter((name) => GRANT_CONTROLS[name].provenBy === 'device').map((name) => [
    GRANT_CONTROLS[name].errorCode,
    name,
  ]),
);

export function refusedControlOf({ status }: MfaRecord): GrantControl | undefined {
  return REFUSALS.get(status?.errorCode);
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

/** What is read of each step in `authenticationDetails`. */
export const STEP_MEMBERS = ['authenticationMethod', 'authenticationStepResultDetail', 'succeeded'] as const;

function stepsOf(details: unknown): readonly Step[] {
  if (!Array.isArray(details)) return [];
  return details.filter(isMembers).map((step: StepRecord) => ({
    method: textOf(step.authenticationMethod) ?? '',
    result: textOf(step.authenticationStepResultDetail) ?? '',
    succeeded: step.succeeded,
  }));
}

type StepRecord = { readonly [Name in (typeof STEP_MEMBERS)[number]]?: unknown };

/** An interactive sign-in that began with a password here and now has nothing else behind it. */
function onlyPassword(record: MfaRecord, steps: readonly Step[]): boolean {
  return record.isInteractive === true && steps.length > 0 && steps.every(({ method }) => method === 'Password');
}
