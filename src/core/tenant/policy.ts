/**
 * Conditional Access policies in the shape Microsoft Graph gives them (`conditionalAccessPolicy`, beta names included).
 *
 * Every member is optional and may be `null`, because real exports leave members out; `null`, `[]` and a missing member
 * all mean "not configured" (reference D-NET, D-COND, D-TRB). Members that are not declared here stay on the object:
 * a policy is stored exactly as it was imported.
 */

export type PolicyState = 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';

export interface ConditionalAccessPolicy {
  readonly id: string;
  readonly displayName: string;
  /** A {@link PolicyState}; other text (such as `partiallyEnabled`, G-EVAL) is kept and makes the answer unknown. */
  readonly state: string;
  readonly createdDateTime?: string | null;
  readonly modifiedDateTime?: string | null;
  readonly deletedDateTime?: string | null;
  readonly conditions: ConditionSet;
  readonly grantControls?: GrantControls | null;
  readonly sessionControls?: SessionControls | null;
}

type Texts = readonly string[] | null;

export interface ConditionSet {
  readonly applications?: ApplicationsCondition | null;
  readonly users?: UsersCondition | null;
  readonly clientApplications?: ClientApplicationsCondition | null;
  readonly clientAppTypes?: Texts;
  readonly platforms?: PlatformsCondition | null;
  readonly locations?: LocationsCondition | null;
  readonly devices?: DevicesCondition | null;
  readonly deviceStates?: DeviceStatesCondition | null;
  readonly signInRiskLevels?: Texts;
  readonly userRiskLevels?: Texts;
  readonly servicePrincipalRiskLevels?: Texts;
  /** A flags enum: comma-separated text such as `moderate,elevated`. */
  readonly insiderRiskLevels?: string | Texts;
  readonly authenticationFlows?: { readonly transferMethods?: string | Texts } | null;
  readonly agentIdRiskLevels?: string | Texts;
}

export interface ApplicationsCondition {
  readonly includeApplications?: Texts;
  readonly excludeApplications?: Texts;
  readonly includeUserActions?: Texts;
  readonly includeAuthenticationContextClassReferences?: Texts;
  readonly applicationFilter?: RuleFilter | null;
}

/** `conditionalAccessFilter`: a rule in the grammar of dynamic groups and whether it includes or excludes (D-DEVF, D-APPF). */
export interface RuleFilter {
  readonly mode: string;
  readonly rule: string;
}

export interface UsersCondition {
  readonly includeUsers?: Texts;
  readonly excludeUsers?: Texts;
  readonly includeGroups?: Texts;
  readonly excludeGroups?: Texts;
  readonly includeRoles?: Texts;
  readonly excludeRoles?: Texts;
  readonly includeGuestsOrExternalUsers?: GuestsOrExternalUsers | null;
  readonly excludeGuestsOrExternalUsers?: GuestsOrExternalUsers | null;
}

export interface GuestsOrExternalUsers {
  /** A flags enum: comma-separated text such as `internalGuest,b2bCollaborationGuest`. */
  readonly guestOrExternalUserTypes?: string | Texts;
  readonly externalTenants?: {
    readonly membershipKind?: string | null;
    readonly members?: Texts;
  } | null;
}

export interface ClientApplicationsCondition {
  readonly includeServicePrincipals?: Texts;
  readonly excludeServicePrincipals?: Texts;
  readonly servicePrincipalFilter?: RuleFilter | null;
  readonly includeAgentIdServicePrincipals?: Texts;
  readonly excludeAgentIdServicePrincipals?: Texts;
  readonly agentIdServicePrincipalFilter?: RuleFilter | null;
}

export interface PlatformsCondition {
  readonly includePlatforms?: Texts;
  readonly excludePlatforms?: Texts;
}

export interface LocationsCondition {
  readonly includeLocations?: Texts;
  readonly excludeLocations?: Texts;
}

export interface DevicesCondition {
  readonly deviceFilter?: RuleFilter | null;
  readonly includeDevices?: Texts;
  readonly excludeDevices?: Texts;
  readonly includeDeviceStates?: Texts;
  readonly excludeDeviceStates?: Texts;
}

export interface DeviceStatesCondition {
  readonly includeStates?: Texts;
  readonly excludeStates?: Texts;
}

export interface GrantControls {
  readonly operator?: string | null;
  readonly builtInControls?: Texts;
  readonly customAuthenticationFactors?: Texts;
  readonly termsOfUse?: Texts;
  readonly authenticationStrength?: AuthenticationStrength | null;
}

export interface AuthenticationStrength {
  readonly id?: string | null;
  readonly displayName?: string | null;
  readonly policyType?: string | null;
  readonly requirementsSatisfied?: string | null;
  readonly allowedCombinations?: Texts;
}

/** `conditionalAccessSessionControls`: each member `null` or an object, most with `isEnabled`. */
export interface SessionControls {
  readonly applicationEnforcedRestrictions?: SessionControl | null;
  readonly cloudAppSecurity?: SessionControl | null;
  readonly persistentBrowser?: SessionControl | null;
  readonly signInFrequency?: SessionControl | null;
  readonly secureSignInSession?: SessionControl | null;
  readonly disableResilienceDefaults?: boolean | null;
  readonly continuousAccessEvaluation?: { readonly mode?: string | null } | null;
  readonly globalSecureAccessFilteringProfile?: SessionControl | null;
}

export interface SessionControl {
  readonly isEnabled?: boolean | null;
  readonly [member: string]: unknown;
}
