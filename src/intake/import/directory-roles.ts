import type { RoleAssignment } from '../../core/tenant/directory.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import type { ListedRole, RoleMember } from './contents.ts';
import { memberIds } from './directory.ts';
import type { Cursor } from './findings.ts';
import { readId } from './identity.ts';
import { lookUp, memberOf } from './member-names.ts';
import { holderOf } from './member-types.ts';
import { object, textOrMissing } from './members.ts';

/**
 * The older way in which Graph lists roles: `directoryRoles` are those in use, each with the people in it who hold it now
 * and for the whole tenant; `scopedMembers` hold it in one administrative unit.
 */

const id = (value: unknown, at: Cursor) => readId(value, at);

const roleMembers = object(
  { id, objectId: id, roleTemplateId: id, displayName: textOrMissing, members: memberIds },
  'keep',
);

type DirectoryRole = Omit<ListedRole, 'isAlone' | 'isExported'>;

export function readDirectoryRole(value: JsonObject, at: Cursor): DirectoryRole | undefined {
  const read = roleMembers(value, at);
  if (read === null || !at.sound) return undefined;
  const { roleTemplateId, members, objectId } = read;
  if (roleTemplateId === undefined) {
    at.error('missingMember', 'a directory role needs `roleTemplateId`');
    return undefined;
  }
  if (members === undefined) {
    at.note('roleWithoutMembers', 'the role comes without its members: `directoryRoles?$expand=members` gives them');
  }
  const written: unknown = memberOf(value, 'members');
  const assignments = (members ?? []).map(
    (principalId, position): RoleAssignment => ({
      // Each member was read, or the role is not taken.
      ...holderOf(principalId, Array.isArray(written) ? written[position] : written),
      roleDefinitionId: roleTemplateId,
      directoryScopeId: '/',
      status: 'active',
    }),
  );
  const hasMembers = members !== undefined;
  return { id: read.id ?? objectId ?? roleTemplateId, roleTemplateId, assignments, hasMembers };
}

export function readScopedRoleMember(value: JsonObject, at: Cursor): RoleMember | undefined {
  const has = lookUp(value);
  const info = has('roleMemberInfo');
  const principalId = readId(isJsonObject(info) ? memberOf(info, 'id') : undefined, at);
  const unit = readId(has('administrativeUnitId'), at);
  const directoryRoleId = readId(has('roleId'), at);
  if (principalId === undefined || unit === undefined || directoryRoleId === undefined) {
    at.error('missingMember', 'a scoped role member needs `roleId`, `administrativeUnitId` and `roleMemberInfo`');
    return undefined;
  }
  return { directoryRoleId, principalId, directoryScopeId: `/administrativeUnits/${unit}` };
}
