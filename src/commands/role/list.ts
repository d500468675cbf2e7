import { builtInRole } from '../../core/tenant/built-in-roles.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand<[], object>({
  formats: ['ndjson', 'csv', 'markdown'],
  declare: (command) =>
    command.description(
      'Who holds which directory role. Conditional Access counts active, tenant-wide, built-in ones only.',
    ),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    const people = new Map([
      ...(tenant.users ?? []).map((user) => [user.id, user.userPrincipalName ?? user.displayName ?? user.id] as const),
      ...(tenant.groups ?? []).map((group) => [group.id, group.displayName ?? group.id] as const),
    ]);
    const names = new Map((tenant.roleDefinitions ?? []).map((role) => [role.id, role.displayName ?? role.id]));
    const rows = (tenant.roleAssignments ?? [])
      .map(({ principalId, roleDefinitionId, directoryScopeId, status }) => [
        builtInRole(roleDefinitionId)?.displayName ?? names.get(roleDefinitionId) ?? roleDefinitionId,
        people.get(principalId) ?? principalId,
        status,
        directoryScopeId,
      ])
      .sort((a, b) => (a.join('\t') < b.join('\t') ? -1 : 1));
    return {
      report: {
        kind: 'directory',
        data: {
          value: tenant.roleAssignments ?? [],
          view: {
            columns: ['Role', 'Held by', 'Status', 'Scope'],
            rows,
            empty:
              tenant.roleAssignments === undefined
                ? 'The tenant does not know its role assignments.'
                : 'Nobody holds a role.',
          },
        },
      },
    };
  },
});
