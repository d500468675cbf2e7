import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import { noProofs, wholeLists } from '../../src/intake/import/whole-lists.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const LOCATIONS = 'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/namedLocations';
const HERE = 'https://graph.microsoft.com/v1.0/next?$skiptoken=x';
const CONTEXT = { '@odata.context': LOCATIONS };
const location = (n: number) => ({ ...HQ, id: HQ.id.replace(/1$/, String(n)), displayName: `Network ${n}` });

async function proofsOf(...files: readonly unknown[]) {
  const { folder } = workplace();
  const paths = files.map((file, at) => {
    const path = join(folder, `namedLocations${at}.json`);
    writeFileSync(path, JSON.stringify(file));
    return path;
  });
  const { emptyLists, cutLists, problems } = await readImportFiles(paths, {});
  return { emptyLists, cutLists, told: problems.filter(({ code }) => code === 'partialList').length };
}

const CUT = { emptyLists: [], cutLists: ['namedLocations'], told: 1 };
const WHOLE = { emptyLists: [], cutLists: [], told: 0 };

describe('a list of which there is more is not known', () => {
  test.each([
    ['a next page', { ...CONTEXT, value: [HQ], '@odata.nextLink': HERE }],
    ['a next page in the words of PowerShell', { value: [HQ], 'odata.nextLink': HERE }],
    ['a next page in other words', { value: [HQ], nextLink: HERE }],
    ['a next page in the words of the SDK', { OdataCount: null, OdataNextLink: HERE, Value: [HQ] }],
    ['a next page beside a list by its name', { namedLocations: [HQ], nextLink: HERE }],
    ['a greater count', { ...CONTEXT, '@odata.count': 2, value: [HQ] }],
    ['a greater count in the words of PowerShell', { 'odata.count': '7', value: [HQ] }],
    ['a greater count in the words of the SDK', { OdataCount: 3, Value: [HQ] }],
    ['a greater count of a list that holds nothing here', { ...CONTEXT, '@odata.count': 2, value: [] }],
    ['an error', { ...CONTEXT, value: [HQ], error: { code: 'TooManyRequests' } }],
    ['a filter', { '@odata.context': `${LOCATIONS}?$filter=isTrusted eq true`, value: [HQ] }],
    ['a number of objects asked for', { '@odata.context': `${LOCATIONS}(id)?%24top=1`, value: [HQ] }],
  ])('by %s', async (_, file) => {
    expect(await proofsOf(file)).toEqual(CUT);
  });

  test.each([
    ['no next page', { ...CONTEXT, value: [HQ], '@odata.nextLink': null, nextLink: '' }],
    ['as many as are counted', { ...CONTEXT, '@odata.count': 1, value: [HQ] }],
    ['no error', { value: [HQ], error: null }],
  ])('and known where it says that there is %s', async (_, file) => {
    expect(await proofsOf(file)).toEqual(WHOLE);
  });

  test('and whole where the pages together have as many as each counts', async () => {
    const pages = [1, 2, 3].map((n) => ({ ...CONTEXT, '@odata.count': 3, value: [location(n)] }));
    expect((await proofsOf(...pages)).cutLists).toEqual([]);
    expect((await proofsOf(...pages.slice(1))).cutLists).toEqual(['namedLocations']);
  });
});

describe('what adds no object is no last page', () => {
  const first = { ...CONTEXT, value: [location(1), location(2)], '@odata.nextLink': HERE };
  test.each([
    ['a copy of the page without its link', { ...CONTEXT, value: [location(1), location(2)] }],
    ['a list of one of its objects', { value: [location(2)] }],
    ['an object of it', location(1)],
    ['a list that holds nothing', { ...CONTEXT, value: [] }],
    ['an object by its own path', { ...CONTEXT, '@odata.context': `${LOCATIONS}/$entity`, ...location(2) }],
  ])('such as %s, whichever file comes first', async (_, other) => {
    for (const files of [
      [first, other],
      [other, first],
    ])
      expect(await proofsOf(...files)).toMatchObject({ emptyLists: [], cutLists: ['namedLocations'] });
    expect((await proofsOf(first, other, { value: [location(3)] })).cutLists).toEqual([]);
  });

  test('whatever the pages are, in any order', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
    const pages = fc.array(
      keys.map((ids) => ({ list: 'users' as const, keys: ids })),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(pages, keys, fc.nat(9), (cut, copied, at) => {
        const page = cut[at % cut.length] as (typeof cut)[number];
        const copy = { list: 'users' as const, keys: copied.filter((key) => page.keys.includes(key)) };
        for (const last of [[copy], [copy, copy]]) {
          expect(wholeLists({ ...noProofs(), empty: ['users'], cut, last }, { users: 4 })).toMatchObject({
            emptyLists: [],
            cutLists: ['users'],
          });
        }
        const more = { list: 'users' as const, keys: ['e'] };
        for (const last of [
          [copy, more],
          [more, copy],
        ])
          expect(wholeLists({ ...noProofs(), cut: cut.toReversed(), last }, { users: 5 }).cutLists).toEqual([]);
      }),
    );
  });
});

describe('a list that holds nothing is not known to be none', () => {
  test.each([
    ['beside an error', { ...CONTEXT, error: { code: 'Forbidden' }, value: [] }],
    ['in a failed answer of a batch', { responses: [{ id: '1', status: 403, body: { ...CONTEXT, value: [] } }] }],
    [
      'beside the error of an answer of a batch',
      { responses: [{ id: '1', body: { ...CONTEXT, error: {}, value: [] } }] },
    ],
    ['that was filtered', { '@odata.context': `${LOCATIONS}?$filter=isTrusted eq true`, value: [] }],
    ['below the path of one object', { '@odata.context': `${LOCATIONS}('${HQ.id}')/ipRanges`, value: [] }],
    ['below an object by its key', { '@odata.context': `${LOCATIONS}/${HQ.id}/ipRanges`, value: [] }],
    ['of one object', { '@odata.context': `${LOCATIONS}/$entity`, value: [] }],
    ['of one object, with members that were selected', { '@odata.context': `${LOCATIONS}(id)/$entity`, value: [] }],
    ['with a next page in other words', { ...CONTEXT, nextLink: HERE, value: [] }],
    ['beside an error, by its name', { error: { code: 'Forbidden' }, namedLocations: [] }],
  ])('%s', async (_, file) => {
    expect((await proofsOf(file)).emptyLists).toEqual([]);
  });

  test('and is where an answer of a batch came back with it', async () => {
    const responses = [{ id: '1', status: 200, body: { ...CONTEXT, value: [] } }];
    expect(await proofsOf({ responses })).toEqual({ emptyLists: ['namedLocations'], cutLists: [], told: 0 });
  });
});

test('a switch is refused where policies were counted that are not here', async () => {
  const place = workplace();
  await place.gsa('init --empty --created 2025-07-01 --quiet');
  const path = join(place.folder, 'policies.json');
  const quiet = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
  writeFileSync(path, JSON.stringify({ 'odata.count': 2, value: [quiet] }));
  expect((await place.gsa(['import', path])).stdout).toContain('`odata.count` is 2, and 1 are here');
  expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  writeFileSync(path, JSON.stringify({ 'odata.count': 1, value: [quiet] }));
  expect((await place.gsa(['import', path])).exitCode).toBe(0);
  expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(0);
});

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

describe('a part of a directory', () => {
  const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };
  const OTHER = 'a0000000-0000-4000-8000-000000000009';
  const HELD = { id: 'r1', principalId: OTHER, roleDefinitionId: ADMINISTRATOR, directoryScopeId: '/' };
  const LISTS = {
    users: ['users', ADA],
    groups: ['groups', { id: OTHER, displayName: 'G', members: [] }],
    roleAssignments: ['roleManagement/directory/roleAssignments', HELD],
    servicePrincipals: ['servicePrincipals', { id: OTHER, appId: OTHER, displayName: 'Robot' }],
  } as const;
  const names = Object.keys(LISTS) as (keyof typeof LISTS)[];

  test.each(
    names.flatMap(
      (list) =>
        [
          [list, 'with a next page', { '@odata.nextLink': HERE }],
          [list, 'with a greater count', { '@odata.count': 7 }],
          [list, 'beside an error', { error: { code: 'TooManyRequests' } }],
        ] as const,
    ),
  )('of %s, %s, is not taken for all of it', async (list, _, more) => {
    const [path, item] = LISTS[list];
    const page = { '@odata.context': `${GRAPH}${path}`, value: [item], ...more };
    const place = await tenantOf({ 'policies.json': { value: [] } });
    writeFileSync(join(place.folder, 'page.json'), JSON.stringify(page));
    expect((await place.gsa(['import', join(place.folder, 'page.json')])).stdout).toContain('not taken');
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain(list);
    writeFileSync(
      join(place.folder, 'page.json'),
      JSON.stringify({ ...page, ...Object.fromEntries(Object.keys(more).map((name) => [name, undefined])) }),
    );
    await place.gsa(['import', join(place.folder, 'page.json')]);
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).not.toContain(list);
  });

  test('of role assignments leaves open who else holds the role, and no gate is green over it', async () => {
    const admins = policy({
      include: ['All'],
      exclude: [HQ.id],
      conditions: { users: { includeRoles: [ADMINISTRATOR] } },
    });
    const roles = { '@odata.context': `${GRAPH}roleManagement/directory/roleAssignments`, value: [HELD] };
    const exit = async (more: object) => {
      const place = await tenantOf(
        {
          'policies.json': { value: [admins] },
          'namedLocations.json': { value: [HQ] },
          'roles.json': { ...roles, ...more },
          'users.json': { value: [ADA] },
          'groups.json': { '@odata.context': `${GRAPH}groups`, value: [] },
        },
        '--mfa-trusted-ips none',
      );
      writeFileSync(join(place.folder, 'signins.json'), JSON.stringify({ value: [TUNNELLED] }));
      return (await place.gsa('impact signins.json --fail-on newlyBlocked')).exitCode;
    };
    expect([await exit({}), await exit({ '@odata.nextLink': HERE })]).toEqual([0, 1]);
  });

  test('takes nobody away from one that is known, not even with --replace', async () => {
    const place = await tenantOf({
      'users.json': { value: [ADA, { ...ADA, id: OTHER, userPrincipalName: 'bob@contoso.com' }] },
      'namedLocations.json': { value: [HQ, location(2)] },
    });
    for (const [file, page] of [
      ['users.json', { '@odata.context': `${GRAPH}users`, value: [ADA] }],
      ['namedLocations.json', { ...CONTEXT, value: [HQ] }],
    ] as const) {
      const path = join(place.folder, file);
      writeFileSync(path, JSON.stringify({ ...page, '@odata.nextLink': HERE }));
      await place.gsa(['import', path, '--replace', '--force']);
    }
    const [users, locations] = [await place.gsa('user list -o json'), await place.gsa('location list -o json')];
    expect([users.stdout.match(/@contoso/g)?.length, locations.stdout]).toEqual([
      2,
      expect.stringContaining('Network 2'),
    ]);
  });
});

describe('what was asked for one by one says nothing of the others', () => {
  const entity = (path: string, value: object) => ({ '@odata.context': `${GRAPH}${path}/$entity`, ...value });
  const POLICY = entity('identity/conditionalAccess/policies', policy());
  const OTHER_POLICY = { ...policy({ displayName: 'Another' }), id: '11111111-1111-4111-8111-000000000002' };

  test.each([
    ['a policy', { 'a.json': POLICY }, 'policies'],
    ['each of two policies', { 'a.json': POLICY, 'b.json': { ...POLICY, ...OTHER_POLICY } }, 'policies'],
    ['a named location', { 'a.json': entity('identity/conditionalAccess/namedLocations', HQ) }, 'namedLocations'],
    [
      'a person',
      { 'a.json': entity('users', { id: TUNNELLED.userId, userPrincipalName: 'ada@contoso.com' }) },
      'users',
    ],
    [
      'a policy by its key',
      { 'a.json': { ...policy(), '@odata.context': `${GRAPH}identity/conditionalAccess/policies('x')` } },
      'policies',
    ],
    [
      'changes alone',
      {
        'a.json': {
          '@odata.context': `${GRAPH}users/$delta`,
          value: [{ id: TUNNELLED.userId, userPrincipalName: 'ada@contoso.com' }],
        },
      },
      'users',
    ],
    [
      'locations of one type',
      {
        'a.json': {
          '@odata.context': `${GRAPH}identity/conditionalAccess/namedLocations/microsoft.graph.ipNamedLocation`,
          value: [HQ],
        },
      },
      'namedLocations',
    ],
    ['a policy in a batch', { 'a.json': { responses: [{ id: '1', status: 200, body: POLICY }] } }, 'policies'],
  ])('%s', async (_, files, list) => {
    const place = await tenantOf(files);
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain(list);
  });

  test('unless the list is beside it', async () => {
    const place = await tenantOf({ 'a.json': POLICY, 'b.json': { value: [policy()] } });
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).not.toContain('policies');
  });

  test('not even where others came without a word of how they were asked for', async () => {
    const place = await tenantOf({ 'a.json': POLICY, 'b.json': OTHER_POLICY });
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain('policies');
  });
});

describe('members of a group that are not all', () => {
  const GROUP = 'b0000000-0000-4000-8000-000000000001';
  const INNER = 'b0000000-0000-4000-8000-000000000002';
  const BOB = 'a0000000-0000-4000-8000-000000000009';
  const members = (more: object, path = 'transitiveMembers') => ({
    '@odata.context': `${GRAPH}groups('${GROUP}')/${path}`,
    value: [{ '@odata.type': '#microsoft.graph.user', id: BOB }],
    ...more,
  });
  const expanded = (count: number, more: object = {}) => ({
    '@odata.context': `${GRAPH}groups(id,displayName,members())`,
    value: [
      {
        id: GROUP,
        displayName: 'G',
        members: Array.from({ length: count }, (_, at) => ({ id: BOB.replace(/9$/, `${at}`.padStart(3, '0')) })),
        ...more,
      },
    ],
  });

  async function exitOf(files: Readonly<Record<string, unknown>>): Promise<number> {
    const inGroup = policy({
      include: ['All'],
      exclude: [HQ.id],
      conditions: { users: { includeGroups: [GROUP], includeUsers: [] } },
    });
    const place = await tenantOf(
      { 'policies.json': { value: [inGroup] }, 'namedLocations.json': { value: [HQ] }, ...files },
      NOTHING_ELSE,
    );
    writeFileSync(join(place.folder, 'signins.json'), JSON.stringify({ value: [TUNNELLED] }));
    return (await place.gsa('impact signins.json --fail-on newlyBlocked')).exitCode;
  }

  test.each([
    ['all of them', { 'm.json': members({}) }],
    [
      'pages with the last',
      { 'm.json': members({ '@odata.nextLink': HERE }), 'n.json': members({ value: [{ id: INNER }] }) },
    ],
    ['some expanded', { 'g.json': expanded(19) }],
    ['as many as are counted', { 'g.json': expanded(3, { 'members@odata.count': 3 }) }],
    [
      'those of all types, through every group',
      { 'm.json': members({ value: [{ '@odata.type': '#microsoft.graph.group', id: INNER }, { id: BOB }] }) },
    ],
  ])('are known by %s', async (_, files) => {
    expect(await exitOf(files)).toBe(0);
  });

  test.each([
    ['a next page', { 'm.json': members({ '@odata.nextLink': HERE }) }],
    ['a greater count', { 'm.json': members({ '@odata.count': 9 }) }],
    ['an error', { 'm.json': members({ error: { code: 'TooManyRequests' } }) }],
    ['users alone', { 'm.json': members({}, 'members/microsoft.graph.user') }],
    [
      'a group inside that nobody exported',
      {
        'm.json': members({ value: [{ '@odata.type': '#microsoft.graph.group', id: INNER }, { id: BOB }] }, 'members'),
      },
    ],
    ['twenty expanded', { 'g.json': expanded(20) }],
    ['expanded with a next page', { 'g.json': expanded(3, { 'members@odata.nextLink': HERE }) }],
    ['expanded with a greater count', { 'g.json': expanded(3, { 'members@odata.count': 4 }) }],
  ])('are not known by %s', async (_, files) => {
    expect(await exitOf(files)).toBe(1);
  });
});

test('a setting beside lists does not take their place', async () => {
  const place = await tenantOf({ 'lists.json': { policies: [policy()], namedLocations: [HQ], mfaTrustedIps: [] } });
  const shown = (await place.gsa('tenant show -o json')).json();
  expect(shown['notKnown']).not.toContain('policies');
  expect(shown['notKnown']).not.toContain('namedLocations');
  expect(shown['notKnown']).not.toContain('mfaTrustedIps');
});

test('no proof speaks of service principals that nobody has seen', async () => {
  const robots = {
    users: { includeUsers: ['None'] },
    clientApplications: { includeServicePrincipals: [TUNNELLED.userId] },
  };
  const place = await tenantOf(
    {
      'policies.json': { value: [policy({ include: ['All'], exclude: [HQ.id], conditions: robots })] },
      'namedLocations.json': { value: [HQ] },
    },
    NOTHING_ELSE,
  );
  const run = await place.gsa('impact --all --fail-on newlyBlocked');
  expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('service principals')]);
  await place.gsa('tenant set --known servicePrincipals');
  expect((await place.gsa('impact --all --fail-on newlyBlocked')).exitCode).not.toBe(3);
});
