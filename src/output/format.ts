import type { RenderSettings } from './render-settings.ts';
import type { Report } from './report.ts';
import type { View } from './view.ts';

/** What the file of a format exports: a report as text, in pieces. Pure: the caller writes. */
interface Writer {
  write(report: Report, settings: RenderSettings): Pieces;
  /** What `--query` selected, in formats for programs. */
  writeValue?(value: unknown): Pieces;
  /** What `--query` selected, as blocks, in formats for people and spreadsheets. */
  writeView?(view: View, settings: RenderSettings): Pieces;
}

type Pieces = Iterable<string> | AsyncIterable<string>;

interface FormatRow {
  /** Which commands offer it without naming it: every command, those that list, those that pipelines run. */
  readonly for: 'all' | 'lists' | 'pipelines' | 'named';
  /** Whether it can show what `--query` selects. */
  readonly query?: true;
  /** Whether it is words for people, the word of a gate among them. */
  readonly isWords?: true;
  /** What `gsa help formats` says of it. */
  readonly says: string;
  /** Its writer, loaded only when it is asked for. */
  readonly load: () => Promise<Writer>;
}

/** Every format of `--output`. A format is its row here and its file. */
const ROWS = {
  table: {
    for: 'all',
    query: true,
    isWords: true,
    says: 'for people: fitted to the terminal; when piped tab-separated and whole, or aligned where it is asked for by name',
    load: () => import('./formats/table.ts'),
  },
  json: {
    for: 'all',
    query: true,
    says: 'one object with "schemaVersion": 1; lists are under "value"',
    load: () => import('./formats/json.ts'),
  },
  yaml: { for: 'all', query: true, says: 'the same as json, in YAML', load: () => import('./formats/yaml.ts') },
  ndjson: {
    for: 'all',
    query: true,
    says: 'a line of JSON for each item of a list, or one for the whole',
    load: () => import('./formats/ndjson.ts'),
  },
  csv: { for: 'lists', query: true, says: 'RFC 4180, formulas neutralised', load: () => import('./formats/csv.ts') },
  tsv: {
    for: 'lists',
    query: true,
    says: 'tables with tabs between the cells',
    load: () => import('./formats/tsv.ts'),
  },
  markdown: {
    for: 'lists',
    query: true,
    isWords: true,
    says: 'for job summaries and pull requests',
    load: () => import('./formats/markdown.ts'),
  },
  html: { for: 'named', says: 'one self-contained page', load: () => import('./formats/html.ts') },
  junit: { for: 'pipelines', says: 'a test report in XML', load: () => import('./formats/junit.ts') },
  tap: { for: 'pipelines', says: 'a test report, a line a test', load: () => import('./formats/tap.ts') },
  sarif: { for: 'pipelines', says: 'findings for code scanning', load: () => import('./formats/sarif.ts') },
  github: { for: 'pipelines', says: 'findings as annotations of GitHub', load: () => import('./formats/github.ts') },
  azuredevops: {
    for: 'pipelines',
    says: 'findings as logging commands of Azure DevOps',
    load: () => import('./formats/azuredevops.ts'),
  },
  gitlab: {
    for: 'pipelines',
    says: 'findings as a Code Quality report of GitLab',
    load: () => import('./formats/gitlab.ts'),
  },
  graph: {
    for: 'named',
    query: true,
    says: 'the response that Microsoft Graph would give',
    load: () => import('./formats/graph.ts'),
  },
} satisfies { readonly [name: string]: FormatRow };

export type Format = keyof typeof ROWS;

/** Every format by its name, in the order in which help tells them. */
export const FORMATS: { readonly [name in Format]: FormatRow } = ROWS;

export const FORMAT_NAMES = Object.keys(ROWS) as readonly Format[];

/** What a command offers besides the formats of every command: formats by name, or all that are for one purpose. */
export type Offer = Format | 'lists' | 'pipelines';

/** The formats of a command, in the order of the table. */
export function offeredFormats(offers: readonly Offer[]): readonly Format[] {
  return FORMAT_NAMES.filter((name) => {
    const { for: purpose } = FORMATS[name];
    return purpose === 'all' || offers.includes(name) || (purpose !== 'named' && offers.includes(purpose));
  });
}

/** One `-o format` or `-o format:file`. */
export interface OutputTarget {
  readonly format: Format;
  /** The file that it goes to; `undefined` is stdout. */
  readonly destination: string | undefined;
}
