/**
 * Members of Graph's beta `signIn` (META) and of the complex types inside it. A list of names: members of its elements; an
 * empty list: the members are not checked. `outcome`, `signalingStatus`, `decidedBy` and `sourceIpAddress` are ours.
 */
const SIMPLE = [
  'agent appDisplayName appId appOwnerTenantId appTokenProtectionStatus authenticationProtocol authenticationRequirement',
  'autonomousSystemNumber azureResourceId clientAppUsed clientCredentialType conditionalAccessStatus correlationId',
  'createdDateTime crossTenantAccessType federatedCredentialId flaggedForReview globalSecureAccessIpAddress homeTenantId',
  'homeTenantName id incomingTokenType ipAddress ipAddressFromResourceProvider isInteractive isTenantRestricted',
  'isThroughGlobalSecureAccess originalRequestId originalTransferMethod processingTimeInMilliseconds resourceDisplayName',
  'resourceId resourceOwnerTenantId resourceServicePrincipalId resourceTenantId riskDetail riskLevelAggregated',
  'riskLevelDuringSignIn riskState servicePrincipalCredentialKeyId servicePrincipalCredentialThumbprint',
  'servicePrincipalId servicePrincipalName sessionId signInIdentifier signInIdentifierType signInTokenProtectionStatus',
  'tokenIssuerName tokenIssuerType uniqueTokenIdentifier userAgent userDisplayName userId userPrincipalName userType',
  'outcome signalingStatus decidedBy sourceIpAddress',
].flatMap((names) => names.split(' '));

const COMPLEX: readonly (readonly [name: string, members: string])[] = [
  ['status', 'errorCode failureReason additionalDetails'],
  ['location', 'city state countryOrRegion geoCoordinates'],
  ['deviceDetail', 'deviceId displayName operatingSystem browser browserId isCompliant isManaged trustType'],
  ['mfaDetail', 'authMethod authDetail'],
  ['tokenProtectionStatusDetails', 'signInSessionStatus signInSessionStatusCode'],
  ['managedServiceIdentity', ''],
  ['privateLinkDetails', ''],
  ['appliedConditionalAccessPolicies', ''],
  ['appliedEventListeners', ''],
  ['authenticationAppDeviceDetails', ''],
  ['authenticationAppPolicyEvaluationDetails', ''],
  ['authenticationContextClassReferences', 'id detail'],
  ['authenticationDetails', ''],
  ['authenticationMethodsUsed', ''],
  ['authenticationProcessingDetails', 'key value'],
  ['authenticationRequirementPolicies', 'requirementProvider detail'],
  ['conditionalAccessAudiences', ''],
  ['networkLocationDetails', 'networkType networkNames'],
  ['riskEventTypes', ''],
  ['riskEventTypes_v2', ''],
  ['sessionLifetimePolicies', 'expirationRequirement detail'],
  ['signInEventTypes', ''],
];

const PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...SIMPLE.map((name) => [name, []] as const),
  ...COMPLEX.map(([name, members]) => [name, members === '' ? [] : members.split(' ')] as const),
]);

/** The first member of a path that a sign-in does not have, and the names that it could be; nothing if all is well. */
export function unknownMember(
  members: readonly string[],
): { readonly position: number; readonly names: Iterable<string> } | undefined {
  const [first = '', second] = members;
  const inner = PROPERTIES.get(first);
  if (inner === undefined) return { position: 0, names: PROPERTIES.keys() };
  if (second !== undefined && inner.length > 0 && !inner.includes(second)) return { position: 1, names: inner };
  return undefined;
}
