import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { spacedWords } from '../../core/values/spaced-words.ts';
import type { Place } from '../types.ts';
import type { Findings } from './findings.ts';
import { keyOf } from './identity.ts';
import { listOfName } from './list-names.ts';
import { memberOf } from './member-names.ts';
import type { Page } from './whole-lists.ts';
import { listOfKind } from './whole-lists.ts';

/**
 * What tells that an object was deleted. Graph answers `directory/deletedItems/microsoft.graph.group` under the context of the live groups
 * (GDOC directory-deleteditems-list): the list does not say it, its objects do, and the file or the member that somebody keeps them in.
 */

/** When an object was deleted, as it is written; `undefined`: it is live. The AzureAD module has a member of its own for it (AZUREAD). */
export function deletionOf(value: JsonObject): unknown {
  const said = memberOf(value, 'deletedDateTime') ?? memberOf(value, 'deletionTimestamp');
  return said === null || said === '' ? undefined : said;
}

export function isLiveItem({ value }: { readonly value: JsonObject }): boolean {
  return deletionOf(value) === undefined;
}

/** Whether a file, a folder or a member on this path is called after deleted items, such as `deletedItems/groups.json`. */
export function isAmongDeleted(path: string): boolean {
  return path.split(/[/\\]/).some((step) => {
    const name = step
      .toLowerCase()
      .replace(/\.\w+$/, '')
      .replace(/[^a-z]/g, '');
    const what = /^deleted(.*)$/.exec(name)?.[1];
    return what !== undefined && (what === 'items' || listOfName(what) !== undefined);
  });
}

interface Listed {
  readonly value: JsonObject;
  readonly kind: unknown;
  isOfPart: boolean;
}

/**
 * The live objects of a list that holds deleted ones as well: a part, as nothing that Graph lists as live was deleted, and somebody put the
 * list together.
 */
export function besideDeleted(items: readonly Listed[], findings: Findings, place: Place): readonly Page[] {
  if (items.every(isLiveItem)) return [];
  return [...Map.groupBy(items, ({ kind }) => listOfKind(kind))].flatMap(([list, its]) => {
    const live = its.filter(isLiveItem);
    if (list === undefined || live.length === 0 || live.length === its.length) return [];
    for (const item of live) item.isOfPart = true;
    const message = `holds what was deleted beside ${spacedWords(list)} that are live, and so is no list of all of these`;
    findings.add('warning', 'partialList', message, place);
    return [{ list, keys: live.map(({ value }) => keyOf(value)) }];
  });
}
