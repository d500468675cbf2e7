import { describe, expect, test } from 'vitest';
import { exportRequests, lacksAnything } from '../../../../src/core/tenant/export-requests.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { policyWith, tenantWith } from '../dependencies/contoso.ts';

const GROUP = '11111111-1111-4111-8111-111111111111';
const POLICY = policyWith({ id: 'CA1' });
const WHOLE = tenantWith({
  ...{ policies: [POLICY], policiesKnown: true, servicePrincipals: [] },
  globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' }, onboardingStatus: 'onboarded' },
});
const filesOf = (tenant: Tenant) => exportRequests(tenant).map(({ file }) => file);
const without = (name: keyof Tenant): Tenant => {
  const { [name]: _, ...others } = WHOLE;
  return others as Tenant;
};

describe('what a tenant lacks', () => {
  test('is its sign-ins alone where all of it is known', () => {
    expect(filesOf(WHOLE)).toEqual(['signIns']);
    expect(lacksAnything(WHOLE)).toBe(false);
  });

  test.each<[string, Tenant]>([
    ['users', without('users')],
    ['roleAssignments', without('roleAssignments')],
    ['servicePrincipals', without('servicePrincipals')],
    ['namedLocations', { ...WHOLE, namedLocationsKnown: false }],
    [
      'conditionalAccessSettings',
      { ...WHOLE, globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } } },
    ],
  ])('is %s', (file, tenant) => {
    expect(filesOf(tenant)).toEqual([file, 'signIns']);
    expect(lacksAnything(tenant)).toBe(true);
  });

  test.each<[string, Partial<Tenant>, boolean]>([
    ['nobody has seen them', { policies: [], policiesKnown: false }, true],
    ['some were added by hand to others that nobody has seen', { policiesKnown: false }, true],
    ['it is known that there are none', { policies: [], policiesKnown: true }, false],
  ])('is policies where %s: %s', (_, parts, expected) => {
    const tenant = { ...WHOLE, ...parts };
    expect(filesOf(tenant)[0] === 'policies').toBe(expected);
    expect(lacksAnything(tenant)).toBe(expected);
  });

  test('comes first where it settles most, for as many policies as name anything of it', () => {
    const naming = (id: string, conditions: object) => ({ ...POLICY, id, conditions: { ...conditions } });
    const policies = [
      naming('1', { users: { includeRoles: ['r'] }, clientApplications: { includeServicePrincipals: ['s'] } }),
      naming('2', { users: { includeUsers: [] }, locations: { includeLocations: ['x'] } }),
      naming('3', { locations: { excludeLocations: ['x'] } }),
      naming('4', { users: { excludeRoles: ['r'] }, locations: { includeLocations: ['x'] } }),
    ] as unknown as Tenant['policies'];
    const { users: _, roleAssignments: __, servicePrincipals: ___, ...others } = WHOLE;
    const tenant: Tenant = { ...others, policies, namedLocationsKnown: false };
    expect(exportRequests(tenant).map(({ file, settles }) => [file, settles])).toEqual([
      ['namedLocations', 3],
      ['users', 2],
      ['roleAssignments', 2],
      ['servicePrincipals', 1],
      ['signIns', 0],
    ]);
  });

  test('is the members of groups that policies name, through every group in between', () => {
    const users = { includeGroups: [GROUP.toUpperCase(), 'a placeholder'], excludeGroups: [GROUP] };
    const policies = [{ ...POLICY, conditions: { users } }] as unknown as Tenant['policies'];
    expect(exportRequests({ ...WHOLE, policies }).slice(0, 2)).toEqual([
      expect.objectContaining({
        file: `Groups/${GROUP}/${GROUP}`,
        settles: 1,
        url: `v1.0/groups/${GROUP}?$select=id,displayName`,
      }),
      expect.objectContaining({
        file: `Groups/${GROUP}/TransitiveMembers/transitiveMembers`,
        url: `v1.0/groups/${GROUP}/transitiveMembers?$select=id&$top=999`,
      }),
    ]);
    const known = { ...WHOLE, policies, groups: [{ id: GROUP, displayName: 'g', members: [] }] };
    expect(filesOf(known)).toEqual(['signIns']);
    expect(filesOf({ ...known, groups: [{ id: GROUP }] })).toHaveLength(3);
    expect(filesOf({ ...known, groups: [{ id: GROUP, displayName: 'g' }] })).toHaveLength(2);
  });
});
