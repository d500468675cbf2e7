import { peopleNamed } from '../../core/tenant/certain-names.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { Session } from '../../shell/session.ts';
import { mayAct } from '../acting.ts';
import type { LogFilterOptions } from './filters.ts';
import type { SearchedTenant } from './selection.ts';

/** As much of a tenant as a list of its log needs. */
export type ListedTenant = SearchedTenant & Pick<Tenant, 'settings' | 'groups' | 'roleAssignments' | 'roleDefinitions'>;

/**
 * The tenant as the log knows it, with nobody but who acts and who is asked for: by it both are found as in the whole tenant, whose
 * people would take longer to read than the log takes to answer. `undefined`: the log does not know them, or not that who acts
 * may read it, or more of the tenant is named.
 */
export async function knownPeople(
  session: Pick<Session, 'knownToLog' | 'globals'>,
  { user, policy, location }: LogFilterOptions,
): Promise<ListedTenant | undefined> {
  if (policy !== undefined || location !== undefined) return undefined;
  const known = await session.knownToLog();
  if (known === undefined) return undefined;
  const { settings } = known;
  const named = [session.globals.as ?? settings.defaultAdministrator, user].filter((name) => name !== undefined);
  const roles = new Map<string, readonly string[]>();
  for (const name of named) {
    const held = known.rolesOf(name);
    if (held === undefined) return undefined;
    roles.set(name.toLowerCase(), held);
  }
  const tenant = { ...NOTHING_ELSE, settings, ...peopleNamed(roles) };
  return mayAct(session, tenant, ['signin.read']) ? tenant : undefined;
}

const NOTHING_ELSE = { policies: [], namedLocations: [], deletedItems: { policies: [], namedLocations: [] } };
