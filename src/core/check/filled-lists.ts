import type { PolicyMember } from '../graph/policy-members.ts';
import { CONDITIONS } from '../graph/policy-members.ts';
import { GUEST_TYPES } from '../graph/words.ts';
import type { LostList } from '../tenant/lost-lists.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { isObject } from '../values/is-object.ts';

/** What may have been in the lost lists of one side: nothing, or what says most. */
export type Filling = 'nothing' | 'much';

/** Gives a policy lists in place of those that it lost, by their sides. */
export function withLists(
  fillings: Readonly<Record<LostList['side'], Filling>>,
): (policy: ConditionalAccessPolicy) => ConditionalAccessPolicy {
  return (policy) => {
    const lost = lostLists(policy.conditions).filter(({ ofGuests }) => ofGuests !== 'tenants');
    if (lost.length === 0) return policy;
    const filled = lost.reduce<unknown>((conditions, list) => {
      const steps = list.pointer.split('/').slice(2);
      return withValue(conditions, steps, fillings[list.side] === 'nothing' ? nothingFor(list) : muchFor(list));
    }, policy.conditions);
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
  const row = rowOf(condition, member);
  if (row === undefined || 'members' in row) return null;
  if (row.holds === 'filter') return null;
  return row.holds === 'flags' ? 'none' : [];
}

/** The widest that can stand in a list, Graph's word for all of it or an id; of a condition that is a list, one of its values. */
function muchFor({ condition, member, pointer, ofGuests }: LostList): unknown {
  if (ofGuests !== undefined) {
    const types = GUEST_TYPES.join(',');
    return pointer.endsWith('/guestOrExternalUserTypes') ? types : { guestOrExternalUserTypes: types };
  }
  const row = rowOf(condition, member);
  if (row === undefined) return null;
  if (!('members' in row)) return muchOf(row, member === undefined);
  const [first] = Object.entries(row.members);
  return first === undefined ? null : { [first[0]]: muchOf(first[1], false) };
}

function muchOf(row: PolicyMember, isCondition: boolean): unknown {
  switch (row.holds) {
    case 'words':
      return row.vocabulary.words.filter((word) => !isCondition || word !== 'all').slice(0, 1);
    case 'flags':
      return row.vocabulary.words.find((word) => word !== 'none') ?? null;
    case 'filter':
      return { mode: 'include', rule: 'device.isCompliant -eq True' };
    case 'ids':
      return [row.words.includes('All') ? 'All' : row.of === 'authenticationContexts' ? 'c1' : SOMETHING];
    default:
      return [SOMETHING];
  }
}

function rowOf(condition: LostList['condition'], member: string | undefined): PolicyMember | undefined {
  const row: PolicyMember = CONDITIONS[condition];
  return member === undefined ? row : 'members' in row ? row.members[member] : undefined;
}

const SOMETHING = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
