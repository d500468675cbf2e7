import type { Block } from '../view.ts';
import { bad, dim } from '../view.ts';

/** Records of one reason that could not be used. */
export interface SkippedRow {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly string[];
}

export function skippedBlocks(rows: readonly SkippedRow[]): Block[] {
  if (rows.length === 0) return [];
  return [
    {
      block: 'table',
      columns: [
        { header: 'Skipped because' },
        { header: 'Records', align: 'right', isCount: true },
        { header: 'For example', dropOrder: 1 },
      ],
      rows: rows.map(({ reason, count, examples }) => [bad(reason), String(count), dim(examples.join('; '))]),
      empty: '',
    },
  ];
}
