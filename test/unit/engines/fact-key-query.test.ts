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
    expect(kustoDiagnostics(factKeyQuery(compiled, tables, '30d'))).toEqual([]);
  });

  test('is sound for a tenant without any location, and without a policy in it', () => {
    const query = factKeyQuery([worldOf({ ...tenant, namedLocations: [] }, 'enabled').compiled], KQL_TABLES, '12h');
    expect(kustoDiagnostics(query)).toEqual([]);
    for (const { id } of tenant.policies) expect(query).not.toContain(id);
  });

  test('would not be with a column that no table has', () => {
    const query = factKeyQuery(compiled, KQL_TABLES.slice(0, 1), '30d').replaceAll('UserType', 'KindOfUser');
    expect(kustoDiagnostics(query).join()).toMatch(/KS142|KindOfUser/);
  });
});
