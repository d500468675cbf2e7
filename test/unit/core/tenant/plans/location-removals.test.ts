import { describe, expect, test } from 'vitest';
import type { NamedLocation } from '../../../../../src/core/tenant/named-location.ts';
import type { SlotChange } from '../../../../../src/core/tenant/plans/change.ts';
import { protectedRemovals } from '../../../../../src/core/tenant/plans/location-removals.ts';
import { countryLocation, ipLocation, policyWith, tenantWith } from '../../dependencies/contoso.ts';

const OFFICE = ipLocation('Office', ['203.0.113.0/24']);
const TRUSTED = ipLocation('Trusted', ['203.0.113.0/24'], true);
const HOME = countryLocation('Home', ['NL']);
const { isTrusted: _, ...LOST } = { ...OFFICE, isTrusted: false };

const gone = (list: 'namedLocations' | 'policies', id: string): SlotChange => ({ list, id, before: {}, after: null });
const names = policyWith({ id: 'CA1', include: ['office'] });

function removals(locations: readonly NamedLocation[], policies: readonly object[], ...changes: readonly SlotChange[]) {
  const tenant = tenantWith({ namedLocations: locations, policies: policies as never });
  const activity = {
    activityDisplayName: '',
    category: '',
    loggedByService: '',
    operationType: 'Import' as const,
    targetResources: [],
  };
  return protectedRemovals(tenant, { steps: [{ activity, changes }] });
}

describe('a location that goes with an import stands in the way', () => {
  test('where a policy still names it, in any case', () => {
    expect(removals([OFFICE], [names], gone('namedLocations', 'Office'))).toEqual([
      { id: 'Office', displayName: 'Office', isTrusted: false, policies: [names.displayName] },
    ]);
  });

  test('where it is trusted, or may be', () => {
    expect(removals([TRUSTED], [], gone('namedLocations', 'Trusted'))).toMatchObject([
      { isTrusted: true, policies: [] },
    ]);
    expect(removals([LOST as NamedLocation], [], gone('namedLocations', 'Office'))).toMatchObject([
      { isTrusted: undefined },
    ]);
  });

  test.each<[string, readonly NamedLocation[], readonly object[], readonly SlotChange[]]>([
    ['where it is neither', [OFFICE], [], [gone('namedLocations', 'Office')]],
    ['where it is a country, which cannot be trusted', [HOME], [], [gone('namedLocations', 'Home')]],
    ['where the policy goes too', [OFFICE], [names], [gone('namedLocations', 'Office'), gone('policies', 'CA1')]],
    ['where it stays', [TRUSTED], [], []],
  ])('not %s', (_name, locations, policies, changes) => {
    expect(removals(locations, policies, ...changes)).toEqual([]);
  });

  test('not where the policy names it no longer', () => {
    const changed: SlotChange = {
      ...{ list: 'policies', id: 'CA1', before: { ...names } },
      after: { ...policyWith({ id: 'CA1', include: ['All'] }) },
    };
    expect(removals([OFFICE], [names], gone('namedLocations', 'Office'), changed)).toEqual([]);
  });
});
