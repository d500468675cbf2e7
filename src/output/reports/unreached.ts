import type { Block } from '../view.ts';
import { dim } from '../view.ts';

/** Sign-ins of one reason that no policy of this tenant was asked for. */
export interface UnreachedRow {
  readonly reason: string;
  readonly why: string;
  readonly count: number;
}

export function unreachedBlocks(rows: readonly UnreachedRow[]): Block[] {
  if (rows.length === 0) return [];
  return [
    {
      block: 'table',
      columns: [{ header: 'Not judged: no policy was asked' }, { header: 'Sign-ins', align: 'right', isCount: true }],
      rows: rows.map(({ why, count }) => [dim(why), String(count)]),
      empty: '',
    },
  ];
}
