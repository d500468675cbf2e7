import { isUndoable, lastUndoable, operationsOf, planUndo, transactionsOf } from '../../core/tenant/history.ts';
import { GsaError } from '../../shell/error.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { positiveInteger } from '../options.ts';

interface Options {
  readonly dryRun?: true;
}

export const command = defineCommand<[number | undefined], Options>({
  declare: (command) =>
    command
      .description(
        'Takes back the last change of the tenant that was not taken back yet, or the one that made a serial (`gsa history`). ' +
          'Refused when a later change to the same things would be lost. Wants the rights of the change itself.',
      )
      .argument('[serial]', 'serial that the change made', positiveInteger)
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', '\nExamples:\n  gsa undo --dry-run\n  gsa undo 7'),
  run: async (session, [serial], { dryRun }) => {
    const transactions = transactionsOf(session.journal().entries());
    const transaction =
      serial === undefined
        ? lastUndoable(transactions)
        : transactions.find(({ serialAfter }) => serialAfter === serial);
    if (transaction === undefined) {
      throw new GsaError(
        'invalid',
        serial === undefined ? 'there is no change to take back' : `no change made serial ${serial}`,
        {
          hint: '`gsa history` lists the changes',
        },
      );
    }
    if (!isUndoable(transaction))
      throw new GsaError('refused', `the change that made serial ${transaction.serialAfter} cannot be taken back`, {
        hint: transaction.undone
          ? 'it was taken back already'
          : 'it is the creation of the tenant, a restored backup, or itself an undo',
      });
    return change(session, ({ tenant }) => planUndo(tenant, transaction), {
      dryRun: dryRun === true,
      operations: operationsOf(transaction.changes),
      nothing: 'That change left nothing to take back.',
    });
  },
});
