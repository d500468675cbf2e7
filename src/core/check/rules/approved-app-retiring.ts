import { severityFor } from '../checked-policy.ts';
import { daysBetween } from '../dates.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** "Retires early March 2026" (D-GRANT). */
const RETIRES = '2026-03-01T00:00:00Z';

export const approvedAppRetiring: Rule = {
  id: 'GSA055',
  name: 'approved-app-retiring',
  severity: 'warning',
  summary: 'a policy asks for an approved client app, a control that retires in March 2026',
  needs: ['policies'],
  page: {
    finds: [
      'Policies with the grant control `approvedApplication`. A warning where the policy enforces, otherwise a note.',
    ],
    matters: [
      'Microsoft retires the control in early March 2026. After that it no longer protects: where it stands alone, or as one of several that are enough, the policy must ask for an app protection policy (`compliantApplication`) instead.',
    ],
    fix: [
      { text: 'Find everyone who signs in under it.', command: "gsa logs --policy '<policy>'" },
      {
        text: 'Replace `approvedApplication` by `compliantApplication`, import the change, and see whom it denies.',
        command: 'gsa impact signins.json --against ./changed/tenant.json',
      },
    ],
    sources: ['D-GRANT'],
  },
  *check(tenant) {
    const days = daysBetween(RETIRES, tenant.settings.now);
    const isRetired = days !== undefined && days >= 0;
    for (const policy of tenant.policies) {
      const entry = policy.list('/grantControls/builtInControls').find(({ key }) => key === 'approvedapplication');
      if (entry === undefined) continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'warning'),
        pointer: entry.pointer,
        message: `${quoted(policy.subject.displayName)} asks for an approved client app, which ${isRetired ? 'retired' : 'retires'} in March 2026; ask for \`compliantApplication\` instead`,
      };
    }
  },
};
