import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { extrasOf, memberOf } from './member-names.ts';
import { isNegated, namesAnyList, stepsOf } from './path-words.ts';

/**
 * What tells that an object was deleted. Graph answers `directory/deletedItems/microsoft.graph.group` under the context of the live groups
 * (GDOC directory-deleteditems-list): the list does not say it, its objects do, and the file or the member that somebody keeps them in.
 */

/** When an object was deleted, as it is written; `undefined`: it is live. The AzureAD module has a member of its own for it (AZUREAD). */
export function deletionOf(value: JsonObject): unknown {
  const said = memberOf(value, 'deletedDateTime') ?? memberOf(value, 'deletionTimestamp');
  return said === null || said === '' ? undefined : said;
}

/** A list of changes has what is gone with a reason beside its id, and nothing else of it (GDOC delta-query-overview). */
export function isRemoved(value: JsonObject): boolean {
  return (value['@removed'] ?? extrasOf(value)?.members['@removed'] ?? null) !== null;
}

export function isLiveItem({ value }: { readonly value: JsonObject }): boolean {
  return deletionOf(value) === undefined && !isRemoved(value);
}

/** Whether a file, a folder or a member on this path is called after deleted items, such as `deletedItems/groups.json`. */
export function isAmongDeleted(path: string): boolean {
  // Asked for every item: a path without these letters has no such word.
  if (!/deleted/i.test(path)) return false;
  return stepsOf(path).some((step) => {
    const at = step.indexOf('deleted');
    if (at < 0 || isNegated(step, at)) return false;
    const others = step.filter((_, position) => position !== at);
    return others.length === 0 || others.some((word) => WHATEVER.has(word)) || namesAnyList(others);
  });
}

const WHATEVER: ReadonlySet<string> = new Set(['items', 'objects']);
