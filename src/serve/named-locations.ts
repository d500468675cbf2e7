import { MFA_TRUSTED_IPS_LOCATION_ID } from '../core/graph/location-words.ts';
import { isListKnown } from '../core/tenant/knowledge.ts';
import type { NamedLocation } from '../core/tenant/named-location.ts';
import { trustOf } from '../core/tenant/named-location.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import { planUpdateLocation } from '../core/tenant/plans/graph-writes.ts';
import { planAddLocation, planDeleteLocations } from '../core/tenant/plans/locations.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { readNamedLocationBody } from '../intake/graph-body.ts';
import { itemOf, objectOf, patched, writable } from './body.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { entity, NO_CONTENT } from './call.ts';
import { changeTenant } from './change-tenant.ts';
import { checkMembers, locationType } from './declared-members.ts';
import { notKnown } from './directory.ts';
import { checkTag, tagOf } from './entity-tag.ts';
import { badRequest, notFound } from './graph-error.ts';
import { listAnswer, selected } from './list.ts';
import { objectWithId } from './object-with-id.ts';
import { locationIn } from './versions.ts';
import type { World } from './world.ts';

const LIST = {
  context: 'identity/conditionalAccess/namedLocations',
  item: 'named location',
  members: ['id', 'displayName', 'createdDateTime', 'modifiedDateTime', 'isTrusted', 'ipRanges', 'countriesAndRegions'],
};

export function listNamedLocations(call: Call, { state }: World): Answer {
  const { tenant } = state.read();
  if (!isListKnown(tenant, 'namedLocations')) throw notKnown('named locations', 'namedLocations.json --kind locations');
  return listAnswer(
    call,
    LIST,
    tenant.namedLocations.map((location) => locationIn(call.version, location)),
  );
}

export function getNamedLocation(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const location = locationOf(state.read().tenant, id);
  return {
    status: 200,
    headers: { etag: tagOf(location) },
    body: entity(call, `${LIST.context}/$entity`, selected(call, locationIn(call.version, location))),
  };
}

export async function createNamedLocation(call: Call, world: World): Promise<Answer> {
  const body = writable(objectOf(call.body()));
  if (typeof body['displayName'] !== 'string') throw badRequest('Required members are missing: displayName.');
  const read = withDefaults(itemOf(readNamedLocationBody({ ...body, id: world.newId() })));
  checkDeclared(body, read);
  const after = await changeTenant(call, world, 'namedLocation.write', (tenant, _caller, now) =>
    planAddLocation(tenant, read, now),
  );
  const made = locationOf(after.tenant, read.id);
  return {
    status: 201,
    headers: { etag: tagOf(made), location: `${call.origin}/${call.version}/${LIST.context}/${made.id}` },
    body: entity(call, `${LIST.context}/$entity`, locationIn(call.version, made)),
  };
}

/** Graph takes an IP location that nobody marks for one that is not trusted (G-NLPOST); only what is exported always has the mark. */
function withDefaults(location: NamedLocation): NamedLocation {
  return trustOf(location) === undefined ? { ...location, isTrusted: false } : location;
}

export async function updateNamedLocation(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  const body = writable(objectOf(call.body()));
  await changeTenant(call, world, 'namedLocation.write', (tenant, _caller, now) => {
    const before = locationOf(tenant, id);
    checkTag(call.headers['if-match'], before);
    const after = itemOf(readNamedLocationBody(patched({ ...before }, body)));
    if (after['@odata.type'].toLowerCase() !== before['@odata.type'].toLowerCase()) {
      throw badRequest('The kind of a named location cannot be changed.');
    }
    checkDeclared(body, after, before);
    return planUpdateLocation(before, after, now);
  });
  return NO_CONTENT;
}

export async function deleteNamedLocation(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  await changeTenant(call, world, 'namedLocation.write', (tenant, _caller, now) => {
    const location = locationOf(tenant, id);
    checkTag(call.headers['if-match'], location);
    return planDeleteLocations(tenant, [location.id], now);
  });
  return NO_CONTENT;
}

function checkDeclared(body: JsonObject, { '@odata.type': type }: NamedLocation, before?: NamedLocation): void {
  const declared = locationType(type);
  if (declared !== undefined) checkMembers(body, declared, before);
}

function locationOf({ namedLocations }: Tenant, id: string): NamedLocation {
  if (id === MFA_TRUSTED_IPS_LOCATION_ID) throw notFound(id);
  return objectWithId(namedLocations, id);
}
