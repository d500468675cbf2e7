import type { Group } from '../core/tenant/directory.ts';
import { groupsOf, indexGroups, isWhollyKnown } from '../core/tenant/membership.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isCreatedDateTimeKnown } from '../core/tenant/tenant.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { entity } from './call.ts';
import { GraphError, notFound } from './graph-error.ts';
import { listAnswer, selected } from './list.ts';
import { objectWithId } from './object-with-id.ts';
import type { World } from './world.ts';

/** People, groups and applications. A list that the tenant file does not know is refused, never answered with nothing. */

const USERS = {
  context: 'users',
  item: 'user',
  members: ['id', 'displayName', 'userPrincipalName', 'userType', 'accountEnabled', 'mail', 'givenName', 'surname'],
};
const GROUPS = { context: 'groups', item: 'group', members: ['id', 'displayName', 'mailNickname', 'securityEnabled'] };
const PRINCIPALS = {
  context: 'servicePrincipals',
  item: 'service principal',
  members: ['id', 'appId', 'displayName', 'servicePrincipalType', 'accountEnabled'],
};
const OBJECTS = { context: 'directoryObjects', item: 'directory object', members: ['id', 'displayName'] };

/** Members of ours, which Graph does not have. */
const OURS = ['members', 'nestedGroups', 'isEmergencyAccess', 'externalUserType', 'homeTenantId'];

export function listUsers(call: Call, { state }: World): Answer {
  return listAnswer(call, USERS, usersOf(state.read().tenant).map(shown));
}

export function getUser(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  return userAnswer(call, state.read().tenant, id);
}

/** The one whose token it is; an application has no such page. */
export function getMe(call: Call, { state }: World): Answer {
  const { tenant } = state.read();
  const { oid } = call.claims;
  if (oid !== undefined && tenant.users?.some((user) => user.id === oid)) return userAnswer(call, tenant, oid);
  throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}

function userAnswer(call: Call, tenant: Tenant, id: string): Answer {
  return { status: 200, body: entity(call, 'users/$entity', selected(call, shown(userNamed(tenant, id)))) };
}

/** By id or user principal name, as every route of a user takes. */
function userNamed(tenant: Tenant, id: string) {
  const wanted = id.toLowerCase();
  const user = usersOf(tenant).find((each) =>
    [each.id, each.userPrincipalName].some((name) => name?.toLowerCase() === wanted),
  );
  if (user === undefined) throw notFound(id);
  return user;
}

export function listGroups(call: Call, { state }: World): Answer {
  return listAnswer(call, GROUPS, groupsIn(state.read().tenant).map(shown));
}

export function getGroup(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  return { status: 200, body: entity(call, 'groups/$entity', selected(call, shown(groupOf(state.read().tenant, id)))) };
}

export function listMembers(call: Call, { state }: World, { id = '', type }: Parameters): Answer {
  const { tenant } = state.read();
  return listAnswer(call, OBJECTS, ofType(objectsOf(tenant, directMembers(tenant, id)), type));
}

export function listTransitiveMembers(call: Call, { state }: World, { id = '', type }: Parameters): Answer {
  const { tenant } = state.read();
  return listAnswer(call, OBJECTS, ofType(objectsOf(tenant, transitiveMembers(tenant, id)), type));
}

/** The groups that hold a user themselves. */
export function listMemberOf(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const { tenant } = state.read();
  const user = userNamed(tenant, id).id.toLowerCase();
  const groups = groupsIn(tenant);
  if (groups.some(({ members }) => members === undefined)) throw notKnown('the members of every group', GROUPS_FILE);
  const holding = groups.filter(({ members = [] }) => members.some((member) => member.toLowerCase() === user));
  return listAnswer(call, OBJECTS, objectsOf(tenant, new Set(holding.map((group) => group.id.toLowerCase()))));
}

/** The groups that hold a user, those of these groups included. */
export function listTransitiveMemberOf(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const { tenant } = state.read();
  const user = userNamed(tenant, id);
  groupsIn(tenant);
  const { member, unknown } = groupsOf(tenant, user.id);
  if (unknown.size > 0) throw notKnown('the members of every group', GROUPS_FILE);
  return listAnswer(call, OBJECTS, objectsOf(tenant, member));
}

const GROUPS_FILE = 'groups.json --kind groups';

export function listServicePrincipals(call: Call, { state }: World): Answer {
  const { servicePrincipals } = state.read().tenant;
  if (servicePrincipals === undefined) throw notKnown('service principals', 'servicePrincipals.json');
  return listAnswer(call, PRINCIPALS, servicePrincipals.map(shown));
}

export function getServicePrincipal(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const { servicePrincipals } = state.read().tenant;
  if (servicePrincipals === undefined) throw notKnown('service principals', 'servicePrincipals.json');
  const found = objectWithId(servicePrincipals, id);
  return { status: 200, body: entity(call, 'servicePrincipals/$entity', selected(call, shown(found))) };
}

export function listOrganization(call: Call, { state }: World): Answer {
  const { tenant } = state.read();
  const { tenantId, displayName } = tenant;
  const createdDateTime = isCreatedDateTimeKnown(tenant) ? tenant.createdDateTime : null;
  const members = ['id', 'displayName', 'createdDateTime'];
  return listAnswer(call, { context: 'organization', item: 'organization', members }, [
    { id: tenantId, displayName, createdDateTime },
  ]);
}

/** What a tenant file does not hold. An empty list would say that there is none. */
export function notKnown(what: string, file: string): GraphError {
  return new GraphError(
    501,
    'NotImplemented',
    `The simulated tenant does not know its ${what}: \`gsa import ${file}\`.`,
  );
}

function usersOf({ users }: Tenant) {
  if (users === undefined) throw notKnown('users', 'users.json --kind users');
  return users;
}

function groupsIn({ groups }: Tenant) {
  if (groups === undefined) throw notKnown('groups', GROUPS_FILE);
  return groups;
}

const groupOf = (tenant: Tenant, id: string) => objectWithId(groupsIn(tenant), id);

/** Of a group that came with whoever is in it through any other, nobody knows who is so directly. */
function directMembers(tenant: Tenant, id: string): readonly string[] {
  const group = groupOf(tenant, id);
  if (group.members === undefined || group.nestedGroups === 'included') throw membersNotKnown(group);
  return group.members;
}

function membersNotKnown({ id, displayName }: Group): GraphError {
  return notKnown(`members of the group '${displayName ?? id}'`, GROUPS_FILE);
}

function transitiveMembers(tenant: Tenant, id: string): ReadonlySet<string> {
  const asked = groupOf(tenant, id);
  if (!isWhollyKnown(indexGroups(tenant), asked.id.toLowerCase())) throw membersNotKnown(asked);
  const groups = new Map(groupsIn(tenant).map((group) => [group.id.toLowerCase(), group]));
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const member of groups.get(next.toLowerCase())?.members ?? []) {
      const key = member.toLowerCase();
      if (found.has(key)) continue;
      found.add(key);
      if (groups.has(key)) open.push(member);
    }
  }
  return found;
}

function objectsOf(tenant: Tenant, ids: Iterable<string>): readonly JsonObject[] {
  const objectOf = directoryObjects(tenant);
  return [...ids].map((id) => objectOf(id));
}

/**
 * Finds objects by their ids, each with its kind; one that the file lacks is as it was named, or its id alone, as Graph shows it for want
 * of rights.
 */
export function directoryObjects({
  users = [],
  groups = [],
  servicePrincipals = [],
}: Tenant): (id: string, named?: object) => JsonObject {
  const kinds = [
    ['#microsoft.graph.user', users],
    ['#microsoft.graph.group', groups],
    ['#microsoft.graph.servicePrincipal', servicePrincipals],
  ] as const;
  const objects = new Map(
    kinds.flatMap(([type, items]) =>
      items.map((item) => [item.id.toLowerCase(), { '@odata.type': type, ...shown(item) }] as const),
    ),
  );
  return (id, named) =>
    objects.get(id.toLowerCase()) ?? { '@odata.type': '#microsoft.graph.directoryObject', id, ...named };
}

/** A cast in the path, such as `members/microsoft.graph.user`. */
function ofType(objects: readonly JsonObject[], type: string | undefined): readonly JsonObject[] {
  return type === undefined ? objects : objects.filter((each) => each['@odata.type'] === `#microsoft.graph.${type}`);
}

function shown(item: object): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !OURS.includes(name)));
}
