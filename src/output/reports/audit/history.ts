import type { Transaction } from '../../../core/tenant/plans/history.ts';
import type { View } from '../../view.ts';
import { dim, good, strong } from '../../view.ts';

/** The writes of the tenant file, the last first. */
export type HistoryReport = {
  readonly value: readonly (Omit<Transaction, 'changes'> & {
    /** Whether `gsa undo` would take it back as things stand. */
    readonly undoable: boolean;
    /** The serial that has to be taken back first, where that is all that stands in the way. */
    readonly undoableAfter: number | null;
  })[];
};

export function viewHistory({ value }: HistoryReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Serial', align: 'right' },
        { header: 'Time', rigid: true },
        { header: 'Change' },
        { header: 'Target', overflow: 'cut' },
        { header: 'By', overflow: 'cut' },
        { header: 'Undo' },
      ],
      rows: value.map(({ serialAfter, dateTime, activities, targets, actor, undone, undoable, undoableAfter }) => [
        String(serialAfter),
        dateTime,
        strong(activities.join(', ')),
        targets.length > 3 ? `${targets.slice(0, 2).join(', ')} and ${targets.length - 2} more` : targets.join(', '),
        actor,
        undone ? dim('undone') : undoable ? good('yes') : dim(undoableAfter === null ? 'no' : `after ${undoableAfter}`),
      ]),
      empty: 'Nothing was changed yet.',
    },
  ];
}
