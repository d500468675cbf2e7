import type { Group } from '../../core/tenant/directory.ts';
import type { ForwardingProfile } from '../../core/tenant/tenant.ts';
import { isSameJson } from '../../core/values/same-json.ts';
import type { FileReport, ImportedFiles, ImportedSetting, Located, Problem } from '../types.ts';
import type { FileContents, ItemAt } from './contents.ts';
import { noContents } from './contents.ts';
import type { Cursor } from './findings.ts';
import { Findings } from './findings.ts';
import { checkReferences } from './references.ts';

/**
 * The files of a run put together in their order. An item that stands in two places alike is taken once; one that differs
 * makes the later file unusable, because nobody could say which of the two is the tenant's. Such a file, like any file with
 * an error, contributes nothing. `knownIds`: ids that the tenant already has, in small letters.
 */
export function combine(files: readonly FileContents[], knownIds: Iterable<string>): ImportedFiles {
  const taken = noContents(new Findings(''));
  const seen: Seen = new Map();
  const reports = files.map((contents) => takeFile(contents, seen, taken));
  const known = new Set(knownIds);
  for (const { value } of [...taken.namedLocations, ...taken.users, ...taken.groups]) known.add(value.id.toLowerCase());
  for (const policy of taken.policies) checkReferences(policy, known);
  return {
    policies: taken.policies.map(located),
    namedLocations: taken.namedLocations.map(located),
    users: taken.users.map(located),
    groups: withMembers(taken).map(located),
    roleAssignments: taken.roleAssignments.map(located),
    roleDefinitions: taken.roleDefinitions.map(located),
    servicePrincipals: taken.servicePrincipals.map(located),
    settings: [...taken.settings.map(located), ...forwardingProfiles(taken.forwardingProfiles)],
    files: reports,
    problems: [...files.flatMap(({ findings }) => findings.list()), ...unknownMembers(taken)],
  };
}

/** Everything taken, by list and id. */
type Seen = Map<string, ItemAt<object>>;

function takeFile(contents: FileContents, seen: Seen, taken: FileContents): FileReport {
  const { findings } = contents;
  const own: Seen = new Map();
  const fresh = <T extends object>(list: string, items: readonly ItemAt<T>[], idOf: (value: T) => string) =>
    items.filter((item) => isFresh(item, `${list} ${idOf(item.value).toLowerCase()}`, seen, own));
  const byId = ({ id }: { readonly id: string }) => id;
  const policies = fresh('policies', contents.policies, byId);
  const namedLocations = fresh('namedLocations', contents.namedLocations, byId);
  const users = fresh('users', contents.users, byId);
  const groups = fresh('groups', contents.groups, byId);
  const roleDefinitions = fresh('roleDefinitions', contents.roleDefinitions, byId);
  const servicePrincipals = fresh('servicePrincipals', contents.servicePrincipals, byId);
  const forwarding = fresh('forwardingProfiles', contents.forwardingProfiles, byId);
  const settings = fresh('settings', contents.settings, ({ setting }) => setting);
  const roleAssignments = fresh('roleAssignments', contents.roleAssignments, (value) =>
    [value.principalId, value.roleDefinitionId, value.directoryScopeId, value.status].join(' '),
  );
  if (!findings.sound) return { file: findings.file, kind: contents.emptyKind, taken: 0 };
  for (const [key, each] of own) seen.set(key, each);
  addAll(taken.policies, policies);
  addAll(taken.namedLocations, namedLocations);
  addAll(taken.users, users);
  addAll(taken.groups, groups);
  addAll(taken.roleAssignments, roleAssignments);
  addAll(taken.roleDefinitions, roleDefinitions);
  addAll(taken.servicePrincipals, servicePrincipals);
  addAll(taken.forwardingProfiles, forwarding);
  addAll(taken.settings, settings);
  addAll(taken.memberships, contents.memberships);
  addAll(taken.unknownMembers, contents.unknownMembers);
  const counts = {
    policies: policies.length,
    namedLocations: namedLocations.length,
    users: users.length,
    groups: groups.length,
    members: contents.memberships.length,
    roleAssignments: roleAssignments.length,
    roleDefinitions: roleDefinitions.length,
    servicePrincipals: servicePrincipals.length,
    forwardingProfiles: forwarding.length,
    settings: settings.length,
  };
  const kinds = Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [kind] : []));
  return {
    file: findings.file,
    kind: kinds.length === 0 ? contents.emptyKind : kinds.join(', '),
    taken: Object.values(counts).reduce((sum, count) => sum + count, 0),
  };
}

/** False for what is there already; other content under the same id is an error of this file. */
function isFresh(item: ItemAt<object>, key: string, seen: Seen, own: Seen): boolean {
  const before = own.get(key) ?? seen.get(key);
  if (before === undefined) {
    own.set(key, item);
    return true;
  }
  const { file, line } = before.at.place;
  const where = line === undefined ? file : `${file}:${line}`;
  // Ids that differ in nothing but case are one id.
  const isSame = isSameJson({ ...before.value, id: key }, { ...item.value, id: key });
  if (isSame) item.at.note('duplicate', `the same stands in ${where}; it is taken once`);
  else item.at.error('duplicateId', `the same id with other content stands in ${where}`);
  return false;
}

/** Groups with the members that stand in files of their own. */
function withMembers({ groups, memberships }: FileContents): readonly ItemAt<Group>[] {
  const members = new Map<string, string[]>();
  for (const { groupId, memberId } of memberships) {
    const key = groupId.toLowerCase();
    const ids = members.get(key);
    if (ids === undefined) members.set(key, [memberId]);
    else ids.push(memberId);
  }
  return groups.map((group) => {
    const more = members.get(group.value.id.toLowerCase());
    if (more === undefined) return group;
    const ids = [...new Set([...(group.value.members ?? []), ...more])].sort();
    return { ...group, value: { ...group.value, members: ids } };
  });
}

/** The profiles of all files are one setting. */
function forwardingProfiles(profiles: readonly ItemAt<ForwardingProfile>[]): readonly Located<ImportedSetting>[] {
  const [first] = profiles;
  if (first === undefined) return [];
  return [
    { value: { setting: 'forwardingProfiles', value: profiles.map(({ value }) => value) }, place: first.at.place },
  ];
}

/** Each name once for the whole run, with its number and its first place. */
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
    message: `\`${path}\` is not known to gsa; it is kept (${count} time${count === 1 ? '' : 's'})`,
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

/** One by one: as arguments of one call a list of 100,000 is more than the stack holds. */
function addAll<T>(to: T[], from: Iterable<T>): void {
  for (const each of from) to.push(each);
}
