import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';

/**
 * What an object of an export is, by its type annotation, by the context of its list, or by members that only it has.
 * Names are compared without regard to case, and `AdditionalProperties` are looked into: the PowerShell SDK writes both.
 */

export type ItemKind =
  | 'policies'
  | 'policyTemplates'
  | 'namedLocations'
  | 'users'
  | 'groups'
  | 'roleAssignments'
  | 'roleDefinitions'
  | 'servicePrincipals'
  | 'forwardingProfiles'
  | 'settings';

/** Something that we know and do not import: why, for a message. */
export interface NotImported {
  readonly code: 'signInLog' | 'errorResponse' | 'partOfPolicy' | 'migrationTable' | 'notUsed';
  readonly message: string;
}

/** `undefined`: nothing that we know. */
export function kindOf(value: JsonObject, context: string): ItemKind | NotImported | undefined {
  const has = membersOf(value);
  const found = byType(has('@odata.type')) ?? refused(has) ?? byContext(context) ?? byMembers(has);
  return found;
}

type Has = (name: string) => unknown;

/** Looks members up as the readers will: without regard to case, and among the additional properties. */
function membersOf(value: JsonObject): Has {
  const found = new Map<string, unknown>();
  const extra = value['AdditionalProperties'];
  for (const members of isJsonObject(extra) ? [extra, value] : [value]) {
    for (const [name, each] of Object.entries(members)) found.set(name.toLowerCase(), each);
  }
  return (name) => found.get(name.toLowerCase());
}

const KIND_OF_TYPE: Readonly<Record<string, ItemKind>> = {
  conditionalaccesspolicy: 'policies',
  conditionalaccesstemplate: 'policyTemplates',
  user: 'users',
  group: 'groups',
  unifiedroleassignment: 'roleAssignments',
  unifiedroleassignmentschedule: 'roleAssignments',
  unifiedroleassignmentscheduleinstance: 'roleAssignments',
  unifiedroleeligibilityschedule: 'roleAssignments',
  unifiedroleeligibilityscheduleinstance: 'roleAssignments',
  unifiedroledefinition: 'roleDefinitions',
  serviceprincipal: 'servicePrincipals',
};

function byType(type: unknown): ItemKind | undefined {
  if (typeof type !== 'string') return undefined;
  const name = type.toLowerCase().replace(/^#?microsoft\.graph\./, '');
  if (name.endsWith('namedlocation')) return 'namedLocations';
  if (name === 'networkaccess.forwardingprofile') return 'forwardingProfiles';
  return Object.hasOwn(KIND_OF_TYPE, name) ? KIND_OF_TYPE[name] : undefined;
}

/** The end of `@odata.context`; `users(id,displayName)` names selected members, `users('…')/…` is something of one user. */
const KIND_OF_CONTEXT: readonly (readonly [RegExp, ItemKind])[] = [
  [/#(identity\/)?conditionalaccess\/policies\b/, 'policies'],
  [/#(identity\/)?conditionalaccess\/templates\b/, 'policyTemplates'],
  [/#(identity\/)?conditionalaccess\/namedlocations\b/, 'namedLocations'],
  [/#users(\((?!')|\/\$entity|$)/, 'users'],
  [/#groups(\((?!')|\/\$entity|$)/, 'groups'],
  [/#serviceprincipals(\((?!')|\/\$entity|$)/, 'servicePrincipals'],
  [/#rolemanagement\/directory\/role(assignment|eligibility)/, 'roleAssignments'],
  [/#rolemanagement\/directory\/roledefinitions\b/, 'roleDefinitions'],
  [/#networkaccess\/forwardingprofiles\b/, 'forwardingProfiles'],
];

/** What the list that this context announces is a list of; also says so for a list without items. */
export function byContext(context: string): ItemKind | undefined {
  const lower = context.toLowerCase();
  return KIND_OF_CONTEXT.find(([pattern]) => pattern.test(lower))?.[1];
}

/** Lists of eligible assignments say so in their context or type only. */
export function isEligibilityList(value: JsonObject, context: string): boolean {
  return /roleeligibility/i.test(`${context} ${String(value['@odata.type'] ?? '')}`);
}

const POLICY_STATES = ['enabled', 'disabled', 'enabledforreportingbutnotenforced'];

function byMembers(has: Has): ItemKind | undefined {
  const isText = (name: string) => typeof has(name) === 'string';
  const details = has('details');
  if (has('conditions') !== undefined) return 'policies';
  if (isJsonObject(details) && membersOf(details)('conditions') !== undefined) return 'policyTemplates';
  if (has('ipRanges') !== undefined || has('countriesAndRegions') !== undefined || isText('compliantNetworkType')) {
    return 'namedLocations';
  }
  if (isText('trafficForwardingType')) return 'forwardingProfiles';
  if (isText('signalingStatus') || isText('onboardingStatus') || has('mfaTrustedIps') !== undefined) return 'settings';
  if (isText('principalId') && isText('roleDefinitionId')) return 'roleAssignments';
  if (isText('userPrincipalName')) return 'users';
  if (isText('servicePrincipalType') || has('servicePrincipalNames') !== undefined) return 'servicePrincipals';
  if (has('rolePermissions') !== undefined || (isText('templateId') && typeof has('isBuiltIn') === 'boolean')) {
    return 'roleDefinitions';
  }
  if (has('groupTypes') !== undefined || has('securityEnabled') !== undefined) return 'groups';
  const state = has('state');
  const isPolicyState = typeof state === 'string' && POLICY_STATES.includes(state.toLowerCase());
  return isPolicyState && isText('displayName') ? 'policies' : undefined;
}

/** What is recognised in order to be refused by name. */
function refused(has: Has): NotImported | undefined {
  if (isSignIn(has)) return { code: 'signInLog', message: 'is a sign-in log: give it to `gsa replay`' };
  const error = has('error');
  if (isJsonObject(error) && typeof error['code'] === 'string' && has('conditions') === undefined) {
    return { code: 'errorResponse', message: `is an error response of the service (${error['code']}), not an export` };
  }
  if (Array.isArray(has('Objects')) && (has('TenantId') !== undefined || has('Organization') !== undefined)) {
    return { code: 'migrationTable', message: 'is a migration table of IntuneManagement: names of ids, no items' };
  }
  const isPart = ['conditions', 'grantControls', 'sessionControls'].some((name) => isJsonObject(has(name)));
  if (isPart && ['id', 'displayName', 'state'].every((name) => has(name) === undefined)) {
    return { code: 'partOfPolicy', message: 'is a part of a policy, without id, name and state' };
  }
  return undefined;
}

function isSignIn(has: Has): boolean {
  const category = has('category');
  if (typeof category === 'string' && /signinlogs$/i.test(category) && has('properties') !== undefined) return true;
  return (
    (has('ipAddress') !== undefined && has('createdDateTime') !== undefined) ||
    has('appliedConditionalAccessPolicies') !== undefined ||
    has('conditionalAccessStatus') !== undefined
  );
}
