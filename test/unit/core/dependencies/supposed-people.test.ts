import { describe, expect, test } from 'vitest';
import { directoryOf, supposedPeople } from '../../../../src/core/dependencies/supposed-people.ts';
import type { ClientApplicationsCondition, UsersCondition } from '../../../../src/core/tenant/policy.ts';
import { tenantWith } from './contoso.ts';

const TENANT = tenantWith({});
const [FIRST, SECOND, THIRD] = ['a', 'b', 'c'].map(
  (letter) => `${letter}0000000-0000-4000-8000-00000000000${letter}`,
) as [string, string, string];
const people = (users: UsersCondition) => supposedPeople({ users }, TENANT);
const idsOf = (users: UsersCondition) =>
  people(users)
    .identities.map((one) => (one.kind === 'user' ? one.userId : one.servicePrincipalId))
    .filter((id) => !id?.includes('-of-another-tenant'));

describe('people made up for a policy', () => {
  test('are somebody, and whom it names by id, and nobody for a word or a name', () => {
    const names = ['ada@contoso.com', '<user>', 'Ada Lovelace'];
    expect(idsOf({ includeUsers: ['All', FIRST, 'None', 'AllAgentUsers', ...names] })).toEqual(['somebody', FIRST]);
    const { directory } = people({ includeGroups: ['Staff'], excludeGroups: ['Guests'], includeRoles: ['Reader'] });
    expect(directory).toMatchObject({ groups: [], roleAssignments: [] });
  });

  test('are a member of each group and a holder of each role that it includes', () => {
    const { directory } = people({
      includeGroups: [FIRST.toUpperCase()],
      excludeGroups: [SECOND],
      includeRoles: [THIRD],
    });
    expect(idsOf({ includeGroups: [FIRST.toUpperCase()], excludeGroups: [SECOND], includeRoles: [THIRD] })).toEqual([
      'somebody',
      `member-of-${FIRST}`,
      `holder-of-${THIRD}`,
    ]);
    expect(directory.groups).toEqual([
      { id: FIRST.toUpperCase(), members: [`member-of-${FIRST}`] },
      { id: SECOND, members: [`member-of-${SECOND}`] },
    ]);
    expect(directory.roleAssignments).toEqual([
      { principalId: `holder-of-${THIRD}`, roleDefinitionId: THIRD, directoryScopeId: '/', status: 'active' },
    ]);
  });

  test('are the account of an agent where it asks for all of them, in any letters', () => {
    expect(idsOf({ includeUsers: ['allagentIdUsers', FIRST] })).toEqual(['somebody', FIRST, 'account-of-an-agent']);
  });

  test('are guests of every kind, from each home that it tells apart and from another', () => {
    const homes = (members: readonly string[]) => ({ externalTenants: { membershipKind: 'enumerated', members } });
    const { users } = people({
      includeGuestsOrExternalUsers: homes([FIRST, 'fabrikam.com']) as never,
      excludeGuestsOrExternalUsers: homes([SECOND, FIRST]) as never,
    }).directory;
    const guests = users.filter(({ homeTenantId }) => homeTenantId !== undefined);
    expect(guests[0]).toEqual({
      id: 'b2bCollaborationGuest-of-another-tenant',
      externalUserType: 'b2bCollaborationGuest',
      homeTenantId: 'another-tenant',
    });
    expect(new Set(guests.map(({ homeTenantId }) => homeTenantId))).toEqual(new Set(['another-tenant', FIRST, SECOND]));
    const kinds = new Set(guests.map(({ externalUserType }) => externalUserType));
    expect(guests).toHaveLength(3 * kinds.size);
    expect(kinds.size).toBeGreaterThan(4);
  });

  test('are there where the policy names nobody at all', () => {
    expect(supposedPeople({}, TENANT).identities[0]).toEqual({ kind: 'user', userId: 'somebody' });
    expect(supposedPeople({ users: null }, TENANT).directory.groups).toEqual([]);
  });
});

describe('applications made up for a policy', () => {
  const principals = (clientApplications: ClientApplicationsCondition) =>
    supposedPeople({ clientApplications }, TENANT).directory.servicePrincipals;

  test('are single-tenant ones of this tenant: any, and those that it names', () => {
    const [any, named, ...more] = principals({
      includeServicePrincipals: ['ServicePrincipalsInMyTenant', FIRST, 'Robot'],
    });
    expect(any?.id).toBe('some-service-principal');
    expect(named).toEqual({
      id: FIRST,
      appId: `application-of-${FIRST}`,
      servicePrincipalType: 'Application',
      appOwnerOrganizationId: TENANT.tenantId,
      signInAudience: 'AzureADMyOrg',
    });
    expect(more).toEqual([]);
  });

  test('are agents where it names blueprints', () => {
    const agents = principals({ includeAgentIdServicePrincipals: [FIRST] }).slice(1);
    expect(agents).toEqual([
      expect.objectContaining({
        id: `agent-of-${FIRST}`,
        '@odata.type': '#microsoft.graph.agentIdentity',
        agentIdentityBlueprintId: FIRST,
      }),
    ]);
  });

  test('are none where it speaks of people alone', () => {
    expect(supposedPeople({ clientApplications: null }, TENANT).directory.servicePrincipals).toEqual([]);
    const { identities } = supposedPeople({ clientApplications: { includeServicePrincipals: [FIRST] } }, TENANT);
    expect(identities.at(-1)).toEqual({
      kind: 'servicePrincipal',
      servicePrincipalId: FIRST,
      appId: `application-of-${FIRST}`,
    });
  });
});

test('whom several policies suppose is one person of one directory, in whatever letters', () => {
  const directory = directoryOf([
    people({ includeUsers: [FIRST.toUpperCase()], includeGroups: [SECOND.toUpperCase()] }),
    people({ includeUsers: [FIRST], includeGroups: [SECOND], includeRoles: [THIRD] }),
  ]);
  const ids = directory.users.map(({ id }) => id.toLowerCase());
  expect(ids).toHaveLength(new Set(ids).size);
  expect(ids).toContain(FIRST);
  expect(directory.groups.map(({ id }) => id)).toEqual([SECOND]);
  expect(directory.roleAssignments).toHaveLength(1);
});
