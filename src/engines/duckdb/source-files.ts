import { GsaError } from '../../trouble/error.ts';
import { ADDRESS_COLUMNS, GROUPS } from '../fact-columns.ts';
import type { SourceColumn } from './source-columns.ts';
import { literal } from './source-columns.ts';

/** How DuckDB reads some files: the table function without its end, and what may stand there. */
export interface SourceFiles {
  readonly kind: 'parquet' | 'csv' | 'json';
  /** For finding out which columns there are. */
  readonly described: string;
  /** With the columns as they were found. */
  readonly read: (columns: readonly SourceColumn[]) => string;
}

const KINDS = [
  { kind: 'parquet', pattern: /\.(parquet|pq)$/i },
  { kind: 'csv', pattern: /\.(csv|tsv)(\.(gz|zst))?$/i },
  { kind: 'json', pattern: /\.(json|ndjson|jsonl)(\.(gz|zst))?$/i },
] as const;

/** What a file holds shows in its name: DuckDB finds globs itself, so that their names are all there is. */
export function sourceFiles(files: readonly string[]): SourceFiles {
  const kinds = new Set(files.map(kindOf));
  const [kind] = kinds;
  if (kind === undefined || kinds.size > 1) {
    throw new GsaError('usage', '`--engine duckdb` reads files of one kind at a time', {
      hint: 'name Parquet, CSV or NDJSON files, or a glob such as `signins/*.parquet`',
    });
  }
  const list = `[${files.map(literal).join(', ')}]`;
  switch (kind) {
    case 'parquet':
      return same(kind, `read_parquet(${list}, union_by_name = true)`);
    case 'csv':
      return same(kind, `read_csv(${list}, all_varchar = true, header = true, union_by_name = true)`);
    default:
      return {
        kind,
        described: `read_json(${list}, union_by_name = true)`,
        read: (columns) =>
          `read_json(${list}, columns = {${columns.map(({ name }) => `${quotedKey(name)}: 'JSON'`).join(', ')}})`,
      };
  }
}

function same(kind: 'parquet' | 'csv', read: string): SourceFiles {
  return { kind, described: read, read: () => read };
}

function kindOf(file: string): SourceFiles['kind'] {
  const found = KINDS.find(({ pattern }) => pattern.test(file));
  if (found !== undefined) return found.kind;
  throw new GsaError('usage', `\`${file}\` is no Parquet, CSV or NDJSON file by its name`, {
    hint: 'name files that end in .parquet, .csv, .ndjson or .json, also with .gz, or a glob of them',
  });
}

function quotedKey(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The columns of JSON files: those that a sign-in may have, whether the first records have them or not, as a record in the
 * middle may be the first with a member.
 */
export function jsonColumns(found: readonly SourceColumn[]): readonly SourceColumn[] {
  const names = new Set(found.map(({ name }) => name));
  for (const name of MEMBERS) names.add(name);
  return [...names].map((name) => ({ name, type: 'JSON' }));
}

const MEMBERS: readonly string[] = [
  ...new Set(
    [...Object.values(GROUPS).flat(), ...ADDRESS_COLUMNS, 'id', 'createdDateTime', 'signInCount'].map(
      (path) => path.split('.')[0] ?? path,
    ),
  ),
].filter((name) => name !== 'category' && name !== 'workloadAppId');
