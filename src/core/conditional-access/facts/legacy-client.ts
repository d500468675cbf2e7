import type { ClientAppType } from '../../graph/words.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';

/** Clients that can neither answer a prompt nor prove a device, so any grant requirement stops them (D-COND). */
export function isLegacyClient(type: ClientAppType | undefined): boolean {
  return type === 'other' || (type !== undefined && isActiveSync(type));
}

export function isActiveSync(type: ClientAppType): boolean {
  return type === 'exchangeActiveSync' || type === 'easSupported';
}

/** Whether a policy chooses Exchange ActiveSync clients. */
export function isForActiveSync(conditions: ConditionSet | undefined): boolean {
  return texts(conditions?.clientAppTypes).some((type) => type.toLowerCase() === 'exchangeactivesync');
}
