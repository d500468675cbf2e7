import { severityFor } from '../checked-policy.ts';
import { obstaclesOf } from '../never-applies.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** A policy that looks like protection and is none (D-NET, D-USERS). */
export const policyNeverApplies: Rule = {
  id: 'GSA050',
  name: 'policy-never-applies',
  severity: 'warning',
  summary: 'no sign-in can ever meet the conditions of a policy',
  needs: ['policies'],
  page: {
    finds: [
      'Policies that are not disabled and include nobody or no application; whose includes – users, service principals, applications, locations, platforms – are all excluded again, as in `AllTrusted` without `AllTrusted`, or an IP location inside the ranges of excluded ones; or that include no location, or only locations which do not exist. A warning where the policy enforces, a note where it is report-only.',
      'Claimed only where the policy and its named locations settle it: who is in a group, or which risk someone has, is not guessed, and a value that Graph does not have, such as a client app type `none`, is GSA053.',
    ],
    matters: [
      'It stands in the list as if it protected, and nothing ever tests it. Exclusion always wins over inclusion.',
    ],
    fix: [
      {
        text: 'See condition by condition why a sign-in does not meet it.',
        command: "gsa whatif --user '<user>' --app '<application>' --source-ip 203.0.113.10",
      },
      { text: 'Correct the side that is too wide, or delete the policy.', command: "gsa policy delete '<policy>'" },
    ],
    sources: ['D-POL', 'D-USERS', 'D-NET', 'G-USERS', 'G-APPS', 'L-CORPUS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      if (policy.mode === 'disabled') continue;
      for (const { code, pointer, because } of obstaclesOf(tenant, policy)) {
        yield {
          subject: policy.subject,
          severity: severityFor(policy, 'warning'),
          pointer,
          detail: code,
          message: `${quoted(policy.subject.displayName)} can never apply: ${because}`,
        };
      }
    }
  },
};
