import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { spacedWords } from '../../core/values/spaced-words.ts';
import { quoted } from '../text/excerpt.ts';
import type { Place } from '../types.ts';
import { isLiveItem, isRemoved } from './deleted.ts';
import type { Findings } from './findings.ts';
import { keyOf } from './identity.ts';
import { doubtfulMember } from './kind.ts';
import type { ExportedList } from './list-names.ts';
import type { Page } from './whole-lists.ts';
import { listOfKind } from './whole-lists.ts';

/** What the objects of a list tell of the list that they stand in: that it is not all of it. */

interface Listed {
  readonly value: JsonObject;
  readonly kind: unknown;
  readonly context: string;
  isOfPart: boolean;
}

/**
 * The objects that are taken of a list that holds others as well, by list: each is a part, as nothing that Graph lists as live was deleted
 * or is of another kind, and somebody put the list together.
 */
export function besideOthers(items: readonly Listed[], findings: Findings, place: Place): readonly Page[] {
  const isOfChanges = items.some(({ value }) => isRemoved(value));
  const isMixed = items.some(({ kind }) => typeof kind !== 'string');
  return [...Map.groupBy(items, ({ kind }) => listOfKind(kind))].flatMap(([list, its]) => {
    const live = its.filter(isLiveItem);
    if (list === undefined || live.length === 0) return [];
    const message =
      live.length < its.length || isOfChanges
        ? `holds what was deleted beside ${spacedWords(list)} that are live, and so is no list of all of these`
        : (ofOtherKind(list, live) ?? (isMixed && isOfPeople(list) ? besideForeign(list) : undefined));
    if (message === undefined) return [];
    for (const item of live) item.isOfPart = true;
    findings.add('warning', 'partialList', message, place);
    return [{ list, keys: live.map(({ value }) => keyOf(value)) }];
  });
}

function isOfPeople(list: ExportedList): boolean {
  return list === 'users' || list === 'servicePrincipals' || list === 'roleAssignments';
}

const besideForeign = (list: ExportedList) =>
  `holds what is no object of an export beside ${spacedWords(list)}, and so is no list of all of these`;

/** One such object is enough: a report has the same members for everybody, and those without a value are left out. */
function ofOtherKind(list: ExportedList, items: readonly Listed[]): string | undefined {
  for (const { value, kind, context } of items) {
    const member = doubtfulMember(value, kind, context);
    if (member !== undefined)
      return `${quoted(member, 40)} is no member that ${spacedWords(list)} of Microsoft Graph have: a report may have them, and is no list of all; export \`${list}\``;
  }
  return undefined;
}
