import { describe, expect, test } from 'vitest';
import { GUID, importing, linesOf } from './importing.ts';

const context = (path: string) => `https://graph.microsoft.com/v1.0/$metadata#${path}`;

describe('people and applications', () => {
  test.each([
    [
      'users',
      'by their names',
      {
        id: GUID(1),
        userPrincipalName: 'adele@contoso.com',
        displayName: 'Adele',
        userType: 'Member',
        accountEnabled: true,
        city: 'Bonn',
      },
    ],
    [
      'groups',
      'by what only groups have',
      { id: GUID(1), displayName: 'Admins', securityEnabled: true, groupTypes: [], members: [GUID(2)] },
    ],
    [
      'roleDefinitions',
      'by their permissions',
      { id: GUID(1), templateId: GUID(1), displayName: 'Reader', isBuiltIn: true, rolePermissions: [] },
    ],
    [
      'servicePrincipals',
      'by their type',
      {
        id: GUID(1),
        appId: GUID(2),
        displayName: 'App',
        servicePrincipalType: 'Application',
        customSecurityAttributes: { Set: { A: 'x' } },
      },
    ],
    [
      'users',
      'by their type annotation',
      { '@odata.type': '#microsoft.graph.user', id: GUID(1), displayName: 'Adele' },
    ],
    ['groups', 'by their type annotation', { '@odata.type': '#microsoft.graph.group', id: GUID(1) }],
  ] as const)('%s are known %s and kept whole', (kind, _, item) => {
    const imported = importing({ 'x.json': { value: [item] } });
    expect(imported[kind].map(({ value }) => value)).toEqual([item]);
    expect(imported.files).toEqual([{ file: 'x.json', kind, taken: 1 }]);
  });

  test('the context of a list tells what bare items are', () => {
    const files = { 'x.json': { '@odata.context': context('groups'), value: [{ id: GUID(1), displayName: 'A' }] } };
    expect(importing(files).groups).toHaveLength(1);
    const selected = { 'x.json': { '@odata.context': context('users(id,displayName)'), value: [{ id: GUID(1) }] } };
    expect(importing(selected).users).toHaveLength(1);
  });

  test('the kind can be said, for items that tell nothing', () => {
    expect(importing({ 'x.json': [{ id: GUID(1) }] }, { kind: 'groups' }).groups).toHaveLength(1);
    expect(
      importing({ 'x.json': [{ principalId: 'a', roleDefinitionId: 'b' }] }, { kind: 'roles' }).roleAssignments,
    ).toHaveLength(1);
  });

  test('other kinds than the one that was said are left out, and that is noted', () => {
    const imported = importing(
      {
        'x.json': [
          { userPrincipalName: 'a@b.c', id: 'u' },
          { id: 'g', groupTypes: [] },
        ],
      },
      { kind: 'users' },
    );
    expect(imported.files).toEqual([{ file: 'x.json', kind: 'users', taken: 1 }]);
    expect(linesOf(imported)).toContain('note otherKind x.json:6:2 /1 groups were not asked for');
    expect(imported.groups).toEqual([]);
  });

  test('one without an id is an error', () => {
    expect(linesOf(importing({ 'x.json': { userPrincipalName: 'a@b.c', displayName: 'Adele' } }))).toEqual([
      'error missingMember x.json:1:1 the user `Adele` has no `id`',
    ]);
  });
});

describe('members of groups', () => {
  const membersOf = (members: unknown) => importing({ 'g.json': { id: 'g', groupTypes: [], members } });

  test.each([
    ['ids', ['a', 'b'], []],
    ['objects', [{ id: 'a', '@odata.type': '#microsoft.graph.user' }, { Id: 'b' }], ['memberObjects']],
    ['references', [{ '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/a' }, 'b'], ['memberObjects']],
  ])('are taken from %s', (_, members, codes) => {
    const imported = membersOf(members);
    expect(imported.groups[0]?.value.members).toEqual(['a', 'b']);
    expect(imported.problems.map(({ code }) => code)).toEqual(codes);
  });

  test('that are exactly as many as an expanded list can hold may not be all', () => {
    const members = Array.from({ length: 20 }, (_, at) => ({ id: `m${at}` }));
    expect(membersOf(members).problems.map(({ code }) => code)).toEqual(['memberObjects', 'partialList']);
  });

  test('without an id are an error', () => {
    expect(linesOf(membersOf([{ displayName: 'x' }]))).toEqual([
      'error missingMember g.json:5:3 /members/0 `members`: a member without an id',
      'note memberObjects g.json:4:13 /members `members`: members were taken as their ids',
    ]);
  });

  test('in files of their own, as EntraExporter writes them, go to their group', () => {
    const imported = importing({
      [`Groups/${GUID(1)}/${GUID(1)}.json`]: { id: GUID(1), displayName: 'A', groupTypes: [] },
      [`Groups/${GUID(1)}/Members/${GUID(3)}/${GUID(3)}.json`]: { id: GUID(3), userPrincipalName: 'c@d.e' },
      [`Groups/${GUID(1)}/Members/${GUID(2)}/${GUID(2)}.json`]: { id: GUID(2) },
    });
    expect(imported.groups[0]?.value.members).toEqual([GUID(2), GUID(3)]);
    expect(imported.users).toEqual([]);
    expect(imported.problems).toEqual([]);
  });
});

describe('role assignments', () => {
  const assignment = { id: 'ra', principalId: GUID(1), roleDefinitionId: GUID(2), directoryScopeId: '/' };

  test.each([
    ['active', context('roleManagement/directory/roleAssignments'), {}, 'active'],
    [
      'active, with a status of its own',
      context('roleManagement/directory/roleAssignmentSchedules'),
      { status: 'Provisioned' },
      'active',
    ],
    ['eligible by its list', context('roleManagement/directory/roleEligibilityScheduleInstances'), {}, 'eligible'],
    ['eligible by our own word', '', { status: 'eligible' }, 'eligible'],
  ])('are %s', (_, list, members, status) => {
    const imported = importing({ 'r.json': { '@odata.context': list, value: [{ ...assignment, ...members }] } });
    expect(imported.roleAssignments.map(({ value }) => value)).toEqual([{ ...assignment, status }]);
  });

  test('without a scope are for the whole tenant, which is noted', () => {
    const { directoryScopeId: _, ...bare } = assignment;
    const imported = importing({ 'r.json': bare });
    expect(imported.roleAssignments[0]?.value.directoryScopeId).toBe('/');
    expect(imported.problems.map(({ code }) => code)).toEqual(['wholeTenant']);
  });
});

describe('settings', () => {
  test('of Global Secure Access and of multifactor authentication are read', () => {
    const profile = { id: 'p', name: 'Microsoft', state: 'enabled', trafficForwardingType: 'm365', priority: 100 };
    const imported = importing({
      'a.json': {
        '@odata.context': context('networkAccess/settings/conditionalAccess/$entity'),
        signalingStatus: 'enabled',
      },
      'b.json': { onboardingStatus: 'onboarded', onboardingErrorMessage: null },
      'c.json': { '@odata.context': context('networkAccess/forwardingProfiles'), value: [profile] },
      'd.json': { mfaTrustedIps: ['203.0.113.0/24'] },
    });
    expect(imported.settings.map(({ value }) => value)).toEqual([
      { setting: 'conditionalAccess', value: { signalingStatus: 'enabled' } },
      { setting: 'onboardingStatus', value: 'onboarded' },
      { setting: 'mfaTrustedIps', value: ['203.0.113.0/24'] },
      { setting: 'forwardingProfiles', value: [profile] },
    ]);
    expect(imported.files.map(({ kind }) => kind)).toEqual(['settings', 'settings', 'forwardingProfiles', 'settings']);
  });

  test.each([
    [{ signalingStatus: 'on' }, 'error unknownState s.json:1:1 `on` is no signaling status: enabled or disabled'],
    [
      { mfaTrustedIps: ['203.0.113.1'] },
      'error bareAddress s.json:3:3 /mfaTrustedIps/0 `mfaTrustedIps`: `203.0.113.1` has no mask: write `203.0.113.1/32`',
    ],
    [
      { id: 'p', trafficForwardingType: 'm365' },
      'error missingMember s.json:1:1 a forwarding profile needs `id`, `state` and `trafficForwardingType`',
    ],
  ])('%j is an error', (setting, error) => {
    expect(linesOf(importing({ 's.json': setting }))).toEqual([error]);
  });

  test('that contradict each other make the later file unusable', () => {
    const imported = importing({ 'a.json': { signalingStatus: 'enabled' }, 'b.json': { signalingStatus: 'disabled' } });
    expect(linesOf(imported)).toEqual([
      'error duplicateId b.json:1:1 the same id with other content stands in a.json:1',
    ]);
    expect(imported.settings).toHaveLength(1);
  });
});
