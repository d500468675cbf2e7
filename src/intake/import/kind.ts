import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject, plainText } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { NotImported } from './foreign-objects.ts';
import {
  foreignObject,
  foreignResource,
  keyedPolicies,
  ofOtherRoles,
  otherThanAssignment,
  SCHEDULE_REQUEST,
} from './foreign-objects.ts';
import type { Has } from './member-names.ts';
import { lookUp, memberOf } from './member-names.ts';
import { memberOfOthers } from './object-members.ts';
import { reportOnPeople } from './reports-on-people.ts';
import { SECURITY_DEFAULTS } from './settings.ts';

/**
 * What an object of an export is, by its type annotation, by the context of its list, or by members that only it has.
 * Names are compared in any spelling, and the extras of the SDKs are looked into. An object whose type or context names
 * something else is that, whatever members it has.
 */

export type ItemKind =
  | 'policies'
  | 'policyTemplates'
  | 'namedLocations'
  | 'users'
  | 'groups'
  | 'roleAssignments'
  | 'directoryRoles'
  | 'scopedRoleMembers'
  | 'roleDefinitions'
  | 'servicePrincipals'
  | 'forwardingProfiles'
  | 'settings';

/** `undefined`: nothing that we know. */
export function kindOf(value: JsonObject, context: string): ItemKind | NotImported | undefined {
  const has = lookUp(value);
  const type = has('@odata.type');
  return (
    foreignResource(has) ??
    ofOtherRoles(has) ??
    byType(type) ??
    foreignObject(value, has) ??
    foreignType(type) ??
    byContext(context) ??
    foreignContext(context, isPathOfGraph) ??
    byMembers(value, has) ??
    foreignContext(context, () => true) ??
    keyedPolicies(value)
  );
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
  directoryrole: 'directoryRoles',
  scopedrolemembership: 'scopedRoleMembers',
  serviceprincipal: 'servicePrincipals',
  agentuser: 'users',
  agentidentity: 'servicePrincipals',
  agentidentityblueprintprincipal: 'servicePrincipals',
  'networkaccess.forwardingprofile': 'forwardingProfiles',
  'networkaccess.conditionalaccesssettings': 'settings',
  'networkaccess.tenantstatus': 'settings',
  identitysecuritydefaultsenforcementpolicy: 'settings',
};

function byType(type: unknown): ItemKind | undefined {
  if (typeof type !== 'string') return undefined;
  const name = bareType(type);
  if (name.endsWith('namedlocation')) return 'namedLocations';
  return Object.hasOwn(KIND_OF_TYPE, name) ? KIND_OF_TYPE[name] : undefined;
}

/** Whether a type, with its namespace or without, is one of those that exports have. */
export function isTypeOfExports(type: string): boolean {
  return byType(type) !== undefined || bareType(type) === 'directoryobject';
}

/** A type of Graph that is none of ours. */
function foreignType(type: unknown): NotImported | undefined {
  if (typeof type !== 'string' || !/^#?microsoft\.graph\./i.test(type)) return undefined;
  if (bareType(type) === 'signin') return { code: 'signInLog', message: 'is a sign-in log: give it to `gsa replay`' };
  if (/schedulerequest$/i.test(type)) return SCHEDULE_REQUEST;
  return { code: 'notUsed', message: `is ${quoted(type, 80)}, which gsa has no use for` };
}

/** The type without its namespace, in small letters. */
function bareType(type: string): string {
  return type.toLowerCase().replace(/^#?microsoft\.graph\./, '');
}

/** The end of `@odata.context`; `users(id,displayName)` names selected members, `users('…')/…` is something of one user. */
const KIND_OF_CONTEXT: readonly (readonly [RegExp, ItemKind])[] = [
  [/#(identity\/)?conditionalaccess\/policies\b/, 'policies'],
  [/#(policies\/)?conditionalaccesspolicies\b/, 'policies'],
  [/#(identity\/)?conditionalaccess\/templates\b/, 'policyTemplates'],
  [/#(identity\/)?conditionalaccess\/namedlocations\b/, 'namedLocations'],
  [/#users(\((?!')|\/\$entity|$)/, 'users'],
  [/#groups(\((?!')|\/\$entity|$)/, 'groups'],
  [/#serviceprincipals(\((?!')|\/\$entity|$)/, 'servicePrincipals'],
  [/#rolemanagement\/directory\/role(assignment|eligibility)(s|schedules|scheduleinstances)\b/, 'roleAssignments'],
  [/#directoryroles(\((?!')|\/\$entity|$)/, 'directoryRoles'],
  [/#directoryroles\('[^']*'\)\/scopedmembers\b/, 'scopedRoleMembers'],
  [/#networkaccess\/settings\/conditionalaccess\b/, 'settings'],
  [/#networkaccess\/tenantstatus\b/, 'settings'],
  [/#policies\/identitysecuritydefaultsenforcementpolicy\b/, 'settings'],
  [/#rolemanagement\/directory\/roledefinitions\b/, 'roleDefinitions'],
  [/#networkaccess\/forwardingprofiles\b/, 'forwardingProfiles'],
];

/**
 * The member that tells that an object may be something else than its kind, where nothing but its members says the kind: it is read, and
 * nothing where it stands is all of a list. `undefined`: none does.
 */
export function doubtfulMember(value: JsonObject, kind: unknown, context: string): string | undefined {
  if (kind !== 'users' && kind !== 'servicePrincipals') return undefined;
  const isSaid = context.includes('$metadata#') || typeof memberOf(value, '@odata.type') === 'string';
  return isSaid ? undefined : memberOfOthers(value, kind);
}

/** What the list that this context announces is a list of; also says so for a list without items. */
export function byContext(context: string): ItemKind | undefined {
  const lower = context.toLowerCase();
  return KIND_OF_CONTEXT.find(([pattern]) => pattern.test(lower))?.[1];
}

/**
 * Contexts that say nothing of what stands in the list: its objects have types of their own, or it is the last word of one of our
 * lists without its path, as nobody's list is called in Graph.
 */
const SAYS_NOTHING =
  /#(\$delta|.*\/\$delta|directoryobjects\b.*|.*\$ref|collection\((\$ref|edm\.\w+|.*directoryobject)\)|(policies|namedlocations|settings|roledefinitions|roleassignments|forwardingprofiles)$)/;

/** Where the paths of Graph begin (CSDL-beta, entity sets and singletons), in small letters. */
const ROOTS: ReadonlySet<string> = new Set(
  (
    'accessReviewDecisions accessReviews admin administrativeUnits agentRegistry appCatalogs applications ' +
    'applicationTemplates approvalWorkflowProviders auditLogs authenticationMethodConfigurations ' +
    'authenticationMethodsPolicy authenticationMethodsPolicies bookingBusinesses bookingCurrencies certificateBasedAuthConfiguration chats ' +
    'communications compliance connections contacts contracts copilot dataClassification dataPolicyOperations ' +
    'deviceAppManagement deviceLocalCredentials deviceManagement devices directory directoryObjects directoryRoles ' +
    'directoryRoleTemplates directorySettingTemplates domainDnsRecords domains drive drives education employeeExperience ' +
    'external filterOperators financials functions governanceResources governanceRoleAssignments groupLifecyclePolicies ' +
    'groups identity identityGovernance identityProtection identityProviders informationProtection invitations me ' +
    'networkAccess oauth2PermissionGrants organization organizationalBranding permissionGrants places planner policies ' +
    'print privacy privateNetwork privilegedAccess privilegedApproval privilegedOperationEvents privilegedRoleAssignments ' +
    'privilegedRoles privilegedSignupStatus programControls programs reports riskDetections riskyUsers roleManagement ' +
    'schemaExtensions scopedRoleMemberships search security servicePrincipals settings shares sites solutions storage ' +
    'subscribedSkus subscriptions teams teamsTemplates teamTemplateDefinition teamwork tenantRelationships ' +
    'threatSubmission trustFramework users workbooks'
  )
    .toLowerCase()
    .split(' '),
);

/** `policies` alone is no list of Graph: only what lies below it is. */
const NO_LIST = /^policies(\(.*)?$/i;

/**
 * A context that names none of ours. One that begins as no path of Graph does may be made by somebody: then the members of the
 * object speak first.
 */
function foreignContext(context: string, isMeant: (path: string) => boolean): NotImported | undefined {
  const path = /#([a-z].*)$/i.exec(context)?.[1];
  if (path === undefined || NO_LIST.test(path) || SAYS_NOTHING.test(`#${path.toLowerCase()}`)) return undefined;
  if (!isMeant(path)) return undefined;
  if (/scheduleRequests\b/i.test(path)) return SCHEDULE_REQUEST;
  return { code: 'notUsed', message: `is ${quoted(path, 100)} of Microsoft Graph, which gsa has no use for` };
}

/** Whether a path, as a context has it behind its sign, begins as one of Graph does. */
export function isPathOfGraph(path: string): boolean {
  return ROOTS.has(/^\w+/.exec(path)?.[0].toLowerCase() ?? '');
}

/**
 * Whether an assignment is active or eligible, where the object or its context tells: our own word (`status`) comes first, then
 * that an eligible one is told by its schedule, its type or its context, then the same of an active one. A schedule of eligible ones has
 * `scheduleInfo` as that of active ones, and no `assignmentType` (CSDL-v1).
 */
export function statusTold(value: JsonObject, context: string): 'active' | 'eligible' | undefined {
  const has = lookUp(value);
  const said = `${context} ${plainText(has('@odata.type'))}`;
  const own = has('status');
  if (own === 'active' || own === 'eligible') return own;
  if (isText(has('roleEligibilityScheduleId')) || /roleeligibility/i.test(said)) return 'eligible';
  if (isText(has('roleAssignmentScheduleId')) || isText(has('assignmentType'))) return 'active';
  if (/roleassignment/i.test(said)) return 'active';
  return isJsonObject(has('scheduleInfo')) ? 'eligible' : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

const POLICY_STATES = ['enabled', 'disabled', 'enabledforreportingbutnotenforced'];

function byMembers(value: JsonObject, has: Has): ItemKind | NotImported | undefined {
  const hasText = (name: string) => isText(has(name));
  const details = has('details');
  if (has('conditions') !== undefined) return 'policies';
  if (isJsonObject(details) && memberOf(details, 'conditions') !== undefined) return 'policyTemplates';
  if (has('ipRanges') !== undefined || has('countriesAndRegions') !== undefined || hasText('compliantNetworkType')) {
    return 'namedLocations';
  }
  if (hasText('trafficForwardingType')) return 'forwardingProfiles';
  if (hasText('signalingStatus') || hasText('onboardingStatus') || has('mfaTrustedIps') !== undefined)
    return 'settings';
  if (has('id') === SECURITY_DEFAULTS && typeof has('isEnabled') === 'boolean') return 'settings';
  if (hasText('principalId') && hasText('roleDefinitionId')) return assignment(value);
  if (hasText('administrativeUnitId') && hasText('roleId') && isJsonObject(has('roleMemberInfo')))
    return 'scopedRoleMembers';
  if (hasText('roleTemplateId')) return 'directoryRoles';
  if (hasText('userPrincipalName')) return reportOnPeople(has, 'users') ?? 'users';
  if (hasText('servicePrincipalType') || has('servicePrincipalNames') !== undefined) {
    return reportOnPeople(has, 'servicePrincipals') ?? 'servicePrincipals';
  }
  if (has('rolePermissions') !== undefined || (hasText('templateId') && typeof has('isBuiltIn') === 'boolean')) {
    return 'roleDefinitions';
  }
  if (has('groupTypes') !== undefined || has('securityEnabled') !== undefined) return 'groups';
  const state = has('state');
  const isPolicyState = typeof state === 'string' && POLICY_STATES.includes(state.toLowerCase());
  return isPolicyState && hasText('displayName') ? withoutConditions(has) : undefined;
}

/** What else an object says of a role may change what it is: when it counts, where, or whether at all. */
function assignment(value: JsonObject): ItemKind | NotImported {
  const other = memberOfOthers(value, 'roleAssignments');
  return other === undefined ? 'roleAssignments' : otherThanAssignment(other);
}

/** A name and a state are also what many settings of Intune have: controls tell the policy. */
function withoutConditions(has: Has): ItemKind | NotImported {
  if (has('grantControls') !== undefined || has('sessionControls') !== undefined) return 'policies';
  return {
    code: 'partOfPolicy',
    message:
      'has the name and the state of a policy, but neither `conditions` nor controls: export it with all members',
  };
}
