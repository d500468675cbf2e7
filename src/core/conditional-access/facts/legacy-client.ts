import type { ClientAppType } from '../../graph/words.ts';

/** Clients that can neither answer a prompt nor prove a device, so any grant requirement stops them (D-COND). */
export function isLegacyClient(type: ClientAppType | undefined): boolean {
  return type === 'other' || (type !== undefined && isActiveSync(type));
}

export function isActiveSync(type: ClientAppType): boolean {
  return type === 'exchangeActiveSync' || type === 'easSupported';
}
