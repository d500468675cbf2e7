import { findGroup } from '../../core/tenant/lookup.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { userName } from '../people.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('One group and its direct members.')
      .argument('<group>', 'display name or id')
      .addHelpText('after', examples('gsa group show Finance')),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const group = theOne(findGroup(tenant, text), 'group', text);
    const names = new Map([
      ...(tenant.users ?? []).map((user) => [user.id.toLowerCase(), userName(user)] as const),
      ...(tenant.groups ?? []).map((each) => [each.id.toLowerCase(), `group ${each.displayName ?? each.id}`] as const),
    ]);
    return {
      report: {
        kind: 'details',
        data: {
          value: [group],
          view: {
            heading: group.displayName ?? group.id,
            fields: [
              ['Id', group.id],
              [
                'Members',
                group.members === undefined
                  ? null
                  : group.members
                      .map((id) => names.get(id.toLowerCase()) ?? id)
                      .sort()
                      .join(', ') || 'none',
              ],
            ],
          },
        },
      },
    };
  },
});
