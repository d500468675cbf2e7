import { severityFor } from '../checked-policy.ts';
import type { Rule } from '../rule.ts';
import { unmodelledOf } from '../unmodelled-members.ts';
import { quoted } from '../wording.ts';

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
      for (const { pointer, severity, name } of unmodelledOf(policy)) {
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
