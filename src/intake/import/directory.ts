import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../../core/tenant/directory.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject, nameOfType } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { readId } from './identity.ts';
import { memberOf } from './member-names.ts';
import { isGroupMember, typeOfMember } from './member-types.ts';
import type { Reader } from './members.ts';
import { object, text, textOrMissing, truth } from './members.ts';

/** Users, groups, roles and service principals as Graph gives them; only what decides a sign-in is looked at. */

const id = (value: unknown, at: Cursor) => readId(value, at);
const truthOrMissing: Reader<boolean | undefined> = (value, at) => truth(value, at) ?? undefined;

const userMembers = object(
  {
    id,
    userPrincipalName: textOrMissing,
    displayName: textOrMissing,
    userType: text,
    externalUserType: textOrMissing,
    homeTenantId: textOrMissing,
    accountEnabled: truth,
    isEmergencyAccess: truthOrMissing,
  },
  'keep',
);

export function readUser(value: JsonObject, at: Cursor): User | undefined {
  return withId(userMembers(value, at), 'user', at);
}

/** `$expand=members` gives objects, and never more than this many without a word about it (Graph, group-list). */
const EXPANDED_MEMBERS = 20;

/** Ids of the members: as texts, as expanded objects, or as references (`@odata.id`). */
export const memberIds: Reader<readonly string[] | undefined> = (value, at) => {
  if (value === undefined || value === null) return undefined;
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ids: string[] = [];
  for (const [position, element] of elements.entries()) {
    const found = isJsonObject(element) ? idOfMember(element) : element;
    const cursor = at.element(position);
    const read = readId(found, cursor);
    if (read !== undefined) ids.push(read);
    else if (cursor.sound) cursor.error('missingMember', 'a member without an id');
  }
  const isExpanded = elements.some(isJsonObject);
  if (isExpanded) at.note('memberObjects', 'members were taken as their ids');
  if (isExpanded && elements.length === EXPANDED_MEMBERS) {
    at.warning(
      'partialList',
      `exactly ${EXPANDED_MEMBERS} members: \`$expand=members\` gives no more, so some may be missing, and who is in the group is not known`,
    );
    return undefined;
  }
  return ids;
};

function idOfMember(element: JsonObject): unknown {
  return memberOf(element, 'id') ?? memberOf(element, 'objectId') ?? lastSegment(memberOf(element, '@odata.id'));
}

function lastSegment(reference: unknown): unknown {
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}

/** As our own exports say it; Graph has no such member. */
const nestedGroups: Reader<Group['nestedGroups']> = (value) =>
  value === 'listed' || value === 'included' ? value : undefined;

const groupMembers = object({ id, displayName: textOrMissing, members: memberIds, nestedGroups }, 'keep');

/** The group, and those among its members: they are groups of the tenant although nothing else may be known of them. */
export interface ReadGroup {
  readonly group: Group;
  readonly inside: readonly string[];
}

export function readGroup(value: JsonObject, at: Cursor): ReadGroup | undefined {
  const group = withId(groupMembers(value, at), 'group', at);
  if (group === undefined) return undefined;
  const { members, nestedGroups: _, ...others } = group;
  if (members === undefined) return { group: others, inside: [] };
  const rest = Object.keys(value).find((name) => /^members@odata\.(nextLink|count)$/i.test(name));
  if (rest !== undefined && isCutBy(value, rest)) {
    at.warning('partialList', `\`${rest}\`: members are missing, and who is in the group is not known`);
    return { group: others, inside: [] };
  }
  const { inside, areAllTold } = groupsAmong(memberOf(value, 'members'));
  return { group: areAllTold ? { ...group, nestedGroups: 'listed' } : group, inside };
}

/** The groups among the members, and whether each member says what it is; ids alone do not. */
function groupsAmong(list: unknown): { readonly inside: readonly string[]; readonly areAllTold: boolean } {
  const members: readonly unknown[] = Array.isArray(list) ? list : [list];
  const inside: string[] = [];
  let areAllTold = members.length > 0;
  for (const member of members) {
    const isGroup = isJsonObject(member) ? isGroupMember(member) : undefined;
    if (isGroup === undefined) areAllTold = false;
    const found = isGroup === true && isJsonObject(member) ? idOfMember(member) : undefined;
    if (typeof found === 'string') inside.push(found);
  }
  return { inside, areAllTold };
}

function isCutBy(value: JsonObject, rest: string): boolean {
  const [count, members] = [value[rest], value['members']];
  return typeof count !== 'number' || (Array.isArray(members) && count > members.length);
}

const roleDefinitionMembers = object(
  {
    id,
    templateId: textOrMissing,
    displayName: textOrMissing,
    isBuiltIn: truthOrMissing,
  },
  'keep',
);

export function readRoleDefinition(value: JsonObject, at: Cursor): RoleDefinition | undefined {
  return withId(roleDefinitionMembers(value, at), 'role definition', at);
}

const servicePrincipalMembers = object(
  {
    id,
    appId: textOrMissing,
    displayName: textOrMissing,
    servicePrincipalType: textOrMissing,
    appOwnerOrganizationId: text,
    signInAudience: text,
    customSecurityAttributes: attributeSets,
  },
  'keep',
);

export function readServicePrincipal(value: JsonObject, at: Cursor): ServicePrincipal | undefined {
  return withId(servicePrincipalMembers(value, at), 'service principal', at);
}

/** `{ set: { attribute: value } }`; whatever is no set of attributes is an error. */
function attributeSets(value: unknown, at: Cursor): ServicePrincipal['customSecurityAttributes'] {
  if (value === undefined || value === null) return value;
  const sets: Record<string, JsonObject> = {};
  for (const [name, set] of isJsonObject(value) ? Object.entries(value) : []) {
    if (isJsonObject(set)) sets[name] = set;
    else at.member(name).error('wrongType', `expected a set of attributes, found ${nameOfType(set)}`);
  }
  if (!isJsonObject(value)) at.error('wrongType', `expected attribute sets, found ${nameOfType(value)}`);
  return sets;
}

/** Who holds a role, as `$expand=principal` gives it, in whatever words its type is said. */
function principal(value: unknown): RoleAssignment['principal'] {
  if (!isJsonObject(value)) return value === null ? null : undefined;
  const type = typeOfMember(value);
  return type === undefined ? value : { ...value, '@odata.type': type };
}

const roleAssignmentMembers = object(
  {
    principalId: id,
    roleDefinitionId: id,
    directoryScopeId: textOrMissing,
    principal,
    // Schedules of Privileged Identity Management carry statuses of their own (`Provisioned` …).
    status: (value) => value,
  },
  'keep',
);

/** `isEligible` where the file is a list of eligible, not yet activated, assignments. */
export function readRoleAssignment(value: JsonObject, at: Cursor, isEligible: boolean): RoleAssignment | undefined {
  const read = roleAssignmentMembers(value, at);
  if (read === null || !at.sound) return undefined;
  const { principalId, roleDefinitionId, directoryScopeId } = read;
  if (principalId === undefined || roleDefinitionId === undefined) {
    at.error('missingMember', 'a role assignment needs `principalId` and `roleDefinitionId`');
    return undefined;
  }
  if (directoryScopeId === undefined)
    at.note('wholeTenant', 'a role assignment without scope was taken for the whole tenant');
  const status = isEligible || read.status === 'eligible' ? 'eligible' : 'active';
  return { ...read, principalId, roleDefinitionId, directoryScopeId: directoryScopeId ?? '/', status };
}

function withId<T extends { readonly id?: string; readonly displayName?: string }>(
  read: T | null,
  what: string,
  at: Cursor,
): (T & { readonly id: string }) | undefined {
  if (read === null || !at.sound) return undefined;
  if (read.id !== undefined) return { ...read, id: read.id };
  // The AzureAD and MSOnline modules call it `ObjectId`.
  const objectId = readId(memberOf({ ...read }, 'objectId'), at);
  if (objectId !== undefined) return { ...read, id: objectId };
  const name = read.displayName === undefined ? '' : ` ${quoted(read.displayName)}`;
  at.error('missingMember', `the ${what}${name} has no \`id\``);
  return undefined;
}
