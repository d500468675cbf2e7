import type { ExportedList } from './list-names.ts';
import type { Step } from './path-words.ts';
import { isNegated, namesOfLists } from './path-words.ts';

/**
 * What the words on a path tell of a list that stands there: that it is a part, by what was done to it, by which of its objects these are,
 * or by what they are to another object. Words have no source, and many more than these can mean a part: whoever is told can rename the
 * file.
 */

/** A path to a list. */
export interface PathTo {
  readonly list: ExportedList;
  /** Folders, the one that was named first. */
  readonly folders: readonly Step[];
  /** The file, and the members inside it. */
  readonly names: readonly Step[];
  /** The words of the members in which others of the list stand in the same file. */
  readonly beside: readonly string[];
  /** Whether an object of the list has a member, by its name in Graph. */
  readonly has: (member: string) => boolean;
}

/** The word by which the path says that the list there is a part; `undefined`: none does. */
export function wordOfPart({ folders, names, ...to }: PathTo): string | undefined {
  const ofFolders = folders.map((step) => ({ ...to, step, isName: false }));
  const ofNames = names.map((step) => ({ ...to, step, isName: true }));
  return [...ofFolders, ...ofNames].map(wordIn).find((word) => word !== undefined);
}

interface StepTo extends Omit<PathTo, 'folders' | 'names'> {
  readonly step: Step;
  /** It is no folder, which may be called after much else. */
  readonly isName: boolean;
}

function wordIn(to: StepTo): string | undefined {
  return to.step.find((_, at) => isOfAnyList(to, at) || isOfUserType(to, at) || isOfSome(to, at) || isRelation(to, at));
}

/** What is said of changes to a list, and of a choice out of it. */
const OF_PART: ReadonlySet<string> = new Set(
  (
    'delta deltas diff diffs difference differences change changes changed added removed incremental ' +
    'partial partially part subset subsets excerpt excerpts selected selection filter filtered ' +
    'truncated incomplete shortened'
  ).split(' '),
);

/** Followed by a number, as in `top100` and `last-30-days`; the first and the last page are none of all. */
const NUMBERED: ReadonlySet<string> = new Set(['top', 'first', 'last', 'limit', 'max', 'skip']);

/** What is selected of an object leaves the list whole. */
const MEMBERS: ReadonlySet<string> = new Set(['properties', 'members', 'fields', 'columns', 'attributes']);

function isOfAnyList({ step }: StepTo, at: number): boolean {
  const [word = '', next = ''] = step.slice(at);
  if (isNegated(step, at)) return false;
  if (NUMBERED.has(word)) return isNumber(next) || next === 'page';
  if (word === 'part') return !isNumber(next);
  return OF_PART.has(word) && !(word === 'selected' && MEMBERS.has(next));
}

/** People by their user type: `guests` are a part of the users, and `users-and-guests` are not. */
const GUESTS = ['guest', 'guests'];
const MEMBER = ['member', 'members'];
const USER_TYPES = { guest: MEMBER, guests: MEMBER, member: GUESTS, members: GUESTS };

function isOfUserType(to: StepTo, at: number): boolean {
  const { step, list } = to;
  const others = itsOwn(USER_TYPES, step[at]);
  if (others === undefined || !isOfDirectory(list) || step[at + 1] === 'of') return false;
  return !isBeside(to, others) && !isBesideList(to, at, WITH);
}

/** Words for some of any list, and of folders only with its name. */
const OF_FEW = ['some', 'few', 'top'];

/** A folder of samples has examples. */
const SAMPLES = ['sample', 'samples', 'sampled'];

/** Adjectives of some of a list, each with those that it excludes: together they are all of it. */
const OF_SOME: Readonly<Partial<Record<ExportedList, Readonly<Record<string, readonly string[]>>>>> = {
  users: {
    enabled: ['disabled'],
    disabled: ['enabled'],
    active: ['inactive'],
    inactive: ['active'],
    licensed: ['unlicensed'],
    unlicensed: ['licensed'],
    internal: ['external'],
    external: ['internal'],
    stale: [],
    admins: [],
    administrators: [],
    privileged: [],
    risky: [],
    blocked: [],
    synced: [],
  },
  servicePrincipals: {
    enabled: ['disabled'],
    disabled: ['enabled'],
    active: ['inactive'],
    inactive: ['active'],
    stale: [],
  },
  policies: { enabled: ['disabled'], disabled: ['enabled'], active: ['inactive'], inactive: ['active'] },
  namedLocations: {
    trusted: ['untrusted'],
    untrusted: ['trusted'],
    ip: ['country', 'countries'],
    country: ['ip'],
    countries: ['ip'],
  },
  roleAssignments: { permanent: ['activated'], activated: ['permanent'] },
};

function isOfSome(to: StepTo, at: number): boolean {
  const { step, list, isName } = to;
  const word = step[at] ?? '';
  if (!isName && !namesList(step, list)) return false;
  if (OF_FEW.includes(word) || (isName && SAMPLES.includes(word))) return true;
  const others = itsOwn(OF_SOME[list] ?? {}, word);
  if (others === undefined || (word === 'active' && step[at + 1] === 'directory')) return false;
  return !isBeside(to, others) && !isBesideList(to, at, AND);
}

/** What people, applications and groups are to another object, and the members of theirs that say it where they are expanded. */
const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  owner: ['owners', 'ownedObjects'],
  owners: ['owners'],
  owned: ['ownedObjects'],
  sponsor: ['sponsors'],
  sponsors: ['sponsors'],
  reports: ['directReports'],
  manager: ['manager'],
  managers: ['manager'],
  memberof: ['memberOf', 'transitiveMemberOf'],
  member: ['memberOf', 'transitiveMemberOf'],
  memberships: ['memberOf', 'transitiveMemberOf'],
};

/** `reports` alone is what a folder of reports is called. */
function isRelation(to: StepTo, at: number): boolean {
  const { step, list, isName, has } = to;
  const word = step[at] ?? '';
  const members = itsOwn(RELATIONS, word);
  if (members === undefined || !(isOfDirectory(list) || (list === 'groups' && OF_GROUPS.has(word)))) return false;
  if (word === 'member' && step[at + 1] !== 'of') return false;
  if (word === 'reports' && !isName && step[at - 1] !== 'direct') return false;
  if (isBesideList(to, at, WITH)) return false;
  return !(namesList(step, list) && members.some(has));
}

/** A group is listed with its own members and owners, and in those of others. */
const OF_GROUPS: ReadonlySet<string> = new Set(['owned', 'memberof', 'member', 'memberships']);

function isOfDirectory(list: ExportedList): boolean {
  return list === 'users' || list === 'servicePrincipals';
}

const AND: ReadonlySet<string> = new Set(['and', 'plus', 'incl', 'including', 'include', 'includes']);
const WITH: ReadonlySet<string> = new Set([...AND, 'with']);

/** Whether one of these words stands in the same name, or in that of another member of the file. */
function isBeside({ step, beside }: StepTo, words: readonly string[]): boolean {
  return words.some((word) => step.includes(word) || beside.includes(word));
}

/** Whether the name of the list stands before or behind the word, with a conjunction between them. */
function isBesideList({ step, list }: StepTo, at: number, conjunctions: ReadonlySet<string>): boolean {
  const names = namesIn(step, list);
  const isBehind = conjunctions.has(step[at - 1] ?? '') && names.some(({ end }) => end === at - 1);
  const isBefore = ['and', 'plus'].includes(step[at + 1] ?? '') && names.some(({ start }) => start === at + 2);
  return isBehind || isBefore;
}

function namesIn(step: Step, list: ExportedList) {
  return namesOfLists(step).filter((name) => name.list === list);
}

function namesList(step: Step, list: ExportedList): boolean {
  return namesIn(step, list).length > 0;
}

/** The words for one of several files of a list, before a number. */
const PAGES: ReadonlySet<string> = new Set(['page', 'part', 'chunk', 'slice', 'segment', 'split']);

/** How many files of the list stand before this one, as its name says (`users-page3`, `users-3-of-7`); `undefined`: it says nothing. */
export function pagesBefore(steps: readonly Step[]): number | undefined {
  for (const step of steps) {
    const at = step.findIndex((word, position) => isNumber(word) && isPage(step, position));
    if (at >= 0) return Math.max(0, Number(step[at]) - 1);
  }
  return undefined;
}

function isPage(step: Step, at: number): boolean {
  return PAGES.has(step[at - 1] ?? '') || (step[at + 1] === 'of' && isNumber(step[at + 2] ?? ''));
}

function itsOwn(words: Readonly<Record<string, readonly string[]>>, word = ''): readonly string[] | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}
