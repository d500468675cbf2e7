import type { ODataFilter } from '../intake/odata/filter.ts';
import type { FilterVocabulary } from '../intake/odata/parse-filter.ts';
import { parseFilter } from '../intake/odata/parse-filter.ts';
import { GsaError } from '../trouble/error.ts';
import { badRequest } from './graph-error.ts';

/** What a request asks of a list (OData 4.01, part 2, section 5.1). */
export interface QueryOptions {
  readonly filter: ODataFilter | undefined;
  readonly select: readonly string[] | undefined;
  /** Members that are asked for beside the object's own. */
  readonly expand: readonly string[];
  readonly orderBy: readonly { readonly path: readonly string[]; readonly descending: boolean }[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
  readonly skipToken: string | undefined;
}

const KNOWN = ['$filter', '$select', '$expand', '$orderby', '$top', '$skip', '$count', '$skiptoken'];

/** The largest page that Graph gives of any list. */
export const LARGEST_PAGE = 999;

/**
 * Reads them all. Throws GraphError 400 for one that is not understood: an answer to another question is worse than none. `expandable`:
 * members that the list can be asked to expand.
 */
export function readQueryOptions(
  query: URLSearchParams,
  vocabulary: FilterVocabulary,
  expandable: readonly string[] = [],
): QueryOptions {
  const said = optionsIn(query, KNOWN);
  const expand = namesIn(said.get('$expand')) ?? [];
  if (expand.some((name) => !expandable.includes(name)))
    throw badRequest("Query option '$expand' is not supported here.");
  const filter = said.get('$filter');
  return {
    filter: filter === undefined ? undefined : readFilter(filter, vocabulary),
    select: namesIn(said.get('$select')),
    expand,
    orderBy: orderOf(said.get('$orderby'), vocabulary),
    top: wholeNumber('$top', said.get('$top'), 1),
    skip: wholeNumber('$skip', said.get('$skip'), 0) ?? 0,
    count: said.get('$count')?.toLowerCase() === 'true',
    skipToken: said.get('$skiptoken'),
  };
}

/** What a request asks of one object. Throws GraphError 400 for whatever else than `$select` it asks. */
export function readSelect(query: URLSearchParams): QueryOptions['select'] {
  return namesIn(optionsIn(query, ['$select']).get('$select'));
}

/** The options by their names in lower case; of those of the system only the ones that are taken, and each once. */
function optionsIn(query: URLSearchParams, taken: readonly string[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const [written, value] of query) {
    const name = systemName(written);
    if (said.has(name) && name.startsWith('$'))
      throw badRequest(`Query option '${name}' was specified more than once.`);
    said.set(name, value);
  }
  for (const name of said.keys()) {
    if (name.startsWith('$') && !taken.includes(name))
      throw badRequest(`Query option '${name}' is not supported here.`);
  }
  return said;
}

function namesIn(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((name) => name.trim());
}

/** The name of an option in lower case; one of the system's gets its dollar sign, which OData 4.01 makes optional. */
function systemName(name: string): string {
  const lower = name.toLowerCase();
  return KNOWN.includes(`$${lower}`) ? `$${lower}` : lower;
}

function readFilter(text: string, vocabulary: FilterVocabulary): ODataFilter {
  try {
    return parseFilter(text, vocabulary);
  } catch (error) {
    if (!(error instanceof GsaError)) throw error;
    const [place] = error.problems;
    throw badRequest(
      `Invalid filter clause: ${error.message}${place === undefined ? '' : `, at character ${place.column}`}`,
    );
  }
}

function orderOf(text: string | undefined, { item, unknownMember }: FilterVocabulary): QueryOptions['orderBy'] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const [name = '', direction = 'asc', ...more] = part.trim().split(/\s+/);
    const path = name.split('/');
    if (more.length > 0 || !/^(asc|desc)$/i.test(direction)) throw badRequest(`Invalid $orderby clause: '${part}'.`);
    if (unknownMember(path) !== undefined)
      throw badRequest(`Invalid $orderby clause: no ${item} has a member '${name}'.`);
    return { path, descending: direction.toLowerCase() === 'desc' };
  });
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least)) throw badRequest(`Invalid value '${text}' for ${name} query option found.`);
  return number;
}
