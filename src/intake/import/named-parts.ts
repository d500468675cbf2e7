import { spacedWords } from '../../core/values/spaced-words.ts';
import { isAmongDeleted, isLiveItem } from './deleted.ts';
import type { Findings } from './findings.ts';
import { isNamedEligible, relationOf } from './folders.ts';
import { keyOf } from './identity.ts';
import type { FoundItem, FoundItems } from './items.ts';
import type { ExportedList } from './list-names.ts';
import { memberOf } from './member-names.ts';
import { membersSaid } from './members-said.ts';
import { pagesBefore, wordOfPart } from './part-words.ts';
import type { Step } from './path-words.ts';
import { stepsOf } from './path-words.ts';
import type { Page } from './whole-lists.ts';
import { listOfKind } from './whole-lists.ts';

/** What the path of a file tells of the lists in it: that they are no lists of all. */

/**
 * Takes the objects of a document for a part of their list where a folder, the file or the member that they stand in is called after one,
 * whatever the document says of itself: Graph answers `groups/{id}/members/microsoft.graph.user` under the context of `users` (GDOC
 * group-list-members), and a filter leaves no trace in an answer.
 */
export function takeAsNamed(found: FoundItems, findings: Findings): void {
  const { file } = findings;
  const tell = (message: string) => findings.add('warning', 'partialList', message, { file });
  const parts = byPlace(found.items, file).flatMap(({ list, word, items }) => {
    if (word === undefined) return [];
    tell(
      `\`${word}\` in its path says that this is a part of the ${spacedWords(list)}: what stands elsewhere is missing; rename it where they are all here`,
    );
    return items;
  });
  const before = pagesBefore(stepsOf(file));
  const pages = before === undefined ? [] : withoutEnd(found);
  if (before !== undefined && (before > 0 || pages.length > 0))
    tell('is called one of several files of a list: what no other file has is missing');
  for (const item of [...parts, ...pages]) item.isOfPart = true;
  amend(found, [...parts, ...pages], before);
  const { empty } = found.proofs;
  empty.splice(0, empty.length, ...empty.filter((list) => !before && wordOf(list, [], file) === undefined));
}

interface Place {
  readonly list: ExportedList;
  readonly word: string | undefined;
  readonly items: readonly FoundItem[];
}

/** The live objects by the list and the place in the document that they stand in. Beside a list of all, parts of it cut nothing. */
function byPlace(items: readonly FoundItem[], file: string): readonly Place[] {
  const live = items.filter((item) => !item.isOfPart && isLiveItem(item) && !isMember(item, file));
  return [...Map.groupBy(live, listOf)].flatMap(([list, its]) => {
    if (list === undefined) return [];
    const groups = [...Map.groupBy(its, placeOf).values()];
    const places = groups.map((each) => ({
      list,
      word: wordOf(list, each, file, groups.filter((other) => other !== each).flatMap(wordsOfPlace)),
      items: each,
    }));
    const isWholeBeside = places.some(({ word, items: [first] }) => word === undefined && first?.isAlone === false);
    return isWholeBeside ? [] : places;
  });
}

function wordsOfPlace([first]: readonly FoundItem[]): readonly string[] {
  return first === undefined ? [] : stepsOf(placeOf(first)).flat();
}

/** Older roles have the assignments inside. */
function listOf({ kind }: FoundItem): ExportedList | undefined {
  return kind === 'directoryRoles' || kind === 'scopedRoleMembers' ? 'roleAssignments' : listOfKind(kind);
}

/** The members that an object stands in, without its position in lists. */
function placeOf({ pointer, isAlone }: FoundItem): string {
  const names = pointer === '' ? '' : pointer.replace(/\/\d+(?=\/|$)/g, '');
  return `${isAlone ? 'alone' : ''}${names}`;
}

/** One object alone has its own name as that of its file, and of its folder, as exporters give it: these say nothing of the list. */
function wordOf(
  list: ExportedList,
  items: readonly FoundItem[],
  file: string,
  beside: readonly string[] = [],
): string | undefined {
  const steps = stepsOf(file);
  const own = steps.slice(-1);
  const [first] = items;
  const isAlone = first?.isAlone === true;
  const isOwn = (step: Step) => isAlone && step.join(' ') === own[0]?.join(' ');
  return wordOfPart({
    list,
    folders: steps.slice(0, -1).filter((step) => !isOwn(step)),
    names: [...(isAlone ? [] : own), ...(first === undefined ? [] : stepsOf(placeOf(first)))],
    beside,
    has: (member) => items.some(({ value }) => memberOf(value, member) !== undefined),
  });
}

/** Whoever is in a group or in a role, or something to another object in a folder of that, is no part of a list of people. */
function isMember({ context }: FoundItem, file: string): boolean {
  return relationOf(file) !== undefined || membersSaid(file, context) !== undefined;
}

/** The objects of a numbered file of which nothing says whether there is a next one; an answer without a link to it is the last. */
function withoutEnd({ items, proofs }: FoundItems): readonly FoundItem[] {
  const ended = new Set(proofs.last.flatMap(({ list, keys }) => keys.map((key) => `${list} ${key}`)));
  return items.filter((item) => {
    const list = listOfKind(item.kind);
    return list !== undefined && !item.isAlone && !item.isOfPart && !ended.has(`${list} ${keyOf(item.value)}`);
  });
}

/** The proofs without what the name took back. */
function amend({ proofs }: FoundItems, parts: readonly FoundItem[], before: number | undefined): void {
  const cut = [...Map.groupBy(parts, ({ kind }) => listOfKind(kind))].flatMap(([list, items]) =>
    list === undefined ? [] : [{ list, keys: items.map(({ value }) => keyOf(value)) }],
  );
  proofs.cut.push(...cut);
  const isCut = (list: ExportedList, key: string) =>
    cut.some((page) => page.list === list && taken.get(page)?.has(key));
  const taken = new Map<Page, ReadonlySet<string>>(cut.map((page) => [page, new Set(page.keys)]));
  const last = proofs.last.flatMap((page) => {
    const keys = page.keys.filter((key) => !isCut(page.list, key));
    return keys.length === 0 ? [] : [{ ...page, keys, ...(before === undefined ? {} : { before }) }];
  });
  proofs.last.splice(0, proofs.last.length, ...last);
}

/** A list that holds none is one of the active assignments only where nothing calls it one of eligible ones. */
export function isEmptyProof(list: ExportedList, file: string): boolean {
  return !isAmongDeleted(file) && !(list === 'roleAssignments' && isNamedEligible(file));
}
