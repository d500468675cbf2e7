import { WEIGHT_MEMBERS } from '../../core/conditional-access/record/weight.ts';
import { GsaError } from '../../trouble/error.ts';
import { ADDRESS_COLUMNS, GROUPS, LISTS } from '../fact-columns.ts';
import type { SourceColumn } from './source-columns.ts';
import { isLogAnalytics, literal, pathOf, quoted, upperFirst } from './source-columns.ts';

/** How DuckDB reads some files: the table function without its end, and what may stand there. */
export interface SourceFiles {
  readonly kind: 'parquet' | 'csv' | 'json';
  /** For finding out which columns there are. */
  readonly described: string;
  /** With the columns as they were found, and besides with one of that name for the file that a record is of. */
  readonly read: (columns: readonly SourceColumn[], fileColumn?: string) => string;
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
      return same(kind, `read_parquet(${list}, union_by_name = true`);
    case 'csv':
      return same(kind, `read_csv(${list}, all_varchar = true, header = true, union_by_name = true`);
    default:
      return {
        kind,
        described: `read_json(${list}, union_by_name = true)`,
        read: (columns, fileColumn) => {
          const types = columns.map(({ name }) => `${quoted(name)}: 'JSON'`);
          const read = `read_json(${list}, columns = {${types.join(', ')}}${named(fileColumn)})`;
          return unpacked(columns, read, fileColumn === undefined ? [] : [fileColumn]);
        },
      };
  }
}

function same(kind: 'parquet' | 'csv', read: string): SourceFiles {
  return { kind, described: `${read})`, read: (_, fileColumn) => `${read}${named(fileColumn)})` };
}

function named(fileColumn: string | undefined): string {
  return fileColumn === undefined ? '' : `, filename = ${literal(fileColumn)}`;
}

function kindOf(file: string): SourceFiles['kind'] {
  const found = KINDS.find(({ pattern }) => pattern.test(file));
  if (found !== undefined) return found.kind;
  throw new GsaError('usage', `\`${file}\` is no Parquet, CSV or NDJSON file by its name`, {
    hint: 'name files that end in .parquet, .csv, .ndjson or .json, also with .gz, or a glob of them',
  });
}

/** Log Analytics gives objects and lists as JSON text. */
function unpacked(columns: readonly SourceColumn[], read: string, besides: readonly string[]): string {
  if (!isLogAnalytics(columns)) return read;
  const values = columns.map((column) =>
    holdsMembers(pathOf(column, true))
      ? `${unpackedValue(quoted(column.name))} AS ${quoted(column.name)}`
      : quoted(column.name),
  );
  return `(SELECT ${[...values, ...besides].join(', ')} FROM ${read})`;
}

function unpackedValue(column: string): string {
  const text = `(${column} ->> '$')`;
  return `CASE WHEN json_type(${column}) = 'VARCHAR' AND regexp_matches(${text}, '^[{[]')
    THEN coalesce(TRY(CAST(${text} AS JSON)), ${column}) ELSE ${column} END`;
}

function holdsMembers(path: string): boolean {
  return LISTS.has(path) || POLICIES.includes(path) || PATHS.some((each) => each.startsWith(`${path}.`));
}

/**
 * The columns of JSON files: those that a sign-in may have, whether the first records have them or not, as a record in the
 * middle may be the first with a member. They have the names that the files give the others: DuckDB holds names that differ in
 * case alone for one.
 */
export function jsonColumns(found: readonly SourceColumn[]): readonly SourceColumn[] {
  const isTable = isLogAnalytics(found);
  const names = new Map(found.map(({ name }) => [name.toLowerCase(), name]));
  for (const name of isTable ? TABLE_NAMES : MEMBERS)
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()].map((name) => ({ name, type: 'JSON' }));
}

const PATHS: readonly string[] = [
  ...Object.values(GROUPS).flat(),
  ...ADDRESS_COLUMNS,
  ...WEIGHT_MEMBERS,
  'id',
  'createdDateTime',
].filter((path) => path !== 'category' && path !== 'workloadAppId');

const MEMBERS: readonly string[] = [...new Set(PATHS.map((path) => path.split('.')[0] ?? path))];

/** Lists of policies in columns of their own, in which Log Analytics has them. */
const POLICIES = ['ConditionalAccessPoliciesV2', 'ConditionalAccessPolicies'];

/** Names in Log Analytics that are not Graph's with a large letter. */
const NAMES: Readonly<Record<string, string>> = {
  ipAddress: 'IPAddress',
  ipAddressFromResourceProvider: 'IPAddressFromResourceProvider',
  location: 'LocationDetails',
  resourceId: 'ResourceIdentity',
};

const TABLE_NAMES: readonly string[] = [
  ...MEMBERS.map((name) => NAMES[name] ?? upperFirst(name)),
  ...POLICIES,
  ...['TimeGenerated', 'Category', 'Type', 'ResultType', 'Location'],
];
