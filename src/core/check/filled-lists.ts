import type { PolicyMember } from '../graph/policy-members.ts';
import { GUEST_TYPES } from '../graph/words.ts';
import type { LostList } from '../tenant/lost-lists.ts';
import { lostLists, rowAt } from '../tenant/lost-lists.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { isObject } from '../values/is-object.ts';

/** What may have been in the lost lists of one side: nothing, or something, which is Graph's word for all where there is one. */
export type Filling = 'nothing' | 'something';

/** Gives a policy lists in place of those that it lost, by their sides. */
export function withLists(
  fillings: Readonly<Record<LostList['side'], Filling>>,
): (policy: ConditionalAccessPolicy) => ConditionalAccessPolicy {
  return (policy) => {
    const lost = lostLists(policy.conditions).filter(({ ofGuests }) => ofGuests !== 'tenants');
    if (lost.length === 0) return policy;
    const filled = lost.reduce<unknown>(
      (conditions, list) =>
        withValue(conditions, list.path, fillings[list.side] === 'nothing' ? nothingFor(list) : somethingFor(list)),
      policy.conditions,
    );
    // Each value stands where a row of its kind is.
    return { ...policy, conditions: filled as ConditionalAccessPolicy['conditions'] };
  };
}

function withValue(object: unknown, [step, ...others]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const members = isObject(object) ? object : {};
  return { ...members, [step]: withValue(members[step], others, value) };
}

/** No condition at all where all of one was lost. */
function nothingFor({ condition, member, ofGuests }: LostList): unknown {
  if (ofGuests !== undefined) return member === undefined ? null : 'none';
  const row = rowAt(condition, member);
  if (row === undefined || 'members' in row) return null;
  if (row.holds === 'filter') return null;
  return row.holds === 'flags' ? 'none' : [];
}

/** Graph's word for all that can stand in a list, or an id that no object has; of a condition that is a list, one of its values. */
function somethingFor({ condition, member, path, ofGuests }: LostList): unknown {
  if (ofGuests !== undefined) {
    const types = GUEST_TYPES.join(',');
    return path.at(-1) === 'guestOrExternalUserTypes' ? types : { guestOrExternalUserTypes: types };
  }
  const row = rowAt(condition, member);
  if (row === undefined) return null;
  if (!('members' in row)) return somethingOf(row, member === undefined);
  const [first] = Object.entries(row.members);
  return first === undefined ? null : { [first[0]]: somethingOf(first[1], false) };
}

function somethingOf(row: PolicyMember, isCondition: boolean): unknown {
  switch (row.holds) {
    case 'words':
      return row.vocabulary.words.filter((word) => !isCondition || word !== 'all').slice(0, 1);
    case 'flags':
      return row.vocabulary.words.find((word) => word !== 'none') ?? null;
    case 'filter':
      return { mode: 'include', rule: 'device.isCompliant -eq True' };
    case 'ids':
      return [row.words.includes('All') ? 'All' : row.of === 'authenticationContexts' ? 'c1' : NO_OBJECT];
    default:
      return [NO_OBJECT];
  }
}

const NO_OBJECT = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
