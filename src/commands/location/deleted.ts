import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { deletedReport } from '../deleted-report.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('Deleted named locations, the last deleted first, and until when each can be restored.')
      .addHelpText('after', examples('gsa location deleted')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const data = deletedReport(tenant.deletedItems.namedLocations, session.now(), 'No deleted named locations.');
    return { report: { kind: 'deleted', data } };
  },
});
