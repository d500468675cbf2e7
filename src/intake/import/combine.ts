import type { RoleAssignment } from '../../core/tenant/directory.ts';
import { isLive } from '../../core/tenant/live.ts';
import type { ForwardingProfile } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { isSameJson } from '../../core/values/same-json.ts';
import { isJsonObject } from '../json/value.ts';
import type { FileReport, ImportedFiles, ImportedSetting, Located, Problem } from '../types.ts';
import type { FileContents, ItemAt } from './contents.ts';
import { noContents } from './contents.ts';
import type { Cursor } from './findings.ts';
import { Findings } from './findings.ts';
import { withMembers } from './members-of-groups.ts';
import { checkReferences } from './references.ts';
import { wholeLists } from './whole-lists.ts';
import { withCutRoles } from './whole-roles.ts';

/**
 * The files of a run put together in their order. An item that stands in two places alike is taken once; one that differs
 * makes the later file unusable, because nobody could say which of the two is the tenant's. Such a file, like any file with
 * an error, contributes nothing. `knownIds`: ids that the tenant already has, in small letters.
 */
export function combine(files: readonly FileContents[], knownIds: Iterable<string>): ImportedFiles {
  const taken = noContents(new Findings(''));
  const seen = nothingSeen();
  const reports = files.map((contents) => takeFile(contents, seen, taken));
  const known = new Set(knownIds);
  for (const { value } of [...taken.namedLocations, ...taken.users, ...taken.groups]) known.add(value.id.toLowerCase());
  for (const policy of taken.policies) checkReferences(policy, known);
  const left = <T extends object>(items: readonly ItemAt<T>[]) =>
    items.filter((item) => !seen.replaced.has(item)).map(located);
  const { assignments, problems } = roleAssignments(taken);
  const { emptyLists, cutLists, aloneLists } = wholeLists(taken.proofs, {
    policies: taken.policies.filter(({ value }) => isLive(value)).length,
    namedLocations: taken.namedLocations.filter(({ value }) => isLive(value)).length,
    users: taken.users.length,
    groups: taken.groups.length,
    roleAssignments: assignments.length,
    servicePrincipals: taken.servicePrincipals.length,
  });
  return {
    policies: left(taken.policies),
    namedLocations: left(taken.namedLocations),
    users: left(taken.users),
    groups: left(withMembers({ ...taken, groups: taken.groups.filter((group) => !seen.replaced.has(group)) })),
    roleAssignments: left(assignments),
    roleDefinitions: left(taken.roleDefinitions),
    servicePrincipals: left(taken.servicePrincipals),
    settings: [...left(taken.settings), ...forwardingProfiles(taken.forwardingProfiles)],
    emptyLists,
    cutLists: withCutRoles(cutLists, taken, assignments),
    aloneLists,
    areAllGroups: taken.proofs.whole.includes('groups') && !cutLists.includes('groups'),
    files: reports,
    problems: [...files.flatMap(({ findings }) => findings.list()), ...problems, ...unknownMembers(taken)],
  };
}

/** Everything taken, by list and id, and what was taken first and gave way to a fuller record. */
interface Seen {
  readonly items: Map<string, ItemAt<object>>;
  readonly replaced: Set<ItemAt<object>>;
}

const nothingSeen = (): Seen => ({ items: new Map(), replaced: new Set() });

/** The lists of which an item is taken once. */
type Lists = Pick<
  FileContents,
  | 'policies'
  | 'namedLocations'
  | 'users'
  | 'groups'
  | 'roleAssignments'
  | 'roleDefinitions'
  | 'servicePrincipals'
  | 'forwardingProfiles'
  | 'settings'
>;

function takeFile(contents: FileContents, seen: Seen, taken: FileContents): FileReport {
  const { findings, emptyKind } = contents;
  const own = nothingSeen();
  const fresh = freshOf(contents, seen, own);
  if (!findings.sound) return { file: findings.file, kind: emptyKind, taken: 0 };
  for (const [key, each] of own.items) seen.items.set(key, each);
  for (const each of own.replaced) seen.replaced.add(each);
  addLists(taken, fresh);
  addBeside(taken, contents);
  const counts = Object.entries(countsOf(fresh, contents));
  const kinds = counts.flatMap(([kind, count]) => (count > 0 ? [kind] : []));
  return {
    file: findings.file,
    kind: kinds.length === 0 ? emptyKind : kinds.join(', '),
    taken: counts.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** The items of a file that are not there already. */
function freshOf(contents: FileContents, seen: Seen, own: Seen): Lists {
  const fresh = <T extends object>(list: string, items: ItemAt<T>[], idOf: (value: T) => string) =>
    items.filter((item) => isFresh(item, `${list} ${idOf(item.value).toLowerCase()}`, seen, own));
  const byId = ({ id }: { readonly id: string }) => id;
  return {
    policies: fresh('policies', contents.policies, byId),
    namedLocations: fresh('namedLocations', contents.namedLocations, byId),
    users: fresh('users', contents.users, byId),
    groups: fresh('groups', contents.groups, byId),
    roleDefinitions: fresh('roleDefinitions', contents.roleDefinitions, byId),
    servicePrincipals: fresh('servicePrincipals', contents.servicePrincipals, byId),
    forwardingProfiles: fresh('forwardingProfiles', contents.forwardingProfiles, byId),
    settings: fresh('settings', contents.settings, ({ setting }) => setting),
    roleAssignments: fresh('roleAssignments', contents.roleAssignments, (value) => keyOfAssignment(value)),
  };
}

function addLists(taken: Lists, fresh: Lists): void {
  addAll(taken.policies, fresh.policies);
  addAll(taken.namedLocations, fresh.namedLocations);
  addAll(taken.users, fresh.users);
  addAll(taken.groups, fresh.groups);
  addAll(taken.roleAssignments, fresh.roleAssignments);
  addAll(taken.roleDefinitions, fresh.roleDefinitions);
  addAll(taken.servicePrincipals, fresh.servicePrincipals);
  addAll(taken.forwardingProfiles, fresh.forwardingProfiles);
  addAll(taken.settings, fresh.settings);
}

/** Adds what may stand in several files: who is in what, and what proves a list whole. */
function addBeside(taken: FileContents, contents: FileContents): void {
  addAll(taken.groupsInside, contents.groupsInside);
  addAll(taken.emptyGroups, contents.emptyGroups);
  addAll(taken.memberships, contents.memberships);
  addAll(taken.directoryRoles, contents.directoryRoles);
  addAll(taken.roleMembers, contents.roleMembers);
  addAll(taken.unknownMembers, contents.unknownMembers);
  addAll(taken.proofs.empty, contents.proofs.empty);
  addAll(taken.proofs.cut, contents.proofs.cut);
  addAll(taken.proofs.last, contents.proofs.last);
  addAll(taken.proofs.single, contents.proofs.single);
  addAll(taken.proofs.listed, contents.proofs.listed);
  addAll(taken.proofs.whole, contents.proofs.whole);
  addAll(taken.proofs.counted, contents.proofs.counted);
}

function countsOf(
  fresh: Lists,
  { emptyGroups, memberships, roleMembers }: FileContents,
): Readonly<Record<string, number>> {
  return {
    policies: fresh.policies.length,
    namedLocations: fresh.namedLocations.length,
    users: fresh.users.length,
    groups: fresh.groups.length + emptyGroups.length,
    members: memberships.length,
    roleAssignments: fresh.roleAssignments.length + roleMembers.length,
    roleDefinitions: fresh.roleDefinitions.length,
    servicePrincipals: fresh.servicePrincipals.length,
    forwardingProfiles: fresh.forwardingProfiles.length,
    settings: fresh.settings.length,
  };
}

/**
 * False for what is there already. Of two records of one id, one of which only lacks members, the fuller is taken; content
 * that contradicts is an error of this file.
 */
function isFresh(item: ItemAt<object>, key: string, seen: Seen, own: Seen): boolean {
  const before = own.items.get(key) ?? seen.items.get(key);
  if (before === undefined) {
    own.items.set(key, item);
    return true;
  }
  const { file, line } = before.at.place;
  const where = line === undefined ? file : `${file}:${line}`;
  // Ids that differ in nothing but case are one id.
  const isSame = isSameJson({ ...before.value, id: key }, { ...item.value, id: key });
  if (isSame) item.at.note('duplicate', `the same stands in ${where}; it is taken once`);
  else if (isPartOf(item.value, before.value))
    item.at.note('duplicate', `a fuller record stands in ${where}: that is taken`);
  else if (isPartOf(before.value, item.value)) {
    item.at.note('duplicate', `is taken in place of the record in ${where}, which has less`);
    own.items.set(key, item);
    own.replaced.add(before);
    return true;
  } else item.at.error('duplicateId', `the same id with other content stands in ${where}`);
  return false;
}

/** Assignments of roles, with those that name the role by its id in `directoryRoles` only. */
function roleAssignments(taken: FileContents): {
  readonly assignments: readonly ItemAt<RoleAssignment>[];
  readonly problems: readonly Problem[];
} {
  const templates = new Map(taken.directoryRoles.map(({ id, roleTemplateId }) => [id.toLowerCase(), roleTemplateId]));
  const assignments = new Map(taken.roleAssignments.map((each) => [keyOfAssignment(each.value), each]));
  const problems: Problem[] = [];
  for (const { value, at } of taken.roleMembers) {
    const { directoryRoleId, ...held } = value;
    const roleDefinitionId = templates.get(directoryRoleId.toLowerCase());
    if (roleDefinitionId === undefined) {
      const message = `names the role ${directoryRoleId}, which no \`directoryRoles\` of this import has: not taken`;
      problems.push({ severity: 'warning', code: 'danglingRole', message, place: at.place });
      continue;
    }
    const assignment = { ...held, roleDefinitionId, status: 'active' as const };
    const key = keyOfAssignment(assignment);
    if (!assignments.has(key)) assignments.set(key, { value: assignment, at });
  }
  return { assignments: [...assignments.values()], problems };
}

function keyOfAssignment({ principalId, roleDefinitionId, directoryScopeId, status }: RoleAssignment): string {
  return [principalId, roleDefinitionId, directoryScopeId, status].join(' ').toLowerCase();
}

/** The profiles of all files are one setting. */
function forwardingProfiles(profiles: readonly ItemAt<ForwardingProfile>[]): readonly Located<ImportedSetting>[] {
  const [first] = profiles;
  if (first === undefined) return [];
  return [
    { value: { setting: 'forwardingProfiles', value: profiles.map(({ value }) => value) }, place: first.at.place },
  ];
}

/** Problems for unknown members: each name once for the whole run, with how often it occurs and its first place. */
function unknownMembers(taken: FileContents): readonly Problem[] {
  const counts = new Map<string, { count: number; readonly at: Cursor }>();
  for (const { path, at } of taken.unknownMembers) {
    const before = counts.get(path);
    if (before === undefined) counts.set(path, { count: 1, at });
    else before.count++;
  }
  return [...counts].map(([path, { count, at }]) => ({
    severity: 'note',
    code: 'unknownMember',
    message: `\`${path}\` is not known to gsa; it is kept (${plural(count, 'time')})`,
    place: at.place,
  }));
}

/** The place is looked up when somebody asks for it. */
function located<T>({ value, at }: ItemAt<T>): Located<T> {
  return {
    value,
    get place() {
      return at.place;
    },
  };
}

/**
 * Whether a record says nothing that the fuller one does not say alike. A member that is missing, null or empty says
 * nothing; annotations say how a record was asked for, not what it is.
 */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === undefined || part === null || part === '') return true;
  if (isJsonObject(part) && isJsonObject(whole)) {
    return Object.entries(part).every(([name, each]) => isAboutAsking(name) || isPartOf(each, whole[name]));
  }
  if (Array.isArray(part) && Array.isArray(whole) && part.length > 0 && part.length === whole.length) {
    return part.every((each, at) => isPartOf(each, whole[at]));
  }
  const isEmptyList = Array.isArray(part) && part.length === 0;
  return isSameJson(part, whole) || (isEmptyList && whole === undefined);
}

/** `id` may differ in case only, or it would not have come here. */
function isAboutAsking(name: string): boolean {
  return name === 'id' || (name.includes('@odata.') && name !== '@odata.type');
}

/** One by one: as arguments of one call a list of 100,000 is more than the stack holds. */
function addAll<T>(to: T[], from: Iterable<T>): void {
  for (const each of from) to.push(each);
}
