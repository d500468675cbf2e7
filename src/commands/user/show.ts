import { areActiveRolesKnown } from '../../core/tenant/knowledge.ts';
import { findUser } from '../../core/tenant/lookup.ts';
import { groupsOf } from '../../core/tenant/membership.ts';
import { rolesOf } from '../../core/tenant/roles/held-roles.ts';
import { openRoles } from '../../core/tenant/roles/open-roles.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { groupName, roleNames, rolesThatDoNotCount, userKind, userName } from '../people.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description(
        'One person: groups, nested ones included, active roles, and those that are eligible or scoped only.',
      )
      .argument('<user>', 'user principal name, display name or id')
      .addHelpText('after', examples('gsa user show joni.sherman@contoso.com')),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const user = theOne(findUser(tenant, text), 'user', text);
    const { member, unknown } = groupsOf(tenant, user.id);
    const nameOf = (id: string) => groupName(tenant, id);
    const groups = [...member].map(nameOf).sort();
    const held = rolesOf(tenant, user.id);
    const roles = roleNames(held);
    const perhaps = roleNames(new Set([...openRoles(tenant).keys()].filter((role) => !held.has(role))));
    const notCounting = rolesThatDoNotCount(tenant, new Set([...member, user.id.toLowerCase()]));
    return {
      report: {
        kind: 'details',
        data: {
          value: [{ ...user, memberOf: [...member].sort(), roles, rolesThatDoNotCount: notCounting }],
          view: {
            heading: userName(user),
            fields: [
              ['Id', user.id],
              ['Name', user.displayName ?? null],
              ['Type', userKind(user)],
              ['Groups', tenant.groups === undefined ? null : groups.join(', ') || 'none'],
              ...(unknown.size === 0 ? [] : [['Perhaps in', [...unknown].map(nameOf).sort().join(', ')] as const]),
              ['Roles', areActiveRolesKnown(tenant.roleAssignments) ? roles.join(', ') || 'none' : null],
              ...(perhaps.length === 0 ? [] : [['Perhaps holds', perhaps.join(', ')] as const]),
              ...(notCounting.length === 0 ? [] : [['Roles that do not count', notCounting.join(', ')] as const]),
            ],
          },
        },
      },
    };
  },
});
