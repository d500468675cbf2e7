import { describe, expect, test } from 'vitest';
import { directoryOf, supposedPeople } from '../../../../src/core/dependencies/supposed-people.ts';
import type { ClientApplicationsCondition, UsersCondition } from '../../../../src/core/tenant/policy.ts';
import { tenantWith } from './contoso.ts';

const TENANT = tenantWith({});
const people = (users: UsersCondition) => supposedPeople({ users }, TENANT);
const idsOf = (users: UsersCondition) =>
  people(users)
    .identities.map((one) => (one.kind === 'user' ? one.userId : one.servicePrincipalId))
    .filter((id) => !id?.includes('-of-another-tenant'));

describe('people made up for a policy', () => {
  test('are somebody, and whom it names, and nobody for a word', () => {
    expect(idsOf({ includeUsers: ['All', 'id-1', 'None', 'AllAgentUsers'] })).toEqual(['somebody', 'id-1']);
  });

  test('are a member of each group and a holder of each role that it includes', () => {
    const { directory } = people({ includeGroups: ['G1'], excludeGroups: ['g2'], includeRoles: ['R1'] });
    expect(idsOf({ includeGroups: ['G1'], excludeGroups: ['g2'], includeRoles: ['R1'] })).toEqual([
      'somebody',
      'member-of-g1',
      'holder-of-r1',
    ]);
    expect(directory.groups).toEqual([
      { id: 'G1', members: ['member-of-g1'] },
      { id: 'g2', members: ['member-of-g2'] },
    ]);
    expect(directory.roleAssignments).toEqual([
      { principalId: 'holder-of-r1', roleDefinitionId: 'R1', directoryScopeId: '/', status: 'active' },
    ]);
  });

  test('are the account of an agent where it asks for all of them, in any letters', () => {
    expect(idsOf({ includeUsers: ['allagentIdUsers', 'id-1'] })).toEqual(['somebody', 'id-1', 'account-of-an-agent']);
  });

  test('are guests of every kind, from each home that it tells apart and from another', () => {
    const homes = (members: readonly string[]) => ({ externalTenants: { membershipKind: 'enumerated', members } });
    const { users } = people({
      includeGuestsOrExternalUsers: homes(['home-1']) as never,
      excludeGuestsOrExternalUsers: homes(['home-2', 'home-1']) as never,
    }).directory;
    const guests = users.filter(({ homeTenantId }) => homeTenantId !== undefined);
    expect(guests[0]).toEqual({
      id: 'b2bCollaborationGuest-of-another-tenant',
      externalUserType: 'b2bCollaborationGuest',
      homeTenantId: 'another-tenant',
    });
    expect(new Set(guests.map(({ homeTenantId }) => homeTenantId))).toEqual(
      new Set(['another-tenant', 'home-1', 'home-2']),
    );
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
    const [any, named, ...more] = principals({ includeServicePrincipals: ['ServicePrincipalsInMyTenant', 'sp-1'] });
    expect(any?.id).toBe('some-service-principal');
    expect(named).toEqual({
      id: 'sp-1',
      appId: 'application-of-sp-1',
      servicePrincipalType: 'Application',
      appOwnerOrganizationId: TENANT.tenantId,
      signInAudience: 'AzureADMyOrg',
    });
    expect(more).toEqual([]);
  });

  test('are agents where it names blueprints', () => {
    const agents = principals({ includeAgentIdServicePrincipals: ['blueprint'] }).slice(1);
    expect(agents).toEqual([
      expect.objectContaining({
        id: 'agent-of-blueprint',
        '@odata.type': '#microsoft.graph.agentIdentity',
        agentIdentityBlueprintId: 'blueprint',
      }),
    ]);
  });

  test('are none where it speaks of people alone', () => {
    expect(supposedPeople({ clientApplications: null }, TENANT).directory.servicePrincipals).toEqual([]);
    const { identities } = supposedPeople({ clientApplications: { includeServicePrincipals: ['sp-1'] } }, TENANT);
    expect(identities.at(-1)).toEqual({
      kind: 'servicePrincipal',
      servicePrincipalId: 'sp-1',
      appId: 'application-of-sp-1',
    });
  });
});

test('whom several policies suppose is one person of one directory, in whatever letters', () => {
  const directory = directoryOf([
    people({ includeUsers: ['AB-1'], includeGroups: ['G'] }),
    people({ includeUsers: ['ab-1'], includeGroups: ['g'], includeRoles: ['r'] }),
  ]);
  const ids = directory.users.map(({ id }) => id.toLowerCase());
  expect(ids).toHaveLength(new Set(ids).size);
  expect(ids).toContain('ab-1');
  expect(directory.groups.map(({ id }) => id)).toEqual(['g']);
  expect(directory.roleAssignments).toHaveLength(1);
});
