import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject, plainText } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { FileContents, ItemAt } from './contents.ts';
import { cutAt } from './cut-depth.ts';
import { deletionOf, isAmongDeleted, isLiveItem, isRemoved } from './deleted.ts';
import { readGroup, readRoleAssignment, readRoleDefinition, readServicePrincipal, readUser } from './directory.ts';
import { readDirectoryRole, readScopedRoleMember } from './directory-roles.ts';
import type { Ground } from './findings.ts';
import { Cursor } from './findings.ts';
import { isFolderOfRole, isNamedEligible, relationOf } from './folders.ts';
import type { NotImported } from './foreign-objects.ts';
import { keyOf } from './identity.ts';
import type { FoundItem } from './items.ts';
import type { ItemKind } from './kind.ts';
import { kindOf, statusTold } from './kind.ts';
import { extrasOf, lookUp, memberOf, saysSomething } from './member-names.ts';
import { holderOf, isGroupMember } from './member-types.ts';
import { CUT } from './members.ts';
import { membersSaid } from './members-said.ts';
import { readNamedLocation } from './named-location.ts';
import { readPolicy } from './policy.ts';
import { withIdsOfLocationsBeside } from './references.ts';
import { isInForce } from './role-schedule.ts';
import { readForwardingProfile, readSettings } from './settings.ts';
import { asPolicy } from './template.ts';
import { listOfKind } from './whole-lists.ts';

/** The kinds of `gsa import --kind`. */
export type ImportKind = 'auto' | 'policies' | 'locations' | 'users' | 'groups' | 'roles' | 'settings';

export interface ImportOptions {
  /** What the files hold; `auto` (the default) tells it from their content. */
  readonly kind?: ImportKind;
  /** Ids that the tenant has already, in small letters: references to them do not dangle. */
  readonly knownIds?: Iterable<string>;
  /** The time of the import in ISO 8601: assignments of roles that begin later, or have ended, are not taken. */
  readonly now?: string;
  /** Told after each file: objects that were found so far, and the share of all bytes that they were found in, from 0 to 1. */
  readonly onProgress?: (objects: number, share: number) => void;
}

export interface FileToRead {
  readonly file: string;
  /** Named on the command line, and not merely found in a folder: then it has to be an export. */
  readonly isNamed: boolean;
  /** The folder that was given, and in which the file was found. */
  readonly folder?: string;
}

/** Reads one found object into the contents of its file, or says why it is not taken. */
export function readItem(item: FoundItem, file: FileToRead, forced: ImportKind, contents: FileContents): void {
  const cursor = new Cursor(groundOf(contents, item), item.pointer);
  if (isRemoved(item.value)) {
    contents.emptyKind = 'deletedItem';
    cursor.note('deletedItem', 'is no longer there, as a list of changes says (`@removed`): not taken');
    return;
  }
  if (takeMember(item, file.file, cursor, contents)) return;
  const kind = kindIn(item, file.file) ?? kindForced(forced, item.value);
  if (kind === undefined || typeof kind === 'object') {
    const { code, message } = kind ?? NOT_KNOWN;
    const severity = file.isNamed || code === 'errorResponse' ? 'error' : 'note';
    contents.emptyKind = code;
    contents.findings.add(severity, code, message, item.pointer === '' ? { file: file.file } : cursor);
  } else if (!isAskedFor(kind, forced)) {
    contents.emptyKind = kind;
    cursor.note('otherKind', `${kind} were not asked for`);
  } else if (!isLiveItem(item) && !KEPT_DELETED.has(kind)) {
    contents.emptyKind = 'deletedItem';
    cursor.note('deletedItem', `was deleted on ${quoted(plainText(deletionOf(item.value)), 40)}, and is not taken`);
  } else if (isWhole(item, kind, cursor)) {
    TAKERS[kind](item, cursor.item(kind), contents, file);
    const list = listOfKind(kind);
    if (list !== undefined && item.isAlone && isLiveItem(item))
      contents.proofs.single.push({ list, keys: [keyOf(item.value)] });
  }
}

/** Kinds of which a tenant keeps what was deleted, to be restored. */
const KEPT_DELETED: ReadonlySet<ItemKind> = new Set(['policies', 'namedLocations']);

/** What stands in the list of another object, and says what it is to it by its place only. */
function takeMember(
  { value, context, isOfPart }: FoundItem,
  file: string,
  at: Cursor,
  contents: FileContents,
): boolean {
  const id = memberOf(value, 'id');
  if (typeof id !== 'string') return false;
  const said = membersSaid(file, context);
  if (said?.of === 'group') {
    const { id: groupId, isTransitive, isOfOneKind } = said;
    const isGroup = isGroupMember(value);
    contents.memberships.push({ groupId, memberId: id, at, isOfPart: isOfPart || isOfOneKind, isTransitive, isGroup });
  } else if (said?.of === 'role') {
    keep(contents.roleMembers, { directoryRoleId: said.id, ...holderOf(id, value), directoryScopeId: '/' }, at);
  }
  return said !== undefined;
}

/** People as somebody's owners or members have a few members only, and are in their own folder whole. */
function kindIn(item: FoundItem, file: string): FoundItem['kind'] {
  const { kind, context, value } = item;
  if (listOfKind(kind) !== undefined && isLiveItem(item) && isAmongDeleted(`${file}${item.pointer}`)) return UNDATED;
  if (kind !== 'users' && kind !== 'groups' && kind !== 'servicePrincipals') return kind;
  const relation = relationOf(file);
  if (relation !== undefined) {
    return { code: 'notUsed', message: `is one of the ${relation} of another object, which gsa has no use for` };
  }
  const isOfDirectory = /#directoryObjects\b/i.test(context);
  if (!isOfDirectory && (context !== '' || !isBare(value, kind))) return kind;
  return { code: 'membersOfUnknown', message: MEMBERS_OF_UNKNOWN };
}

const UNDATED: NotImported = {
  code: 'deletedItem',
  message:
    'lies among deleted items, and does not say when it was deleted: not taken; export it with `deletedDateTime`',
};

/** An answer of `GET /groups/{id}/members` names the members, and not the group; one of PowerShell the ids only. */
const MEMBERS_OF_UNKNOWN =
  'lists members without their group or role: ask for `groups?$expand=members`, `directoryRoles?$expand=members`, or `users`';

/** A person of whom nothing but an id is said, or an object of PowerShell's class for whatever a directory holds. */
function isBare(value: JsonObject, kind: ItemKind): boolean {
  const has = lookUp(value);
  const isNameless = !['userPrincipalName', 'displayName', 'mail', 'userType'].some((name) => saysSomething(has(name)));
  const own = Object.keys(value).map((name) => name.toLowerCase());
  const isDirectoryObject = extrasOf(value) !== undefined && own.every((name) => DIRECTORY_OBJECT.has(name));
  return isDirectoryObject || (kind === 'users' && isNameless);
}

const DIRECTORY_OBJECT = new Set(['id', 'deleteddatetime', 'additionalproperties']);

/** A member that was cut off at a depth makes the whole object one that did not arrive. */
function isWhole({ value, source, pointer }: FoundItem, kind: ItemKind, at: Cursor): boolean {
  const cut = DEPTH_MATTERS.has(kind) ? cutAt(value, pointer) : undefined;
  if (cut !== undefined) at.errorAt(source.place(cut), 'cutDepth', `the members here are missing: ${CUT}`);
  return cut === undefined;
}

const DEPTH_MATTERS: ReadonlySet<ItemKind> = new Set([
  'policies',
  'policyTemplates',
  'namedLocations',
  'directoryRoles',
]);

function groundOf({ findings, unknownMembers }: FileContents, { source }: FoundItem): Ground {
  return { findings, source, unknown: unknownMembers };
}

type Taker = (item: FoundItem, at: Cursor, contents: FileContents, file: FileToRead) => void;

/** The reader of each kind of item, and the list that its items go to. */
const TAKERS: Readonly<Record<ItemKind, Taker>> = {
  policies: ({ value }, at, contents) => {
    const policy = readPolicy(value, at);
    const idOfName = new Map(locationsBeside(value, at, contents).map(({ displayName, id }) => [displayName, id]));
    keep(contents.policies, policy && withIdsOfLocationsBeside(policy, idOfName, at), at);
  },
  policyTemplates: (item, _, contents) => {
    const { value, at } = asPolicy(item, contents);
    keep(contents.policies, readPolicy(value, at), at);
  },
  namedLocations: ({ value }, at, { namedLocations }) => keep(namedLocations, readNamedLocation(value, at), at),
  users: ({ value }, at, { users }) => keep(users, readUser(value, at), at),
  groups: ({ value }, at, { groups, groupsInside }) => {
    const read = readGroup(value, at);
    keep(groups, read?.group, at);
    for (const id of read?.inside ?? []) keep(groupsInside, { id }, at);
  },
  roleAssignments: ({ value, context }, at, { roleAssignments, now }, { file }) => {
    const status = statusTold(value, context) ?? (isNamedEligible(file) ? 'eligible' : 'active');
    const assignment = readRoleAssignment(value, at, status === 'eligible');
    if (assignment !== undefined && isInForce(value, now, at)) keep(roleAssignments, assignment, at);
  },
  directoryRoles: ({ value, isAlone, isOfPart }, at, contents, { file, isNamed }) => {
    const role = readDirectoryRole(value, at);
    if (role === undefined) return;
    contents.directoryRoles.push({
      ...role,
      isAlone: isAlone || isOfPart,
      isExported: !isNamed && isFolderOfRole(file),
    });
    for (const assignment of role.assignments) keep(contents.roleAssignments, assignment, at);
  },
  scopedRoleMembers: ({ value }, at, { roleMembers }) => keep(roleMembers, readScopedRoleMember(value, at), at),
  roleDefinitions: ({ value }, at, { roleDefinitions }) => keep(roleDefinitions, readRoleDefinition(value, at), at),
  servicePrincipals: ({ value }, at, contents) => keep(contents.servicePrincipals, readServicePrincipal(value, at), at),
  forwardingProfiles: ({ value }, at, contents) =>
    keep(contents.forwardingProfiles, readForwardingProfile(value, at), at),
  settings: ({ value }, at, { settings }) => {
    for (const setting of readSettings(value, at)) keep(settings, setting, at);
  },
};

/**
 * CIPP writes the named locations of a policy beside its members, without ids: taken like any others. They are those that the policy
 * names, and no list of all.
 */
function locationsBeside(
  value: JsonObject,
  at: Cursor,
  { namedLocations, proofs }: FileContents,
): readonly NamedLocation[] {
  const beside = value['LocationInfo'];
  return (Array.isArray(beside) ? beside : []).flatMap((location: unknown, position) => {
    if (!isJsonObject(location) || kindOf(location, '') !== 'namedLocations') return [];
    const its = at.member('LocationInfo').element(position).item('namedLocations');
    const read = readNamedLocation(location, its);
    keep(namedLocations, read, its);
    if (read !== undefined) proofs.single.push({ list: 'namedLocations', keys: [read.id.toLowerCase()] });
    return read === undefined ? [] : [read];
  });
}

const NOT_KNOWN = { code: 'notAnExport', message: 'is JSON, but nothing that gsa knows from an export of a tenant' };

function keep<T>(list: ItemAt<T>[], value: T | undefined, at: Cursor): void {
  if (value !== undefined) list.push({ value, at });
}

/** Whether objects of this kind are among those that the import was asked for. */
export function isAskedFor(kind: ItemKind, forced: ImportKind): boolean {
  return forced === 'auto' || KINDS_OF[forced].includes(kind);
}

const KINDS_OF: Readonly<Record<Exclude<ImportKind, 'auto'>, readonly ItemKind[]>> = {
  policies: ['policies', 'policyTemplates'],
  locations: ['namedLocations'],
  users: ['users', 'servicePrincipals'],
  groups: ['groups'],
  roles: ['roleAssignments', 'roleDefinitions', 'directoryRoles', 'scopedRoleMembers'],
  settings: ['settings', 'forwardingProfiles'],
};

/** What an object that tells nothing of its kind is read as. */
function kindForced(forced: ImportKind, value: JsonObject): ItemKind | undefined {
  if (forced === 'auto') return undefined;
  if (forced === 'roles') return 'principalId' in value ? 'roleAssignments' : 'roleDefinitions';
  return KINDS_OF[forced][0];
}
