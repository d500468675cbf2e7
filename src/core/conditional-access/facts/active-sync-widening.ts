import type { LostList } from '../../tenant/lost-lists.ts';
import { lostLists } from '../../tenant/lost-lists.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { isSet, texts } from '../../tenant/policy-words.ts';
import { isForActiveSync } from './legacy-client.ts';

/**
 * Whether a policy is one on every user of Exchange ActiveSync clients, as choosing guests or directory roles makes one for such clients
 * (D-COND): the lost facts on which that hangs, none where it surely is one, and `undefined` where it surely is not.
 */
export function activeSyncWidening(conditions: ConditionSet): readonly string[] | undefined {
  const isActiveSync = isForActiveSync(conditions);
  if (isActiveSync === false) return undefined;
  const lostKinds = lostLists(conditions).filter(mayChooseKinds);
  const isChosen = choosesKinds(conditions, lostKinds);
  if (!isChosen && lostKinds.length === 0) return undefined;
  return [
    ...(isActiveSync === 'unknown' ? ['conditions.clientAppTypes'] : []),
    ...(isChosen ? [] : lostKinds.map(({ fact }) => fact)),
  ];
}

function choosesKinds({ users }: ConditionSet, lostKinds: readonly LostList[]): boolean {
  const { includeUsers, includeRoles, includeGuestsOrExternalUsers } = users ?? {};
  return (
    texts(includeRoles).length > 0 ||
    (isSet(includeGuestsOrExternalUsers) && lostKinds.every(({ ofGuests }) => ofGuests !== 'types')) ||
    texts(includeUsers).some((word) => word.toLowerCase() === 'guestsorexternalusers')
  );
}

/** Guests and roles; `GuestsOrExternalUsers` stands among users. */
function mayChooseKinds({ condition, side, of }: LostList): boolean {
  return condition === 'users' && side === 'include' && of !== 'groups';
}
