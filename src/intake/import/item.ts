import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { FileContents, ItemAt } from './contents.ts';
import { readGroup, readRoleAssignment, readRoleDefinition, readServicePrincipal, readUser } from './directory.ts';
import type { Ground } from './findings.ts';
import { Cursor } from './findings.ts';
import type { FoundItem } from './items.ts';
import type { ItemKind } from './kind.ts';
import { isEligibilityList, kindOf } from './kind.ts';
import { readNamedLocation } from './named-location.ts';
import { readPolicy } from './policy.ts';
import { withIdsOfLocationsBeside } from './references.ts';
import { readForwardingProfile, readSettings } from './settings.ts';
import { asPolicy } from './template.ts';

/** The kinds of `gsa import --kind`. */
export type ImportKind = 'auto' | 'policies' | 'locations' | 'users' | 'groups' | 'roles' | 'settings';

export interface FileToRead {
  readonly file: string;
  /** Named on the command line, and not merely found in a folder: then it has to be an export. */
  readonly isNamed: boolean;
}

/** EntraExporter: `Groups/<group>/Members/<member>/<member>.json`. */
const MEMBERSHIP = /(?:^|[/\\])Groups[/\\]([\w-]{1,128})[/\\]Members[/\\]/i;

/** Reads one found object into the contents of its file, or says why it is not taken. */
export function readItem(item: FoundItem, file: FileToRead, forced: ImportKind, contents: FileContents): void {
  const cursor = new Cursor(groundOf(contents, item), item.pointer);
  const groupId = MEMBERSHIP.exec(file.file)?.[1];
  if (groupId !== undefined && typeof item.value['id'] === 'string') {
    contents.memberships.push({ groupId, memberId: item.value['id'] });
    return;
  }
  const kind = item.kind ?? kindForced(forced, item.value);
  if (kind === undefined || typeof kind === 'object') {
    const { code, message } = kind ?? notKnown(item.context);
    const severity = file.isNamed || code === 'errorResponse' ? 'error' : 'note';
    contents.emptyKind = code;
    contents.findings.add(severity, code, message, item.pointer === '' ? { file: file.file } : cursor);
  } else if (forced !== 'auto' && !KINDS_OF[forced].includes(kind)) {
    contents.emptyKind = kind;
    cursor.note('otherKind', `${kind} were not asked for`);
  } else TAKERS[kind](item, cursor.item(kind), contents);
}

function groundOf({ findings, unknownMembers }: FileContents, { source }: FoundItem): Ground {
  return { findings, source, unknown: unknownMembers };
}

type Taker = (item: FoundItem, at: Cursor, contents: FileContents) => void;

/** For each kind, its reader and the list that its items go to. */
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
  groups: ({ value }, at, { groups }) => keep(groups, readGroup(value, at), at),
  roleAssignments: ({ value, context }, at, { roleAssignments }) =>
    keep(roleAssignments, readRoleAssignment(value, at, isEligibilityList(value, context)), at),
  roleDefinitions: ({ value }, at, { roleDefinitions }) => keep(roleDefinitions, readRoleDefinition(value, at), at),
  servicePrincipals: ({ value }, at, contents) => keep(contents.servicePrincipals, readServicePrincipal(value, at), at),
  forwardingProfiles: ({ value }, at, contents) =>
    keep(contents.forwardingProfiles, readForwardingProfile(value, at), at),
  settings: ({ value }, at, { settings }) => {
    for (const setting of readSettings(value, at)) keep(settings, setting, at);
  },
};

/** CIPP writes the named locations of a policy beside its members, without ids: taken like any others. */
function locationsBeside(value: JsonObject, at: Cursor, { namedLocations }: FileContents): readonly NamedLocation[] {
  const beside = value['LocationInfo'];
  return (Array.isArray(beside) ? beside : []).flatMap((location: unknown, position) => {
    if (!isJsonObject(location) || kindOf(location, '') !== 'namedLocations') return [];
    const its = at.member('LocationInfo').element(position).item('namedLocations');
    const read = readNamedLocation(location, its);
    keep(namedLocations, read, its);
    return read === undefined ? [] : [read];
  });
}

/** Microsoft Graph says by the context what an object is, also where we have no use for it. */
function notKnown(context: string): { readonly code: string; readonly message: string } {
  const path = /#(.+)$/.exec(context)?.[1];
  return path === undefined
    ? { code: 'notAnExport', message: 'is JSON, but nothing that gsa knows from an export of a tenant' }
    : { code: 'notUsed', message: `is ${quoted(path)} of Microsoft Graph, which gsa has no use for` };
}

function keep<T>(list: ItemAt<T>[], value: T | undefined, at: Cursor): void {
  if (value !== undefined) list.push({ value, at });
}

const KINDS_OF: Readonly<Record<Exclude<ImportKind, 'auto'>, readonly ItemKind[]>> = {
  policies: ['policies', 'policyTemplates'],
  locations: ['namedLocations'],
  users: ['users', 'servicePrincipals'],
  groups: ['groups'],
  roles: ['roleAssignments', 'roleDefinitions'],
  settings: ['settings', 'forwardingProfiles'],
};

/** What an object that tells nothing of its kind is read as. */
function kindForced(forced: ImportKind, value: JsonObject): ItemKind | undefined {
  if (forced === 'auto') return undefined;
  if (forced === 'roles') return 'principalId' in value ? 'roleAssignments' : 'roleDefinitions';
  return KINDS_OF[forced][0];
}
