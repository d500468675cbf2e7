import { QueryError } from './query-error.ts';
import type { RenderSettings } from './render-settings.ts';
import type { Block, Inline, View } from './view.ts';
import { askedFor } from './view.ts';

type TableBlock = Extract<Block, { block: 'table' }>;

/** A view with the columns that were asked for, and without headers where these are not wanted. */
export function shaped(view: View, { columns, headers }: Pick<RenderSettings, 'columns' | 'headers'>): View {
  if (columns === undefined && headers) return view;
  const tables = view.filter((block) => block.block === 'table');
  if (columns !== undefined && tables.length === 0)
    throw new QueryError('there is no table to take columns from', 'leave --columns out');
  return view.map((block) => (block.block === 'table' ? shapedTable(block, columns, headers) : block));
}

function shapedTable(table: TableBlock, columns: readonly string[] | undefined, headers: boolean): TableBlock {
  const chosen = columns === undefined ? table : withColumns(table, columns);
  // A table that continues another has no header of its own.
  return headers || chosen.rows.length === 0 ? chosen : { ...chosen, after: chosen.after ?? [] };
}

function withColumns(table: TableBlock, names: readonly string[]): TableBlock {
  const places = names.map((name) => placeOf(table, name));
  const cells = (row: readonly Inline[]) => places.map((at) => row[at] ?? '');
  const { more, after } = table;
  return {
    ...table,
    columns: places.map((at) => askedFor(table.columns[at] ?? { header: '' })),
    rows: table.rows.map(cells),
    ...(more === undefined
      ? {}
      : {
          more: {
            *[Symbol.iterator]() {
              for (const row of more) yield cells(row);
            },
          },
        }),
    ...(after === undefined ? {} : { after: after.map(cells) }),
  };
}

/** A column by its header, in any case, or by a beginning that no other has. */
function placeOf({ columns }: TableBlock, name: string): number {
  const wanted = name.trim().toLowerCase();
  const headers = columns.map(({ header }) => header.toLowerCase());
  const exact = headers.indexOf(wanted);
  if (exact >= 0) return exact;
  const fitting = headers.flatMap((header, at) => (wanted !== '' && header.startsWith(wanted) ? [at] : []));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const there = columns.map(({ header }) => header).join(', ');
  throw new QueryError(`no column is called \`${name}\``, `there are: ${there}`);
}
