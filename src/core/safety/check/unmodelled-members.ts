import { unmodelledMembers } from '../../conditional-access/policy-words.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import { memberAt } from './checked-policy.ts';
import type { Severity } from './finding.ts';

/** A member of a policy that is set and that nobody here can read. */
export interface UnmodelledMember {
  /** Of the object that holds it. */
  readonly pointer: string;
  readonly name: string;
  readonly severity: Severity;
}

export function unmodelledOf(policy: CheckedPolicy): UnmodelledMember[] {
  return MODELLED.flatMap(({ pointer, severity, members }) => {
    const value = memberAt(policy.policy, pointer);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return unmodelledMembers(value, members).map((name) => ({ pointer, severity, name }));
  });
}

/** Members that are modelled or that say nothing about who may sign in (reference conditional-access §1.1 to §1.5). */
const MODELLED: readonly {
  readonly pointer: string;
  readonly severity: Severity;
  readonly members: ReadonlySet<string>;
}[] = [
  {
    pointer: '/conditions',
    severity: 'warning',
    members: new Set([
      ...[
        'applications',
        'users',
        'clientApplications',
        'clientAppTypes',
        'platforms',
        'locations',
        'devices',
        'deviceStates',
      ],
      ...[
        'signInRiskLevels',
        'userRiskLevels',
        'servicePrincipalRiskLevels',
        'insiderRiskLevels',
        'authenticationFlows',
      ],
    ]),
  },
  {
    pointer: '/conditions/applications',
    severity: 'warning',
    members: new Set([
      ...['includeApplications', 'excludeApplications', 'includeUserActions', 'applicationFilter'],
      'includeAuthenticationContextClassReferences',
    ]),
  },
  {
    pointer: '/conditions/users',
    severity: 'warning',
    members: new Set([
      ...['includeUsers', 'excludeUsers', 'includeGroups', 'excludeGroups', 'includeRoles', 'excludeRoles'],
      ...['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'],
    ]),
  },
  {
    pointer: '/conditions/clientApplications',
    severity: 'warning',
    members: new Set(['includeServicePrincipals', 'excludeServicePrincipals', 'servicePrincipalFilter']),
  },
  {
    pointer: '/conditions/devices',
    severity: 'warning',
    members: new Set([
      'deviceFilter',
      'includeDevices',
      'excludeDevices',
      'includeDeviceStates',
      'excludeDeviceStates',
    ]),
  },
  {
    pointer: '/grantControls',
    severity: 'warning',
    members: new Set([
      'operator',
      'builtInControls',
      'customAuthenticationFactors',
      'termsOfUse',
      'authenticationStrength',
    ]),
  },
  {
    pointer: '/sessionControls',
    severity: 'note',
    members: new Set([
      ...['applicationEnforcedRestrictions', 'cloudAppSecurity', 'persistentBrowser', 'signInFrequency'],
      ...['secureSignInSession', 'disableResilienceDefaults', 'continuousAccessEvaluation'],
      'globalSecureAccessFilteringProfile',
    ]),
  },
];
