import { builtInRole } from '../../core/tenant/built-in-roles.ts';
import { findUser, rolesOf } from '../../core/tenant/lookup.ts';
import { groupsOf } from '../../core/tenant/membership.ts';
import { defineCommand } from '../command.ts';
import { theOne } from '../find.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('One person: groups, nested ones included, and active roles.')
      .argument('<user>', 'user principal name, display name or id'),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    const user = theOne(findUser(tenant, text), 'user', text);
    const { member, unknown } = groupsOf(tenant, user.id);
    const nameOf = (id: string) =>
      (tenant.groups ?? []).find((group) => group.id.toLowerCase() === id)?.displayName ?? id;
    const groups = [...member].map(nameOf).sort();
    const roles = [...rolesOf(tenant, user.id)].map((id) => builtInRole(id)?.displayName ?? id).sort();
    return {
      report: {
        kind: 'details',
        data: {
          value: [{ ...user, memberOf: [...member].sort(), roles }],
          view: {
            heading: user.userPrincipalName ?? user.displayName ?? user.id,
            fields: [
              ['Id', user.id],
              ['Name', user.displayName ?? null],
              [
                'Type',
                [user.userType, user.isEmergencyAccess === true ? 'emergency access' : null]
                  .filter((part) => part != null)
                  .join(', ') || null,
              ],
              ['Groups', tenant.groups === undefined ? null : groups.join(', ') || 'none'],
              ...(unknown.size === 0 ? [] : [['Perhaps in', [...unknown].map(nameOf).sort().join(', ')] as const]),
              ['Roles', tenant.roleAssignments === undefined ? null : roles.join(', ') || 'none'],
            ],
          },
        },
      },
    };
  },
});
