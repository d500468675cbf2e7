import { blocks, isActive } from '../checked-policy.ts';
import { setting } from '../checked-tenant.ts';
import type { Rule } from '../rule.ts';

/** Graph has no mark for emergency access accounts, so the tenant file carries one of ours. */
export const emergencyAccessNotMarked: Rule = {
  id: 'GSA021',
  name: 'emergency-access-not-marked',
  severity: 'note',
  summary: 'no account is marked as an emergency access account, so nothing can be said about lock-out',
  needs: ['policies'],
  page: {
    finds: [
      'Tenants with a policy that blocks and is not disabled, in which no user carries `"isEmergencyAccess": true`.',
    ],
    matters: [
      'Microsoft recommends two cloud-only emergency access accounts that every policy excludes. Graph does not say which accounts these are; without the mark, GSA020 and the warnings of `gsa signaling disable` cannot speak of them.',
    ],
    fix: [
      { text: 'Find your emergency access accounts among the users.', command: 'gsa user list' },
      {
        text: 'Mark all of them at once; an export is marked by `"isEmergencyAccess": true` in its users.',
        command: 'gsa tenant set --emergency-access <user> --emergency-access <user>',
      },
    ],
    sources: ['D-EXCL', 'OWN'],
  },
  *check(tenant) {
    if (tenant.emergencyUsers.length > 0) return;
    if (!tenant.policies.some((policy) => isActive(policy) && blocks(policy))) return;
    yield {
      subject: setting('users', 'users'),
      pointer: '/users',
      message:
        'no user is marked as an emergency access account, so lock-out cannot be checked; name yours: `gsa tenant set --emergency-access <user>`',
    };
  },
};
