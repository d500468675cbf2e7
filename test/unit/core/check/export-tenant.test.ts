import { describe, expect, test } from 'vitest';
import { checkTenant, skippedRules } from '../../../../src/core/check/check.ts';
import { tenantOfExport } from '../../../../src/core/check/export-tenant.ts';
import type { TenantParts } from '../../../../src/core/tenant/plans/tenant-parts.ts';
import { HQ, LONG_AGO, location, NOW, outside, policy } from './tenants.ts';

const nothing: TenantParts = {
  policies: [],
  namedLocations: [],
  users: [],
  groups: [],
  roleAssignments: [],
  roleDefinitions: [],
  servicePrincipals: [],
};
const byAddress = policy({ conditions: outside(HQ) });
const rulesOf = (parts: TenantParts) => {
  const { tenant, notKnown } = tenantOfExport(parts);
  return checkTenant(tenant, { now: NOW, notKnown }).map(({ ruleId }) => ruleId);
};

describe('an export that is checked without a tenant', () => {
  test('of policies alone says nothing about the locations that it lacks', () => {
    expect(rulesOf({ ...nothing, policies: [byAddress] })).toEqual([]);
    const { notKnown } = tenantOfExport({ ...nothing, policies: [byAddress] });
    expect(notKnown).toEqual(['createdDateTime', 'namedLocations', 'signalingStatus']);
    expect(skippedRules({ now: NOW, notKnown }).map(({ ruleId }) => ruleId)).toContain('GSA030');
  });

  test('of locations alone does not call them unused', () => {
    expect(rulesOf({ ...nothing, namedLocations: [location()] })).toEqual([]);
  });

  test('with both finds what does not fit', () => {
    const parts = {
      ...nothing,
      policies: [byAddress],
      namedLocations: [location({ id: '30000000-0000-4000-8000-000000000002' })],
    };
    expect(rulesOf(parts)).toEqual(['GSA030', 'GSA031']);
  });

  test('with the setting knows that signaling is off', () => {
    const parts: TenantParts = {
      ...nothing,
      policies: [byAddress],
      namedLocations: [location()],
      conditionalAccess: { signalingStatus: 'disabled' },
    };
    expect(rulesOf(parts)).toEqual(['GSA001']);
  });

  test('leaves deleted items out', () => {
    const deleted = { ...policy({ grantControls: null }), deletedDateTime: LONG_AGO };
    expect(rulesOf({ ...nothing, policies: [deleted] })).toEqual([]);
  });
});
