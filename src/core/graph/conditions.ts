/** Reasons why a policy does not apply, in the order of Graph's flags (CSDL-v1); beta adds the last two. */
export const ANALYSIS_REASONS = [
  'notSet',
  'notEnoughInformation',
  'invalidCondition',
  'users',
  'workloadIdentities',
  'application',
  'userActions',
  'authenticationContext',
  'devicePlatform',
  'devices',
  'clientApps',
  'location',
  'signInRisk',
  'emptyPolicy',
  'invalidPolicy',
  'policyNotEnabled',
  'userRisk',
  'time',
  'insiderRisk',
  'authenticationFlow',
  'agentIdRisk',
  'agentIdentities',
] as const;
export type AnalysisReason = (typeof ANALYSIS_REASONS)[number];

/** One condition as the sign-in log names it: a row of {@link LOG_CONDITIONS}. */
interface LogCondition {
  /** What it is called in a sentence. */
  readonly called: string;
  /** Graph's reason for a policy that does not apply because of it. */
  readonly reason: AnalysisReason;
}

/** Graph's `conditionalAccessConditions` flags, in the order of their values (META). */
export const LOG_CONDITIONS = {
  application: { called: 'application', reason: 'application' },
  users: { called: 'user', reason: 'users' },
  devicePlatform: { called: 'device platform', reason: 'devicePlatform' },
  location: { called: 'location', reason: 'location' },
  clientType: { called: 'client app', reason: 'clientApps' },
  signInRisk: { called: 'sign-in risk', reason: 'signInRisk' },
  userRisk: { called: 'user risk', reason: 'userRisk' },
  time: { called: 'time', reason: 'time' },
  deviceState: { called: 'device', reason: 'devices' },
  client: { called: 'client', reason: 'invalidCondition' },
  ipAddressSeenByAzureAD: { called: 'address', reason: 'location' },
  ipAddressSeenByResourceProvider: { called: 'address seen by the resource', reason: 'location' },
  servicePrincipals: { called: 'service principal', reason: 'workloadIdentities' },
  // Graph has no reason of its own for the risk of a service principal.
  servicePrincipalRisk: { called: 'service principal risk', reason: 'workloadIdentities' },
  authenticationFlows: { called: 'authentication flow', reason: 'authenticationFlow' },
  insiderRisk: { called: 'insider risk', reason: 'insiderRisk' },
} as const satisfies Readonly<Record<string, LogCondition>>;

export type ConditionName = keyof typeof LOG_CONDITIONS;

export const CONDITION_NAMES = Object.keys(LOG_CONDITIONS) as readonly ConditionName[];

/** Conditions of a policy that no flag of Graph stands for: newer ones, and preview members that are kept but not modelled. */
const UNLOGGED_CONDITIONS = {
  agentIdRisk: { called: 'agent risk', reason: 'agentIdRisk' },
  unmodelled: { called: 'preview condition', reason: 'invalidCondition' },
} as const satisfies Readonly<Record<string, LogCondition>>;

export type ConditionKind = ConditionName | keyof typeof UNLOGGED_CONDITIONS;

/** The row of a condition, also of one that has no flag. */
export function conditionNamed(kind: ConditionKind): LogCondition {
  return isLogged(kind) ? LOG_CONDITIONS[kind] : UNLOGGED_CONDITIONS[kind];
}

/** Whether the sign-in log has a name for the condition. */
export function isLogged(kind: ConditionKind): kind is ConditionName {
  return Object.hasOwn(LOG_CONDITIONS, kind);
}
