import type { Block, Inline, View } from '../../view.ts';
import { bad, dim, good, strong, warning } from '../../view.ts';

/** The IP matrix: for each way to a resource, whose address Entra and the resource see, with signaling on and off. */
export type MatrixReport = {
  readonly value: readonly {
    readonly path: string;
    readonly resource: string;
    readonly seen: { readonly enabled: MatrixSeen; readonly disabled: MatrixSeen };
    readonly trafficProfile: string | null;
    readonly note: string;
    readonly source: string;
    readonly certainty: string;
  }[];
};

interface MatrixSeen {
  readonly entra: string;
  readonly resource: string;
  readonly compliantNetwork: string;
}

export function viewMatrix({ value }: MatrixReport): View {
  const blocks: Block[] = [
    {
      block: 'table',
      columns: [
        { header: 'Path' },
        { header: 'Resource' },
        { header: 'Entra: on / off' },
        { header: 'Resource: on / off' },
        { header: 'Compliant network', dropOrder: 2 },
        { header: 'Profile', dropOrder: 1 },
      ],
      rows: value.map(({ path, resource, seen: { enabled, disabled }, trafficProfile }) => [
        strong(path),
        resource,
        [seenSpan(enabled.entra), ' / ', seenSpan(disabled.entra)],
        [seenSpan(enabled.resource), ' / ', seenSpan(disabled.resource)],
        `${enabled.compliantNetwork} / ${disabled.compliantNetwork}`,
        trafficProfile ?? dim('none'),
      ]),
      empty: 'No such path or resource.',
    },
  ];
  const notes = new Map(value.map(({ note, source }) => [note, source]));
  blocks.push({ block: 'list', items: [...notes].map(([note, source]): Inline => [note, ' ', dim(`(${source})`)]) });
  return blocks;
}

function seenSpan(seen: string) {
  if (seen === 'source') return good('user');
  if (seen === 'proxy') return bad('proxy');
  return seen === 'unknown' ? warning(seen) : dim(seen);
}
