import { PUBLISHED_EGRESS_RANGES } from '../network/gsa-ranges.ts';
import type { Tenant } from './tenant.ts';

/** The egress ranges of Global Secure Access: the tenant's own where it states them, else the published ones (POP). */
export function egressRangesOf(tenant: Pick<Tenant, 'globalSecureAccess'>): readonly string[] {
  return tenant.globalSecureAccess.egressRanges ?? PUBLISHED_EGRESS_RANGES;
}
