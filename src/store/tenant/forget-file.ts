import type { Tenant } from '../../core/tenant/tenant.ts';
import { forgetList } from './list-bytes.ts';
import { keepOnlyRanges } from './range-run.ts';

/**
 * Lets go of the bytes that a tenant was read from, for who will not write it: they are kept so that what did not change is written as it
 * stands. The tenant stays as it is; where it is written all the same, that only takes longer.
 */
export function forgetFile(tenant: Tenant): void {
  for (const list of Object.values(tenant)) if (Array.isArray(list)) forgetList(list);
  for (const location of tenant.namedLocations) keepOnlyRanges(location);
}
