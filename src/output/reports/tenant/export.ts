import type { View } from '../../view.ts';

export type ExportReport = {
  readonly folder: string;
  readonly value: readonly { readonly file: string; readonly bytes: number }[];
};

export function viewExport({ folder, value }: ExportReport): View {
  return [
    {
      block: 'table',
      columns: [{ header: 'File' }, { header: 'Bytes', align: 'right' }],
      rows: value.map(({ file, bytes }) => [file, String(bytes)]),
      empty: 'Nothing to write.',
    },
    { block: 'text', text: `Written to ${folder}.` },
  ];
}
