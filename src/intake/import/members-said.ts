import { pathOfMembers } from './contexts-of-members.ts';
import { groupOfMember, roleOfMember } from './folders.ts';
import { listOfContext } from './whole-lists.ts';

/** Whose members stand in a file or an answer, as its path or its context says: those of a group, or of a role of `directoryRoles`. */
export interface MembersSaid {
  readonly of: 'group' | 'role';
  readonly id: string;
  /** They are those through any other group too (Graph's `transitiveMembers`). */
  readonly isTransitive: boolean;
  /** They were cast to one kind, and lack the groups inside; whoever is in these is among the transitive ones. */
  readonly isOfOneKind: boolean;
}

/** `undefined`: nothing says that they are members. A folder goes before the context, which may be that of any list of people. */
export function membersSaid(file: string, context: string): MembersSaid | undefined {
  const [folder, path] = [groupOfMember(file), pathOfMembers(context)];
  const groupId = folder?.id ?? (path?.of === 'group' ? path.id : undefined);
  const id = groupId ?? roleOfMember(file) ?? (path?.of === 'role' ? path.id : undefined);
  if (id === undefined) return undefined;
  const isTransitive = folder?.isTransitive === true || path?.isTransitive === true;
  return {
    of: groupId === undefined ? 'role' : 'group',
    id,
    isTransitive,
    isOfOneKind: !isTransitive && listOfContext(context) !== undefined,
  };
}
