import { unknownValuesOf } from '../tenant/policy-values.ts';
import type { CheckedPolicy, Entry, ListPath } from './checked-policy.ts';
import { memberAt } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** What Graph allows in the lists of a policy (reference conditional-access §1.3); ids of the tenant's own count too. */

interface IdList {
  readonly path: ListPath;
  /** Words that may stand beside the ids, in lower case. */
  readonly words: readonly string[];
  /** Whose ids; the tenant's own are known whatever they look like. */
  readonly of: 'users' | 'groups' | 'roleDefinitions' | 'servicePrincipals' | 'applications' | 'authenticationContexts';
}

const ID_LISTS: readonly IdList[] = [
  { path: '/conditions/users/includeUsers', words: ['all', 'none', 'guestsorexternalusers'], of: 'users' },
  { path: '/conditions/users/excludeUsers', words: ['guestsorexternalusers'], of: 'users' },
  { path: '/conditions/users/includeGroups', words: [], of: 'groups' },
  { path: '/conditions/users/excludeGroups', words: [], of: 'groups' },
  { path: '/conditions/users/includeRoles', words: [], of: 'roleDefinitions' },
  { path: '/conditions/users/excludeRoles', words: [], of: 'roleDefinitions' },
  {
    path: '/conditions/clientApplications/includeServicePrincipals',
    words: ['serviceprincipalsinmytenant'],
    of: 'servicePrincipals',
  },
  { path: '/conditions/clientApplications/excludeServicePrincipals', words: [], of: 'servicePrincipals' },
  {
    path: '/conditions/applications/includeApplications',
    words: ['all', 'none', 'office365', 'microsoftadminportals'],
    of: 'applications',
  },
  {
    path: '/conditions/applications/excludeApplications',
    words: ['office365', 'microsoftadminportals'],
    of: 'applications',
  },
  {
    path: '/conditions/applications/includeAuthenticationContextClassReferences',
    words: [],
    of: 'authenticationContexts',
  },
];

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** c1 to c99 (D-APPS). */
const AUTHENTICATION_CONTEXT = /^c[1-9][0-9]?$/;

/** Entries that are no object id, no word of Graph, and no id of the tenant's own: mostly placeholders of templates. */
export function unknownIds(tenant: CheckedTenant, policy: CheckedPolicy): Entry[] {
  return ID_LISTS.flatMap(({ path, words, of }) =>
    policy.list(path).filter(({ key }) => !words.includes(key) && !isId(tenant, of, key)),
  );
}

/** Values of the policy's enumerations that Graph does not have, its state aside. */
export function unknownWords(policy: CheckedPolicy): Entry[] {
  if (typeof memberAt(policy.policy, '/conditions') !== 'object' || policy.policy.conditions === null) return [];
  return unknownValuesOf(policy.policy)
    .filter(({ pointer }) => pointer !== '/state')
    .map(({ pointer, value }) => ({ pointer, value, key: value.toLowerCase() }));
}

function isId({ tenant }: CheckedTenant, of: IdList['of'], key: string): boolean {
  if (of === 'authenticationContexts') return AUTHENTICATION_CONTEXT.test(key);
  if (GUID.test(key)) return true;
  if (of === 'applications') return (tenant.servicePrincipals ?? []).some(({ appId }) => appId?.toLowerCase() === key);
  const list: readonly { readonly id: string }[] = tenant[of] ?? [];
  return list.some(({ id }) => id.toLowerCase() === key);
}
