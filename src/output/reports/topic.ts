import type { View } from '../view.ts';

export type TopicReport = {
  readonly topic: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string | null;
};

export function viewTopic({ title, columns, rows, note }: TopicReport): View {
  return [
    { block: 'heading', text: title },
    { block: 'table', columns: columns.map((header) => ({ header })), rows, empty: '' },
    ...(note === null ? [] : [{ block: 'text' as const, text: note }]),
  ];
}
