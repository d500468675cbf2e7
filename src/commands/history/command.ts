import { isUndoable, transactionsOf, undoConflict } from '../../core/tenant/plans/history.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'The changes of the tenant file, the last first: each is one write, and whether `gsa undo` can take it back as things ' +
          'stand: yes, no, or only after a later one.',
      )
      .addHelpText('after', examples('gsa history', 'gsa history -o json')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['audit.read']);
    const transactions = transactionsOf(session.journal().entries());
    const value = transactions
      .map((transaction) => {
        const { changes, ...told } = transaction;
        const conflict = isUndoable(transaction) ? undoConflict(tenant, transaction, transactions) : undefined;
        return {
          ...told,
          undoable: isUndoable(transaction) && conflict === undefined,
          undoableAfter:
            conflict?.later !== undefined && isUndoable(conflict.later) ? conflict.later.serialAfter : null,
        };
      })
      .reverse();
    return { report: { kind: 'history', data: { value } } };
  },
});
