import type { IdsOf } from '../graph/policy-members.ts';
import type { IdList } from '../graph/policy-rows.ts';
import { ID_LISTS } from '../graph/policy-rows.ts';
import { isGuid } from '../values/guid.ts';
import { lower, objects } from './policy-words.ts';
import type { Tenant } from './tenant.ts';

/** c1 to c99 (D-APPS). */
const AUTHENTICATION_CONTEXT = /^c[1-9][0-9]?$/;

/** The words of Graph that stand beside ids, in lower case: nearly every entry that is no GUID. */
const WORDS: ReadonlySet<string> = new Set(ID_LISTS.flatMap(({ words }) => words.map((word) => word.toLowerCase())));

/**
 * Whether an entry of a policy's list can be the id that belongs there, whether the tenant has the object or not: a GUID, or an id
 * that the tenant itself gives to one. Entra takes nothing else beside its words (G-USERS, G-APPS, G-COND), so any other entry is a
 * name or a placeholder that somebody put in the place of an id, and which object it stands for is not known.
 */
export function canBeId(tenant: Tenant, of: IdsOf, entry: string): boolean {
  const id = entry.toLowerCase();
  if (of === 'authenticationContexts') return AUTHENTICATION_CONTEXT.test(id);
  return isGuid(id) || (!WORDS.has(id) && ownIds(tenant, of).has(id));
}

/** Whether an entry of the list is neither an id nor one of Graph's words. */
export function isName(tenant: Tenant, { of, words }: Pick<IdList, 'of' | 'words'>, entry: string): boolean {
  return !canBeId(tenant, of, entry) && !words.some((word) => word.toLowerCase() === entry.toLowerCase());
}

/** What the objects of a list are called in a fact. */
const CALLED: Readonly<Record<IdsOf, string>> = {
  users: 'users',
  groups: 'groups',
  roleDefinitions: 'roles',
  servicePrincipals: 'servicePrincipals',
  applications: 'applications',
  tenants: 'tenants',
  authenticationContexts: 'authentication contexts',
};

/** The fact that is lacking where an entry is no id: what it stands for. */
export function nameFact(of: IdsOf, entry: string): string {
  return `meaning of ${CALLED[of]} ${entry}`;
}

type OfObjects = Exclude<IdsOf, 'authenticationContexts'>;

/** Ids of a tenant in lower case, read where an entry is neither a GUID nor a word, which in a policy of Entra none is. */
const READ = new WeakMap<Tenant, Map<OfObjects, ReadonlySet<string>>>();

function ownIds(tenant: Tenant, of: OfObjects): ReadonlySet<string> {
  const read = READ.get(tenant) ?? new Map<OfObjects, ReadonlySet<string>>();
  READ.set(tenant, read);
  const ids = read.get(of) ?? new Set(idsIn(tenant, of).flatMap((id) => lower(id) ?? []));
  read.set(of, ids);
  return ids;
}

function idsIn(tenant: Tenant, of: OfObjects): readonly unknown[] {
  switch (of) {
    case 'roleDefinitions':
      return objects(tenant.roleDefinitions).flatMap(({ id, templateId }) => [id, templateId]);
    case 'applications':
      return objects(tenant.servicePrincipals).map(({ appId }) => appId);
    case 'tenants':
      return [tenant.tenantId, ...objects(tenant.users).map(({ homeTenantId }) => homeTenantId)];
    default:
      return objects<{ readonly id: string }>(tenant[of]).map(({ id }) => id);
  }
}
