import { areActiveRolesKnown } from '../../core/tenant/knowledge.ts';
import { BUILT_IN_ROLES } from '../../core/tenant/roles/built-in-roles.ts';
import { heldRoles } from '../../core/tenant/roles/held-roles.ts';
import { openRoles } from '../../core/tenant/roles/open-roles.ts';
import { OPERATION_RULES } from '../../core/tenant/roles/roles.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { groupName, userName } from '../people.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('One built-in role: who holds it now over the whole tenant, and what it may do here.')
      .argument('<role>', 'display name or template id')
      .addHelpText('after', examples('gsa role show "Security Administrator"')),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const wanted = text.toLowerCase();
    const role = BUILT_IN_ROLES.find((each) => each.displayName.toLowerCase() === wanted || each.templateId === wanted);
    if (role === undefined) {
      const [near] = nearNames(
        text,
        BUILT_IN_ROLES.map(({ displayName }) => displayName),
      );
      throw new GsaError('invalid', `no built-in role is called \`${text}\``, {
        hint: near === undefined ? '`gsa role list` shows who holds which' : `did you mean \`${near}\`?`,
      });
    }
    const rolesOf = heldRoles(tenant);
    const holders = (tenant.users ?? []).filter(({ id }) => rolesOf(id).has(role.templateId));
    const through = (openRoles(tenant).get(role.templateId) ?? []).map((id) => groupName(tenant, id)).sort();
    const may = OPERATION_RULES.filter(({ allowed }) =>
      allowed.some(({ templateId }) => templateId === role.templateId),
    );
    return {
      report: {
        kind: 'details',
        data: {
          value: [{ ...role, holders: holders.map(({ id }) => id), operations: may.map(({ operation }) => operation) }],
          view: {
            heading: role.displayName,
            fields: [
              ['Template id', role.templateId],
              [
                'Held by',
                areActiveRolesKnown(tenant.roleAssignments)
                  ? holders.map(userName).sort().join(', ') || (through.length === 0 ? 'nobody' : 'nobody who is known')
                  : null,
              ],
              ...(through.length === 0 ? [] : [['Perhaps held through', through.join(', ')] as const]),
              ['May', may.map(({ operation }) => operation).join(', ') || 'nothing here'],
            ],
          },
        },
      },
    };
  },
});
