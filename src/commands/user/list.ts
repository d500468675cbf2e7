import { heldRoles } from '../../core/tenant/roles/held-roles.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { roleNames, userKind } from '../people.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The people of the tenant, with their active roles.')
      .addHelpText('after', examples('gsa user list', 'gsa user list -o csv')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const rolesOf = heldRoles(tenant);
    const users = (tenant.users ?? []).toSorted(
      (a, b) => compareTexts(a.userPrincipalName ?? a.id, b.userPrincipalName ?? b.id) || compareTexts(a.id, b.id),
    );
    return {
      report: {
        kind: 'directory',
        data: {
          value: users,
          view: {
            columns: ['User', 'Type', 'Roles', 'Id'],
            rows: users.map((user) => [
              user.userPrincipalName ?? user.displayName ?? null,
              userKind(user),
              roleNames(rolesOf(user.id)).join(', '),
              user.id,
            ]),
            empty:
              tenant.users === undefined
                ? 'The tenant does not know its people; `gsa import` takes users.'
                : 'The tenant has no people.',
          },
        },
      },
    };
  },
});
