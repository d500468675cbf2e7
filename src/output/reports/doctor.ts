import type { Block, Inline, View } from '../view.ts';
import { bad, code, good, warning } from '../view.ts';

/** What a bug report has to say of the machine and of the files of the tenant; no secret, no name and no object of it. */
export type DoctorReport = {
  /** True where nothing is wrong. */
  readonly healthy: boolean;
  /** Facts without a judgement: versions, platform, paths. */
  readonly facts: { readonly [fact: string]: string };
  readonly value: readonly {
    readonly check: string;
    readonly status: 'ok' | 'warning' | 'error';
    readonly detail: string;
    /** What to type; `null` where nothing has to be done. */
    readonly hint: string | null;
  }[];
};

/** The report before it is judged as a whole. */
export type Diagnosis = Omit<DoctorReport, 'healthy'>;

const TONES = { ok: good, warning, error: bad };

export function viewDoctor({ facts, value, healthy }: DoctorReport): View {
  const hints = value.flatMap(({ hint }) => hint ?? []);
  const blocks: Block[] = [
    { block: 'fields', fields: Object.entries(facts) },
    {
      block: 'table',
      columns: [{ header: 'Check' }, { header: 'Status' }, { header: 'Detail' }],
      rows: value.map(({ check, status, detail }): readonly Inline[] => [check, TONES[status](status), detail]),
      empty: '',
    },
  ];
  if (hints.length > 0) blocks.push({ block: 'list', items: hints });
  return [...blocks, { block: 'text', text: ending(healthy) }];
}

function ending(healthy: boolean): Inline {
  return healthy
    ? [good('nothing is wrong'), '; ', code('gsa doctor -o json'), ' is for a bug report']
    : [bad('something is wrong'), ': see above'];
}
