import type { View } from '../view.ts';

export type TopicReport = {
  readonly topic: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export function viewTopic({ title, columns, rows }: TopicReport): View {
  return [
    { block: 'heading', text: title },
    { block: 'table', columns: columns.map((header) => ({ header })), rows, empty: '' },
  ];
}
