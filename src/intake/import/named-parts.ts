import { isAmongDeleted, isLiveItem } from './deleted.ts';
import type { Findings } from './findings.ts';
import { groupOfMember, isNamedEligible, roleOfMember } from './folders.ts';
import { keyOf } from './identity.ts';
import type { FoundItem, FoundItems } from './items.ts';
import type { ExportedList } from './list-names.ts';
import { listOfKind } from './whole-lists.ts';

/** What the name of a file tells of the lists in it: that they are no lists of all. */

/**
 * Whether a file is called after changes, or after people by what they are to something: those are no list of all, whatever its context,
 * as Graph answers `groups/{id}/members/microsoft.graph.user` under that of `users` (GDOC group-list-members).
 */
export function isNamedPart(file: string): boolean {
  const name = (file.split(/[/\\]/).at(-1) ?? '').replace(/\.\w+$/, '');
  const words = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => OF_PART.has(word))) return true;
  return words.some((word) => RELATIONS.has(word)) && !words.includes('users') && !words.includes('all');
}

const OF_PART: ReadonlySet<string> = new Set(['delta', 'guests', 'filtered']);
const RELATIONS: ReadonlySet<string> = new Set([
  'member',
  'members',
  'memberof',
  'owner',
  'owners',
  'reports',
  'sponsors',
]);

/** Takes the people and applications of a document for a part of theirs, whatever the document says of itself. */
export function takeAsPart({ items, proofs }: FoundItems, findings: Findings): void {
  const { file } = findings;
  const others = items.filter(
    (item) => isOfRelation(listOfKind(item.kind)) && !item.isOfPart && !isMember(item, file) && isLiveItem(item),
  );
  if (others.length > 0) {
    const message = 'is called after a part: who stands elsewhere is missing';
    findings.add('warning', 'partialList', message, { file });
  }
  for (const item of others) item.isOfPart = true;
  for (const [list, its] of Map.groupBy(others, ({ kind }) => listOfKind(kind)))
    if (list !== undefined) proofs.cut.push({ list, keys: its.map(({ value }) => keyOf(value)) });
  proofs.last.splice(0, proofs.last.length, ...proofs.last.filter(({ list }) => !isOfRelation(list)));
  proofs.empty.splice(0, proofs.empty.length, ...proofs.empty.filter((list) => !isOfRelation(list)));
}

/** Whoever is in a group or in a role is no part of a list of people. */
function isMember({ context }: FoundItem, file: string): boolean {
  return (
    groupOfMember(file) !== undefined ||
    roleOfMember(file) !== undefined ||
    /#(groups|directoryRoles)\('/i.test(context)
  );
}

/** Lists of which an object may be something to another one; groups come with those who are in them. */
function isOfRelation(list: ExportedList | undefined): boolean {
  return list === 'users' || list === 'servicePrincipals';
}

/** A list that holds none is one of the active assignments only where nothing calls it one of eligible ones. */
export function isEmptyProof(list: ExportedList, file: string): boolean {
  return !isAmongDeleted(file) && !(list === 'roleAssignments' && isNamedEligible(file));
}
