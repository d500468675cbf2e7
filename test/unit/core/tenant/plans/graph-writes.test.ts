import { describe, expect, test } from 'vitest';
import type { NamedLocation } from '../../../../../src/core/tenant/named-location.ts';
import type { Plan } from '../../../../../src/core/tenant/plans/change.ts';
import {
  planAddPolicy,
  planPurgeLocation,
  planPurgePolicy,
  planUpdateLocation,
  planUpdatePolicy,
} from '../../../../../src/core/tenant/plans/graph-writes.ts';
import type { Planned } from '../../../../../src/core/tenant/plans/objects.ts';
import { countryLocation, ipLocation, policyWith, tenantWith } from '../../dependencies/contoso.ts';

const NOW = '2026-11-23T06:00:00Z';
const TRUSTED_IPS = '00000000-0000-0000-0000-000000000000';
const OFFICE = ipLocation('office', ['203.0.113.0/24']);
const tenant = tenantWith({ namedLocations: [OFFICE] });
const at = (...include: string[]) => policyWith({ id: 'CA1', include });
const wrong = (policy: ReturnType<typeof policyWith>, clientAppTypes: string[]) =>
  ({ ...policy, conditions: { ...policy.conditions, clientAppTypes } }) as ReturnType<typeof policyWith>;

function refusal(planned: Planned): string | undefined {
  return 'refused' in planned ? planned.refused : undefined;
}

function step(planned: Planned): Plan['steps'][number] | undefined {
  return 'refused' in planned ? undefined : planned.steps[0];
}

describe('a policy that is added', () => {
  test('has its times from now on', () => {
    expect(step(planAddPolicy({ ...tenant, policiesKnown: true }, at('office'), NOW))).toMatchObject({
      activity: { activityDisplayName: 'Add conditional access policy', targetResources: [{ id: 'CA1' }] },
      changes: [{ list: 'policies', id: 'CA1', before: null, after: { createdDateTime: NOW, modifiedDateTime: null } }],
    });
  });

  test('does not make the others known, of which nobody saw any', () => {
    const marks = (of: typeof tenant) => step(planAddPolicy(of, at('office'), NOW))?.changes.slice(1);
    expect(marks(tenant)).toEqual([{ setting: 'policiesKnown', before: null, after: false }]);
    expect(marks(tenantWith({ namedLocations: [OFFICE], policies: [policyWith({ id: 'CA0' })] }))).toEqual([]);
  });

  test.each([
    ['a location that is gone', at('nowhere'), '1040: NamedLocation with id nowhere does not exist'],
    ['a word that Graph does not know', wrong(at('All'), ['telephone']), '`telephone` is no value'],
  ])('is refused for %s', (_, policy, why) => {
    expect(refusal(planAddPolicy(tenant, policy, NOW))).toContain(why);
  });

  test.each([
    ['of any case', at('OFFICE')],
    ['that mean the MFA trusted IPs', at(TRUSTED_IPS)],
    ['that are words', at('AllTrusted')],
  ])('may name locations %s', (_, policy) => {
    expect(refusal(planAddPolicy(tenant, policy, NOW))).toBeUndefined();
  });

  test('may name any location where nobody knows which there are', () => {
    expect(refusal(planAddPolicy({ ...tenant, namedLocationsKnown: false }, at('nowhere'), NOW))).toBeUndefined();
  });

  test('is refused where the tenant is full', () => {
    const policies = (count: number) =>
      Array.from({ length: count }, (_, each) => ({ ...at('All'), id: String(each) }));
    expect(refusal(planAddPolicy({ ...tenant, policies: policies(195) }, at('All'), NOW))).toContain('at most 195');
    expect(refusal(planAddPolicy({ ...tenant, policies: policies(194) }, at('All'), NOW))).toBeUndefined();
  });
});

describe('a policy in the place of another', () => {
  test('is refused for what is newly wrong, and not for what was wrong already', () => {
    expect(refusal(planUpdatePolicy(tenant, at('All'), at('nowhere'), NOW))).toContain('1040');
    expect(refusal(planUpdatePolicy(tenant, at('nowhere'), at('nowhere', 'office'), NOW))).toBeUndefined();
    expect(refusal(planUpdatePolicy(tenant, at('nowhere'), at('nowhere', 'lost'), NOW))).toContain('lost');
    const telephone = wrong(at('All'), ['telephone']);
    expect(refusal(planUpdatePolicy(tenant, at('All'), telephone, NOW))).toContain('telephone');
    expect(refusal(planUpdatePolicy(tenant, telephone, telephone, NOW))).toBeUndefined();
  });

  test('was changed now', () => {
    expect(step(planUpdatePolicy(tenant, at('All'), at('office'), NOW))).toMatchObject({
      activity: { operationType: 'Update' },
      changes: [{ id: 'CA1', before: { id: 'CA1' }, after: { modifiedDateTime: NOW } }],
    });
  });
});

describe('a location in the place of another', () => {
  const ranges = (count: number) => Array.from({ length: count }, (_, each) => `203.0.${each % 256}.${each >> 8}/32`);

  test('was changed now', () => {
    expect(step(planUpdateLocation(OFFICE, { ...OFFICE, displayName: 'HQ' }, NOW))).toMatchObject({
      activity: { operationType: 'Update' },
      changes: [
        {
          list: 'namedLocations',
          before: { displayName: 'office' },
          after: { displayName: 'HQ', modifiedDateTime: NOW },
        },
      ],
    });
  });

  test.each<[string, NamedLocation, string | undefined]>([
    ['ranges that are none', ipLocation('office', ['nonsense']), 'nonsense'],
    ['more ranges than Graph takes', ipLocation('office', ranges(2001)), 'at most 2000 ranges'],
    ['no reason at the limit', ipLocation('office', ranges(2000)), undefined],
    ['no reason where it is a country', countryLocation('office', ['NL']), undefined],
  ])('is refused for %s', (_, location, why) => {
    const refused = refusal(planUpdateLocation(OFFICE, location, NOW));
    if (why === undefined) expect(refused).toBeUndefined();
    else expect(refused).toContain(why);
  });
});

test('what is removed for good is gone from the deleted ones, and the journal says so', () => {
  expect(step(planPurgePolicy(at('All')))).toMatchObject({
    activity: { activityDisplayName: 'Hard Delete conditional access policy' },
    changes: [{ list: 'deletedPolicies', id: 'CA1', after: null }],
  });
  expect(step(planPurgeLocation(OFFICE))).toMatchObject({
    activity: { activityDisplayName: 'Hard Delete named location' },
    changes: [{ list: 'deletedNamedLocations', id: 'office', after: null }],
  });
});
