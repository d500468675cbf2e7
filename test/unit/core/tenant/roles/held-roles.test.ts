import { describe, expect, test } from 'vitest';
import type { RoleAssignment } from '../../../../../src/core/tenant/directory.ts';
import { findUser } from '../../../../../src/core/tenant/lookup.ts';
import { builtInRole } from '../../../../../src/core/tenant/roles/built-in-roles.ts';
import { rolesOf } from '../../../../../src/core/tenant/roles/held-roles.ts';
import { sampleTenant } from '../../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';

const tenant = sampleTenant();
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';

describe('the roles of a principal', () => {
  function rolesWith(...roleAssignments: RoleAssignment[]): string[] {
    const made: Tenant = {
      ...tenant,
      groups: [{ id: 'admins', members: ['user'] }],
      roleDefinitions: [
        { id: 'custom', isBuiltIn: false },
        { id: 'by-id', templateId: READER.toUpperCase(), isBuiltIn: true },
      ],
      roleAssignments,
    };
    return [...rolesOf(made, 'USER')];
  }
  const active = { principalId: 'user', directoryScopeId: '/', status: 'active' } as const;

  test('are the active ones over the whole tenant', () => {
    expect(rolesWith({ ...active, roleDefinitionId: GLOBAL_ADMINISTRATOR.toUpperCase() })).toEqual([
      GLOBAL_ADMINISTRATOR,
    ]);
  });

  test('leave out eligible, scoped and custom ones', () => {
    expect(
      rolesWith(
        { ...active, roleDefinitionId: GLOBAL_ADMINISTRATOR, status: 'eligible' },
        { ...active, roleDefinitionId: READER, directoryScopeId: '/administrativeUnits/1' },
        { ...active, roleDefinitionId: 'custom' },
        { ...active, roleDefinitionId: READER, principalId: 'somebody else' },
      ),
    ).toEqual([]);
  });

  test('come through a group and by the template of a definition', () => {
    expect(rolesWith({ ...active, principalId: 'admins', roleDefinitionId: 'by-id' })).toEqual([READER]);
  });

  test.each([
    ['megan.bowen@contoso.com', ['Global Administrator']],
    ['adele.vance@contoso.com', ['Global Secure Access Administrator']],
    ['alex.wilber@contoso.com', ['Conditional Access Administrator']],
    ['isaiah.langer@contoso.com', ['Security Administrator']],
    ['lee.gu@contoso.com', []],
    ['patti.fernandez@contoso.com', []],
  ])('of %s in the sample are %j', (name, expected) => {
    const found = findUser(tenant, name);
    const roles = 'found' in found ? [...rolesOf(tenant, found.found.id)] : ['not found'];
    expect(roles.map((id) => builtInRole(id)?.displayName)).toEqual(expected);
  });
});
