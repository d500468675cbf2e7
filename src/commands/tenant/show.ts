import { defineCommand } from '../command.ts';
import { tenantReport } from '../tenant-report.ts';

export const command = defineCommand<[], object>({
  declare: (command) => command.description('What the tenant file holds: settings, and how many of each thing.'),
  run: async (session) => {
    const store = session.tenants();
    return { report: { kind: 'tenant', data: tenantReport(store.read(), session.shownPath(store.path), false) } };
  },
});
