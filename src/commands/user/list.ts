import { builtInRole } from '../../core/tenant/built-in-roles.ts';
import { compareTexts } from '../../core/tenant/compare-texts.ts';
import { rolesOf } from '../../core/tenant/lookup.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand<[], object>({
  formats: ['ndjson', 'csv', 'markdown'],
  declare: (command) => command.description('The people of the tenant, with their active roles.'),
  run: async (session) => {
    const { tenant } = session.tenants().read();
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
              [user.userType, user.isEmergencyAccess === true ? 'emergency access' : undefined]
                .filter((part) => part != null)
                .join(', ') || null,
              [...rolesOf(tenant, user.id)]
                .map((id) => builtInRole(id)?.displayName ?? id)
                .sort()
                .join(', '),
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
