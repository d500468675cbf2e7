import type { IdsOf } from '../graph/policy-members.ts';
import { ID_LISTS } from '../graph/policy-rows.ts';
import { unknownValuesOf } from '../tenant/policy-values.ts';
import { valueAt } from '../values/value-at.ts';
import type { CheckedPolicy, Entry } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** What Graph allows in the lists of a policy (CSDL-v1, CSDL-beta); ids of the tenant's own count too. */

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** c1 to c99 (D-APPS). */
const AUTHENTICATION_CONTEXT = /^c[1-9][0-9]?$/;

/** Entries that are no object id, no word of Graph, and no id of the tenant's own: mostly placeholders of templates. */
export function unknownIds(tenant: CheckedTenant, policy: CheckedPolicy): Entry[] {
  return ID_LISTS.flatMap(({ pointer, words, of }) => {
    const known = words.map((word) => word.toLowerCase());
    return policy.list(pointer).filter(({ key }) => !known.includes(key) && !isId(tenant, of, key));
  });
}

/** Values of the policy's enumerations that Graph does not have, its state aside. */
export function unknownWords(policy: CheckedPolicy): Entry[] {
  if (typeof valueAt(policy.policy, '/conditions') !== 'object' || policy.policy.conditions === null) return [];
  return unknownValuesOf(policy.policy)
    .filter(({ pointer }) => pointer !== '/state')
    .map(({ pointer, value }) => ({ pointer, value, key: value.toLowerCase() }));
}

function isId({ tenant }: CheckedTenant, of: IdsOf, key: string): boolean {
  if (of === 'authenticationContexts') return AUTHENTICATION_CONTEXT.test(key);
  if (GUID.test(key)) return true;
  if (of === 'applications') return (tenant.servicePrincipals ?? []).some(({ appId }) => appId?.toLowerCase() === key);
  const list: readonly { readonly id: string }[] = tenant[of] ?? [];
  return list.some(({ id }) => id.toLowerCase() === key);
}
