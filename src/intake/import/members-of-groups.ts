import type { Group } from '../../core/tenant/directory.ts';
import type { FileContents, ItemAt, MemberOfGroup } from './contents.ts';
import type { Cursor } from './findings.ts';

/**
 * Groups with the members that stand in files of their own. A group that the import lacks is its members alone: the tenant may
 * have the rest of it.
 */
export function withMembers({
  groups,
  groupsInside,
  emptyGroups,
  memberships,
}: FileContents): readonly ItemAt<Group>[] {
  const byGroup = Map.groupBy(memberships, ({ groupId }) => groupId.toLowerCase());
  const known = new Set(groups.map(({ value }) => value.id.toLowerCase()));
  const alone = new Map<string, ItemAt<Group>>();
  const empty = new Set(emptyGroups.map(({ value }) => value.id.toLowerCase()));
  const add = (id: string, at: Cursor) => {
    if (!known.has(id.toLowerCase())) alone.set(id.toLowerCase(), { value: { id }, at });
  };
  for (const { groupId, memberId, at, isTransitive, isGroup } of memberships) {
    add(groupId, at);
    if (isGroup === true && !isTransitive) add(memberId, at);
  }
  for (const { value, at } of [...groupsInside, ...emptyGroups]) add(value.id, at);
  return [...groups, ...alone.values()].map((group) => {
    const id = group.value.id.toLowerCase();
    const more = byGroup.get(id);
    if (more !== undefined) return { ...group, value: joined(group.value, more) };
    const isEmpty = empty.has(id) && group.value.members === undefined;
    return isEmpty ? { ...group, value: { ...group.value, members: [] } } : group;
  });
}

/** A group with its members that stand apart from it; without any where not all of them are here. */
function joined(group: Group, more: readonly MemberOfGroup[]): Group {
  const { members: own = [], nestedGroups, ...rest } = group;
  const [transitive, direct] = [more.filter(isTransitive), more.filter((member) => !isTransitive(member))];
  const isIncluded = isWhole(transitive) || nestedGroups === 'included';
  if (!isIncluded && !isWhole(direct)) return rest;
  const members = [...new Set([...own, ...more.map(({ memberId }) => memberId)])].sort();
  if (isIncluded) return { ...rest, members, nestedGroups: 'included' };
  const isListed =
    more.every(({ isGroup }) => isGroup !== undefined) && (own.length === 0 || nestedGroups === 'listed');
  return isListed ? { ...rest, members, nestedGroups: 'listed' } : { ...rest, members };
}

function isTransitive(member: MemberOfGroup): boolean {
  return member.isTransitive;
}

function isWhole(members: readonly MemberOfGroup[]): boolean {
  return members.length > 0 && !isCut(members);
}

/** Whether pages of the members of a group are here, and not the last of them: who is in the group is not known then. */
function isCut(members: readonly MemberOfGroup[]): boolean {
  const before = new Set(members.filter(({ isOfPart }) => isOfPart).map(({ memberId }) => memberId));
  return before.size > 0 && members.every(({ memberId }) => before.has(memberId));
}
