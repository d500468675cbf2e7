import { describe, expect, test } from 'vitest';
import type { Group } from '../../../../src/core/tenant/directory.ts';
import {
  findDeletedLocation,
  findDeletedPolicy,
  findGroup,
  findLocation,
  findPolicy,
  findUser,
} from '../../../../src/core/tenant/lookup.ts';
import { groupsOf, indexGroups, isMember, membershipOf } from '../../../../src/core/tenant/membership.ts';
import { emptyTenant, sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

const tenant = sampleTenant();

describe('finding one item', () => {
  test('works by id and by display name, without regard to case', () => {
    const location = findLocation(tenant, 'hEADQUARTERS');
    expect(location).toMatchObject({ found: { displayName: 'Headquarters' } });
    const id = 'found' in location ? location.found.id : '';
    expect(findLocation(tenant, id.toUpperCase())).toEqual(location);
    expect(findGroup(tenant, 'finance')).toMatchObject({ found: { displayName: 'Finance' } });
    expect(findPolicy(tenant, 'CA002 block legacy authentication')).toMatchObject({ found: { state: 'enabled' } });
  });

  test('finds a person by user principal name, display name or id', () => {
    const adele = findUser(tenant, 'Adele.Vance@contoso.com');
    expect(adele).toMatchObject({ found: { displayName: 'Adele Vance' } });
    expect(findUser(tenant, 'adele vance')).toEqual(adele);
    expect(findUser(tenant, 'a0000000-0000-4000-8000-000000000002')).toEqual(adele);
  });

  test('names all of several items of one name, and an id still picks one', () => {
    const twins: Tenant = {
      ...tenant,
      groups: [
        { id: 'one', displayName: 'Twins' },
        { id: 'two', displayName: 'twins' },
      ],
    };
    expect(findGroup(twins, 'TWINS')).toEqual({ ambiguous: twins.groups });
    expect(findGroup(twins, 'two')).toEqual({ found: twins.groups?.[1] });
  });

  test('an id wins over the same text as a name', () => {
    const tricky: Tenant = {
      ...tenant,
      groups: [
        { id: 'x', displayName: 'y' },
        { id: 'y', displayName: 'x' },
      ],
    };
    expect(findGroup(tricky, 'y')).toMatchObject({ found: { id: 'y' } });
  });

  test('suggests what is near, nearest first, and nothing where nothing is', () => {
    expect(findLocation(tenant, 'Hedquarters')).toMatchObject({ near: ['Headquarters'], partly: [] });
    expect(findLocation(tenant, 'branch')).toMatchObject({
      near: ['Rotterdam branch office'],
      partly: [{ displayName: 'Rotterdam branch office' }],
    });
    expect(findUser(tenant, 'adele.vanse@contoso.com')).toMatchObject({ near: ['adele.vance@contoso.com'] });
    expect(findGroup(tenant, 'zzzzzzzz')).toEqual({ near: [], partly: [] });
  });

  test('keeps to the deleted ones when asked for these', () => {
    const [policy] = tenant.policies;
    const [location] = tenant.namedLocations;
    if (policy === undefined || location === undefined) throw new Error('the sample has none');
    const deleted: Tenant = {
      ...tenant,
      deletedItems: { policies: [policy], namedLocations: [location] },
      policies: [],
      namedLocations: [],
    };
    expect(findPolicy(deleted, policy.displayName)).toEqual({ near: [], partly: [] });
    expect(findDeletedPolicy(deleted, policy.displayName)).toEqual({ found: policy });
    expect(findDeletedLocation(deleted, location.displayName)).toEqual({ found: location });
  });
});

describe('the groups of a principal', () => {
  const groups: readonly Group[] = [
    { id: 'Outer', members: ['inner', 'opaque'] },
    { id: 'inner', members: ['USER', 'loop'] },
    { id: 'loop', members: ['inner'] },
    { id: 'opaque' },
    { id: 'above-opaque', members: ['opaque'] },
    { id: 'empty', members: [] },
  ];
  const index = indexGroups(groups);
  const ofUser = membershipOf(index, 'user');

  test('hold nested groups, and nesting in a circle ends', () => {
    expect([...ofUser.member].sort()).toEqual(['inner', 'loop', 'outer']);
  });

  test('are not known where the members of a group inside are not', () => {
    expect([...ofUser.unknown].sort()).toEqual(['above-opaque', 'opaque']);
    expect([...membershipOf(index, 'somebody else').unknown].sort()).toEqual(['above-opaque', 'opaque', 'outer']);
  });

  test.each([
    ['OUTER', true],
    ['opaque', 'unknown'],
    ['empty', false],
    ['not in the tenant', 'unknown'],
  ])('%s holds the user: %s', (id, truth) => {
    expect(isMember(index, ofUser, id)).toBe(truth);
  });

  test('are all unknown in a tenant without a list of groups', () => {
    const nothing = indexGroups(undefined);
    expect(isMember(nothing, membershipOf(nothing, 'user'), 'finance')).toBe('unknown');
    expect(groupsOf(emptyTenant(), 'user')).toEqual({ member: new Set(), unknown: new Set() });
  });

  test('of a finance controller of the sample reach up to all staff', () => {
    const names = [...groupsOf(tenant, 'a0000000-0000-4000-8000-000000000012').member]
      .map((id) => tenant.groups?.find((group) => group.id === id)?.displayName)
      .sort();
    expect(names).toEqual(['Finance', 'Finance Controllers', 'Staff']);
  });
});
