import { severityFor } from '../checked-policy.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

export const approvedAppRetiring: Rule = {
  id: 'GSA055',
  name: 'approved-app-retiring',
  severity: 'warning',
  summary: 'a policy asks for an approved client app, a control that is read-only since June 30, 2026',
  needs: ['policies'],
  page: {
    finds: [
      'Policies with the grant control `approvedApplication`. A warning where the policy enforces, otherwise a note.',
    ],
    matters: [
      'Since June 30, 2026 Microsoft keeps policies with this control read-only: they are still enforced, and can only be disabled or deleted. A policy that asks for an app protection policy (`compliantApplication`) takes its place; the old one is disabled or deleted once the new one is on.',
    ],
    fix: [
      { text: 'Find everyone who signs in under it.', command: "gsa logs --policy '<policy>'" },
      {
        text: 'Write a policy with `compliantApplication` instead of `approvedApplication`, and see whom it denies.',
        command: 'gsa impact signins.json --against ./changed/tenant.json',
      },
    ],
    sources: ['APPROVED', 'D-GRANT'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      const entry = policy.list('/grantControls/builtInControls').find(({ key }) => key === 'approvedapplication');
      if (entry === undefined) continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'warning'),
        pointer: entry.pointer,
        message: `${quoted(policy.subject.displayName)} asks for an approved client app: such policies have been read-only since June 30, 2026, and are still enforced; ask for \`compliantApplication\` in a policy of its own instead`,
      };
    }
  },
};
