import type { PolicyMember } from '../graph/policy-members.ts';
import { CONDITIONS } from '../graph/policy-members.ts';
import { isObject } from '../values/is-object.ts';
import type { ConditionSet } from './policy.ts';

/**
 * What the SDK of PowerShell has in the place of none: of what Graph gives as `null` or not at all it makes an object of nothing but
 * `null`. What Graph gives as an empty list stays one (SDK, L-CORPUS), so that a list which is null beside others was lost there too.
 */

/** Whether an object has nothing but `null`, at any depth, annotations aside. */
export function isOfNulls(value: unknown): boolean {
  const members = membersOf(value);
  return members.length > 0 && members.every((member) => member === null || isOfNulls(member));
}

/** Whether an object has no members, annotations aside: Graph gives none such, in the place of none or of anything. */
export function isWithoutMembers(value: unknown): boolean {
  return isObject(value) && membersOf(value).length === 0;
}

function membersOf(value: unknown): readonly unknown[] {
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => (name.includes('@') ? [] : [member])) : [];
}

/**
 * Whether the conditions of a policy came from the SDK: two of them are objects of nulls, as most of its policies ask neither for platforms
 * nor for workload identities. One alone may have been lost.
 */
export function isOfSdk(conditions: ConditionSet | null | undefined): boolean {
  const { includeGuestsOrExternalUsers, excludeGuestsOrExternalUsers } = conditions?.users ?? {};
  const guests = [includeGuestsOrExternalUsers, excludeGuestsOrExternalUsers].filter(isOfNulls);
  return guests.length + Object.entries(conditions ?? {}).filter(isNoneOfSdk).length >= 2;
}

/** Every policy has users and applications; a filter that is null is one that Graph gives so. */
function isNoneOfSdk([name, value]: readonly [string, unknown]): boolean {
  const row = ROWS.get(name);
  if (name === 'users' || name === 'applications' || row === undefined || !('members' in row)) return false;
  const lists = Object.entries(row.members).flatMap(([member, { holds }]) => (holds === 'filter' ? [] : [member]));
  return isOfNulls(value) && isObject(value) && lists.some((member) => value[member] === null);
}

const ROWS: ReadonlyMap<string, PolicyMember> = new Map(Object.entries(CONDITIONS));
