import { builtInRole } from '../../core/tenant/roles/built-in-roles.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { userName } from '../people.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('Who holds which directory role. Conditional Access counts active, tenant-wide, built-in ones only.')
      .addHelpText('after', examples('gsa role list')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const people = new Map([
      ...(tenant.users ?? []).map((user) => [user.id, userName(user)] as const),
      ...(tenant.groups ?? []).map((group) => [group.id, group.displayName ?? group.id] as const),
    ]);
    const names = new Map((tenant.roleDefinitions ?? []).map((role) => [role.id, role.displayName ?? role.id]));
    const held = (tenant.roleAssignments ?? [])
      .map((assignment) => {
        const { principalId, roleDefinitionId, directoryScopeId, status } = assignment;
        const role = builtInRole(roleDefinitionId)?.displayName ?? names.get(roleDefinitionId) ?? roleDefinitionId;
        return { assignment, cells: [role, people.get(principalId) ?? principalId, status, directoryScopeId] };
      })
      .sort(
        (a, b) =>
          compareTexts(a.cells.join('\t'), b.cells.join('\t')) ||
          compareTexts(a.assignment.principalId, b.assignment.principalId) ||
          compareTexts(a.assignment.roleDefinitionId, b.assignment.roleDefinitionId),
      );
    return {
      report: {
        kind: 'directory',
        data: {
          value: held.map(({ assignment }) => assignment),
          view: {
            columns: ['Role', 'Held by', 'Status', 'Scope'],
            rows: held.map(({ cells }) => cells),
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
