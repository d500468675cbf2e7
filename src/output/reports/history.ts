import type { Transaction } from '../../core/tenant/history.ts';
import type { View } from '../view.ts';
import { dim, good, strong } from '../view.ts';

/** The writes of the tenant file, the last first. */
export type HistoryReport = {
  readonly value: readonly (Omit<Transaction, 'changes'> & { readonly undoable: boolean })[];
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
        { header: 'By', overflow: 'cut', dropOrder: 1 },
        { header: 'Undo' },
      ],
      rows: value.map(({ serialAfter, dateTime, activities, targets, actor, undone, undoable }) => [
        String(serialAfter),
        dateTime,
        strong(activities.join(', ')),
        targets.length > 3 ? `${targets.slice(0, 2).join(', ')} and ${targets.length - 2} more` : targets.join(', '),
        actor,
        undone ? dim('undone') : undoable ? good('yes') : dim('no'),
      ]),
      empty: 'Nothing was changed yet.',
    },
  ];
}
