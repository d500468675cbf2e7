import type { Inline, View } from '../view.ts';
import { dim } from '../view.ts';

/** One thing of the directory: its Graph object and what hangs together with it; `view` is how people see it. */
export type DetailsReport = {
  readonly value: readonly object[];
  readonly view: {
    readonly heading: string;
    /** `null`: not known. */
    readonly fields: readonly (readonly [label: string, value: string | null])[];
  };
};

export function viewDetails({ view: { heading, fields } }: DetailsReport): View {
  return [
    { block: 'heading', text: heading },
    {
      block: 'fields',
      fields: fields.map(([label, value]): readonly [string, Inline] => [label, value ?? dim('not known')]),
    },
  ];
}
