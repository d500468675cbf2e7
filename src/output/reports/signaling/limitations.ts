import type { View } from '../../view.ts';
import { dim, good, strong, warning } from '../../view.ts';

/** Known limitations of source IP restoration, and what of each is modelled. */
export type LimitationsReport = {
  readonly value: readonly {
    readonly id: string;
    readonly limitation: string;
    readonly modelled: string;
    readonly isModelled: 'yes' | 'partly' | 'no';
    readonly source: string;
  }[];
};

export function viewLimitations({ value }: LimitationsReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Limitation' },
        { header: 'Modelled', rigid: true },
        { header: 'What gsa does' },
        { header: 'Source', dropOrder: 1 },
      ],
      rows: value.map(({ limitation, modelled, isModelled, source }) => [
        strong(limitation),
        isModelled === 'yes' ? good(isModelled) : warning(isModelled),
        modelled,
        dim(source),
      ]),
      empty: '',
    },
  ];
}
