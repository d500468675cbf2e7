import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { readableTenant } from '../readable-tenant.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The backups that every write of the tenant file leaves, the newest first.')
      .addHelpText('after', examples('gsa tenant backups')),
  run: async (session) => {
    const store = session.tenants();
    const current = readableTenant(session);
    if (current !== undefined) acting(session, current.tenant, []);
    const value = store.backups();
    // Backups outlive the tenant file, and are wanted most where it is damaged; without either there is nothing to list.
    if (value.length === 0) store.read();
    return {
      report: {
        kind: 'directory',
        data: {
          value,
          view: {
            columns: ['Serial', 'Backup'],
            rows: value.map(({ path, serial }) => [
              serial === undefined ? null : String(serial),
              session.shownPath(path),
            ]),
            empty: 'No backups yet.',
          },
        },
      },
    };
  },
});
