import { ON_CONDITIONAL_ACCESS } from './conditional-access.ts';
import { ON_GLOBAL_SECURE_ACCESS } from './global-secure-access.ts';
import { ON_GRAPH } from './graph.ts';
import { ON_LOGS } from './logs.ts';
import type { Source, Sources } from './source.ts';
import { STANDARDS } from './standards.ts';

/** The bibliography: every document that a rule rests on, by its key. */
export const SOURCES = {
  ...ON_GLOBAL_SECURE_ACCESS,
  ...ON_CONDITIONAL_ACCESS,
  ...ON_GRAPH,
  ...ON_LOGS,
  ...STANDARDS,
  OWN: {
    title: 'Our own choice: no source says it, the citing place says what we chose',
    address: 'docs/fidelity.md',
    read: 'what was looked for and not found',
  },
} as const satisfies Sources;

export type SourceKey = keyof typeof SOURCES;

/** The document of a key as one line: title, address and date. */
export function sourceLine(key: SourceKey): string {
  const { title, address, date }: Source = SOURCES[key];
  return date === undefined ? `${title}, ${address}` : `${title}, ${address} (${date})`;
}

/** Where a browser opens the document; `undefined` where its address names no page of the web. */
export function webAddress(key: SourceKey): string | undefined {
  const { address }: Source = SOURCES[key];
  const [where = '', what = ''] = address.split(', ');
  const pull = /^pull request (\d+)/.exec(what)?.[1];
  if (/^[\w-]+\/[\w.-]+$/.test(where)) {
    if (pull !== undefined) return `https://github.com/${where}/pull/${pull}`;
    return /^[\w./-]+\.\w+$/.test(what) ? `https://github.com/${where}/blob/main/${what}` : undefined;
  }
  return /^[\w-]+(\.[\w-]+)+$/.test(where) && /^[\w./-]+$/.test(what) ? `https://${where}/${what}` : undefined;
}
