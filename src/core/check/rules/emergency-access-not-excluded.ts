import type { User } from '../../tenant/directory.ts';
import { blocks, isNarrowed, severityFor } from '../checked-policy.ts';
import { reaches } from '../emergency-access.ts';
import type { FindingSubject } from '../finding.ts';
import { compareSubjects, milder } from '../finding.ts';
import { canApply } from '../never-applies.ts';
import type { Rule } from '../rule.ts';
import { listed, quoted } from '../wording.ts';

/** Emergency access accounts are excluded by no default: each policy must do it (D-EXCL). */
export const emergencyAccessNotExcluded: Rule = {
  id: 'GSA020',
  name: 'emergency-access-not-excluded',
  severity: 'error',
  summary: 'a policy that blocks reaches an emergency access account',
  needs: ['policies'],
  page: {
    finds: [
      'Policies that are not disabled, block, and whose users hold an account marked `isEmergencyAccess`: named, by group, by role or by `All`, and not excluded. Nested groups count, eligible roles do not.',
      'An error where the policy enforces for all applications and nothing but the place decides; a warning where applications, client apps, platforms, devices, risk or flows narrow it, or where it is report-only. One step milder, and said so, where the members of a group or the roles are not known, or a name stands in the place of an id.',
    ],
    matters: [
      'Emergency access accounts are the way back when a policy locks everyone out, and switching signaling off is just such a moment: the address that policies see changes for everybody at once. An account that the same policy blocks is no way back.',
    ],
    fix: [
      {
        text: 'See what the policy does to the account.',
        command: "gsa whatif --user '<account>' --app '<application>' --source-ip 198.51.100.7",
      },
      {
        text: 'Exclude the account, better a group of all emergency access accounts, in the Microsoft Entra admin center, or in the files.',
        command: 'gsa export ./tenant --kind policies',
      },
      { text: 'Import the change and check again.', command: 'gsa import ./tenant --merge --dry-run' },
    ],
    sources: ['D-EXCL', 'D-USERS', 'D-POL'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      if (policy.mode === 'disabled' || !blocks(policy) || !canApply(tenant, policy)) continue;
      const asked = tenant.emergencyUsers.map((user) => ({ user, truth: reaches(tenant, policy, user) }));
      const reached = asked.filter(({ truth }) => truth === true).map(({ user }) => subjectOf(user));
      const open = asked.filter(({ truth }) => truth === 'unknown').map(({ user }) => subjectOf(user));
      const users = (reached.length > 0 ? reached : open).sort(compareSubjects);
      if (users.length === 0) continue;
      const severity = severityFor(policy, isNarrowed(policy) ? 'warning' : 'error');
      const names = listed(users.map(({ displayName }) => displayName));
      const name = quoted(policy.subject.displayName);
      yield {
        subject: policy.subject,
        severity: reached.length > 0 ? severity : milder(severity),
        pointer: '/conditions/users',
        detail: users
          .map(({ id }) => id.toLowerCase())
          .sort()
          .join(','),
        related: users,
        message:
          reached.length > 0
            ? `${name} blocks and does not exclude the emergency access ${users.length === 1 ? 'account' : 'accounts'} ${names}; exclude ${users.length === 1 ? 'it' : 'them'}`
            : `${name} blocks, and groups, roles or names that are not known here decide whether it reaches ${names}; import them, put ids in the place of names, or exclude ${users.length === 1 ? 'the account' : 'the accounts'} by id`,
      };
    }
  },
};

function subjectOf({ id, displayName, userPrincipalName }: User): FindingSubject {
  return { kind: 'user', id, displayName: userPrincipalName ?? displayName ?? id };
}
