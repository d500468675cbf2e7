import type { SignInAttempt } from '../signaling/attempt.ts';
import type { AttributeValue } from './rule-evaluation.ts';

/**
 * An attribute of the device by its name in filters. An unregistered device has null for every attribute; extension
 * attributes exist only on a device that is managed, compliant or hybrid joined (D-DEVF).
 */
export function deviceAttribute(attempt: SignInAttempt, name: string): AttributeValue {
  const { device } = attempt;
  if (device === undefined) return undefined;
  if (device === null) return null;
  const wanted = name.toLowerCase();
  const value = device[name] ?? Object.entries(device).find(([attribute]) => attribute.toLowerCase() === wanted)?.[1];
  return wanted.startsWith('extensionattribute') && hasNoExtensions(attempt) ? null : value;
}

function hasNoExtensions({ device }: SignInAttempt): boolean {
  const says = (name: string, no: string) => String(device?.[name] ?? '').toLowerCase() === no;
  const trustType = device?.['trustType'];
  const isNotHybrid = trustType !== undefined && String(trustType).toLowerCase() !== 'serverad';
  return says('isManaged', 'false') && says('isCompliant', 'false') && isNotHybrid;
}

/** Compliance as the session proves it, otherwise as the device record has it; `undefined`: neither says. */
export function isCompliantDevice(attempt: SignInAttempt): boolean | undefined {
  return attempt.satisfied.compliantDevice ?? flag(deviceAttribute(attempt, 'isCompliant'), 'true');
}

/** Hybrid joined: `trustType` ServerAD (D-DEVF). */
export function isHybridJoinedDevice(attempt: SignInAttempt): boolean | undefined {
  return attempt.satisfied.domainJoinedDevice ?? flag(deviceAttribute(attempt, 'trustType'), 'serverad');
}

function flag(value: AttributeValue, yes: string): boolean | undefined {
  return value === undefined ? undefined : String(value).toLowerCase() === yes;
}
