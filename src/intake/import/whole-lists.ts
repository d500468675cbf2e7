import { IS_PART } from '../../core/tenant/knowledge.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { memberOfChanges, memberOfRest } from '../json/rest-of-list.ts';
import { isAllOfOne } from './contexts-of-members.ts';
import type { ListFolder } from './exporter-folders.ts';
import type { ItemKind } from './kind.ts';
import { byContext, isPathOfGraph, isTypeOfExports } from './kind.ts';
import type { ExportedList } from './list-names.ts';
import { listOfName } from './list-names.ts';

/**
 * What a file proves of a list as a whole: that it holds nothing, or that more of it stands elsewhere. An empty list says
 * nothing unless the file tells which list it is.
 */
export interface ListProofs {
  readonly empty: ExportedList[];
  /** Pages of several, and not the last. */
  readonly cut: Page[];
  /** The last page, or the only one. */
  readonly last: Page[];
  /** Objects that stand alone, each in its file or its answer: nothing in it says that there are no others. */
  readonly single: Page[];
  /** Lists of which objects stand in a list that does not say that there is more. */
  readonly listed: ExportedList[];
  /** Lists that an export of ours says to be all, which no answer of Graph does. */
  readonly whole: ExportedList[];
  /** How many objects a list has, as an answer of Graph says. */
  readonly counted: { readonly list: ExportedList; readonly count: number }[];
}

/** The objects of one list on one page, by their ids. */
export interface Page {
  readonly list: ExportedList;
  readonly keys: readonly string[];
  /** How many pages come before it, as the name of its file says. */
  readonly before?: number;
  /** The folder of an exporter in which the page lies. */
  readonly folder?: ListFolder | undefined;
}

export const noProofs = (): ListProofs => ({
  empty: [],
  cut: [],
  last: [],
  single: [],
  listed: [],
  whole: [],
  counted: [],
});

/**
 * What all files of a run prove together: pages are whole where the last of them is there, and as many objects as were counted. `held`:
 * how many of a list the run has.
 */
export function wholeLists(
  { empty, cut, last, single, listed, counted }: ListProofs,
  held: Readonly<Partial<Record<ExportedList, number>>>,
): {
  readonly emptyLists: readonly ExportedList[];
  readonly cutLists: readonly ExportedList[];
  /** Those of the cut lists of which nothing says that there is more, but that each object stands alone. */
  readonly aloneLists: readonly ExportedList[];
} {
  const behind = last.filter(({ before = 0 }) => before > 0);
  const unended = [...cut, ...behind].map(({ list }) => list).filter((list) => !hasLastPage(list, cut, last));
  const alone = LISTS_KNOWN_WHOLE.filter((list) => areAlone(list, { single, last, listed }, held[list]));
  const tooFew = counted.filter(({ list, count }) => count > (held[list] ?? 0)).map(({ list }) => list);
  const cutLists = [...new Set([...unended, ...alone, ...tooFew])];
  return {
    emptyLists: [...new Set(empty)].filter((list) => !cutLists.includes(list)),
    cutLists,
    aloneLists: alone.filter((list) => !unended.includes(list) && !tooFew.includes(list)),
  };
}

/** Groups are known one by one, by their members. */
const LISTS_KNOWN_WHOLE: readonly ExportedList[] = [
  'policies',
  'namedLocations',
  'users',
  'roleAssignments',
  'servicePrincipals',
];

/** Whether all of a list that the run has was asked for one by one. */
function areAlone(
  list: ExportedList,
  { single, last, listed }: Pick<ListProofs, 'single' | 'last' | 'listed'>,
  held = 0,
): boolean {
  if (listed.includes(list)) return false;
  const pages = single.filter((page) => page.list === list);
  const keys = new Set(pages.filter((page) => !isWritten(page, pages)).flatMap((page) => page.keys));
  return keys.size > 0 && held <= keys.size && !last.some((page) => page.list === list);
}

/** Whether an exporter wrote the page, object by object: there are others of its list in its folder, or other folders of an export. */
function isWritten({ folder }: Page, pages: readonly Page[]): boolean {
  if (folder === undefined) return false;
  const beside = new Set(pages.filter((page) => page.folder?.path === folder.path).flatMap((page) => page.keys));
  return folder.isBesideOthers || beside.size > 1;
}

/** What has nothing that the other pages lack is no page behind them, but a copy of something on them. */
function hasLastPage(list: ExportedList, cut: readonly Page[], last: readonly Page[]): boolean {
  const pages = cut.filter((page) => page.list === list);
  const before = new Set(pages.flatMap(({ keys }) => keys));
  return last.some(
    (page) => page.list === list && (page.before ?? 0) <= pages.length && page.keys.some((key) => !before.has(key)),
  );
}

const LIST_OF_KIND: Partial<Record<ItemKind, ExportedList>> = {
  policies: 'policies',
  policyTemplates: 'policies',
  namedLocations: 'namedLocations',
  users: 'users',
  groups: 'groups',
  roleAssignments: 'roleAssignments',
  servicePrincipals: 'servicePrincipals',
};

export function listOfKind(kind: unknown): ExportedList | undefined {
  return typeof kind === 'string' ? LIST_OF_KIND[kind as ItemKind] : undefined;
}

/**
 * The list that a context announces. Eligible assignments say nothing of active ones, and a part of a list (what a filter left, a
 * delta) or something of one object (`users('…')/…`, `policies/$entity`) nothing of the list.
 */
export function listOfContext(context: string): ExportedList | undefined {
  return isWholeContext(context) ? listOfKind(byContext(context)) : undefined;
}

/** The context ends with the name of a list, and at most with the members that were selected. */
function isWholeContext(context: string): boolean {
  const path = context.slice(context.indexOf('#') + 1).replace(/\((?!['"]).*\)$/, '');
  return (
    !/roleeligibility/i.test(path) &&
    /^[\w/.]*\/?\w+$/.test(path) &&
    listOfName(path.split('/').at(-1) ?? '') !== undefined
  );
}

/**
 * A context that says itself that something was left out: by a filter, by changes alone, or by objects of one type alone. What a function
 * gives has the name of its type (`Collection(…)`), and a path of Graph that is no path of names, with at most the members that were
 * selected, is something of one object. One that somebody made says nothing.
 *
 * @internal
 */
export function isPartContext(context: string): boolean {
  if (/(\?|&|\$|%24)(filter|search|top|skip|skiptoken|delta)\b|\/microsoft\.graph\.\w+(\(|$)/i.test(context))
    return true;
  const path = /#(.*)$/s.exec(context)?.[1] ?? '';
  const type = /^collection\((.*)\)$/i.exec(path)?.[1];
  if (type !== undefined) return isTypeOfExports(type);
  if (/\/\$entity$/.test(path) || isAllOfOne(path) || !isPathOfGraph(path)) return false;
  return !/^[\w/]*$/.test(path.replace(/\((?!['"]).*\)$/, ''));
}

/** The member of an answer that tells that the list in it is not the whole of it; `undefined`: none does. */
export function memberOfPart(answer: JsonObject, context: string): string | undefined {
  if (answer[IS_PART] === true) return IS_PART;
  return isPartContext(context) ? '@odata.context' : (memberOfRest(answer)?.member ?? memberOfChanges(answer));
}
