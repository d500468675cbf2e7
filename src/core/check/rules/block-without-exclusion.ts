import type { CheckedPolicy } from '../checked-policy.ts';
import { blocks, isConfigured, isNarrowed, mayBeNarrowed, severityFor } from '../checked-policy.ts';
import { canApply } from '../never-applies.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** A block with everyone in scope and no one excluded leaves no way back from a mistake (D-EXCL, D-PLAN). */
export const blockWithoutExclusion: Rule = {
  id: 'GSA022',
  name: 'block-without-exclusion',
  severity: 'error',
  summary: 'a policy blocks and excludes nobody at all',
  needs: ['policies'],
  page: {
    finds: [
      'Policies that are not disabled, block, reach members of the tenant (by `All`, group or role), and exclude no user, no group and no role. Policies for guests, for single named users or for service principals are left alone.',
      'An error where such a policy enforces for all users and all applications, excludes none of them, and no location or other condition limits it: nobody can sign in at all. Otherwise a warning, or a note where it is report-only.',
    ],
    matters: [
      'A location that is deleted, an address that changes or signaling that is switched off turns such a policy into a lock-out of everyone it reaches, administrators included.',
    ],
    fix: [
      {
        text: 'Switch the policy to report-only while you mend it.',
        command: "gsa policy set-state '<policy>' enabledForReportingButNotEnforced",
      },
      {
        text: 'Exclude the emergency access accounts, and service accounts that cannot answer a prompt.',
        command: 'gsa export ./tenant --kind policies',
      },
    ],
    sources: ['D-EXCL', 'D-PLAN', 'D-USERS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      if (
        policy.mode === 'disabled' ||
        !blocks(policy) ||
        !canApply(tenant, policy) ||
        !reachesMembers(policy) ||
        excludesSomebody(policy) ||
        mayExcludeSomebody(policy)
      )
        continue;
      const coversEverybody = policy.list('/conditions/users/includeUsers').some(({ key }) => key === 'all');
      const blocksEverything =
        coversEverybody &&
        !isNarrowed(policy) &&
        policy.list('/conditions/applications/excludeApplications').length === 0 &&
        !mayBeNarrowed(policy) &&
        !isConfigured(policy, '/conditions/locations');
      yield {
        subject: policy.subject,
        severity: severityFor(policy, blocksEverything ? 'error' : 'warning'),
        pointer: '/conditions/users',
        message: `${quoted(policy.subject.displayName)} blocks ${blocksEverything ? 'every sign-in of everyone' : 'and excludes nobody'}; exclude the emergency access accounts`,
      };
    }
  },
};

function reachesMembers(policy: CheckedPolicy): boolean {
  return (
    policy.list('/conditions/users/includeUsers').some(({ key }) => key === 'all') ||
    policy.list('/conditions/users/includeGroups').length > 0 ||
    policy.list('/conditions/users/includeRoles').length > 0
  );
}

/** Somebody may have been in a list that an export lost; then the rule is undecided. */
function mayExcludeSomebody({ lost }: CheckedPolicy): boolean {
  return lost.some(({ condition, side, of }) => condition === 'users' && side === 'exclude' && of !== undefined);
}

function excludesSomebody(policy: CheckedPolicy): boolean {
  return (['Users', 'Groups', 'Roles'] as const).some((who) =>
    policy.list(`/conditions/users/exclude${who}`).some(({ key }) => key !== 'guestsorexternalusers'),
  );
}
