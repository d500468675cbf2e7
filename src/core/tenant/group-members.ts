import type { Group } from './directory.ts';

const GUIDS = new WeakMap<object, Uint32Array>();

/** Lets the members of a group be read from their GUIDs, four words each: they are those of its `members`, in their order. */
export function keepMembersByGuid(group: object, words: Uint32Array): void {
  GUIDS.set(group, words);
}

/** The members of the group by their GUIDs, where it was given these and nobody has to make a text of each. */
export function membersByGuid(group: object): Uint32Array | undefined {
  return GUIDS.get(group);
}

/** Whether the group says of its members which are groups, or came with whoever is in these (see directory.ts). */
export function areNestedGroupsKnown({ nestedGroups }: Group): boolean {
  return nestedGroups === 'listed' || nestedGroups === 'included';
}

/** Whether the tenant knows who is in the group, be it nobody. */
export function areMembersKnown(group: Group): boolean {
  return GUIDS.has(group) || group.members !== undefined;
}
