import type { Device } from '../../../core/signaling/attempt.ts';
import { isMembers, textOf } from './members.ts';

/** Texts of `deviceDetail.trustType`, squeezed, to the values that the device filter compares (D-DEVF). */
const TRUST_TYPES: Readonly<Record<string, string>> = {
  azureadjoined: 'AzureAD',
  microsoftentrajoined: 'AzureAD',
  azuread: 'AzureAD',
  hybridazureadjoined: 'ServerAD',
  microsoftentrahybridjoined: 'ServerAD',
  serverad: 'ServerAD',
  azureadregistered: 'Workplace',
  microsoftentraregistered: 'Workplace',
  workplace: 'Workplace',
};

/**
 * The device's attributes, as far as a sign-in names them; `null` for an unregistered device, whose id is empty. The
 * operating system is left out: a sign-in writes `Windows10` where the device object, which filters compare, says `Windows`.
 */
export function deviceOf(deviceDetail: unknown): Device | null | undefined {
  if (!isMembers(deviceDetail)) return undefined;
  const { deviceId, displayName, isCompliant, trustType } = deviceDetail;
  if (deviceId === '') return null;
  if (textOf(deviceId) === undefined) return undefined;
  const trust = textOf(trustType);
  return {
    deviceId: textOf(deviceId),
    displayName: textOf(displayName),
    isCompliant: typeof isCompliant === 'boolean' ? isCompliant : undefined,
    trustType: trust === undefined ? undefined : trustTypeOf(trust),
  };
}

function trustTypeOf(text: string): string | undefined {
  const squeezed = text.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(TRUST_TYPES, squeezed) ? TRUST_TYPES[squeezed] : undefined;
}
