import { isUndoable, transactionsOf } from '../../core/tenant/history.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand<[], object>({
  formats: ['ndjson', 'csv', 'markdown'],
  declare: (command) =>
    command.description(
      'The changes of the tenant file, the last first: each is one write, and which can be taken back.',
    ),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['audit.read']);
    const value = transactionsOf(session.journal().entries())
      .map(({ changes, ...transaction }) => ({ ...transaction, undoable: isUndoable({ changes, ...transaction }) }))
      .reverse();
    return { report: { kind: 'history', data: { value } } };
  },
});
