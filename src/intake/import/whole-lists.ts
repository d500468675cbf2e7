import type { KnowableList } from '../../core/tenant/knowledge.ts';
import { IS_PART } from '../../core/tenant/knowledge.ts';
import { isJsonObject } from '../json/value.ts';
import type { ItemKind } from './kind.ts';
import { byContext } from './kind.ts';

/** Exports carry all lists but the MFA trusted IPs. */
export type ExportedList = Exclude<KnowableList, 'mfaTrustedIps'>;

/**
 * What a file proves of a list as a whole: that it holds nothing, or that more of it stands on other pages. An empty list says
 * nothing unless the file tells which list it is.
 */
export interface ListProofs {
  readonly empty: ExportedList[];
  /** Lists of which the file is one page of several, and not the last. */
  readonly cut: ExportedList[];
  /** Lists of which the file is the last page, or the only one. */
  readonly last: ExportedList[];
}

export const noProofs = (): ListProofs => ({ empty: [], cut: [], last: [] });

/** What all files of a run prove together: pages are whole where the last of them is there. */
export function wholeLists({ empty, cut, last }: ListProofs): {
  readonly emptyLists: readonly ExportedList[];
  readonly cutLists: readonly ExportedList[];
} {
  const cutLists = [...new Set(cut)].filter((list) => !last.includes(list) && !empty.includes(list));
  return { emptyLists: [...new Set(empty)], cutLists };
}

const LIST_OF_KIND: Partial<Record<ItemKind, ExportedList>> = {
  policies: 'policies',
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
 * The list that a context announces. Eligible assignments say nothing of active ones, and a part of a list (`users('…')/…`, a
 * delta) nothing of the list.
 */
export function listOfContext(context: string): ExportedList | undefined {
  return /roleeligibility|\$delta|\/\$entity/i.test(context) ? undefined : listOfKind(byContext(context));
}

const LIST_OF_NAME: ReadonlyMap<string, ExportedList> = new Map([
  ['policies', 'policies'],
  ['conditionalaccess', 'policies'],
  ['conditionalaccesspolicies', 'policies'],
  ['capolicies', 'policies'],
  ['namedlocations', 'namedLocations'],
  ['locations', 'namedLocations'],
  ['users', 'users'],
  ['groups', 'groups'],
  ['roleassignments', 'roleAssignments'],
  ['roleassignmentscheduleinstances', 'roleAssignments'],
  ['serviceprincipals', 'servicePrincipals'],
  ['enterpriseapplications', 'servicePrincipals'],
]);

/** The list that a member, a file or a folder is called after. */
export function listOfName(name: string): ExportedList | undefined {
  return LIST_OF_NAME.get(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** By the name of the file, such as `export/namedLocations.json`, and else by that of its folder. */
export function listOfPath(path: string): ExportedList | undefined {
  const [file = '', folder = ''] = path.split(/[/\\]/).reverse();
  return listOfName(file.replace(/\.\w+$/, '')) ?? listOfName(folder);
}

/** Whether a list that holds nothing is the whole of it. */
export function isLastPage(value: unknown): boolean {
  return !isJsonObject(value) || (typeof value['@odata.nextLink'] !== 'string' && value[IS_PART] !== true);
}
