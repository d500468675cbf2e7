import { severityFor } from '../checked-policy.ts';
import { isSignalingOff } from '../checked-tenant.ts';
import { canApply } from '../never-applies.ts';
import { compliantNetworkEntry } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** The compliant network signal travels with signaling: without it nobody is in the compliant network (CN, ZTA 25380). */
export const compliantNetworkWithoutSignaling: Rule = {
  id: 'GSA002',
  name: 'compliant-network-without-signaling',
  severity: 'error',
  summary: 'a policy asks for the compliant network while signaling is off, so nobody can be in it',
  needs: ['policies', 'signalingStatus'],
  page: {
    finds: [
      'Policies that are not disabled and include or exclude the compliant network (`3d46dbda-8382-466a-856d-eb00cbc6b910`) in a tenant whose Conditional Access signaling is disabled. An error where the policy enforces, a warning where it is report-only.',
    ],
    matters: [
      'The location stays when signaling is disabled, but no sign-in can satisfy it. A policy that blocks everything outside the compliant network then blocks everyone in its scope; a policy that includes the compliant network stops applying.',
      "Microsoft's pages disagree about what happens (`may block` against `stop enforcing`); we evaluate each policy as it is written.",
    ],
    fix: [
      {
        text: 'See whom enabling signaling would let in, from recent sign-ins.',
        command: 'gsa impact signins.json --of signaling=enabled',
      },
      { text: 'Enable signaling.', command: 'gsa signaling enable --dry-run' },
      {
        text: "Or switch the policy to report-only, as Microsoft's own break-glass script does.",
        command: "gsa policy set-state '<policy>' enabledForReportingButNotEnforced",
      },
    ],
    sources: ['CN', 'BREAK', 'OPS', 'ZTA', 'G-CNNL'],
  },
  *check(tenant) {
    if (!isSignalingOff(tenant)) return;
    for (const policy of tenant.policies) {
      const entry = compliantNetworkEntry(policy);
      if (policy.mode === 'disabled' || entry === undefined || !canApply(tenant, policy)) continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'error'),
        pointer: entry.pointer,
        message: `${quoted(policy.subject.displayName)} asks for the compliant network, which nobody is in while signaling is disabled; enable signaling or switch the policy to report-only`,
      };
    }
  },
};
