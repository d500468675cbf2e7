import type { Inline, View } from '../view.ts';
import { dim } from '../view.ts';

/** People, groups or role assignments: Graph objects, and the columns that a table shows of them. */
export type DirectoryReport = {
  readonly value: readonly object[];
  readonly view: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | null)[])[];
    readonly empty: string;
  };
};

export function viewDirectory({ view: { columns, rows, empty } }: DirectoryReport): View {
  return [
    {
      block: 'table',
      columns: columns.map((header, at) => ({ header, dropOrder: at === columns.length - 1 ? 1 : 0 })),
      rows: rows.map((cells) => cells.map((cell): Inline => cell ?? dim('not known'))),
      empty,
    },
  ];
}
