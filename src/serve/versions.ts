import type { JsonObject } from '../core/tenant/plans/change.ts';
import { isObject } from '../core/values/is-object.ts';
import type { Version } from './call.ts';

/**
 * What v1.0 declares and what it lacks (CSDL-v1, CSDL-beta, META). A member that no version is known to declare is shown
 * by both.
 */

/** Members of a policy that only beta has, by their path. */
export const BETA_POLICY_MEMBERS: readonly (readonly string[])[] = [
  ['conditions', 'deviceStates'],
  ['conditions', 'agentIdRiskLevels'],
  ['conditions', 'applications', 'networkAccess'],
  ['conditions', 'applications', 'globalSecureAccess'],
  ['conditions', 'clientApplications', 'includeAgentIdServicePrincipals'],
  ['conditions', 'clientApplications', 'excludeAgentIdServicePrincipals'],
  ['conditions', 'clientApplications', 'agentIdServicePrincipalFilter'],
  ['conditions', 'devices', 'includeDevices'],
  ['conditions', 'devices', 'excludeDevices'],
  ['conditions', 'devices', 'includeDeviceStates'],
  ['conditions', 'devices', 'excludeDeviceStates'],
  ['sessionControls', 'continuousAccessEvaluation'],
  ['sessionControls', 'globalSecureAccessFilteringProfile'],
];

/** Kinds of named locations that v1.0 declares; of others it shows what every location has. */
const V1_LOCATIONS = ['#microsoft.graph.ipnamedlocation', '#microsoft.graph.countrynamedlocation'];
const BASE_LOCATION = ['id', 'displayName', 'createdDateTime', 'modifiedDateTime', 'deletedDateTime'];

/** Members of a sign-in that v1.0 declares. */
const V1_SIGN_IN = [
  'id createdDateTime userDisplayName userPrincipalName userId appId appDisplayName ipAddress clientAppUsed correlationId',
  'conditionalAccessStatus isInteractive riskDetail riskLevelAggregated riskLevelDuringSignIn riskState riskEventTypes',
  'riskEventTypes_v2 resourceDisplayName resourceId status deviceDetail location appliedConditionalAccessPolicies',
].flatMap((names) => names.split(' '));
const V1_APPLIED_POLICY = ['id', 'displayName', 'result', 'enforcedGrantControls', 'enforcedSessionControls'];

export function policyIn(version: Version, policy: object): JsonObject {
  const shown: JsonObject = { ...policy };
  return version === 'beta' ? shown : BETA_POLICY_MEMBERS.reduce(without, shown);
}

export function locationIn(version: Version, location: object): JsonObject {
  const shown: JsonObject = { ...location };
  if (version === 'beta' || V1_LOCATIONS.includes(String(shown['@odata.type']).toLowerCase())) return shown;
  return { '@odata.type': '#microsoft.graph.namedLocation', ...only(shown, BASE_LOCATION) };
}

export function signInIn(version: Version, record: JsonObject): JsonObject {
  if (version === 'beta') return record;
  const shown = only(record, V1_SIGN_IN);
  const applied = shown['appliedConditionalAccessPolicies'];
  if (!Array.isArray(applied)) return shown;
  return {
    ...shown,
    appliedConditionalAccessPolicies: applied.filter(isObject).map((each) => only(each, V1_APPLIED_POLICY)),
  };
}

/** The object with those members that it has. */
export function only(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(value, name) ? [[name, value[name]]] : [])));
}

function without(value: JsonObject, [name = '', ...deeper]: readonly string[]): JsonObject {
  if (!Object.hasOwn(value, name)) return value;
  const { [name]: member, ...others } = value;
  if (deeper.length === 0) return others;
  return isObject(member) ? { ...value, [name]: without(member, deeper) } : value;
}
