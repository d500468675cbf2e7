import type { RoleAssignment } from '../core/tenant/directory.ts';
import { areActiveRolesKnown } from '../core/tenant/knowledge.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import { slotId } from '../core/tenant/plans/slots.ts';
import { BUILT_IN_ROLES } from '../core/tenant/roles/built-in-roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { once } from '../core/values/once.ts';
import type { Answer, Call } from './call.ts';
import { directoryObjects, notKnown } from './directory.ts';
import { listAnswer } from './list.ts';
import type { World } from './world.ts';

const MEMBERS = ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'];
const ROOT = 'roleManagement/directory';

export function listRoleAssignments(call: Call, world: World): Answer {
  const list = { context: `${ROOT}/roleAssignments`, item: 'role assignment', members: MEMBERS };
  return listAnswer(call, list, assignments(world, 'active').map(assignmentShown));
}

/** Active assignments, those that a person activated included. */
export function listScheduleInstances(call: Call, world: World): Answer {
  const members = [...MEMBERS, 'assignmentType', 'memberType'];
  const active = assignments(world, 'active');
  const list = {
    context: `${ROOT}/roleAssignmentScheduleInstances`,
    item: 'role assignment',
    members,
    // Only those who ask for the holders have them looked up.
    expanded: { principal: later(() => principalsOf(world.state.read().tenant, active)) },
  };
  const items = active.map((each) => ({
    assignmentType: 'Assigned',
    memberType: 'Direct',
    ...assignmentShown(each),
  }));
  return listAnswer(call, list, items);
}

export function listEligibilityInstances(call: Call, world: World): Answer {
  const list = { context: `${ROOT}/roleEligibilityScheduleInstances`, item: 'role eligibility', members: MEMBERS };
  return listAnswer(call, list, assignments(world, 'eligible').map(assignmentShown));
}

/** Microsoft's own roles, which every tenant has, and those that the tenant made. */
export function listRoleDefinitions(call: Call, { state }: World): Answer {
  const { roleDefinitions } = state.read().tenant;
  if (roleDefinitions === undefined) throw notKnown('role definitions', 'roleDefinitions.json --kind roles');
  const members = ['id', 'templateId', 'displayName', 'isBuiltIn'];
  const list = { context: `${ROOT}/roleDefinitions`, item: 'role definition', members };
  const own = new Set(roleDefinitions.map(({ id }) => id.toLowerCase()));
  const builtIn = BUILT_IN_ROLES.filter(({ templateId }) => !own.has(templateId)).map(
    ({ templateId, displayName }): JsonObject => ({ id: templateId, templateId, displayName, isBuiltIn: true }),
  );
  return listAnswer(call, list, [...builtIn, ...roleDefinitions.map((each) => ({ ...each }))]);
}

function assignments({ state }: World, status: RoleAssignment['status']): readonly RoleAssignment[] {
  const { roleAssignments } = state.read().tenant;
  const isKnown = status === 'active' ? areActiveRolesKnown(roleAssignments) : roleAssignments !== undefined;
  if (!isKnown || roleAssignments === undefined)
    throw notKnown('role assignments', 'roleAssignments.json --kind roles');
  return roleAssignments.filter((each) => each.status === status);
}

/** Who holds a role: as the tenant lists them, else as the export of the assignment named them. */
function principalsOf(tenant: Tenant, held: readonly RoleAssignment[]): (item: JsonObject) => JsonObject {
  const objectOf = directoryObjects(tenant);
  const named = new Map(held.map(({ principalId, principal }) => [principalId.toLowerCase(), principal]));
  return ({ principalId }) => {
    const id = String(principalId);
    return objectOf(id, named.get(id.toLowerCase()) ?? undefined);
  };
}

/** A function that is made when it is first called. */
function later(make: () => (item: JsonObject) => JsonObject): (item: JsonObject) => JsonObject {
  const made = once(make);
  return (item) => made()(item);
}

/** `status` is ours: Graph has a list for each. Who holds it comes where that is asked for. */
function assignmentShown({ status: _, principal: __, ...assignment }: RoleAssignment): JsonObject {
  return { id: slotId(assignment), ...assignment };
}
