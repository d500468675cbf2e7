import type { View } from '../view.ts';
import { dim, strong, warning } from '../view.ts';

/** Soft-deleted policies or named locations. */
export type DeletedReport = {
  readonly value: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly deletedDateTime: string;
    /** The last instant at which it can be restored; `null` when its deletion carries no time. */
    readonly restorableUntil: string | null;
    readonly restorable: boolean;
  }[];
  readonly view: { readonly empty: string };
};

export function viewDeleted(report: DeletedReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Deleted' },
        { header: 'When' },
        { header: 'Restorable until' },
        { header: 'Id', dropOrder: 1 },
      ],
      rows: report.value.map(({ id, displayName, deletedDateTime, restorableUntil, restorable }) => [
        strong(displayName),
        deletedDateTime,
        restorable ? (restorableUntil ?? '') : warning('no longer'),
        dim(id),
      ]),
      empty: report.view.empty,
    },
  ];
}
