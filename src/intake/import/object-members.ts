import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import { comparable, extrasOf, saysSomething } from './member-names.ts';

/**
 * The members that people, applications and role assignments have: in Graph (CSDL-v1 and CSDL-beta, with what can be expanded), in the
 * modules of PowerShell before it (AZUREAD), and in exports of gsa. An object of which nothing says what it is but its members is one of
 * these only as far as it has no others: reports speak of people too, and are not lists of them.
 */
export type ListByMembers = 'users' | 'servicePrincipals' | 'roleAssignments';

const wordsOf = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split(' ')).map(comparable));

const MEMBERS: Readonly<Record<ListByMembers, ReadonlySet<string>>> = {
  users: wordsOf(
    'id deletedDateTime displayName userPrincipalName userType accountEnabled mail mailNickname givenName surname jobTitle',
    'signInActivity ageGroup assignedLicenses assignedPlans authorizationInfo businessPhones city companyName country',
    'consentProvidedForMinor createdDateTime creationType customSecurityAttributes department employeeHireDate employeeId',
    'employeeLeaveDateTime employeeOrgData employeeType externalUserState externalUserStateChangeDateTime faxNumber',
    'identities imAddresses infoCatalogs isLicenseReconciliationNeeded isManagementRestricted isResourceAccount',
    'lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates mobilePhone officeLocation',
    'onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId',
    'onPremisesLastSyncDateTime onPremisesObjectIdentifier onPremisesProvisioningErrors onPremisesSamAccountName',
    'onPremisesSecurityIdentifier onPremisesSipInfo onPremisesSyncBehavior onPremisesSyncEnabled',
    'onPremisesUserPrincipalName otherMails passwordPolicies passwordProfile postalCode preferredDataLocation',
    'preferredLanguage preferredName provisionedPlans proxyAddresses refreshTokensValidFromDateTime securityIdentifier',
    'serviceProvisioningErrors showInAddressList signInSessionsValidFromDateTime state streetAddress usageLocation',
    'mailboxSettings deviceEnrollmentLimit print aboutMe birthday hireDate interests mySite pastProjects responsibilities',
    'schools skills cloudRealtimeCommunicationInfo identityParentId usageRights agreementAcceptances appRoleAssignments',
    'createdObjects directReports invitedBy licenseDetails manager memberOf oauth2PermissionGrants ownedDevices',
    'ownedObjects registeredDevices scopedRoleMemberOf sponsors transitiveMemberOf transitiveReports calendar',
    'calendarGroups calendars calendarView contactFolders contacts events inferenceClassification joinedGroups',
    'mailFolders messages outlook people drive drives followedSites extensions managedDevices managedAppRegistrations',
    'deviceManagementTroubleshootingEvents planner insights settings onenote cloudClipboard photo photos activities',
    'onlineMeetings presence authentication chats joinedTeams permissionGrants teamwork solutions todo profile',
    'employeeExperience cloudPCs communications approvals dataSecurityAndGovernance informationProtection notifications',
    // Az.Resources has lists in the singular; per-user multifactor authentication is asked for by itself (G-PERUSER).
    'businessPhone identity imAddress otherMail passwordPolicy proxyAddress perUserMfaState requirements',
    'externalUserType homeTenantId isEmergencyAccess',
  ),
  servicePrincipals: wordsOf(
    'id deletedDateTime displayName accountEnabled addIns alternativeNames appDescription appDisplayName appId appMetadata',
    'applicationTemplateId appOwnerOrganizationId appRoleAssignmentRequired appRoles authenticationPolicy certification',
    'createdByAppId createdDateTime customSecurityAttributes description disabledByMicrosoftStatus errorUrl homepage info',
    'isAuthorizationServiceEnabled isDisabled isManagementRestricted keyCredentials loginUrl logoutUrl',
    'managedIdentityResourceId notes notificationEmailAddresses oauth2PermissionScopes passwordCredentials',
    'passwordSingleSignOnSettings preferredSingleSignOnMode preferredTokenSigningKeyEndDateTime',
    'preferredTokenSigningKeyThumbprint publishedPermissionScopes publisherName replyUrls',
    'resourceSpecificApplicationPermissions samlMetadataUrl samlSLOBindingType samlSingleSignOnSettings',
    'servicePrincipalLockConfiguration servicePrincipalNames servicePrincipalType signInAudience tags tokenEncryptionKeyId',
    'useCustomTokenSigningKey verifiedPublisher agentAppId agentIdentityBlueprintId inheritablePermissions sponsors',
    'appManagementPolicies appRoleAssignedTo appRoleAssignments claimsMappingPolicies claimsPolicy createdObjects',
    'delegatedPermissionClassifications endpoints federatedIdentityCredentials homeRealmDiscoveryPolicies licenseDetails',
    'memberOf oauth2PermissionGrants ownedObjects owners permissionGrantPreApprovalPolicies',
    'remoteDesktopSecurityConfiguration synchronization tokenIssuancePolicies tokenLifetimePolicies transitiveMemberOf',
    // Az.Resources.
    'addIn alternativeName appRole keyCredential notificationEmailAddress oauth2PermissionScope passwordCredential replyUrl',
    'resourceSpecificApplicationPermission servicePrincipalName tag',
  ),
  roleAssignments: wordsOf(
    'id principalId roleDefinitionId directoryScopeId appScopeId resourceScope condition principalOrganizationId',
    'principal roleDefinition directoryScope appScope status memberType assignmentType createdDateTime createdUsing',
    'modifiedDateTime scheduleInfo startDateTime endDateTime roleAssignmentScheduleId roleAssignmentOriginId',
    'roleEligibilityScheduleId activatedUsing',
    // Names that exporters write beside the ids (EXPORTER).
    'principalName principalDisplayName principalType roleName roleDisplayName roleDefinitionName policy',
  ),
};

/** Objects with an `ObjectId` are of the AzureAD or the MSOnline module, or of the API before Graph. */
const OLDER: ReadonlySet<string> = wordsOf(
  'objectId objectType deletionTimestamp extensionProperty extensionData dirSyncEnabled facsimileTelephoneNumber',
  'isCompromised immutableId lastDirSyncTime mobile physicalDeliveryOfficeName provisioningErrors signInNames',
  'sipProxyAddress telephoneNumber userState userStateChangedOn odata.metadata alternateEmailAddresses',
  'alternateMobilePhones alternativeSecurityIds blockCredential cloudExchangeRecipientDisplayType',
  'dirSyncProvisioningErrors errors fax firstName indirectLicenseErrors isBlackberryUser isLicensed lastName',
  'lastPasswordChangeTimestamp licenseAssignmentDetails licenseReconciliationNeeded licenses liveId',
  'msExchRecipientTypeDetails msRtcSipDeploymentLocator msRtcSipPrimaryUserAddress office overallProvisioningStatus',
  'passwordNeverExpires passwordResetNotRequiredDuringActivate phoneNumber portalSettings releaseTrack',
  'serviceInformation signInName softDeletionTimestamp strongAuthenticationMethods strongAuthenticationPhoneAppDetails',
  'strongAuthenticationProofupTime strongAuthenticationRequirements strongAuthenticationUserDetails',
  'strongPasswordRequired stsRefreshTokensValidFrom title userLandingPageIdentifierForO365Shell',
  'userThemeIdentifierForO365Shell validationStatus whenCreated oauth2Permissions adminConsentDescription',
  'appPrincipalId addresses requiresTokenEncryption trustedForDelegation',
);

/** What the SDKs keep beside the members (`BackingStore`), and the older spellings of annotations. */
const BESIDE: ReadonlySet<string> = wordsOf('@odata.type odataId backingStore backingStoreEnabled resourceGroupName');

/** The first member that says something and that no object of this list has; `undefined`: each is one of theirs. */
export function memberOfOthers(value: JsonObject, list: ListByMembers): string | undefined {
  const extras = extrasOf(value);
  const isOlder = 'ObjectId' in value || 'objectId' in value;
  for (const members of extras === undefined ? [value] : [value, extras.members]) {
    for (const name in members) {
      if (!saysSomething(members[name]) || name.includes('@') || name === extras?.name) continue;
      const each = comparable(name);
      const isTheirs = MEMBERS[list].has(each) || BESIDE.has(each) || (isOlder && OLDER.has(each));
      if (!isTheirs && !isExtension(name, members[name])) return name;
    }
  }
  return undefined;
}

/** Members that a tenant adds to its objects: extensions of the directory, and of a schema, which are objects (GDOC extensibility). */
function isExtension(name: string, value: unknown): boolean {
  return /^extension_[0-9a-f]{32}_\w/i.test(name) || (isJsonObject(value) && /^[a-z0-9]+_\w/i.test(name));
}
