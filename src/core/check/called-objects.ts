import { findApplication } from '../conditional-access/facts/application-names.ts';
import type { IdsOf } from '../graph/policy-members.ts';
import { CONDITIONS } from '../graph/policy-members.ts';
import { lower, objects } from '../tenant/policy-words.ts';
import { BUILT_IN_ROLES } from '../tenant/roles/built-in-roles.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** What belongs in the place of a name: the id of the only object that is called so; `undefined`: none is, or several are. */
export function idOfOnly(tenant: Tenant, of: IdsOf, name: string): string | undefined {
  if (of === 'applications') return applicationCalled(tenant, name);
  const wanted = name.trim().toLowerCase();
  const called = namesOf(tenant, of).filter(({ names }) => names.some((each) => lower(each) === wanted));
  const ids = new Set(called.map(({ id }) => id));
  return ids.size === 1 ? [...ids][0] : undefined;
}

interface Called {
  readonly id: string;
  readonly names: readonly unknown[];
}

function namesOf(tenant: Tenant, of: Exclude<IdsOf, 'applications'>): readonly Called[] {
  switch (of) {
    case 'users':
      return objects(tenant.users).map(({ id, displayName, userPrincipalName }) => ({
        id,
        names: [displayName, userPrincipalName],
      }));
    case 'roleDefinitions':
      return [
        ...objects(tenant.roleDefinitions).map(({ id, templateId, displayName }) => ({
          id: templateId ?? id,
          names: [displayName],
        })),
        ...BUILT_IN_ROLES.map(({ templateId, displayName }) => ({ id: templateId, names: [displayName] })),
      ];
    case 'groups':
    case 'servicePrincipals':
      return objects<{ readonly id: string; readonly displayName?: string }>(tenant[of]).map(({ id, displayName }) => ({
        id,
        names: [displayName],
      }));
    default:
      return [];
  }
}

/** By its name, or by one of Graph's words as the portal writes it, with spaces. */
function applicationCalled(tenant: Tenant, name: string): string | undefined {
  const joined = name.replaceAll(' ', '').toLowerCase();
  const word = CONDITIONS.applications.members.includeApplications.words.find((each) => each.toLowerCase() === joined);
  if (word !== undefined) return word;
  const application = findApplication(tenant, name);
  return 'found' in application ? application.found.appId : undefined;
}
