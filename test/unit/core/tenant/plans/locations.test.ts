import { describe, expect, test } from 'vitest';
import type { IpNamedLocation } from '../../../../../src/core/tenant/named-location.ts';
import type { Plan } from '../../../../../src/core/tenant/plans/change.ts';
import { applyPlan } from '../../../../../src/core/tenant/plans/edit.ts';
import {
  planAddLocation,
  planDeleteLocations,
  planRestoreLocations,
  planTrust,
} from '../../../../../src/core/tenant/plans/locations.ts';
import type { Planned } from '../../../../../src/core/tenant/plans/objects.ts';
import { sampleTenant } from '../../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';

const NOW = '2026-11-23T06:00:00Z';
const tenant = sampleTenant();
const HEADQUARTERS = locationNamed('Headquarters');
const BRANCH = locationNamed('Rotterdam branch office');
const VISITORS = locationNamed('Visitor network');
const COUNTRIES = locationNamed('Countries we work in');

const WAREHOUSE: IpNamedLocation = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: 'warehouse',
  displayName: 'Warehouse',
  isTrusted: false,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '198.51.100.130/28' }],
};

function locationNamed(name: string) {
  const location = tenant.namedLocations.find(({ displayName }) => displayName === name);
  if (location === undefined) throw new Error(`the sample lacks ${name}`);
  return location;
}

function made(planned: Planned): Plan {
  if ('refused' in planned) throw new Error(planned.refused);
  return planned;
}

describe('adding a location', () => {
  test('keeps it as written, host bits included, and dates it', () => {
    const plan = made(planAddLocation(tenant, WAREHOUSE, NOW));
    expect(plan.steps[0]?.activity).toEqual({
      activityDisplayName: 'Add named location',
      category: 'Policy',
      loggedByService: 'Conditional Access',
      operationType: 'Add',
      targetResources: [{ id: 'warehouse', displayName: 'Warehouse', type: 'NamedLocation' }],
    });
    expect(applyPlan(tenant, plan).namedLocations.at(-1)).toEqual({
      ...WAREHOUSE,
      createdDateTime: NOW,
      modifiedDateTime: NOW,
    });
  });

  test.each([
    [
      'an id that is taken',
      { ...WAREHOUSE, id: HEADQUARTERS.id.toUpperCase() },
      /^a named location with the id .* is there already$/,
    ],
    ['a bare address', { ...WAREHOUSE, ipRanges: [{ cidrAddress: '203.0.113.5' }] }, /without a prefix length/],
    ['a range without addresses', { ...WAREHOUSE, ipRanges: [{}] }, /neither `cidrAddress` nor/],
    [
      '2001 ranges',
      { ...WAREHOUSE, ipRanges: Array(2001).fill({ cidrAddress: '203.0.113.0/24' }) },
      /at most 2000 ranges/,
    ],
  ])('is refused for %s', (_, location, reason) => {
    expect(planAddLocation(tenant, location, NOW)).toEqual({ refused: expect.stringMatching(reason) });
  });

  test('is refused past 195 IP named locations', () => {
    const full: Tenant = {
      ...tenant,
      namedLocations: Array.from({ length: 195 }, (_, at) => ({ ...WAREHOUSE, id: `w${at}` })),
    };
    expect(planAddLocation(full, WAREHOUSE, NOW)).toEqual({
      refused: 'a tenant holds at most 195 IP named locations; delete others first',
    });
  });
});

describe('deleting a location', () => {
  const withWarehouse = applyPlan(tenant, made(planAddLocation(tenant, WAREHOUSE, NOW)));

  test('keeps it among the deleted ones', () => {
    const plan = made(planDeleteLocations(withWarehouse, ['WAREHOUSE'], NOW));
    expect(plan.steps.map(({ activity }) => activity.activityDisplayName)).toEqual(['Delete named location']);
    const after = applyPlan(withWarehouse, plan);
    expect(after.namedLocations).toEqual(tenant.namedLocations);
    expect(after.deletedItems.namedLocations).toMatchObject([{ id: 'warehouse', deletedDateTime: NOW }]);
  });

  test('is refused while it is trusted', () => {
    expect(planDeleteLocations(tenant, [HEADQUARTERS.id], NOW)).toEqual({
      refused: '`Headquarters` is trusted; remove the mark first',
    });
  });

  test('is refused while a policy names it', () => {
    expect(planDeleteLocations(tenant, [VISITORS.id], NOW)).toEqual({
      refused: '`Visitor network` is named by `CA010 Block Finance from the visitor network`',
    });
  });

  test('is all or nothing', () => {
    expect(planDeleteLocations(withWarehouse, ['warehouse', HEADQUARTERS.id], NOW)).toHaveProperty('refused');
  });
});

describe('restoring a location', () => {
  const trusted: IpNamedLocation = { ...WAREHOUSE, isTrusted: true, deletedDateTime: NOW };
  const deleted: Tenant = { ...tenant, deletedItems: { policies: [], namedLocations: [trusted] } };

  test('brings it back untrusted', () => {
    const after = applyPlan(deleted, made(planRestoreLocations(deleted, ['warehouse'], NOW)));
    expect(after.namedLocations.at(-1)).toEqual(WAREHOUSE);
    expect(after.deletedItems.namedLocations).toEqual([]);
  });

  test('is refused after 30 days and where the id is taken', () => {
    expect(planRestoreLocations(deleted, ['warehouse'], '2027-01-01T00:00:00Z')).toEqual({
      refused: '`Warehouse` was deleted more than 30 days ago',
    });
    const both: Tenant = { ...deleted, namedLocations: [WAREHOUSE] };
    expect(planRestoreLocations(both, ['warehouse'], NOW)).toHaveProperty('refused');
  });

  test('gives a country location no mark that it never had', () => {
    const gone: Tenant = {
      ...tenant,
      namedLocations: [],
      deletedItems: { policies: [], namedLocations: [{ ...COUNTRIES, deletedDateTime: NOW }] },
    };
    expect(applyPlan(gone, made(planRestoreLocations(gone, [COUNTRIES.id], NOW))).namedLocations).toEqual([COUNTRIES]);
  });
});

describe('trust', () => {
  test('is given to what lacks it and taken from what has it', () => {
    const given = made(planTrust(tenant, [VISITORS.id, BRANCH.id], true, NOW));
    expect(given.steps.map(({ activity }) => activity.targetResources[0]?.displayName)).toEqual(['Visitor network']);
    expect(applyPlan(tenant, given).namedLocations.find(({ id }) => id === VISITORS.id)).toEqual({
      ...VISITORS,
      isTrusted: true,
      modifiedDateTime: NOW,
    });
    const taken = made(planTrust(tenant, [VISITORS.id, BRANCH.id], false, NOW));
    expect(taken.steps.map(({ activity }) => activity.targetResources[0]?.displayName)).toEqual([
      'Rotterdam branch office',
    ]);
  });

  test('is refused for countries', () => {
    expect(planTrust(tenant, [COUNTRIES.id], true, NOW)).toEqual({
      refused: '`Countries we work in` is neither IP ranges nor the compliant network; it cannot be trusted',
    });
  });
});
