import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The groups of the tenant and how many direct members each has.')
      .addHelpText('after', examples('gsa group list')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, []);
    const groups = (tenant.groups ?? []).toSorted(
      (a, b) => compareTexts(a.displayName ?? a.id, b.displayName ?? b.id) || compareTexts(a.id, b.id),
    );
    return {
      report: {
        kind: 'directory',
        data: {
          value: groups,
          view: {
            columns: ['Group', 'Members', 'Id'],
            rows: groups.map(({ id, displayName, members }) => [
              displayName ?? null,
              members === undefined ? null : String(members.length),
              id,
            ]),
            empty:
              tenant.groups === undefined
                ? 'The tenant does not know its groups; `gsa import` takes groups.'
                : 'The tenant has no groups.',
          },
        },
      },
    };
  },
});
