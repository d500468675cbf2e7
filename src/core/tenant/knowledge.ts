import type { RoleAssignment } from './directory.ts';
import type { Tenant } from './tenant.ts';

/**
 * Lists of a tenant that an answer can hang on and that an export may lack. One that is not there is *not known*, never
 * *none*: nothing that hangs on it is proven (invariant 11).
 */
export const KNOWABLE_LISTS = [
  'policies',
  'namedLocations',
  'mfaTrustedIps',
  'users',
  'groups',
  'roleAssignments',
  'servicePrincipals',
] as const;
export type KnowableList = (typeof KNOWABLE_LISTS)[number];

/** Lists that are always there, with the mark beside them that says whether they are all that the tenant has. */
export const MARKS = { policies: 'policiesKnown', namedLocations: 'namedLocationsKnown' } as const;
export type MarkedList = keyof typeof MARKS;

/** The marks by the list that they speak of; that of groups speaks of a list that may be absent too. */
export const MARKS_OF_LISTS = { ...MARKS, groups: 'groupsKnown' } as const;

/** Says in an export of ours that the tenant may have more of the list than the file. */
export const IS_PART = '@gsa.isPart';

/** Says in an export of ours that the tenant has no more groups than the file. */
export const IS_WHOLE = '@gsa.isWhole';

export const MARKED_LISTS: readonly MarkedList[] = ['policies', 'namedLocations'];

export function isMarked(list: KnowableList): list is MarkedList {
  return Object.hasOwn(MARKS, list);
}

/**
 * Whether the tenant has all of a list. Named locations and policies are always a list, because one can be added by hand to
 * others that nobody has seen: a mark says whether these are all. A file without the mark knows them where it holds any or
 * held any, as it can only have got them from an export or the sample.
 */
export function isListKnown(tenant: Tenant, list: KnowableList): boolean {
  if (list === 'roleAssignments') return areActiveRolesKnown(tenant.roleAssignments);
  if (!isMarked(list)) return tenant[list] !== undefined;
  return tenant[MARKS[list]] ?? tenant[list].length + tenant.deletedItems[list].length > 0;
}

/**
 * Whether it is known who holds a role. A tenant always has somebody who does, so a list of nothing but eligible assignments is that of
 * Privileged Identity Management, which says nothing of the active ones; an empty list is the word of an export or an administrator.
 */
export function areActiveRolesKnown(assignments: readonly RoleAssignment[] | undefined): boolean {
  return (
    assignments !== undefined && (assignments.length === 0 || assignments.some(({ status }) => status === 'active'))
  );
}

/**
 * Whether the tenant has no group but those of its list. A list of groups is mostly of those that somebody asked for, and a filter leaves
 * no trace in it (GDOC group-list): only a mark says that it is all of them, or a list that holds none.
 */
export function areAllGroupsKnown({ groups, groupsKnown }: Pick<Tenant, 'groups' | 'groupsKnown'>): boolean {
  return groups !== undefined && (groupsKnown ?? groups.length === 0);
}

/** How many a list holds; `undefined`: not known. */
export function knownCount(tenant: Tenant, list: KnowableList): number | undefined {
  return isListKnown(tenant, list) ? tenant[list]?.length : undefined;
}

export const LISTS_IN_WORDS: { readonly [list in KnowableList]: string } = {
  policies: 'Policies',
  namedLocations: 'Named locations',
  mfaTrustedIps: 'MFA trusted IPs',
  users: 'Users',
  groups: 'Groups',
  roleAssignments: 'Role assignments',
  servicePrincipals: 'Service principals',
};
