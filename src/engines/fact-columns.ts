/**
 * What a key is made of: the members of a sign-in that judging reads, each in one of a few groups. An engine numbers the distinct
 * values of a group, `gsa` reads each of them once into its class, and the engine counts sign-ins by classes.
 */

/** Members by their path in Graph's `signIn`. */
export const GROUPS = {
  /** Who signs in; the application is who only where nobody does. */
  person: [
    'servicePrincipalId',
    'servicePrincipalName',
    'userId',
    'userPrincipalName',
    'userDisplayName',
    'signInEventTypes',
    'category',
    'isInteractive',
    'managedIdentityType',
    'managedServiceIdentity.msiType',
    'userType',
    'homeTenantId',
    'resourceTenantId',
    'crossTenantAccessType',
    'agent.agentType',
    'agent.agentSubjectType',
    'workloadAppId',
  ],
  application: [
    'appId',
    'appDisplayName',
    'resourceId',
    'resourceDisplayName',
    'conditionalAccessAudiences',
    'authenticationContextClassReferences',
  ],
  device: [
    'deviceDetail.deviceId',
    'deviceDetail.displayName',
    'deviceDetail.operatingSystem',
    'deviceDetail.isCompliant',
    'deviceDetail.trustType',
  ],
  session: [
    'clientAppUsed',
    'riskLevelDuringSignIn',
    'authenticationProtocol',
    'originalTransferMethod',
    'tokenProtectionStatusDetails.signInSessionStatus',
    'status.errorCode',
    'status.additionalDetails',
    'authenticationDetails',
    'authenticationRequirement',
    'mfaDetail.authMethod',
    'conditionalAccessStatus',
    'tokenIssuerType',
    'isThroughGlobalSecureAccess',
    'isInteractive',
    'signInEventTypes',
    'category',
    'userType',
    'homeTenantId',
    'resourceTenantId',
    'crossTenantAccessType',
  ],
  testimony: ['appliedConditionalAccessPolicies'],
  country: ['location.countryOrRegion'],
  /** Whom a record of many sign-ins stands for, besides or in place of the person that it names. */
  people: ['userIds', 'userCount'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as readonly GroupName[];

/** Members that hold an address: classed by a table of ranges, and compared with one another. */
export const ADDRESS_COLUMNS = [
  'ipAddress',
  'sourceIpAddress',
  'globalSecureAccessIpAddress',
  'ipAddressFromResourceProvider',
] as const;

/** Every pair of them that may be one and the same address. */
export const ADDRESS_PAIRS: readonly (readonly [number, number])[] = ADDRESS_COLUMNS.flatMap((_, a) =>
  ADDRESS_COLUMNS.flatMap((__, b) => (a < b ? [[a, b] as const] : [])),
);

export type FactColumn =
  | (typeof GROUPS)[GroupName][number]
  | (typeof ADDRESS_COLUMNS)[number]
  | 'id'
  | 'createdDateTime';

/** Columns that hold lists, as JSON text. */
export const LISTS: ReadonlySet<string> = new Set([
  'signInEventTypes',
  'conditionalAccessAudiences',
  'authenticationContextClassReferences',
  'authenticationDetails',
  'appliedConditionalAccessPolicies',
  'userIds',
]);

/** What is read of the objects in the lists; the rest of them differs from sign-in to sign-in. */
export const LISTED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  authenticationDetails: ['authenticationMethod', 'authenticationStepResultDetail', 'succeeded'],
  appliedConditionalAccessPolicies: ['id', 'displayName', 'result', 'conditionsSatisfied', 'conditionsNotSatisfied'],
};
