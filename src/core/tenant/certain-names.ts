import { heldRoles } from './roles/held-roles.ts';
import type { Tenant } from './tenant.ts';

/** What says who somebody is and what they may. */
export type People = Pick<Tenant, 'users' | 'groups' | 'roleAssignments' | 'roleDefinitions'>;

/**
 * The ids and principal names, in lower case, by each of which `findUser` finds one person and no other, with the template ids of
 * the roles that this person holds; of somebody whose account is disabled, none.
 */
export function* rolesByCertainName(tenant: People): Generator<[string, readonly string[]]> {
  const users = tenant.users ?? [];
  const ids = counted(users.map(({ id }) => id.toLowerCase()));
  const names = counted(users.flatMap(({ userPrincipalName }) => userPrincipalName?.toLowerCase() ?? []));
  const rolesOf = heldRoles(tenant);
  for (const { id, userPrincipalName, accountEnabled } of users) {
    const roles = accountEnabled === false ? [] : [...rolesOf(id)];
    const name = userPrincipalName?.toLowerCase();
    if (ids.get(id.toLowerCase()) === 1) yield [id.toLowerCase(), roles];
    // An id wins over a name.
    if (name !== undefined && names.get(name) === 1 && !ids.has(name)) yield [name, roles];
  }
}

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * People of whom nothing is known but one name of each and their roles: `findUser` and the rights find in them what they find in the
 * tenant.
 */
export function peopleNamed(roles: ReadonlyMap<string, readonly string[]>): People {
  return {
    users: [...roles.keys()].map((name) => ({ id: name })),
    groups: [],
    roleDefinitions: [],
    roleAssignments: [...roles].flatMap(([principalId, held]) =>
      held.map((roleDefinitionId) => ({
        principalId,
        roleDefinitionId,
        directoryScopeId: '/',
        status: 'active' as const,
      })),
    ),
  };
}
