import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tries } from '../support/tries.ts';
import { importing, linesOf } from '../unit/intake/import/importing.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Paths of files, and what they say of the list inside: that it is a part, or nothing. */

const id = (n: number) => `a0000000-0000-4000-8000-00000000000${n}`;
const OBJECTS = {
  policies: policy(),
  namedLocations: HQ,
  users: { id: id(1), displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' },
  groups: { id: id(2), displayName: 'G', groupTypes: [], members: [] },
  roleAssignments: {
    id: 'r',
    principalId: id(1),
    roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
    directoryScopeId: '/',
  },
  servicePrincipals: { id: id(3), appId: id(4), displayName: 'R', servicePrincipalType: 'Application' },
};
type List = keyof typeof OBJECTS;
const LISTS = Object.keys(OBJECTS) as List[];
const CONTEXTS: Readonly<Record<List, string>> = {
  policies: 'identity/conditionalAccess/policies',
  namedLocations: 'identity/conditionalAccess/namedLocations',
  users: 'users',
  groups: 'groups',
  roleAssignments: 'roleManagement/directory/roleAssignments',
  servicePrincipals: 'servicePrincipals',
};
const answer = (list: List, value: readonly object[] = [OBJECTS[list]]) => ({
  '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${CONTEXTS[list]}`,
  value,
});
const isPart = (file: string, list: List, value: unknown = answer(list)) =>
  importing({ [file]: value }).cutLists.includes(list);

describe('a list is a part where its path says so', () => {
  const words = [
    'delta',
    'changes',
    'diff',
    'filtered',
    'partial',
    'subset',
    'selected',
    'top100',
    'first-50',
    'last30days',
    'excerpt',
    'incomplete',
  ];
  const spellings: readonly ((list: string, word: string) => string)[] = [
    (list, word) => `${list}-${word}.json`,
    (list, word) => `${word}-${list}.json`,
    (list, word) => `${word}${list.charAt(0).toUpperCase()}${list.slice(1)}.json`,
    (list, word) => `export/2026-11/${list}_${word.toUpperCase()}.0.json`,
    (list, word) => `${word}-of-${list}/all.json`,
    (list, word) => `C:\\out\\${list} ${word}.json`,
  ];
  const shapes: readonly ((list: List) => unknown)[] = [
    (list) => answer(list),
    (list) => [OBJECTS[list]],
    (list) => ({ [list]: [OBJECTS[list]] }),
    (list) => `${JSON.stringify(OBJECTS[list])}\n${JSON.stringify({ ...OBJECTS[list], id: id(9) })}\n`,
    (list) => ({ responses: [{ id: '1', status: 200, body: answer(list) }] }),
  ];

  test('whatever the list, the word, the spelling and the shape', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LISTS),
        fc.constantFrom(...words),
        fc.constantFrom(...spellings),
        fc.constantFrom(...shapes),
        (list, word, spell, shape) => {
          expect(isPart(spell(list, word), list, shape(list))).toBe(true);
          expect(importing({ [spell(list, word)]: answer(list, []) }).emptyLists).toEqual([]);
        },
      ),
      { numRuns: tries(300) },
    );
  });

  test('and whole where no word of it does', () => {
    const harmless = [
      'all',
      'contoso',
      '2026-11',
      'full-export',
      'unfiltered',
      'not-filtered',
      'without-changes',
      'selected-properties',
      'latest',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...LISTS),
        fc.constantFrom(...harmless),
        fc.constantFrom(...spellings),
        fc.constantFrom(...shapes),
        (list, word, spell, shape) => {
          expect(isPart(spell(list, word), list, shape(list))).toBe(false);
        },
      ),
      { numRuns: tries(300) },
    );
  });

  test.each<[string, List]>([
    ['guests/users.json', 'users'],
    ['export/owners/users.json', 'users'],
    ['filtered/policies.json', 'policies'],
    ['delta/2026-11/roleAssignments.json', 'roleAssignments'],
    ['direct-reports/users.json', 'users'],
    ['guestUsers.json', 'users'],
    ['all-guests.json', 'users'],
    ['all-owners.json', 'users'],
    ['users-guests.json', 'users'],
    ['users-without-members.json', 'users'],
    ['guests-and-external-users.json', 'users'],
    ['groupMemberOf.json', 'groups'],
    ['memberOf/groups.json', 'groups'],
    ['enabled-policies.json', 'policies'],
    ['policies-disabled/list.json', 'policies'],
    ['trustedLocations.json', 'namedLocations'],
    ['ipNamedLocations.json', 'namedLocations'],
    ['disabled-users.json', 'users'],
    ['admins.json', 'users'],
    ['privileged-admins.json', 'users'],
    ['users-sample.json', 'users'],
    ['samplePolicies.json', 'policies'],
    ['some-users/list.json', 'users'],
    ['permanent-role-assignments.json', 'roleAssignments'],
    ['servicePrincipals-owners.json', 'servicePrincipals'],
  ])('%s has not all %s', (file, list) => {
    expect(isPart(file, list)).toBe(true);
  });

  test.each<[string, List]>([
    ['users-and-guests.json', 'users'],
    ['usersAndGuests.json', 'users'],
    ['users+guests.json', 'users'],
    ['guests-and-users.json', 'users'],
    ['members-and-guests.json', 'users'],
    ['all-users-incl-guests.json', 'users'],
    ['users-with-owners-and-sponsors/users.json', 'groups'],
    ['enterprise-apps-with-owners.json', 'servicePrincipals'],
    ['reports/2026-11/users.json', 'users'],
    ['groups-with-members.json', 'groups'],
    ['groupMembers.json', 'groups'],
    ['groups-owners.json', 'groups'],
    ['enabled-and-disabled-policies.json', 'policies'],
    ['policies-incl-disabled.json', 'policies'],
    ['trusted-and-untrusted-locations.json', 'namedLocations'],
    ['active-role-assignments.json', 'roleAssignments'],
    ['azure-active-directory-users.json', 'users'],
    ['active/users.json', 'users'],
    ['guests.json', 'policies'],
    ['samples/users.json', 'users'],
    ['ConditionalAccessSamplePolicies/all.json', 'policies'],
    ['page1.json', 'users'],
  ])('%s may have all %s', (file, list) => {
    expect(isPart(file, list)).toBe(false);
  });

  test('who is something to them may stand in the objects of the list', () => {
    const owned = { ...OBJECTS.servicePrincipals, owners: [{ id: id(1) }] };
    expect(isPart('servicePrincipals-owners.json', 'servicePrincipals', answer('servicePrincipals', [owned]))).toBe(
      false,
    );
    expect(isPart('groups-owners.json', 'servicePrincipals', answer('servicePrincipals', [owned]))).toBe(true);
  });

  test.each([
    ['guests', 'users'],
    ['filteredPolicies', 'policies'],
    ['added', 'namedLocations'],
    ['trustedLocations', 'namedLocations'],
  ] as const)('a member of a file that is called %s likewise', (name, list) => {
    const part = { [name]: [OBJECTS[list]], groups: [OBJECTS.groups] };
    expect(isPart('all.json', list, part)).toBe(true);
    const whole = { ...part, [list]: [OBJECTS[list], { ...OBJECTS[list], id: id(8) }] };
    expect(isPart('all.json', list, whole)).toBe(false);
    expect(isPart('filtered.json', list, whole)).toBe(true);
  });

  test('and two members that are all of it together are', () => {
    const country = { ...HQ, '@odata.type': '#microsoft.graph.countryNamedLocation', countriesAndRegions: ['DE'] };
    const { ipRanges: _, ...other } = country;
    const halves = { ipNamedLocations: [HQ], countryNamedLocations: [{ ...other, id: id(8) }] };
    expect(isPart('all.json', 'namedLocations', halves)).toBe(false);
    expect(isPart('all.json', 'namedLocations', { ipNamedLocations: [HQ] })).toBe(true);
  });

  test('older roles as well', () => {
    const role = { id: id(7), roleTemplateId: OBJECTS.roleAssignments.roleDefinitionId, members: [{ id: id(1) }] };
    expect(isPart('directoryRoles.json', 'roleAssignments', [role])).toBe(false);
    expect(isPart('directoryRoles-filtered.json', 'roleAssignments', [role])).toBe(true);
  });

  test('a file with one object is called after it, and so may its folder be', () => {
    const one = (name: string) => `ConditionalAccess/${name}.json`;
    const files = (other: string) => ({
      [one('Block selected guests')]: OBJECTS.policies,
      [one(other)]: { ...OBJECTS.policies, id: id(8) },
    });
    const cut = (folder: string) =>
      linesOf(
        importing(Object.fromEntries(Object.entries(files('b')).map(([name, value]) => [`${folder}${name}`, value]))),
      );
    expect(cut('export/').filter((line) => line.includes('partialList'))).toEqual([]);
    expect(cut('delta/').filter((line) => line.includes('`delta` in its path'))).toHaveLength(2);
  });

  test('and it is told by which word, and what to do', () => {
    expect(linesOf(importing({ 'users-delta.json': answer('users') }))).toEqual([
      'warning partialList users-delta.json `delta` in its path says that this is a part of the users: what stands elsewhere is missing; rename it where they are all here',
    ]);
  });
});

describe('a file that is called after one page', () => {
  const link = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=x' };
  const user = (n: number) => ({ ...OBJECTS.users, id: id(n) });
  const isCut = (files: Readonly<Record<string, unknown>>) => importing(files).cutLists.includes('users');
  const page = (n: number, more: object = {}) => ({ ...answer('users', [user(n)]), ...more });

  test.each(['users-page%.json', 'users.part%.json', 'users_%-of-3.json', 'page%/users.json', 'chunk-%.json'])(
    '%s: is not all without those before it',
    (name) => {
      const file = (n: number) => name.replace('%', `${n}`);
      expect(isCut({ [file(2)]: page(2) })).toBe(true);
      expect(isCut({ [file(1)]: page(1, link), [file(3)]: page(3) })).toBe(true);
      expect(isCut({ [file(1)]: page(1, link), [file(2)]: page(2, link), [file(3)]: page(3) })).toBe(false);
      expect(isCut({ [file(1)]: page(1) })).toBe(false);
    },
  );

  test('is one of who knows how many where it is no answer with a link to the next', () => {
    expect(isCut({ 'users-page1.json': [user(1)] })).toBe(true);
    expect(isCut({ 'users-page1.json': [user(1)], 'users-page2.json': [user(2)] })).toBe(true);
  });

  test('and holds nothing because the others do', () => {
    expect(importing({ 'users-page3.json': answer('users', []) }).emptyLists).toEqual([]);
    expect(importing({ 'users-page1.json': answer('users', []) }).emptyLists).toEqual(['users']);
  });
});

describe('no gate is green over a list that is called after a part', () => {
  const inRole = policy({
    include: ['All'],
    exclude: [HQ.id],
    conditions: { users: { includeRoles: [OBJECTS.roleAssignments.roleDefinitionId], includeUsers: [] } },
  });
  const other = { ...OBJECTS.roleAssignments, principalId: id(5) };

  async function exitOf(file: string): Promise<number> {
    const place = await tenantOf(
      { 'policies.json': { value: [inRole] }, 'namedLocations.json': { value: [HQ] } },
      NOTHING_ELSE.replace(',roleAssignments', ''),
    );
    const path = join(place.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(answer('roleAssignments', [other])));
    await place.gsa(['import', path]);
    writeFileSync(join(place.folder, 's.json'), JSON.stringify({ value: [TUNNELLED] }));
    return (await place.gsa('impact s.json --of signaling=disabled --fail-on newlyBlocked,unknown')).exitCode;
  }

  test('of role assignments', async () => {
    expect(await exitOf('roleAssignments.json')).toBe(0);
    for (const file of ['roleAssignments-delta.json', 'filtered/roleAssignments.json', 'roleAssignments-page2.json'])
      expect([file, await exitOf(file)]).toEqual([file, 1]);
  });
});

describe('what is called after deleted items is not live', () => {
  test.each([
    'deletedItems/users.json',
    'deleted/users.json',
    'users-deleted.json',
    'recently-deleted-users.json',
    'deleted-objects/2026/users.json',
  ])('%s', (file) => {
    expect(importing({ [file]: answer('users') }).users).toEqual([]);
  });

  test.each(['users-without-deleted.json', 'undeleted/users.json', 'users.json'])('%s is', (file) => {
    expect(importing({ [file]: answer('users') }).users).toHaveLength(1);
  });

  test('nor is what lies anywhere below what is called eligible active', () => {
    const { users: _, ...rest } = OBJECTS;
    const status = (file: string) => importing({ [file]: [rest.roleAssignments] }).roleAssignments[0]?.value.status;
    expect(['eligible/2026/11/assignments.json', 'roles/assignments.json'].map(status)).toEqual(['eligible', 'active']);
  });
});
