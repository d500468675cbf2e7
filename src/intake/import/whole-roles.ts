import type { RoleAssignment } from '../../core/tenant/directory.ts';
import type { FileContents, ItemAt } from './contents.ts';
import type { ExportedList } from './list-names.ts';

type Roles = Pick<FileContents, 'directoryRoles' | 'roleAssignments'>;

/**
 * The lists that came in part, with that of role assignments where it did. Assignments as `roleManagement` lists them prove themselves; the
 * older `directoryRoles` are all where each came with the people in it. One role alone, its members alone, and those who hold a role in
 * an administrative unit say nothing of who else holds one. Eligible assignments alone are no part of those that count.
 */
export function withCutRoles(
  cutLists: readonly ExportedList[],
  roles: Roles,
  all: readonly ItemAt<RoleAssignment>[],
): readonly ExportedList[] {
  const others = cutLists.filter((list) => list !== 'roleAssignments');
  if (!all.some(isActive)) return all.length === 0 ? cutLists : others;
  const isCut = others.length < cutLists.length || !areListed(roles);
  return isCut ? [...others, 'roleAssignments'] : others;
}

function areListed({ directoryRoles, roleAssignments }: Roles): boolean {
  const ofRoles = new Set(directoryRoles.flatMap(({ assignments }) => assignments));
  if (roleAssignments.some((each) => isActive(each) && !ofRoles.has(each.value))) return true;
  if (directoryRoles.length === 0) return false;
  const areExported = directoryRoles.length > 1 && directoryRoles.every(({ isExported }) => isExported);
  return areExported || directoryRoles.every(({ hasMembers, isAlone }) => hasMembers && !isAlone);
}

function isActive({ value }: ItemAt<RoleAssignment>): boolean {
  return value.status === 'active';
}
