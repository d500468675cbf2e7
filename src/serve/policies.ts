import { isListKnown } from '../core/tenant/knowledge.ts';
import { undeletable } from '../core/tenant/managed-policies.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import { planAddPolicy, planUpdatePolicy } from '../core/tenant/plans/graph-writes.ts';
import { planDeletePolicies } from '../core/tenant/plans/objects.ts';
import type { ConditionalAccessPolicy } from '../core/tenant/policy.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { readPolicyBody } from '../intake/graph-body.ts';
import { itemOf, objectOf, patched, writable } from './body.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { entity, NO_CONTENT } from './call.ts';
import { changeTenant } from './change-tenant.ts';
import { checkMembers, policyType } from './declared-members.ts';
import { notKnown } from './directory.ts';
import { checkTag, tagOf } from './entity-tag.ts';
import { badRequest } from './graph-error.ts';
import { listAnswer, selected } from './list.ts';
import { objectWithId } from './object-with-id.ts';
import { policyIn } from './versions.ts';
import type { World } from './world.ts';

const LIST = {
  context: 'identity/conditionalAccess/policies',
  item: 'policy',
  members: [
    'id',
    'displayName',
    'state',
    'createdDateTime',
    'modifiedDateTime',
    'conditions',
    'grantControls',
    'templateId',
  ],
};

export function listPolicies(call: Call, { state }: World): Answer {
  const { tenant } = state.read();
  if (!isListKnown(tenant, 'policies')) throw notKnown('policies', 'policies.json --kind policies');
  return listAnswer(
    call,
    LIST,
    tenant.policies.map((policy) => policyIn(call.version, policy)),
  );
}

export function getPolicy(call: Call, { state }: World, { id = '' }: Parameters): Answer {
  const policy = policyOf(state.read().tenant, id);
  return {
    status: 200,
    headers: { etag: tagOf(policy) },
    body: entity(call, `${LIST.context}/$entity`, selected(call, policyIn(call.version, policy))),
  };
}

export async function createPolicy(call: Call, world: World): Promise<Answer> {
  const body = writable(objectOf(call.body()));
  checkMembers(body, policyType(call.version));
  requireMembers(body);
  const id = world.newId();
  const policy = itemOf(readPolicyBody({ ...body, id }));
  const after = await changeTenant(call, world, 'policy.write', (tenant, _caller, now) =>
    planAddPolicy(tenant, policy, now),
  );
  const made = policyOf(after.tenant, id);
  return {
    status: 201,
    headers: { etag: tagOf(made), location: `${call.origin}/${call.version}/${LIST.context}/${id}` },
    body: entity(call, `${LIST.context}/$entity`, policyIn(call.version, made)),
  };
}

export async function updatePolicy(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  const body = writable(objectOf(call.body()));
  await changeTenant(call, world, 'policy.write', (tenant, _caller, now) => {
    const before = policyOf(tenant, id);
    checkTag(call.headers['if-match'], before);
    checkMembers(body, policyType(call.version), before);
    const after = itemOf(readPolicyBody(patched({ ...before }, body)));
    return planUpdatePolicy(tenant, before, after, now);
  });
  return NO_CONTENT;
}

export async function deletePolicy(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  await changeTenant(call, world, 'policy.write', (tenant, _caller, now) => {
    const policy = policyOf(tenant, id);
    checkTag(call.headers['if-match'], policy);
    const refused = undeletable([policy]);
    return refused === undefined ? planDeletePolicies(tenant, [policy.id], now) : { refused };
  });
  return NO_CONTENT;
}

const policyOf = ({ policies }: Tenant, id: string): ConditionalAccessPolicy => objectWithId(policies, id);

/** What Graph wants of a new policy (conditionalaccessroot-post-policies). */
function requireMembers(body: JsonObject): void {
  const missing = ['displayName', 'state', 'conditions'].filter((name) => (body[name] ?? null) === null);
  if (missing.length > 0) throw badRequest(`Required members are missing: ${missing.join(', ')}.`);
}
