import { describe, expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../../../src/core/conditional-access/evaluate.ts';
import type { Identity } from '../../../../../src/core/signaling/attempt.ts';
import type { UsersCondition } from '../../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import {
  ALICE,
  attempt,
  BOB,
  judgeOne,
  lacking,
  observation,
  policy,
  READER,
  ROBOT,
  STAFF,
  TEAM,
  TENANT_ID,
  tenant,
} from '../../../../support/contoso.ts';

const HOME = 'c0000000-0000-4000-8000-000000000001';
const alice: Identity = { kind: 'user', userId: ALICE };
const bob: Identity = { kind: 'user', userId: BOB };
const OTHER_ROBOT = 'f0000000-0000-4000-8000-0000000000ff';

function judge(users: UsersCondition | object, identity: Identity = alice, changes: Partial<Tenant> = {}) {
  return judgeOne(policy({ users }), attempt({ identity }), observation(), changes);
}

function guest(
  externalUserType: 'b2bCollaborationGuest' | 'internalGuest' | 'b2bDirectConnectUser',
  homeTenantId?: string,
): Identity {
  return { kind: 'user', userId: ALICE, externalUserType, homeTenantId };
}

describe('the users of a policy', () => {
  test.each<[string, UsersCondition, boolean]>([
    ['All is everybody', { includeUsers: ['All'] }, true],
    ['all in any case', { includeUsers: ['all'] }, true],
    ['None is nobody', { includeUsers: ['None'] }, false],
    ['a policy that includes nobody reaches nobody', { includeUsers: [] }, false],
    ['a policy that only excludes reaches nobody', { excludeUsers: [BOB] }, false],
    ['an id, in any case', { includeUsers: [ALICE.toUpperCase()] }, true],
    ['another id', { includeUsers: [BOB] }, false],
    ['a group', { includeGroups: [TEAM] }, true],
    ['a group in a group', { includeGroups: [STAFF] }, true],
    ['an excluded user beats an included one', { includeUsers: [ALICE], excludeUsers: [ALICE] }, false],
    ['an excluded nested group beats All', { includeUsers: ['All'], excludeGroups: [STAFF] }, false],
    ['the legacy word does not mean a member', { includeUsers: ['GuestsOrExternalUsers'] }, false],
    [
      'guests of kind none are no condition',
      { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'none' } },
      false,
    ],
  ])('%s', (_, users, expected) => {
    expect(judge(users).applies).toBe(expected);
  });

  test('a user is found by name where the sign-in has no id', () => {
    const identity: Identity = { kind: 'user', userPrincipalName: 'Alice@Contoso.com' };
    expect(judge({ includeGroups: [STAFF] }, identity).applies).toBe(true);
  });

  test('without id and name everything but All is unknown', () => {
    const nobody: Identity = { kind: 'user', externalUserType: 'none' };
    expect(judge({ includeUsers: ['All'] }, nobody).applies).toBe(true);
    for (const users of [{ includeUsers: [BOB] }, { includeGroups: [STAFF] }, { includeRoles: [READER] }]) {
      const judged = judge(users, nobody);
      expect([judged.applies, lacking(judged)]).toEqual(['unknown', ['userId']]);
    }
  });

  test('a group whose members are not known makes the answer unknown and is named', () => {
    const groups = [{ id: STAFF, displayName: 'Staff' }];
    const judged = judge({ includeGroups: [STAFF] }, alice, { groups });
    expect([judged.applies, lacking(judged)]).toEqual(['unknown', ['members of group Staff']]);
  });

  test('an unknown exclusion does not matter to those who are not included', () => {
    const groups = [{ id: STAFF, displayName: 'Staff' }];
    expect(judge({ includeUsers: [BOB], excludeGroups: [STAFF] }, alice, { groups }).applies).toBe(false);
    expect(judge({ includeUsers: ['All'], excludeGroups: [STAFF] }, alice, { groups }).applies).toBe('unknown');
  });

  test.each<[Record<string, unknown>, string]>([
    [{ includeUsers: ['alice@contoso.com'] }, 'users alice@contoso.com'],
    [{ includeUsers: ['All'], excludeUsers: ['Alice Adams'] }, 'users Alice Adams'],
    [{ includeGroups: ['Staff'] }, 'groups Staff'],
    [{ includeUsers: ['All'], excludeGroups: ['<EmergencyAccess>'] }, 'groups <EmergencyAccess>'],
    [{ includeRoles: ['Global Reader'] }, 'roles Global Reader'],
    [{ includeUsers: ['All'], excludeRoles: ['Global Reader'] }, 'roles Global Reader'],
  ])('a name in the place of an id may be anybody, also where one alone is called so: %j', (users, what) => {
    for (const identity of [alice, bob]) {
      const judged = judge(users, identity);
      expect([judged.applies, lacking(judged)]).toEqual(['unknown', [`meaning of ${what}`]]);
    }
  });

  test('a name in two lists may stand for two objects, of one kind or of two', () => {
    expect(judge({ includeUsers: ['Readers'], excludeUsers: ['readers'] }).applies).toBe('unknown');
    expect(judge({ includeRoles: ['Readers'], excludeRoles: ['Readers'] }).applies).toBe('unknown');
    expect(judge({ includeRoles: ['Readers'], excludeGroups: ['Readers'] }).applies).toBe('unknown');
    expect(judge({ includeUsers: ['Readers'], excludeRoles: ['Readers'] }).applies).toBe('unknown');
  });

  test('the name of a home tenant leaves open only who comes from one that is not listed by its id', () => {
    const from = (homeTenantId: string | undefined): Identity => ({
      kind: 'user',
      userId: BOB,
      externalUserType: 'b2bCollaborationGuest',
      homeTenantId,
    });
    const guests = (...members: string[]) => ({
      includeGuestsOrExternalUsers: {
        guestOrExternalUserTypes: 'b2bCollaborationGuest',
        externalTenants: { membershipKind: 'enumerated', members },
      },
    });
    const FABRIKAM = '22222222-2222-4222-8222-222222222222';
    expect(judge(guests(FABRIKAM, 'tailspin.com'), from(FABRIKAM)).applies).toBe(true);
    const other = judge(guests('fabrikam.com', 'tailspin.com'), from(FABRIKAM));
    expect([other.applies, lacking(other)]).toEqual([
      'unknown',
      ['meaning of tenants fabrikam.com', 'meaning of tenants tailspin.com'],
    ]);
    expect(lacking(judge(guests('fabrikam.com'), from(undefined)))).toEqual(['homeTenantId']);
    const member: Identity = { kind: 'user', userId: BOB, externalUserType: 'none' };
    expect(judge(guests('fabrikam.com'), member).applies).toBe(false);
  });

  test.each(['AllNewUsers', 'SomethingNew'])('a word that is no id, %s, is unknown and named', (word) => {
    const judged = judge({ includeUsers: [word] });
    expect([judged.applies, lacking(judged)]).toEqual(['unknown', [`meaning of users ${word}`]]);
  });

  test('a preview member is unknown and named, where it is set to something', () => {
    expect(lacking(judge({ includeUsers: ['None'], includeAgents: { kind: 'all' } }))).toEqual([
      'meaning of users.includeAgents',
    ]);
    expect(judge({ includeUsers: ['All'], excludeAgents: ['x'] }).applies).toBe('unknown');
    expect(judge({ includeUsers: ['All'], excludeAgents: [], 'x@odata.type': 'y', includeNew: null }).applies).toBe(
      true,
    );
  });

  test('a preview member that includes excludes nobody, and one that excludes includes nobody', () => {
    expect(judge({ includeUsers: ['All'], includeAgents: ['x'] }).applies).toBe(true);
    expect(judge({ includeUsers: ['None'], excludeAgents: ['x'] }).applies).toBe(false);
    expect(lacking(judge({ includeUsers: ['All'], excludeAgents: ['x'] }))).toEqual(['meaning of users.excludeAgents']);
  });

  test.each(['c0000000-0000-4000-8000-00000000000a', '0000000C-0000-4000-8000-00000000000A'])(
    'the id %s of a user whom the tenant does not list is no name',
    (id) => {
      expect(judge({ includeUsers: [id] }).applies).toBe(false);
    },
  );

  test('a group that the tenant does not list is named by its id', () => {
    const id = 'c0000000-0000-4000-8000-00000000000b';
    expect(lacking(judge({ includeGroups: [id] }))).toEqual([`members of group ${id}`]);
  });

  test('the log names the rule that matched', () => {
    const [, users] = judge({ includeUsers: [ALICE], includeGroups: [STAFF], excludeUsers: [BOB] }).conditions;
    expect(users?.includeRules.map(({ ruleSatisfied, value }) => [ruleSatisfied, value])).toEqual([
      ['userId', ALICE],
      ['groupId', STAFF],
    ]);
    expect(users?.because).toBe('user included: alice@contoso.com, Staff');
    expect(judge({ includeUsers: ['All'], excludeGroups: [STAFF] }).conditions[1]?.because).toBe(
      'user excluded: Staff',
    );
  });
});

describe('a person of the tenant', () => {
  const found = (user: object, users: UsersCondition, identity: Partial<Identity> = {}) =>
    judge(users, { kind: 'user', userPrincipalName: 'carol@contoso.com', ...identity } as Identity, {
      users: [{ id: BOB.toUpperCase(), userPrincipalName: 'Carol@Contoso.com', ...user }],
    }).applies;
  const guests = { includeUsers: ['GuestsOrExternalUsers'] };

  test('is found by name in any case, and has the id of the tenant in any case', () => {
    expect(found({ userType: 'Member' }, { includeUsers: [BOB] })).toBe(true);
    expect(found({ userType: 'Member' }, { includeUsers: [ALICE] })).toBe(false);
  });

  test.each<[string, object, object, boolean | 'unknown']>([
    ['who has no type may be a guest', {}, {}, 'unknown'],
    ['of a type that nobody knows may be a guest', { userType: 'Robot' }, {}, 'unknown'],
    ['whose kind nobody knows may be a guest', { userType: 'Member', externalUserType: 'futureKind' }, {}, 'unknown'],
    [
      'of whom the sign-in names a kind that nobody knows may be one',
      { userType: 'Member' },
      { externalUserType: 'x' },
      'unknown',
    ],
    ['who is a member is none', { userType: 'member' }, {}, false],
    ['who is a guest is one', { userType: 'Guest' }, {}, true],
    [
      'who is a member from elsewhere counts as one',
      { userType: 'Member', userPrincipalName: 'carol_x.com#EXT#@contoso.com' },
      { userId: BOB },
      true,
    ],
  ])('%s', (_, user, identity, expected) => {
    expect(found(user, guests, identity)).toBe(expected);
  });
});

describe('roles', () => {
  const assignment = { principalId: ALICE, roleDefinitionId: READER, directoryScopeId: '/', status: 'active' } as const;
  const holds = (change: object, more: Partial<Tenant> = {}) =>
    judge({ includeRoles: [READER] }, alice, { roleAssignments: [{ ...assignment, ...change }], ...more }).applies;

  test.each<[string, object, boolean]>([
    ['an active role over the tenant counts', {}, true],
    ['an eligible one does not', { status: 'eligible' }, false],
    ['one over an administrative unit does not', { directoryScopeId: '/administrativeUnits/1' }, false],
    ['one of somebody else does not', { principalId: BOB }, false],
    ['another role does not', { roleDefinitionId: 'd0000000-0000-4000-8000-000000000002' }, false],
    ['one held by a group counts for its members', { principalId: STAFF }, true],
  ])('%s', (_, change, expected) => {
    expect(holds(change)).toBe(expected);
  });

  test('a custom role does not count, and a role is known by its template', () => {
    const custom = { roleDefinitions: [{ id: READER, isBuiltIn: false }] };
    const byTemplate = { roleDefinitions: [{ id: 'd1', templateId: READER, isBuiltIn: true }] };
    expect(holds({}, custom)).toBe(false);
    expect(holds({ roleDefinitionId: 'd1' }, byTemplate)).toBe(true);
  });

  test('without any list of groups, whoever else holds the role may be a group that one is in', () => {
    const { groups: _, ...withoutGroups } = tenant([policy({ users: { includeRoles: [READER] } })]);
    const held = (...holders: [string, string][]) => {
      const roleAssignments = holders.map(([principalId, roleDefinitionId]) => ({
        ...assignment,
        principalId,
        roleDefinitionId,
      }));
      const compiled = compile({ ...withoutGroups, roleAssignments });
      return evaluate(compiled, attempt({ identity: alice }), observation()).policies[0]?.applies;
    };
    const other = 'd0000000-0000-4000-8000-000000000002';
    expect(held([STAFF, READER])).toBe('unknown');
    expect(held([STAFF, READER], [TEAM, other])).toBe('unknown');
    expect(held([STAFF, other], [TEAM, other])).toBe(false);
    expect(held([ALICE, other])).toBe(false);
    expect(held([ALICE, other], [ALICE, READER])).toBe(true);
  });

  test('a role is known by its id where the tenant has no definition of it, and by its template where it has', () => {
    const roleDefinitions = [{ id: 'd1', templateId: READER, isBuiltIn: true }];
    const named = (role: string) =>
      judge({ includeRoles: [role] }, alice, {
        roleAssignments: [{ ...assignment, roleDefinitionId: 'd1' }],
        roleDefinitions,
      }).applies;
    expect([holds({}, { roleDefinitions: [] }), named(READER.toUpperCase()), named('d1')]).toEqual([true, true, false]);
  });

  test('a role goes by its own name, whether it is known by its id or by its template', () => {
    const roleDefinitions = [
      { id: 'd1', templateId: 't1', displayName: 'Other', isBuiltIn: true },
      { id: 'd2', templateId: READER, displayName: 'Reader', isBuiltIn: true },
    ];
    const named = (role: string) =>
      lacking(
        judge({ includeRoles: [role] }, alice, { roleAssignments: undefined, roleDefinitions } as unknown as Tenant),
      );
    expect([named(READER), named('D2')]).toEqual([['holders of role Reader'], ['holders of role Reader']]);
  });

  test('without a list of assignments the answer is unknown and names the role', () => {
    const { roleAssignments: _, ...rest } = { roleAssignments: undefined };
    const judged = judge({ includeRoles: [READER] }, alice, {
      ...rest,
      roleDefinitions: [{ id: READER, displayName: 'Reader' }],
    });
    expect(judged.applies).toBe(false);
    const unknown = judge({ includeRoles: [READER] }, alice, {
      roleAssignments: undefined,
      roleDefinitions: [{ id: READER, displayName: 'Reader' }],
    } as unknown as Partial<Tenant>);
    expect([unknown.applies, lacking(unknown)]).toEqual(['unknown', ['holders of role Reader']]);
  });

  test('a role held by a group of unknown members is unknown', () => {
    expect(holds({ principalId: STAFF }, { groups: [{ id: STAFF }] })).toBe('unknown');
    expect(holds({ principalId: STAFF }, { groups: undefined } as unknown as Partial<Tenant>)).toBe('unknown');
  });
});

describe('guests and external users', () => {
  const included = (guestOrExternalUserTypes: string, externalTenants: object | null = null) => ({
    includeGuestsOrExternalUsers: { guestOrExternalUserTypes, externalTenants },
  });
  const enumerated = { membershipKind: 'enumerated', members: [HOME] };

  test.each<[string, UsersCondition, Identity, boolean | 'unknown']>([
    ['All users includes guests', { includeUsers: ['All'] }, guest('b2bCollaborationGuest'), true],
    [
      'the legacy word is every kind of guest',
      { includeUsers: ['GuestsOrExternalUsers'] },
      guest('b2bDirectConnectUser'),
      true,
    ],
    ['a kind', included('b2bCollaborationGuest'), guest('b2bCollaborationGuest'), true],
    [
      'one of several kinds, in any case',
      included('internalGuest, B2BCollaborationGuest'),
      guest('b2bCollaborationGuest'),
      true,
    ],
    ['another kind', included('serviceProvider'), guest('b2bCollaborationGuest'), false],
    ['a member is no guest', included('b2bCollaborationGuest'), { kind: 'user', userId: ALICE }, false],
    ['all tenants', included('b2bCollaborationGuest', { membershipKind: 'all' }), guest('b2bCollaborationGuest'), true],
    [
      'an enumerated tenant',
      included('b2bCollaborationGuest', enumerated),
      guest('b2bCollaborationGuest', HOME.toUpperCase()),
      true,
    ],
    [
      'a tenant that is not enumerated',
      included('b2bCollaborationGuest', enumerated),
      guest('b2bCollaborationGuest', TENANT_ID),
      false,
    ],
    [
      'a home tenant that is not known',
      included('b2bCollaborationGuest', enumerated),
      guest('b2bCollaborationGuest'),
      'unknown',
    ],
    [
      'members without a kind are enumerated',
      included('b2bCollaborationGuest', { members: [HOME] }),
      guest('b2bCollaborationGuest', TENANT_ID),
      false,
    ],
    [
      'tenants say nothing about an internal guest',
      included('internalGuest', enumerated),
      guest('internalGuest'),
      true,
    ],
    [
      'a kind of membership that we do not know',
      included('b2bCollaborationGuest', { membershipKind: 'new' }),
      guest('b2bCollaborationGuest'),
      'unknown',
    ],
    ['a kind of guest that we do not know', included('martian'), guest('b2bCollaborationGuest'), 'unknown'],
  ])('%s', (_, users, identity, expected) => {
    expect(judge(users, identity).applies).toBe(expected);
  });

  test.each<[string, { userType?: string; userPrincipalName?: string }, string, boolean | 'unknown']>([
    [
      'a guest with #EXT# in the name came by B2B collaboration',
      { userType: 'Guest', userPrincipalName: 'eve_fabrikam.com#EXT#@contoso.com' },
      'b2bCollaborationGuest',
      true,
    ],
    [
      'a guest with a local name is internal',
      { userType: 'Guest', userPrincipalName: 'eve@contoso.com' },
      'internalGuest',
      true,
    ],
    [
      'a member with #EXT# came by B2B collaboration too',
      { userType: 'Member', userPrincipalName: 'eve#EXT#@contoso.com' },
      'b2bCollaborationMember',
      true,
    ],
    [
      'a member with a local name is none',
      { userType: 'Member', userPrincipalName: 'eve@contoso.com' },
      'internalGuest,b2bCollaborationMember',
      false,
    ],
    ['a guest without a name may be either', { userType: 'Guest' }, 'internalGuest', 'unknown'],
    ['and both together hold it', { userType: 'Guest' }, 'internalGuest,b2bCollaborationGuest', true],
    ['a user of no known type may be anything', {}, 'internalGuest', 'unknown'],
  ])('%s', (_, user, types, expected) => {
    const judged = judge(included(types), alice, { users: [{ id: ALICE, ...user }] });
    expect(judged.applies).toBe(expected);
    expect(lacking(judged)).toEqual(expected === 'unknown' ? ['externalUserType'] : []);
  });

  test.each<[string, UsersCondition, string]>([
    ['the home tenant', included('b2bCollaborationGuest', enumerated), 'homeTenantId'],
    [
      'the kind of membership',
      included('b2bCollaborationGuest', { membershipKind: 'new' }),
      'meaning of membershipKind new',
    ],
    ['the kind of guest', included('martian'), 'meaning of guestOrExternalUserTypes martian'],
  ])('what is missing is named: %s', (_, users, missing) => {
    expect(lacking(judge(users, guest('b2bCollaborationGuest')))).toEqual([missing]);
  });

  test('an excluded kind beats All', () => {
    const users = {
      includeUsers: ['All'],
      excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest' },
    };
    expect(judge(users, guest('b2bCollaborationGuest')).applies).toBe(false);
  });
});

describe('workload identities', () => {
  const robot: Identity = { kind: 'servicePrincipal', servicePrincipalId: ROBOT };
  const workload = (clientApplications: object) => policy({ users: { includeUsers: ['None'] }, clientApplications });
  const all = workload({ includeServicePrincipals: ['ServicePrincipalsInMyTenant'] });
  const judgeRobot = (one = all, identity = robot, changes: object = {}) =>
    judgeOne(one, attempt({ identity }), observation(), {
      servicePrincipals: [
        {
          id: ROBOT,
          appId: 'robot',
          displayName: 'Robot',
          appOwnerOrganizationId: TENANT_ID,
          signInAudience: 'AzureADMyOrg',
          ...changes,
        },
      ],
    });

  test('the tenant’s own service principals are in reach', () => {
    expect(judgeRobot().applies).toBe(true);
    expect(judgeRobot(workload({ includeServicePrincipals: [ROBOT] })).applies).toBe(true);
    expect(judgeRobot(all, { kind: 'servicePrincipal', appId: 'ROBOT' }).applies).toBe(true);
  });

  test.each([
    ['a multi-tenant application', { signInAudience: 'AzureADMultipleOrgs' }],
    ['an application of another tenant', { appOwnerOrganizationId: HOME }],
    ['an application without an owner', { appOwnerOrganizationId: null }],
    ['a managed identity', { servicePrincipalType: 'ManagedIdentity' }],
  ])('%s is out of reach, even by its id', (_, changes) => {
    expect(judgeRobot(all, robot, changes).applies).toBe(false);
    expect(judgeRobot(workload({ includeServicePrincipals: [ROBOT] }), robot, changes).applies).toBe(false);
  });

  test('a sign-in of a managed identity is out of reach', () => {
    expect(judgeRobot(all, { kind: 'managedIdentity', servicePrincipalId: ROBOT }).applies).toBe(false);
  });

  test('an application that the tenant does not know is unknown, by name', () => {
    const judged = judgeOne(
      all,
      attempt({ identity: { kind: 'servicePrincipal', servicePrincipalId: 'x' } }),
      observation(),
    );
    expect([judged.applies, lacking(judged)]).toEqual([
      'unknown',
      ['appOwnerOrganizationId of service principal x', 'signInAudience of service principal x'],
    ]);
  });

  test('exclusion, attributes and agents', () => {
    expect(
      judgeRobot(
        workload({ includeServicePrincipals: ['ServicePrincipalsInMyTenant'], excludeServicePrincipals: [ROBOT] }),
      ).applies,
    ).toBe(false);
    const filter = (mode: string) =>
      workload({
        includeServicePrincipals: mode === 'exclude' ? ['ServicePrincipalsInMyTenant'] : [],
        servicePrincipalFilter: { mode, rule: 'CustomSecurityAttribute.Access_Level -eq "high"' },
      });
    const high = { customSecurityAttributes: { Access: { Level: 'high' } } };
    expect(judgeRobot(filter('include'), robot, high).applies).toBe(true);
    expect(judgeRobot(filter('exclude'), robot, high).applies).toBe(false);
    expect(lacking(judgeRobot(filter('include'), robot))).toEqual([
      'custom security attributes of service principal Robot',
    ]);
    expect(lacking(judgeRobot(filter('new'), robot, high))).toEqual(['meaning of the mode of servicePrincipalFilter']);
    expect(judgeRobot(workload({ includeAgentIdServicePrincipals: ['All'] })).applies).toBe(false);
  });

  test('preview members leave the other list alone, and are named', () => {
    const mine = { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] };
    expect(judgeRobot(workload({ ...mine, includeNew: ['x'] })).applies).toBe(true);
    expect(judgeRobot(workload({ includeServicePrincipals: [OTHER_ROBOT], excludeNew: ['x'] })).applies).toBe(false);
    expect(lacking(judgeRobot(workload({ ...mine, excludeNew: ['x'] })))).toEqual([
      'meaning of clientApplications.excludeNew',
    ]);
    const servicePrincipalFilter = { mode: 'exclude', rule: 'CustomSecurityAttribute.Access_Level -eq "high"' };
    expect(judgeRobot(workload({ includeServicePrincipals: [OTHER_ROBOT], servicePrincipalFilter })).applies).toBe(
      false,
    );
  });

  test('a name in the place of an id may be any of those within reach', () => {
    const mine = { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] };
    for (const [lists, name] of [
      [{ includeServicePrincipals: ['Robot'] }, 'Robot'],
      [{ ...mine, excludeServicePrincipals: ['Payroll robot'] }, 'Payroll robot'],
      [{ includeServicePrincipals: [OTHER_ROBOT, '{{robot}}'] }, '{{robot}}'],
    ] as const) {
      const judged = judgeRobot(workload(lists));
      expect([judged.applies, lacking(judged)]).toEqual(['unknown', [`meaning of servicePrincipals ${name}`]]);
    }
    expect(
      judgeRobot(workload({ includeServicePrincipals: ['Robot'] }), robot, { appOwnerOrganizationId: null }).applies,
    ).toBe(false);
  });

  test('the reason says who is out of reach, and what is not known', () => {
    expect(judgeRobot(all, robot, { appOwnerOrganizationId: null }).conditions[1]).toMatchObject({
      condition: 'servicePrincipals',
      because: 'service principal out of the reach of Conditional Access',
    });
    const stranger: Identity = { kind: 'servicePrincipal', servicePrincipalId: 'x' };
    expect(judgeRobot(all, stranger).conditions[1]?.because).toBe(
      'service principal unknown without appOwnerOrganizationId of service principal x, signInAudience of service principal x',
    );
    expect(judgeRobot(workload({ includeServicePrincipals: [ROBOT] }), stranger).applies).toBe(false);
  });

  test('an attribute that is null or missing meets only what is negative, and a list any of its values', () => {
    const rule = (operator: string) =>
      workload({
        servicePrincipalFilter: { mode: 'include', rule: `CustomSecurityAttribute.Access_Level ${operator} "null"` },
      });
    const level = (Level: unknown) => ({ customSecurityAttributes: { Access: { Level } } });
    expect(judgeRobot(rule('-eq'), robot, level(null)).applies).toBe(false);
    expect(judgeRobot(rule('-ne'), robot, level(null)).applies).toBe(true);
    expect(judgeRobot(rule('-contains'), robot, level(['annulled', 'nullified'])).applies).toBe(false);
    expect(judgeRobot(rule('-contains'), robot, level(['x', 'null'])).applies).toBe(true);
  });

  test('a principal without the attribute, or without any, has null, and a mode that is neither is unknown', () => {
    const rule = 'CustomSecurityAttribute.Access_Level -ne "high"';
    const judged = (customSecurityAttributes: unknown, mode = 'include') =>
      judgeRobot(workload({ servicePrincipalFilter: { mode, rule } }), robot, { customSecurityAttributes });
    expect([null, {}, { Access: null }, { Access: {} }].map((none) => judged(none).applies)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(lacking(judged(undefined))).toEqual(['custom security attributes of service principal Robot']);
    expect(lacking(judged({}, 'perhaps'))).toEqual(['meaning of the mode of servicePrincipalFilter']);
  });

  test('a filter on attributes is read as a whole, and is about custom security attributes only', () => {
    const rule = 'CustomSecurityAttribute.Access_Level -eq "high"';
    const judged = (text: string) =>
      judgeRobot(workload({ servicePrincipalFilter: { mode: 'include', rule: text } }), robot, {
        customSecurityAttributes: { Access: { Level: 'high' } },
      });
    const both = judged(`${rule} -and ${rule}`);
    expect(both.conditions[1]?.includeRules).toEqual([
      { conditionalAccessCondition: 'servicePrincipals', ruleSatisfied: 'appFilter', value: `${rule} -and ${rule}` },
    ]);
    expect(lacking(judged('user.name -eq "x"'))).toEqual(['meaning of user.name']);
  });

  test('a policy on users does not reach a workload identity, and one on workloads no person', () => {
    const byRobot = judgeRobot(policy());
    expect([byRobot.applies, byRobot.conditions[1]?.condition]).toEqual([false, 'users']);
    expect(judgeOne(workload({ includeServicePrincipals: ['ServicePrincipalsInMyTenant'] })).applies).toBe(false);
  });

  test('a workload identity without id and name is the caller', () => {
    const servicePrincipalFilter = { mode: 'include', rule: 'CustomSecurityAttribute.Access_Level -eq "high"' };
    const judged = judgeRobot(workload({ servicePrincipalFilter }), { kind: 'servicePrincipal' });
    expect(lacking(judged)).toEqual([
      'custom security attributes of service principal the caller',
      'appOwnerOrganizationId of service principal the caller',
      'signInAudience of service principal the caller',
    ]);
  });

  test('the id of an unknown caller is named', () => {
    const judged = judgeRobot(workload({ includeServicePrincipals: [ROBOT] }), { kind: 'servicePrincipal' });
    expect(lacking(judged)[0]).toBe('servicePrincipalId');
  });
});
