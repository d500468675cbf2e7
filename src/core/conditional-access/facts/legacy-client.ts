import type { ClientAppType } from '../../graph/words.ts';
import { lostLists } from '../../tenant/lost-lists.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Truth } from '../result.ts';

/** Clients that can neither answer a prompt nor prove a device, so any grant requirement stops them (D-COND). */
export function isLegacyClient(type: ClientAppType | undefined): boolean {
  return type === 'other' || (type !== undefined && isActiveSync(type));
}

export function isActiveSync(type: ClientAppType): boolean {
  return type === 'exchangeActiveSync' || type === 'easSupported';
}

/** Whether a policy chooses Exchange ActiveSync clients; where an export lost its client app types, it may. */
export function isForActiveSync(conditions: ConditionSet | undefined): Truth {
  if (texts(conditions?.clientAppTypes).some((type) => type.toLowerCase() === 'exchangeactivesync')) return true;
  return lostLists(conditions).some(({ condition }) => condition === 'clientAppTypes') && 'unknown';
}
