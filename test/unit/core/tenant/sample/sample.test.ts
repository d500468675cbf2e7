import { describe, expect, test } from 'vitest';
import { parseRange, rangeIsWithin } from '../../../../../src/core/network/range.ts';
import { rangesOf } from '../../../../../src/core/tenant/location-ranges.ts';
import { isIpNamedLocation } from '../../../../../src/core/tenant/named-location.ts';
import { emptyTenant, sampleTenant } from '../../../../../src/core/tenant/sample/sample.ts';
import { validateTenant } from '../../../../../src/core/tenant/validate.ts';

describe('the sample tenant', () => {
  const tenant = sampleTenant();

  test('has nothing wrong with it', () => {
    expect(validateTenant(tenant)).toEqual([]);
  });

  test('is the same every time and survives JSON', () => {
    expect(sampleTenant()).toEqual(tenant);
    expect(JSON.parse(JSON.stringify(tenant))).toEqual(tenant);
  });

  test('uses documentation addresses only', () => {
    const documentation = ['203.0.113.0/24', '198.51.100.0/24', '2001:db8::/32'].flatMap((text) => {
      const reading = parseRange(text);
      return 'range' in reading ? [reading.range] : [];
    });
    const ranges = tenant.namedLocations.filter(isIpNamedLocation).flatMap((location) => [...rangesOf(location)]);
    expect(ranges.length).toBeGreaterThan(0);
    for (const range of ranges)
      expect([range.text, documentation.some((one) => rangeIsWithin(range, one))]).toEqual([range.text, true]);
  });

  test('starts with signaling enabled when created on or after 2025-06-01, disabled before', () => {
    const status = (createdDateTime: string) =>
      sampleTenant({ createdDateTime }).globalSecureAccess.conditionalAccess.signalingStatus;
    expect(status('2025-06-01T00:00:00Z')).toBe('enabled');
    expect(status('2025-05-31T23:59:59Z')).toBe('disabled');
    expect(tenant.globalSecureAccess.conditionalAccess.signalingStatus).toBe('enabled');
    expect(tenant.globalSecureAccess.signalingChange).toBeUndefined();
  });

  test('takes another name and id', () => {
    expect(sampleTenant({ displayName: 'Fabrikam', tenantId: 'x' })).toMatchObject({
      displayName: 'Fabrikam',
      tenantId: 'x',
    });
  });

  test('excludes emergency access from every policy for people', () => {
    const emergency = tenant.groups?.find(({ displayName }) => displayName === 'Emergency Access');
    expect(emergency?.members?.length).toBe(2);
    const without = tenant.policies
      .filter(({ conditions: { users } }) => !users?.includeUsers?.includes('None'))
      .filter(({ conditions: { users } }) => !users?.excludeGroups?.includes(emergency?.id ?? ''));
    expect(without.map(({ displayName }) => displayName)).toEqual([]);
  });

  test('names only groups, applications, service principals and people that it has', () => {
    const ids = new Set(
      [...(tenant.users ?? []), ...(tenant.groups ?? []), ...(tenant.servicePrincipals ?? [])].map(({ id }) => id),
    );
    const members = tenant.groups?.flatMap((group) => group.members ?? []) ?? [];
    const assigned = tenant.roleAssignments?.map(({ principalId }) => principalId) ?? [];
    const targets = tenant.policies.flatMap(({ conditions: { users, clientApplications } }) => [
      ...(users?.includeGroups ?? []),
      ...(users?.excludeGroups ?? []),
      ...(clientApplications?.includeServicePrincipals ?? []),
    ]);
    expect([...members, ...assigned, ...targets].filter((id) => !ids.has(id))).toEqual([]);
  });

  test('has its global administrator act by default', () => {
    const administrator = tenant.users?.find(
      ({ userPrincipalName }) => userPrincipalName === tenant.settings.defaultAdministrator,
    );
    const role = tenant.roleAssignments?.find(({ principalId }) => principalId === administrator?.id)?.roleDefinitionId;
    expect(role).toBe('62e90394-69f5-4237-9190-012177145e10');
  });

  test('has policies of every state and of every kind of location', () => {
    expect(tenant.policies.map(({ state, displayName }) => `${displayName}: ${state}`)).toEqual([
      'CA001 Require MFA for administrators: enabled',
      'CA002 Block legacy authentication: enabled',
      'CA003 Block Finance outside trusted locations: enabled',
      'CA004 Require MFA outside trusted locations: enabled',
      'CA005 Block sign-ins from countries we do not work in: enabled',
      'CA006 Block blocked countries: enabled',
      'CA007 Require the compliant network for Contoso Expenses: enabled',
      'CA008 Require a compliant device for SharePoint outside headquarters: enabled',
      'CA009 Limit browser sessions outside trusted locations: enabled',
      'CA010 Block Finance from the visitor network: enabled',
      'CA011 Require MFA for guests: enabled',
      'CA012 Block Payroll Connector outside headquarters: enabled',
      'CA013 Block Exchange Online outside trusted locations: enabledForReportingButNotEnforced',
      'CA014 Block everything outside headquarters: disabled',
    ]);
  });
});

describe('an empty tenant', () => {
  test('knows its name and age and nothing else', () => {
    expect(emptyTenant({ tenantId: 'x', displayName: 'Fabrikam', createdDateTime: '2023-04-01' })).toEqual({
      tenantId: 'x',
      displayName: 'Fabrikam',
      createdDateTime: '2023-04-01',
      policies: [],
      namedLocations: [],
      namedLocationsKnown: false,
      deletedItems: { policies: [], namedLocations: [] },
      globalSecureAccess: { conditionalAccess: { signalingStatus: 'disabled' } },
      settings: {},
    });
  });

  test('is as old as the run where no date is given', () => {
    const made = emptyTenant({ now: '2026-11-23T06:00:00Z' });
    expect([made.createdDateTime, made.globalSecureAccess.conditionalAccess.signalingStatus]).toEqual([
      '2026-11-23T06:00:00Z',
      'enabled',
    ]);
  });
});
