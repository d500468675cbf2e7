import fc from 'fast-check';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { directories, TENANT_ID } from './directory.ts';
import { locations } from './location.ts';
import { policies } from './policy.ts';

/** A tenant of the small world, with the given or random policies; ids of policies are unique. */
export function tenants(
  policyLists: fc.Arbitrary<readonly ConditionalAccessPolicy[]> = fc.uniqueArray(policies(), {
    maxLength: 40,
    selector: ({ id }) => id,
  }),
): fc.Arbitrary<Tenant> {
  return fc
    .record({
      directory: directories,
      policies: policyLists,
      namedLocations: locations,
      mfaTrustedIps: fc.option(fc.subarray(['198.51.100.0/27', '192.0.2.0/24']), { nil: undefined, freq: 4 }),
      signalingStatus: fc.constantFrom('enabled', 'disabled'),
    })
    .map(({ directory, mfaTrustedIps, signalingStatus, ...lists }) => ({
      tenantId: TENANT_ID,
      displayName: 'Contoso',
      createdDateTime: '2024-01-01T00:00:00Z',
      ...lists,
      ...directory,
      ...(mfaTrustedIps === undefined ? {} : { mfaTrustedIps }),
      deletedItems: { policies: [], namedLocations: [] },
      globalSecureAccess: { conditionalAccess: { signalingStatus } },
      settings: {},
    }));
}
