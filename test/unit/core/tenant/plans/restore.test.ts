import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../../../src/core/tenant/plans/edit.ts';
import { planRestoreTenant } from '../../../../../src/core/tenant/plans/restore.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import { ipLocation, policyWith, tenantWith } from '../../dependencies/contoso.ts';

const user = (id: string, displayName = id) => ({ id, displayName, userPrincipalName: `${id}@contoso.com` });
const POLICY = policyWith({ id: 'CA1' });
const { users: _users, groups: _groups, ...bare } = tenantWith({});
const without: Tenant = bare;

describe('a tenant becomes the one of a backup', () => {
  test.each<[string, Tenant, Tenant]>([
    ['with a policy more', tenantWith({}), tenantWith({ policies: [POLICY] })],
    ['with a policy less', tenantWith({ policies: [POLICY] }), tenantWith({})],
    [
      'with another policy',
      tenantWith({ policies: [POLICY] }),
      tenantWith({ policies: [{ ...POLICY, state: 'disabled' }] }),
    ],
    ['with a deleted policy', tenantWith({}), tenantWith({ deletedItems: { policies: [POLICY], namedLocations: [] } })],
    ['with a location', tenantWith({}), tenantWith({ namedLocations: [ipLocation('Office', [])] })],
    ['with another setting', tenantWith({ entraIdPlan: 'P1' }), tenantWith({ entraIdPlan: 'P2' })],
    ['without a setting', tenantWith({ entraIdPlan: 'P1' }), tenantWith({})],
    ['with a name', tenantWith({}), tenantWith({ displayName: 'Fabrikam' })],
    ['with people that were not known', without, tenantWith({ users: [user('ada')], groups: [] })],
    ['with nobody, where people were not known', without, tenantWith({})],
    ['without knowing people', tenantWith({ users: [user('ada')] }), without],
  ])('%s', (_, tenant, backup) => {
    const { plan, complete } = planRestoreTenant(tenant, backup, 7);
    expect(complete).toBe(true);
    expect(plan.steps).toHaveLength(1);
    expect(applyPlan(tenant, plan)).toEqual(backup);
  });

  test('in one step that names the serial, the tenant and what changes', () => {
    const { plan } = planRestoreTenant(tenantWith({}), tenantWith({ policies: [POLICY] }), 7);
    expect(plan.steps[0]?.activity).toMatchObject({
      ...{
        activityDisplayName: 'Restore tenant of serial 7',
        category: 'DirectoryManagement',
        operationType: 'Restore',
      },
      targetResources: [{ displayName: 'Contoso', type: 'Directory' }, { id: 'CA1' }],
    });
  });

  test('with nothing to do where it is so already, in whatever order', () => {
    const [a, b] = [user('ada'), user('ben')];
    const { plan, complete } = planRestoreTenant(tenantWith({ users: [a, b] }), tenantWith({ users: [b, a] }), 7);
    expect([plan.steps, complete]).toEqual([[], true]);
  });

  test('not by its slots alone where it has something that no slot has', () => {
    const backup = { ...tenantWith({}), somethingNew: 1 } as Tenant;
    const { plan, complete } = planRestoreTenant(tenantWith({}), backup, 7);
    expect([plan.steps.length, complete]).toEqual([1, false]);
    expect(planRestoreTenant(backup, backup, 7)).toEqual({ plan: { steps: [] }, complete: true });
  });

  test('not by its slots alone where two items share an id', () => {
    const twins = tenantWith({ users: [user('ada', 'first'), user('ada', 'second')] });
    expect(planRestoreTenant(tenantWith({ users: [user('ada', 'second')] }), twins, 7).complete).toBe(false);
    expect(planRestoreTenant(twins, twins, 7)).toEqual({ plan: { steps: [] }, complete: true });
  });
});
