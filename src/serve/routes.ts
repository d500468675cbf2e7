import type { Operation } from '../core/tenant/roles/roles.ts';
import type { Answer, Call, Method, Parameters } from './call.ts';
import * as deleted from './deleted-items.ts';
import * as directory from './directory.ts';
import { evaluateSignIn } from './evaluate.ts';
import * as logs from './logs.ts';
import * as locations from './named-locations.ts';
import * as policies from './policies.ts';
import * as roles from './roles.ts';
import * as signaling from './signaling.ts';
import type { World } from './world.ts';

/** One route of Graph. */
export interface Route {
  readonly method: Method;
  /** Segments behind the version; `{name}` stands for any one. */
  readonly path: string;
  readonly since: 'v1.0' | 'beta';
  /** The right that a role must give; absent: everybody who signed in may. A change asks for its right again as it is made. */
  readonly needs?: Operation;
  readonly answer: (call: Call, world: World, parameters: Parameters) => Answer | Promise<Answer>;
}

const CA = 'identity/conditionalAccess';
const ROLES = 'roleManagement/directory';
/** Older clients ask for policies there. */
const ALIAS = 'policies/conditionalAccessPolicies';
const SIGNALING = 'networkAccess/settings/conditionalAccess';

const at = (
  method: Method,
  path: string,
  answer: Route['answer'],
  needs?: Operation,
  since: Route['since'] = 'v1.0',
): Route => ({ method, path, since, answer, ...(needs === undefined ? {} : { needs }) });

/** Everything that is answered, on one page; docs/serve.md tells what differs from Microsoft's. */
export const ROUTES: readonly Route[] = [
  at('GET', SIGNALING, signaling.getSignaling, 'signaling.read', 'beta'),
  at('PATCH', SIGNALING, signaling.updateSignaling, 'signaling.write', 'beta'),

  ...[`${CA}/policies`, ALIAS].flatMap((path) => [
    at('GET', path, policies.listPolicies, 'policy.read'),
    at('POST', path, policies.createPolicy, 'policy.write'),
    at('GET', `${path}/{id}`, policies.getPolicy, 'policy.read'),
    at('PATCH', `${path}/{id}`, policies.updatePolicy, 'policy.write'),
    at('DELETE', `${path}/{id}`, policies.deletePolicy, 'policy.write'),
  ]),
  at('GET', `${CA}/namedLocations`, locations.listNamedLocations, 'policy.read'),
  at('POST', `${CA}/namedLocations`, locations.createNamedLocation, 'namedLocation.write'),
  at('GET', `${CA}/namedLocations/{id}`, locations.getNamedLocation, 'policy.read'),
  at('PATCH', `${CA}/namedLocations/{id}`, locations.updateNamedLocation, 'namedLocation.write'),
  at('DELETE', `${CA}/namedLocations/{id}`, locations.deleteNamedLocation, 'namedLocation.write'),
  at('POST', `${CA}/evaluate`, evaluateSignIn, 'policy.read'),

  at('GET', `${CA}/deletedItems/policies`, deleted.listDeletedPolicies, 'policy.read'),
  at('GET', `${CA}/deletedItems/policies/{id}`, deleted.getDeletedPolicy, 'policy.read'),
  at('POST', `${CA}/deletedItems/policies/{id}/restore`, deleted.restorePolicy, 'policy.restore'),
  at('DELETE', `${CA}/deletedItems/policies/{id}`, deleted.purgePolicy, 'policy.write'),
  at('GET', `${CA}/deletedItems/namedLocations`, deleted.listDeletedLocations, 'policy.read'),
  at('GET', `${CA}/deletedItems/namedLocations/{id}`, deleted.getDeletedLocation, 'policy.read'),
  at('POST', `${CA}/deletedItems/namedLocations/{id}/restore`, deleted.restoreLocation, 'namedLocation.write'),
  at('DELETE', `${CA}/deletedItems/namedLocations/{id}`, deleted.purgeLocation, 'namedLocation.write'),

  at('GET', 'me', directory.getMe),
  at('GET', 'organization', directory.listOrganization),
  at('GET', 'users', directory.listUsers),
  at('GET', 'users/{id}', directory.getUser),
  at('GET', 'users/{id}/memberOf', directory.listMemberOf),
  at('GET', 'users/{id}/transitiveMemberOf', directory.listTransitiveMemberOf),
  at('GET', 'groups', directory.listGroups),
  at('GET', 'groups/{id}', directory.getGroup),
  at('GET', 'groups/{id}/members', directory.listMembers),
  at('GET', 'groups/{id}/members/microsoft.graph.{type}', directory.listMembers),
  at('GET', 'groups/{id}/transitiveMembers', directory.listTransitiveMembers),
  at('GET', 'groups/{id}/transitiveMembers/microsoft.graph.{type}', directory.listTransitiveMembers),
  at('GET', 'servicePrincipals', directory.listServicePrincipals),
  at('GET', 'servicePrincipals/{id}', directory.getServicePrincipal),
  at('GET', `${ROLES}/roleAssignments`, roles.listRoleAssignments),
  at('GET', `${ROLES}/roleAssignmentScheduleInstances`, roles.listScheduleInstances),
  at('GET', `${ROLES}/roleEligibilityScheduleInstances`, roles.listEligibilityInstances),
  at('GET', `${ROLES}/roleDefinitions`, roles.listRoleDefinitions),

  at('GET', 'auditLogs/signIns', logs.listSignIns, 'signin.read'),
  at('GET', 'auditLogs/signIns/{id}', logs.getSignIn, 'signin.read'),
  at('GET', 'auditLogs/directoryAudits', logs.listDirectoryAudits, 'audit.read'),
];
