import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { AttributeValue } from '../filter/rule-evaluation.ts';

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

/** Known to be none of the three; an attribute that is null is known, one that is missing is not. */
function hasNoExtensions({ device }: SignInAttempt): boolean {
  const isKnownNotToBe = (name: string, value: string) => {
    const said = device?.[name];
    return said !== undefined && String(said).toLowerCase() !== value;
  };
  return (
    isKnownNotToBe('isManaged', 'true') &&
    isKnownNotToBe('isCompliant', 'true') &&
    isKnownNotToBe('trustType', 'serverad')
  );
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
