import { unmodelledMembers } from '../../../conditional-access/policy-words.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { memberAt, severityFor } from '../checked-policy.ts';
import type { Severity } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

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

/** Previews and retired conditions that exports carry: kept, named, and unknown wherever they could decide. */
export const previewMember: Rule = {
  id: 'GSA054',
  name: 'preview-member',
  severity: 'warning',
  summary:
    'a policy sets a member that is not modelled, a preview or a retired one, so answers that need it are unknown',
  needs: ['policies'],
  page: {
    finds: [
      'Members of the conditions and grant controls that are set and that `gsa` does not model: previews such as `agents`, `agentContext` and `agentIdRiskLevels`, retired ones such as `times`, `networkAccess` and `globalSecureAccess`. A warning where the policy enforces, otherwise a note. Session controls that we do not know are a note: they change the session, not who gets in.',
    ],
    matters: [
      "A condition that is not understood may be the one that decides. The policy's answer is unknown for every sign-in that its other conditions leave open.",
    ],
    fix: [
      { text: 'Look at the member.', command: "gsa policy show '<policy>'" },
      {
        text: 'Replace a retired condition by its successor, such as a filter for devices, and import again.',
        command: 'gsa import ./export --merge',
      },
    ],
    sources: ['CSDL-beta', 'G-COND', 'G-EVAL', 'L-CORPUS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      for (const { pointer, severity, name } of membersOf(policy)) {
        yield {
          subject: policy.subject,
          severity: severityFor(policy, severity),
          pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          detail: `${pointer}/${name}`,
          message: `${quoted(policy.subject.displayName)} sets ${quoted(name)}, which is not modelled, so ${severity === 'note' ? 'what it does to the session is not shown' : 'its answer can be unknown'}; review it by hand`,
        };
      }
    }
  },
};

function membersOf(policy: CheckedPolicy) {
  return MODELLED.flatMap(({ pointer, severity, members }) => {
    const value = memberAt(policy.policy, pointer);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return unmodelledMembers(value, members).map((name) => ({ pointer, severity, name }));
  });
}
