import fc from 'fast-check';
import type {
  Group,
  RoleAssignment,
  RoleDefinition,
  ServicePrincipal,
  User,
} from '../../../src/core/tenant/directory.ts';

/** A small world of fixed ids: random policies refer to what random tenants have. */
export const TENANT_ID = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT_ID = '22222222-2222-4222-8222-222222222222';
export const USER_IDS = [1, 2, 3, 4].map((at) => `a0000000-0000-4000-8000-00000000000${at}`);
export const GROUP_IDS = [1, 2, 3].map((at) => `b0000000-0000-4000-8000-00000000000${at}`);
export const ROLE_IDS = [1, 2].map((at) => `d0000000-0000-4000-8000-00000000000${at}`);
export const PRINCIPAL_IDS = [1, 2].map((at) => `f0000000-0000-4000-8000-00000000000${at}`);
export const APP_IDS = [
  ...[1, 2].map((at) => `e0000000-0000-4000-8000-00000000000${at}`),
  '00000002-0000-0ff1-ce00-000000000000',
  '00000003-0000-0000-c000-000000000000',
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
];

/** Names that somebody put in the place of ids: nothing tells which object each stands for, though one user is called so. */
export const NAMES = {
  users: 'user1@contoso.com',
  groups: 'All staff',
  roles: 'Helpdesk Administrator',
  applications: 'Office 365 Exchange Online',
  principals: 'Payroll robot',
  tenants: 'fabrikam.com',
} as const;

const users: fc.Arbitrary<readonly User[]> = fc.tuple(...USER_IDS.map(userWith));

function userWith(id: string): fc.Arbitrary<User> {
  return fc
    .record({
      userType: fc.option(fc.constantFrom('Member', 'Guest'), { nil: undefined }),
      externalUserType: fc.option(
        fc.constantFrom('none', 'internalGuest', 'b2bCollaborationGuest', 'serviceProvider'),
        { nil: undefined },
      ),
      homeTenantId: fc.option(fc.constantFrom(TENANT_ID, OTHER_TENANT_ID), { nil: undefined }),
    })
    .map(({ userType, externalUserType, homeTenantId }) => ({
      id,
      userPrincipalName: `user${id.slice(-1)}@contoso.com`,
      ...(userType === undefined ? {} : { userType }),
      ...(externalUserType === undefined ? {} : { externalUserType }),
      ...(homeTenantId === undefined ? {} : { homeTenantId }),
    }));
}

/** Groups may hold each other in circles, and may not tell their members. */
const groups: fc.Arbitrary<readonly Group[]> = fc.tuple(
  ...GROUP_IDS.map((id) =>
    fc
      .option(fc.subarray([...USER_IDS, ...GROUP_IDS]), { nil: undefined, freq: 6 })
      .map((members): Group => (members === undefined ? { id } : { id, members })),
  ),
);

const roleAssignments: fc.Arbitrary<readonly RoleAssignment[]> = fc.array(
  fc.record({
    principalId: fc.constantFrom(...USER_IDS, ...GROUP_IDS),
    roleDefinitionId: fc.constantFrom(...ROLE_IDS),
    directoryScopeId: fc.constantFrom('/', '/administrativeUnits/1'),
    status: fc.constantFrom('active', 'eligible'),
  }),
  { maxLength: 3 },
);

const roleDefinitions: fc.Arbitrary<readonly RoleDefinition[]> = fc.tuple(
  ...ROLE_IDS.map((id) => fc.boolean().map((isBuiltIn) => ({ id, isBuiltIn }))),
);

const servicePrincipals: fc.Arbitrary<readonly ServicePrincipal[]> = fc.tuple(
  ...[...PRINCIPAL_IDS, ...APP_IDS].map((id) =>
    fc
      .record({
        owner: fc.constantFrom(TENANT_ID, OTHER_TENANT_ID),
        signInAudience: fc.constantFrom('AzureADMyOrg', 'AzureADMultipleOrgs'),
        attributes: fc.constantFrom(
          undefined,
          {},
          { Access: { Level: ['high', 'low'] } },
          { Access: { Level: 'high' } },
        ),
      })
      .map(({ owner, signInAudience, attributes }) => ({
        id,
        appId: id,
        appOwnerOrganizationId: owner,
        signInAudience,
        ...(attributes === undefined ? {} : { customSecurityAttributes: attributes }),
      })),
  ),
);

/** The people of a tenant; each list may be absent, which is *not known*. */
export const directories = fc.record(
  { users, groups, roleAssignments, roleDefinitions, servicePrincipals },
  { requiredKeys: ['users'] },
);
