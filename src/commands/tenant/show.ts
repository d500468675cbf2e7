import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { tenantReport } from '../tenant-report.ts';

export const command = defineCommand<[], object>({
  declare: (command) =>
    command
      .description('What the tenant file holds: settings, and how many of each thing.')
      .addHelpText('after', examples('gsa tenant show', 'gsa tenant show -o json')),
  run: async (session) => {
    const store = session.tenants();
    const stored = store.read();
    acting(session, stored.tenant, []);
    return { report: { kind: 'tenant', data: tenantReport(stored, session.shownPath(store.path), false) } };
  },
});
