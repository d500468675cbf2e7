import { describe, expect, test } from 'vitest';
import type { ExportedList } from '../../../../src/intake/import/list-names.ts';
import { listOfPath } from '../../../../src/intake/import/list-names.ts';
import type { ListProofs } from '../../../../src/intake/import/whole-lists.ts';
import { isPartContext, listOfContext, noProofs, wholeLists } from '../../../../src/intake/import/whole-lists.ts';

const page = (list: ExportedList, ...keys: readonly string[]) => ({ list, keys });

describe('a list of an export', () => {
  test.each<[string, Partial<ListProofs>, Partial<Record<ExportedList, number>>, ExportedList[], ExportedList[]]>([
    ['is empty where a file says so, once', { empty: ['users', 'users', 'groups'] }, {}, ['users', 'groups'], []],
    ['is cut without its last page', { cut: [page('users', 'a')] }, {}, [], ['users']],
    ['is whole with it', { cut: [page('users', 'a')], last: [page('users', 'b')] }, {}, [], []],
    [
      'is whole with pages of which one is new',
      { cut: [page('users', 'a')], last: [page('users', 'a', 'b')] },
      {},
      [],
      [],
    ],
    [
      'is cut where what follows is a copy of what was there',
      { cut: [page('users', 'a', 'b')], last: [page('users', 'b')] },
      {},
      [],
      ['users'],
    ],
    [
      'is cut where the last page is of another list',
      { cut: [page('users', 'a')], last: [page('groups', 'b')] },
      {},
      [],
      ['users'],
    ],
    [
      'is whole although another list has the same on a page',
      { cut: [page('users', 'a'), page('groups', 'b')], last: [page('users', 'b')] },
      {},
      [],
      ['groups'],
    ],
    [
      'is cut where fewer came than were counted',
      { counted: [{ list: 'users', count: 3 }] },
      { users: 2 },
      [],
      ['users'],
    ],
    [
      'is cut where none came of those counted',
      { counted: [{ list: 'users', count: 1 }] },
      { groups: 9 },
      [],
      ['users'],
    ],
    ['is whole where as many came', { counted: [{ list: 'users', count: 3 }] }, { users: 3 }, [], []],
    ['is whole where none was counted', { counted: [{ list: 'users', count: 0 }] }, {}, [], []],
    [
      'is not empty where it is cut, and cut once',
      { empty: ['users'], cut: [page('users', 'a')], counted: [{ list: 'users', count: 3 }] },
      { users: 1 },
      [],
      ['users'],
    ],
  ])('%s', (_, proofs, held, emptyLists, cutLists) => {
    expect(wholeLists({ ...noProofs(), ...proofs }, held)).toEqual({ emptyLists, cutLists, aloneLists: [] });
  });
});

describe('a context', () => {
  const METADATA = 'https://graph.microsoft.com/beta/$metadata#';

  test.each<[string, ExportedList | undefined]>([
    [`${METADATA}identity/conditionalAccess/policies`, 'policies'],
    [`${METADATA}identity/conditionalAccess/namedLocations`, 'namedLocations'],
    [`${METADATA}users`, 'users'],
    ['users', undefined],
    [`${METADATA}users(id,displayName)`, 'users'],
    [`${METADATA}identity/conditionalAccess/policies/$entity`, undefined],
    [`${METADATA}users('a')/memberOf`, undefined],
    [`${METADATA}users/$delta`, undefined],
    [`${METADATA}roleManagement/directory/roleAssignments`, 'roleAssignments'],
    [`${METADATA}roleManagement/directory/roleEligibilityScheduleInstances`, undefined],
    [`${METADATA}devices`, undefined],
  ])('%s announces %s', (context, list) => {
    expect(listOfContext(context)).toBe(list);
  });

  test.each([
    ['users?$filter=id eq 1', true],
    ['users?$top=5', true],
    ['users?$select=id&$skiptoken=x', true],
    ['users?%24search=x', true],
    ['users?filter=x', true],
    ['users?$select=id', false],
    ['users/topics', false],
    ['users', false],
    ['x/$metadata#users', false],
    ['x/$metadata#users(id,manager(id))', false],
    ['x/$metadata#users/$entity', false],
    ['x/$metadata#users/$delta', true],
    ["x/$metadata#users('a')/memberOf", true],
    ['x/$metadata#users/microsoft.graph.agentUser', true],
    ['x/$metadata#Collection(microsoft.graph.user)', true],
    ['x/$metadata#Collection(unifiedRoleAssignmentSchedule)', true],
    ['x/$metadata#Collection(microsoft.graph.directoryObject)', true],
    ['x/$metadata#Collection(ofSomebody)', false],
    ["x/$metadata#tenants('contoso')/users", false],
    ["x/$metadata#groups('a')/members", false],
    ["x/$metadata#groups('a')/transitiveMembers(id)", false],
    ["x/$metadata#groups('a')/members/microsoft.graph.user", true],
    ["x/$metadata#directoryRoles('a')/members", false],
  ])('%s says that something was left out: %s', (context, expected) => {
    expect(isPartContext(context)).toBe(expected);
  });
});

describe('a path', () => {
  test.each<[string, ExportedList | undefined]>([
    ['export/namedLocations.json', 'namedLocations'],
    ['NamedLocations.json', 'namedLocations'],
    ['export/Named Locations/x.json', 'namedLocations'],
    ['Users\\1.json', 'users'],
    ['groups/users.json', 'users'],
    ['users/export/x.json', undefined],
    ['ca-policies', 'policies'],
    ['x.json', undefined],
  ])('%s is called after %s', (path, list) => {
    expect(listOfPath(path)).toBe(list);
  });
});
