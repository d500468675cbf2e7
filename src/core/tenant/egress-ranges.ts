import { PUBLISHED_EGRESS_RANGES } from '../network/gsa-ranges.ts';
import type { Tenant } from './tenant.ts';

/** Where Global Secure Access leaves: the tenant's own ranges where it states them, else the published ones (POP). */
export function egressRangesOf(tenant: Pick<Tenant, 'globalSecureAccess'>): readonly string[] {
  return tenant.globalSecureAccess.egressRanges ?? PUBLISHED_EGRESS_RANGES;
}
