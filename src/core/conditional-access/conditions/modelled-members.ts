/**
 * The members of a policy that the evaluator reads (reference conditional-access §1.1 to §1.5), by JSON Pointer to the object
 * that holds them. Any other member that is set may mean anything: the evaluator takes it as unknown by name, and
 * `gsa check` reports it (invariant 5).
 */
export const MODELLED_MEMBERS = {
  '/conditions': new Set([
    'applications',
    'users',
    'clientApplications',
    'clientAppTypes',
    'platforms',
    'locations',
    'devices',
    'deviceStates',
    'signInRiskLevels',
    'userRiskLevels',
    'servicePrincipalRiskLevels',
    'insiderRiskLevels',
    'authenticationFlows',
  ]),
  '/conditions/applications': new Set([
    'includeApplications',
    'excludeApplications',
    'includeUserActions',
    'includeAuthenticationContextClassReferences',
    'applicationFilter',
  ]),
  '/conditions/users': new Set([
    'includeUsers',
    'excludeUsers',
    'includeGroups',
    'excludeGroups',
    'includeRoles',
    'excludeRoles',
    'includeGuestsOrExternalUsers',
    'excludeGuestsOrExternalUsers',
  ]),
  '/conditions/clientApplications': new Set([
    'includeServicePrincipals',
    'excludeServicePrincipals',
    'servicePrincipalFilter',
  ]),
  '/conditions/locations': new Set(['includeLocations', 'excludeLocations']),
  '/conditions/platforms': new Set(['includePlatforms', 'excludePlatforms']),
  '/conditions/authenticationFlows': new Set(['transferMethods']),
  '/conditions/deviceStates': new Set(['includeStates', 'excludeStates']),
  '/conditions/devices': new Set([
    'deviceFilter',
    'includeDevices',
    'excludeDevices',
    'includeDeviceStates',
    'excludeDeviceStates',
  ]),
  '/grantControls': new Set([
    'id',
    'operator',
    'builtInControls',
    'customAuthenticationFactors',
    'termsOfUse',
    'authenticationStrength',
  ]),
} as const satisfies { readonly [pointer: string]: ReadonlySet<string> };
