import { buildEgressIndex, isGlobalSecureAccessEgress } from '../../../core/network/gsa-ranges.ts';
import type { Tenant } from '../../../core/tenant/tenant.ts';
import type { NetworkFacts } from './network-path-of.ts';

/** What a tenant says of its own egress, where that is not the published one. */
export function egressOf({ globalSecureAccess: { egressRanges } }: Tenant): Pick<NetworkFacts, 'isEgress'> {
  if (egressRanges === undefined) return {};
  const index = buildEgressIndex(egressRanges);
  return { isEgress: (address) => isGlobalSecureAccessEgress(address, index) };
}
