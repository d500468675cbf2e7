import type { IdsOf } from '../graph/policy-members.ts';
import { ID_LISTS } from '../graph/policy-rows.ts';
import { isName } from '../tenant/ids-of-lists.ts';
import { unknownValuesOf } from '../tenant/policy-values.ts';
import { valueAt } from '../values/value-at.ts';
import type { CheckedPolicy, Entry } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';

/** What Graph allows in the lists of a policy (CSDL-v1, CSDL-beta); ids of the tenant's own count too. */

/** An entry that is no id, and what it belongs to. */
export interface UnknownId extends Entry {
  readonly of: IdsOf;
}

/** Entries that are no object id, no word of Graph, and no id of the tenant's own: names, and placeholders of templates. */
export function unknownIds({ tenant }: CheckedTenant, policy: CheckedPolicy): UnknownId[] {
  return ID_LISTS.flatMap((list) =>
    policy
      .list(list.pointer)
      .filter(({ key }) => isName(tenant, list, key))
      .map((entry) => ({ ...entry, of: list.of })),
  );
}

/** Values of the policy's enumerations that Graph does not have, its state aside. */
export function unknownWords(policy: CheckedPolicy): Entry[] {
  if (typeof valueAt(policy.policy, '/conditions') !== 'object' || policy.policy.conditions === null) return [];
  return unknownValuesOf(policy.policy)
    .filter(({ pointer }) => pointer !== '/state')
    .map(({ pointer, value }) => ({ pointer, value, key: value.toLowerCase() }));
}
