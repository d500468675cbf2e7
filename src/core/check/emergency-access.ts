import type { PrincipalMemberships } from '../conditional-access/facts/membership.ts';
import { membershipsOf } from '../conditional-access/facts/membership.ts';
import type { Truth } from '../conditional-access/result.ts';
import { and, any, not } from '../conditional-access/truth.ts';
import type { User } from '../tenant/directory.ts';
import { canBeId } from '../tenant/ids-of-lists.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import type { CheckedPolicy, Entry } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** Whether a policy's users hold an account: included by any entry and excluded by none (D-USERS). */
export function reaches(tenant: CheckedTenant, policy: CheckedPolicy, user: User): Truth {
  return and(side('include'), not(side('exclude')));

  function side(way: 'include' | 'exclude'): Truth {
    const memberships = membershipsOf(tenant.memberships, user.id.toLowerCase());
    return any([
      ...policy.list(`/conditions/users/${way}Users`).map((entry) => isNamed(entry, user, tenant)),
      ...policy.list(`/conditions/users/${way}Groups`).map(({ key }) => memberships.isMember(key)),
      ...policy.list(`/conditions/users/${way}Roles`).map(({ key }) => holds(key, memberships, tenant)),
      policy.list(`/conditions/users/${way}GuestsOrExternalUsers/guestOrExternalUserTypes`).length > 0 && isGuest(user),
      ...lostLists(policy.policy.conditions)
        .filter(({ condition, side }) => condition === 'users' && side === way)
        .map(({ ofGuests }) => (ofGuests === undefined ? 'unknown' : and('unknown', isGuest(user)))),
    ]);
  }
}

function isNamed({ key }: Entry, user: User, { tenant }: CheckedTenant): Truth {
  if (key === 'all') return true;
  if (key === 'none' || key === 'allagentidusers') return false;
  if (key === 'guestsorexternalusers') return isGuest(user);
  return canBeId(tenant, 'users', key) ? key === user.id.toLowerCase() : 'unknown';
}

function holds(key: string, memberships: PrincipalMemberships, { tenant }: CheckedTenant): Truth {
  return canBeId(tenant, 'roleDefinitions', key) ? memberships.holdsRole(key) : 'unknown';
}

/** An emergency access account is one of the tenant's own members; where its type is missing that stays open (D-EXCL). */
function isGuest({ userType, externalUserType }: User): Truth {
  if (externalUserType !== undefined) return externalUserType.toLowerCase() !== 'none';
  if (typeof userType !== 'string') return 'unknown';
  return userType.toLowerCase() !== 'member';
}
