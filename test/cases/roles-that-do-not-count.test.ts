import { expect, test } from 'vitest';
import { tenantOf } from './exports.ts';

const ADA = 'a0000000-0000-4000-8000-000000000001';
const READERS = { principalId: ADA, roleDefinitionId: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', directoryScopeId: '/' };
const ADMINS = { principalId: ADA, roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10', directoryScopeId: '/' };
const HELPERS = {
  principalId: ADA,
  roleDefinitionId: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  directoryScopeId: '/administrativeUnits/u1',
};

test('user show and role list tell active roles from eligible and from scoped ones', async () => {
  const place = await tenantOf({
    'users.json': [{ id: ADA, userPrincipalName: 'ada@contoso.com', userType: 'Member' }],
    'roles.json': [READERS, { ...ADMINS, roleEligibilityScheduleId: 's' }, HELPERS],
  });
  const shown = (await place.gsa('user show ada@contoso.com')).stdout;
  expect(shown).toMatch(/Roles\s+Directory Readers/);
  expect(shown).toContain('Global Administrator (eligible)');
  expect(shown).toContain('User Administrator (active in /administrativeUnits/u1)');
  const listed = (await place.gsa('role list')).stdout;
  expect(listed).toMatch(/Global Administrator\s+ada@contoso.com\s+eligible\s+\//);
  expect(listed).toMatch(/User Administrator\s+ada@contoso.com\s+active\s+\/administrativeUnits\/u1/);
});

test('who has no such roles sees no line about them', async () => {
  const place = await tenantOf({
    'users.json': [{ id: ADA, userPrincipalName: 'ada@contoso.com', userType: 'Member' }],
    'roles.json': [READERS],
  });
  expect((await place.gsa('user show ada@contoso.com')).stdout).not.toContain('do not count');
});
