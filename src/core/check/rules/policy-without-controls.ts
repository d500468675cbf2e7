import { hasLostControls, lostSessionControls } from '../../tenant/lost-members.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { isConfigured, severityFor } from '../checked-policy.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** What-If has a reason for it: `emptyPolicy` (G-EVAL). */
export const policyWithoutControls: Rule = {
  id: 'GSA051',
  name: 'policy-without-controls',
  severity: 'warning',
  summary: 'a policy asks for nothing where it applies',
  needs: ['policies'],
  page: {
    finds: [
      'Policies whose controls an export lost: `builtInControls` is `null` beside an operator or another control, where Microsoft Graph gives a list; a list of other controls that is `null` beside it; session controls without members.',
      'Policies that are not disabled and have neither a grant control, an authentication strength, terms of use or a custom control, nor a session control that is set. A warning where the policy enforces, a note where it is report-only.',
    ],
    matters: [
      'It applies and changes nothing. Often the control was lost in an export – an authentication strength is kept beside the policy – and the tenant that is checked here is weaker than the real one.',
    ],
    fix: [
      { text: 'Compare it with the policy in the tenant.', command: "gsa policy show '<policy>'" },
      {
        text: 'Export again with the authentication strength expanded, or add a control.',
        command: 'gsa import ./export --merge',
      },
    ],
    sources: ['G-EVAL', 'D-GRANT'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      const isLost = hasLostControls(policy.policy);
      if (policy.mode === 'disabled' || (!isLost && asksForSomething(policy))) continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'warning'),
        pointer: isLost ? lostPointer(policy.policy) : '/grantControls',
        detail: isLost ? 'lost' : '',
        message: isLost
          ? `the export lost the controls of ${quoted(policy.subject.displayName)} (Microsoft Graph gives no object that asks for nothing), so what it asks for is not known; export it from Microsoft Graph and import it again`
          : `${quoted(policy.subject.displayName)} has no grant or session control, so it does nothing; add one or delete the policy`,
      };
    }
  },
};

function asksForSomething(policy: CheckedPolicy): boolean {
  return (
    isConfigured(policy, '/sessionControls') ||
    GRANTS.some((member) => isConfigured(policy, `/grantControls/${member}`))
  );
}

function lostPointer({ grantControls, sessionControls }: ConditionalAccessPolicy): string {
  const [session] = lostSessionControls(sessionControls);
  const lists = Object.entries(grantControls ?? {}).flatMap(([name, value]) =>
    LISTS.includes(name) && value === null ? [`/grantControls/${name}`] : [],
  );
  return (
    session ??
    lists.sort()[0] ??
    ('builtInControls' in (grantControls ?? {}) ? '/grantControls/builtInControls' : '/grantControls')
  );
}

const LISTS: readonly string[] = ['builtInControls', 'customAuthenticationFactors', 'termsOfUse'];

/** The operator alone controls nothing. */
const GRANTS = [...LISTS, 'authenticationStrength'];
