import type { JsonObject } from '../core/tenant/plans/change.ts';
import { compareTexts } from '../core/values/compare-texts.ts';
import { isObject } from '../core/values/is-object.ts';
import { matches } from '../intake/odata/filter-matches.ts';
import type { FilterVocabulary } from '../intake/odata/parse-filter.ts';
import type { Answer, Call } from './call.ts';
import { badRequest } from './graph-error.ts';
import type { QueryOptions } from './query-options.ts';
import { LARGEST_PAGE, readQueryOptions, readSelect } from './query-options.ts';
import { only } from './versions.ts';

/** Items of a page where the request does not say. */
const PAGE = 100;

/** What a list is of. */
export interface ListOf {
  /** The end of `@odata.context`. */
  readonly context: string;
  /** What one item is called in messages. */
  readonly item: string;
  /** Members that may be named although no item has them. */
  readonly members: readonly string[];
  /** What each object has besides where the request asks for it by `$expand`, by the name of the member. */
  readonly expanded?: Readonly<Record<string, (item: JsonObject) => unknown>>;
}

/** One page of a list, filtered, sorted and cut as the request asks. */
export function listAnswer(
  call: Call,
  { context, item, members, expanded = {} }: ListOf,
  items: readonly JsonObject[],
): Answer {
  const options = readQueryOptions(call.query, vocabularyOf(item, members, items), Object.keys(expanded));
  const { filter, skip } = options;
  const fitting = filter === undefined ? items : items.filter((record) => matches(filter, { record }));
  const all = sorted(fitting, options).slice(skip);
  const from = readOffset(options.skipToken);
  const to = from + Math.min(options.top ?? PAGE, LARGEST_PAGE);
  return {
    status: 200,
    body: page(call, context, options, {
      value: all.slice(from, to).map((each) => ({
        ...each,
        ...Object.fromEntries(options.expand.map((name) => [name, expanded[name]?.(each)])),
      })),
      count: all.length + Math.min(skip, fitting.length),
      next: to < all.length ? offsetToken(to) : undefined,
    }),
  };
}

/** A page with its annotations, in Graph's order. */
export function page(
  call: Call,
  context: string,
  { select, expand, count }: QueryOptions,
  found: { readonly value: readonly JsonObject[]; readonly count: number; readonly next: string | undefined },
): JsonObject {
  const selected = select === undefined ? '' : `(${select.join(',')})`;
  return {
    '@odata.context': `${call.origin}/${call.version}/$metadata#${context}${selected}`,
    ...(count ? { '@odata.count': found.count } : {}),
    ...(found.next === undefined ? {} : { '@odata.nextLink': nextLink(call, found.next) }),
    value:
      select === undefined ? found.value : found.value.map((item) => only(item, ['@odata.type', ...select, ...expand])),
  };
}

/** One object by itself, as the request selects. Throws GraphError 400 for whatever else is asked of it. */
export function selected({ query }: Call, item: JsonObject): JsonObject {
  const select = readSelect(query);
  return select === undefined ? item : only(item, ['@odata.type', ...select]);
}

/** Absolute, and by the name that the caller used for us. */
function nextLink({ origin, version, segments, query }: Call, token: string): string {
  const again = new URLSearchParams([...query].filter(([name]) => !/^\$?skiptoken$/i.test(name)));
  again.set('$skiptoken', token);
  const text = again.toString().replaceAll('%24', '$');
  return `${origin}/${version}/${segments.map(encodeURIComponent).join('/')}?${text}`;
}

function vocabularyOf(item: string, members: readonly string[], items: readonly JsonObject[]): FilterVocabulary {
  const names = new Set([...members, ...items.flatMap((each) => Object.keys(each))]);
  return {
    item,
    unknownMember: ([first = '']) => (names.has(first) ? undefined : { position: 0, names }),
  };
}

function sorted(items: readonly JsonObject[], { orderBy }: QueryOptions): readonly JsonObject[] {
  if (orderBy.length === 0) return items;
  return items.toSorted((a, b) => {
    for (const { path, descending } of orderBy) {
      const order = compareTexts(textAt(a, path), textAt(b, path));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** What has none comes first, as null does in OData. */
function textAt(item: JsonObject, path: readonly string[]): string {
  let value: unknown = item;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  if (typeof value === 'number') return String(value).padStart(20, '0');
  return value === undefined || value === null ? '' : String(value).toLowerCase();
}

function offsetToken(offset: number): string {
  return Buffer.from(`o${offset}`).toString('base64url');
}

function readOffset(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^o(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('latin1'))?.[1];
  if (offset === undefined) throw badRequest('Skip token is not valid.');
  return Number(offset);
}
