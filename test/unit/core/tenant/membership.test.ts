import { describe, expect, test } from 'vitest';
import type { Group } from '../../../../src/core/tenant/directory.ts';
import { groupsOf, indexGroups, isMemberOf, transitiveGroups } from '../../../../src/core/tenant/membership.ts';
import { emptyTenant, sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';

const tenant = sampleTenant();

describe('the groups of a principal', () => {
  const groups: readonly Group[] = [
    { id: 'Outer', members: ['inner', 'opaque'] },
    { id: 'inner', members: ['USER', 'loop'] },
    { id: 'loop', members: ['inner'] },
    { id: 'opaque' },
    { id: 'above-opaque', members: ['opaque'] },
    { id: 'empty', members: [] },
  ];
  const people = { users: [{ id: 'user' }], servicePrincipals: [] };
  const index = indexGroups({ ...people, groups });
  const ofUser = transitiveGroups(index, 'user');
  const shownOf = (id: string) => groupsOf({ ...tenant, ...people, groups }, id);

  test('hold nested groups, and nesting in a circle ends', () => {
    expect([...ofUser].sort()).toEqual(['inner', 'loop', 'outer']);
  });

  test('are not known where the members of a group inside are not', () => {
    expect([...shownOf('user').unknown].sort()).toEqual(['above-opaque', 'opaque']);
    expect([...shownOf('somebody else').unknown].sort()).toEqual(['above-opaque', 'opaque', 'outer']);
  });

  test.each([
    ['outer', true],
    ['opaque', 'unknown'],
    ['empty', false],
    ['not in the tenant', 'unknown'],
  ])('%s holds the user: %s', (id, truth) => {
    expect(isMemberOf(index, ofUser, id)).toBe(truth);
  });

  test('are all unknown in a tenant without a list of groups', () => {
    const nothing = indexGroups({});
    expect(isMemberOf(nothing, transitiveGroups(nothing, 'user'), 'finance')).toBe('unknown');
    expect(groupsOf(emptyTenant(), 'user')).toEqual({ member: new Set(), unknown: new Set() });
  });

  test('of a finance controller of the sample reach up to all staff', () => {
    const names = [...groupsOf(tenant, 'a0000000-0000-4000-8000-000000000012').member]
      .map((id) => tenant.groups?.find((group) => group.id === id)?.displayName)
      .sort();
    expect(names).toEqual(['Finance', 'Finance Controllers', 'Staff']);
  });
});
