import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worldOf } from '../../../src/core/impact/world.ts';
import { factKeyQuery, KQL_TABLES } from '../../../src/engines/kql/fact-key-query.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { kustoDiagnostics } from '../../support/kusto.ts';

const [tenant] = fc.sample(tenants(), { seed: 4, numRuns: 1 });
if (tenant === undefined) throw new Error('no tenant');
const compiled = [worldOf(tenant, 'enabled').compiled];

describe('the query in KQL', () => {
  test.each([
    [KQL_TABLES],
    [KQL_TABLES.slice(0, 1)],
    [KQL_TABLES.slice(1, 2)],
    [KQL_TABLES.slice(0, 2)],
    [KQL_TABLES.slice(2)],
  ])('of %j is sound against the documented tables', (tables) => {
    expect(kustoDiagnostics(factKeyQuery(compiled, { tables, since: '30d' }))).toEqual([]);
  });

  test('is sound for a tenant without any location, and without a policy in it', () => {
    const query = factKeyQuery([worldOf({ ...tenant, namedLocations: [] }, 'enabled').compiled], {
      tables: KQL_TABLES,
      since: '12h',
    });
    expect(kustoDiagnostics(query)).toEqual([]);
    for (const { id } of tenant.policies) expect(query).not.toContain(id);
  });

  test.each([[KQL_TABLES], [KQL_TABLES.slice(0, 1)], [KQL_TABLES.slice(1, 2)], [KQL_TABLES.slice(0, 2)]])(
    'of %j is sound where traffic tells the own address',
    (tables) => {
      const query = factKeyQuery(compiled, { tables, since: '30d', hasTraffic: true });
      expect(kustoDiagnostics(query)).toEqual([]);
      expect(query).toMatch(/NetworkAccessTraffic.*SourceIpAddressClass/s);
    },
  );

  test('asks for no traffic of workloads, which come from no device of a user', () => {
    const asked = { tables: KQL_TABLES.slice(2), since: '30d' };
    expect(factKeyQuery(compiled, { ...asked, hasTraffic: true })).toBe(factKeyQuery(compiled, asked));
  });

  test.each([
    [1_900, 'by their class'],
    [2_001, 'as they are'],
  ])('has the addresses of %d networks %s, and stays short', (count, how) => {
    const ranges = Array.from({ length: count }, (_, at) => ({
      '@odata.type': '#microsoft.graph.iPv4CidrRange',
      // Every other address, so that no two of them are one network.
      cidrAddress: `198.51.${(at * 2) >> 8}.${(at * 2) & 255}/32`,
    }));
    const location = { '@odata.type': '#microsoft.graph.ipNamedLocation', id: 'many', displayName: 'Many' };
    const known = { ...tenant, namedLocations: [{ ...location, isTrusted: false, ipRanges: ranges }] };
    const lacking = {
      ...known,
      globalSecureAccess: { ...known.globalSecureAccess, egressRanges: [] },
    } as typeof tenant;
    const query = factKeyQuery([worldOf(lacking, 'enabled').compiled], { tables: KQL_TABLES, since: '30d' });
    expect(kustoDiagnostics(query)).toEqual([]);
    expect(query.includes('ipv4_lookup')).toBe(how === 'by their class');
    expect(query.length).toBeLessThan(60_000);
  });

  test('would not be with a column that no table has', () => {
    const query = factKeyQuery(compiled, { tables: KQL_TABLES.slice(0, 1), since: '30d' }).replaceAll(
      'UserType',
      'KindOfUser',
    );
    expect(kustoDiagnostics(query).join()).toMatch(/KS142|KindOfUser/);
  });
});
