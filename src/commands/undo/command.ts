import type { Transaction, UndoConflict } from '../../core/tenant/plans/history.ts';
import {
  isUndoable,
  lastUndoable,
  operationsOf,
  planUndo,
  transactionsOf,
  undoConflict,
} from '../../core/tenant/plans/history.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { examples } from '../examples.ts';
import { unlessLockedOut } from '../guard-emergency-access.ts';
import { positiveInteger } from '../options.ts';
import { howToRestore } from './way-back.ts';

interface Options {
  readonly force?: true;
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
      .option('--force', 'also where a policy that enforces again would stop every emergency access account')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa undo --dry-run', 'gsa undo 3')),
  run: async (session, [serial], { dryRun, force }) => {
    acting(session, session.tenants().read().tenant, []);
    const read = () => transactionsOf(session.journal().entries());
    const transactions = read();
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
        hint: whyNot(session, transaction),
      });
    const { serialAfter, dateTime, actor, activities } = transaction;
    return change(
      session,
      ({ tenant }) => {
        const conflict = undoConflict(tenant, transaction, read());
        return conflict === undefined
          ? unlessLockedOut(tenant, planUndo(transaction), force === true)
          : { refused: refusalText(session, transaction, conflict) };
      },
      {
        dryRun: dryRun === true,
        operations: operationsOf(transaction.changes),
        about: `Takes back serial ${serialAfter} of ${dateTime} by ${actor}: ${activities.join(', ')}.`,
        nothing: 'That change left nothing to take back.',
      },
    );
  },
});

function whyNot(session: Session, { undone, undoes, serialBefore }: Transaction): string {
  if (undone) return 'it was taken back already';
  if (serialBefore === 0) return 'it is the creation of the tenant';
  const what = undoes === undefined ? 'a whole file that was put in place' : 'itself an undo';
  return `it is ${what}; ${howToRestore(session, serialBefore)}`;
}

/** How many things that would be lost a refusal names before it counts the rest. */
const NAMED = 3;

/** What would be lost, by which later write, and a command that can be typed. */
function refusalText(session: Session, { serialBefore }: Transaction, { names, later }: UndoConflict): string {
  const named = names.slice(0, NAMED).map((name) => `\`${name}\``);
  const lost = [...named, ...(names.length > NAMED ? [`${names.length - NAMED} more`] : [])].join(', ');
  if (later === undefined) {
    return `${lost} changed since without a write of gsa, and that would be lost; ${howToRestore(session, serialBefore)}`;
  }
  const first = isUndoable(later)
    ? `\`${commandText(['undo', String(later.serialAfter), ...tenantWords(session)])}\` takes that back first`
    : howToRestore(session, later.serialBefore);
  const what = `serial ${later.serialAfter} (${later.activities.join(', ')})`;
  return `a later change to ${lost} would be lost, by ${what}; ${first}`;
}
