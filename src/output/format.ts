/** Every format of `--output`. `table` and `json` are for every command; the others where the command says so. */
export const FORMATS = [
  'table',
  'json',
  'ndjson',
  'csv',
  'markdown',
  'graph',
  'html',
  'junit',
  'sarif',
  'github',
  'azuredevops',
  'tap',
] as const;

export type Format = (typeof FORMATS)[number];

/** One `-o format` or `-o format:file`. */
export interface OutputTarget {
  readonly format: Format;
  /** Where it goes; undefined is stdout. */
  readonly destination: string | undefined;
}

/** What rendering needs to know of where the text goes. */
export interface RenderSettings {
  readonly terminal: boolean;
  readonly width: number;
  readonly color: 0 | 1 | 2 | 3;
  /** JMESPath. */
  readonly query: string | undefined;
}
