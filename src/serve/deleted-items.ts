import { POLICY_STATES } from '../core/graph/words.ts';
import { planPurgeLocation, planPurgePolicy } from '../core/tenant/plans/graph-writes.ts';
import { planRestoreLocations } from '../core/tenant/plans/locations.ts';
import { planRestorePolicies } from '../core/tenant/plans/objects.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { entity, NO_CONTENT } from './call.ts';
import { changeTenant } from './change-tenant.ts';
import { listAnswer, selected } from './list.ts';
import { objectWithId } from './object-with-id.ts';
import { locationIn, policyIn } from './versions.ts';
import type { World } from './world.ts';

/** What was deleted in the last 30 days (`conditionalAccess/deletedItems`, RECOVER). */
const POLICIES = {
  context: 'identity/conditionalAccess/deletedItems/policies',
  item: 'deleted policy',
  members: ['id', 'displayName', 'state', 'deletedDateTime'],
};
const LOCATIONS = {
  context: 'identity/conditionalAccess/deletedItems/namedLocations',
  item: 'deleted named location',
  members: ['id', 'displayName', 'deletedDateTime'],
};

export function listDeletedPolicies(call: Call, { state }: World): Answer {
  const { policies } = state.read().tenant.deletedItems;
  return listAnswer(
    call,
    POLICIES,
    policies.map((policy) => policyIn(call.version, policy)),
  );
}

export function getDeletedPolicy(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const policy = policyOf(state.read().tenant, id);
  return {
    status: 200,
    body: entity(call, `${POLICIES.context}/$entity`, selected(call, policyIn(call.version, policy))),
  };
}

/** Comes back in the state that it had, as Graph does; the advice is to restore in report-only (RECOVER). */
export async function restorePolicy(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  const after = await changeTenant(call, world, 'policy.restore', (tenant, _caller, now) => {
    const policy = policyOf(tenant, id);
    const state = POLICY_STATES.find((each) => each === policy.state);
    return planRestorePolicies(tenant, [policy.id], now, state);
  });
  const restored = objectWithId(after.tenant.policies, id);
  return {
    status: 200,
    body: entity(call, 'identity/conditionalAccess/policies/$entity', policyIn(call.version, restored)),
  };
}

export async function purgePolicy(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  await changeTenant(call, world, 'policy.write', (tenant) => planPurgePolicy(policyOf(tenant, id)));
  return NO_CONTENT;
}

export function listDeletedLocations(call: Call, { state }: World): Answer {
  const { namedLocations } = state.read().tenant.deletedItems;
  return listAnswer(
    call,
    LOCATIONS,
    namedLocations.map((location) => locationIn(call.version, location)),
  );
}

export function getDeletedLocation(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const location = locationOf(state.read().tenant, id);
  return {
    status: 200,
    body: entity(call, `${LOCATIONS.context}/$entity`, selected(call, locationIn(call.version, location))),
  };
}

export async function restoreLocation(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  const after = await changeTenant(call, world, 'namedLocation.write', (tenant, _caller, now) =>
    planRestoreLocations(tenant, [locationOf(tenant, id).id], now),
  );
  const restored = objectWithId(after.tenant.namedLocations, id);
  return {
    status: 200,
    body: entity(call, 'identity/conditionalAccess/namedLocations/$entity', locationIn(call.version, restored)),
  };
}

export async function purgeLocation(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  await changeTenant(call, world, 'namedLocation.write', (tenant) => planPurgeLocation(locationOf(tenant, id)));
  return NO_CONTENT;
}

const policyOf = ({ deletedItems }: Tenant, id: string) => objectWithId(deletedItems.policies, id);
const locationOf = ({ deletedItems }: Tenant, id: string) => objectWithId(deletedItems.namedLocations, id);
