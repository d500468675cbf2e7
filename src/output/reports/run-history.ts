import type { Block } from '../view.ts';
import { bad, dim, good } from '../view.ts';

/** What a run came to, as `--history` keeps it for the runs after it. */
export interface RunSummary {
  /** RFC 3339. */
  readonly createdDateTime: string;
  readonly passed: boolean;
  /** By what is counted, such as `error` or `failed`. */
  readonly counts: { readonly [what: string]: number };
}

/** Runs that a page shows. */
const RUNS = 30;

/** The runs of a folder, the newest first, this one among them. */
export function historyBlocks(history: readonly RunSummary[]): readonly Block[] {
  if (history.length === 0) return [];
  const names = [...new Set(history.flatMap(({ counts }) => Object.keys(counts)))];
  const newest = history.toSorted((a, b) => (a.createdDateTime < b.createdDateTime ? 1 : -1));
  const more = newest.length - RUNS;
  return [
    { block: 'heading', text: 'Runs so far' },
    {
      block: 'table',
      columns: [
        { header: 'Run', rigid: true },
        { header: 'Result', rigid: true },
        ...names.map((header) => ({ header, align: 'right' as const, rigid: true, isCount: true as const })),
      ],
      rows: newest
        .slice(0, RUNS)
        .map(({ createdDateTime, passed, counts }) => [
          createdDateTime,
          passed ? good('passed') : bad('failed'),
          ...names.map((name) => String(counts[name] ?? 0)),
        ]),
      empty: '',
    },
    ...(more > 0 ? [{ block: 'text', text: dim(`${more} older ones are in the folder`) } as const] : []),
  ];
}
