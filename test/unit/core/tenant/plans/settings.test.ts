import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../../../src/core/tenant/plans/change.ts';
import { applyPlan } from '../../../../../src/core/tenant/plans/edit.ts';
import type { SettingsEdit } from '../../../../../src/core/tenant/plans/settings.ts';
import { planSettings } from '../../../../../src/core/tenant/plans/settings.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import { tenantWith } from '../../dependencies/contoso.ts';

const user = (id: string, more: object = {}) => ({
  id,
  displayName: id,
  userPrincipalName: `${id}@contoso.com`,
  ...more,
});

function planned(tenant: Tenant, edit: SettingsEdit): Plan {
  const plan = planSettings(tenant, edit, 'new id');
  if ('refused' in plan) throw new Error(plan.refused);
  return plan;
}

const madeWith = (tenant: Tenant, edit: SettingsEdit) => applyPlan(tenant, planned(tenant, edit));
const named = (tenant: Tenant, edit: SettingsEdit) =>
  planned(tenant, edit).steps.map(({ activity }) => [activity.activityDisplayName, activity.loggedByService]);

describe('a setting', () => {
  const EDITS: [SettingsEdit, string, string, (tenant: Tenant) => unknown, unknown][] = [
    [{ signInLogDelayMinutes: 5 }, 'sign-in log delay', 'gsa', (t) => t.settings.signInLogDelayMinutes, 5],
    [{ signInLogRetentionDays: 30 }, 'sign-in log retention', 'gsa', (t) => t.settings.signInLogRetentionDays, 30],
    [{ defaultAdministrator: 'ada' }, 'default administrator', 'gsa', (t) => t.settings.defaultAdministrator, 'ada'],
    [{ securityDefaults: true }, 'security defaults', 'Core Directory', (t) => t.settings.securityDefaults, true],
    [
      { restoresSharePointAndExchange: false },
      'restoration for SharePoint and Exchange',
      'gsa',
      (t) => t.settings.restoresSharePointAndExchange,
      false,
    ],
    [
      { restoresForeignTunnels: true },
      "restoration through another tenant's tunnel",
      'gsa',
      (t) => t.settings.restoresForeignTunnels,
      true,
    ],
    [{ entraIdPlan: 'P1' }, 'Entra ID plan', 'Core Directory', (t) => t.entraIdPlan, 'P1'],
    [
      { mfaTrustedIps: ['192.0.2.0/24'] },
      'MFA trusted IPs',
      'Core Directory',
      (t) => t.mfaTrustedIps,
      ['192.0.2.0/24'],
    ],
    [
      { onboardingStatus: 'onboarded' },
      'onboarding status',
      'Global Secure Access',
      (t) => t.globalSecureAccess.onboardingStatus,
      'onboarded',
    ],
    [
      { egressRanges: ['203.0.113.0/24'] },
      'egress ranges',
      'Global Secure Access',
      (t) => t.globalSecureAccess.egressRanges,
      ['203.0.113.0/24'],
    ],
  ];

  test.each(EDITS)('%j is one step that is called after it', (edit, name, service, valueIn, value) => {
    const tenant = tenantWith({});
    expect(named(tenant, edit)).toEqual([[`Update ${name}`, service]]);
    expect(planned(tenant, edit).steps[0]?.activity).toMatchObject({
      ...{ category: 'DirectoryManagement', operationType: 'Update' },
      targetResources: [{ id: tenant.tenantId, displayName: 'Contoso', type: 'Directory' }],
    });
    expect(valueIn(madeWith(tenant, edit))).toEqual(value);
  });

  test.each(EDITS)('%j changes nothing a second time', (edit) => {
    expect(planned(madeWith(tenantWith({}), edit), edit).steps).toEqual([]);
  });

  test.each(EDITS)('%j is gone where it is taken back, and nothing else is', (edit, _name, _service, valueIn) => {
    const [member = ''] = Object.keys(edit);
    const { mfaTrustedIps: _, ...tenant } = tenantWith({});
    const gone = madeWith(madeWith(tenant, { ...edit, baselineScopes: 'enforced' }), { [member]: null });
    expect(valueIn(gone)).toBeUndefined();
    expect(gone).toEqual(madeWith(tenant, { baselineScopes: 'enforced' }));
  });

  test('several are steps in the order of the list, each over what the one before left', () => {
    const edit: SettingsEdit = { entraIdPlan: 'P2', defaultAdministrator: 'ada', signInLogDelayMinutes: 1 };
    const tenant = tenantWith({});
    expect(named(tenant, edit).map(([name]) => name)).toEqual([
      'Update sign-in log delay',
      'Update default administrator',
      'Update Entra ID plan',
    ]);
    expect(madeWith(tenant, edit).settings).toEqual({ signInLogDelayMinutes: 1, defaultAdministrator: 'ada' });
  });

  test('more MFA trusted IPs than Microsoft Entra takes are refused', () => {
    const ranges = (count: number) => ({ mfaTrustedIps: Array.from({ length: count }, (_, at) => `192.0.2.${at}/32`) });
    expect(planSettings(tenantWith({}), ranges(51), '')).toEqual({
      refused: 'a tenant holds at most 50 MFA trusted IP ranges',
    });
    expect(planned(tenantWith({}), ranges(50)).steps).toHaveLength(1);
  });
});

describe('the network of administrators', () => {
  test('keeps the members that are not given, and is gone with the last', () => {
    const first = madeWith(tenantWith({}), {
      actingNetwork: { via: 'direct', sourceIpAddress: '203.0.113.1' },
    } as SettingsEdit);
    expect(first.settings.actingNetwork).toEqual({ via: 'direct', sourceIpAddress: '203.0.113.1' });
    const second = madeWith(first, { actingNetwork: { sourceIpAddress: null } } as SettingsEdit);
    expect(second.settings.actingNetwork).toEqual({ via: 'direct' });
    expect(madeWith(second, { actingNetwork: { via: null } } as SettingsEdit).settings).toEqual({});
  });
});

describe('the Microsoft traffic profile', () => {
  const profile = (trafficForwardingType: string, state: string) => ({
    ...{ id: trafficForwardingType, name: trafficForwardingType, state, trafficForwardingType },
  });
  const withProfiles = (...forwardingProfiles: ReturnType<typeof profile>[]) =>
    tenantWith({ globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' }, forwardingProfiles } });
  const profilesOf = (tenant: Tenant) => tenant.globalSecureAccess.forwardingProfiles;

  test('is turned, and the other profiles stay', () => {
    const tenant = withProfiles(profile('internet', 'enabled'), profile('m365', 'disabled'));
    expect(profilesOf(madeWith(tenant, { microsoftTrafficProfile: 'enabled' }))).toEqual([
      profile('internet', 'enabled'),
      profile('m365', 'enabled'),
    ]);
  });

  test('is added where it is not there', () => {
    expect(
      profilesOf(madeWith(withProfiles(profile('internet', 'enabled')), { microsoftTrafficProfile: 'disabled' })),
    ).toEqual([
      profile('internet', 'enabled'),
      { id: 'new id', name: 'Microsoft traffic forwarding profile', state: 'disabled', trafficForwardingType: 'm365' },
    ]);
    expect(profilesOf(madeWith(tenantWith({}), { microsoftTrafficProfile: 'enabled' }))).toHaveLength(1);
  });

  test('that is not known makes all of them so', () => {
    const tenant = withProfiles(profile('internet', 'enabled'), profile('m365', 'disabled'));
    expect(profilesOf(madeWith(tenant, { microsoftTrafficProfile: null }))).toBeUndefined();
  });
});

describe('what is known', () => {
  const { users: _, ...unknown } = tenantWith({ namedLocationsKnown: false });

  test('a list that becomes known is there and empty', () => {
    expect(madeWith(unknown, { known: ['users'] }).users).toEqual([]);
    expect(named(unknown, { known: ['users'] })).toEqual([['Update what is known of users', 'Core Directory']]);
  });

  test('a list that is there keeps what it holds', () => {
    const tenant = tenantWith({ users: [user('ada')] });
    expect(planned(tenant, { known: ['users'] }).steps).toEqual([]);
  });

  test('a list is forgotten where it is empty, and refused where it is not', () => {
    expect(madeWith(tenantWith({}), { notKnown: ['users'] }).users).toBeUndefined();
    expect(planSettings(tenantWith({ users: [user('ada')] }), { notKnown: ['groups', 'users'] }, '')).toEqual({
      refused: 'the tenant file holds users; a list is forgotten only where it is empty',
    });
  });

  test.each([
    ['namedLocations', 'namedLocationsKnown'],
    ['policies', 'policiesKnown'],
  ] as const)('%s carry a mark beside the list, whatever it holds', (list, mark) => {
    expect(madeWith(unknown, { known: [list] })[mark]).toBe(true);
    const tenant = madeWith(tenantWith({}), { notKnown: [list] });
    expect([tenant[mark], tenant[list]]).toEqual([false, []]);
  });
});

describe('emergency access accounts', () => {
  const tenant = tenantWith({ users: [user('ada'), user('ben', { isEmergencyAccess: true }), user('carl')] });
  const marked = (edit: SettingsEdit) =>
    madeWith(tenant, edit).users?.flatMap(({ id, isEmergencyAccess }) => (isEmergencyAccess === true ? [id] : []));

  test('are those that are named, in any case, and no others', () => {
    expect(marked({ emergencyAccess: ['ADA', 'ben'] })).toEqual(['ada', 'ben']);
    expect(marked({ emergencyAccess: ['carl'] })).toEqual(['carl']);
    expect(marked({ emergencyAccess: [] })).toEqual([]);
  });

  test('are one step of those that change', () => {
    const { steps } = planned(tenant, { emergencyAccess: ['carl'] });
    expect(steps.map(({ changes }) => changes.map((change) => 'id' in change && change.id))).toEqual([['ben', 'carl']]);
    expect(planned(tenant, { emergencyAccess: ['ben'] }).steps).toEqual([]);
  });

  test('that are none any more have no mark at all', () => {
    expect(madeWith(tenant, { emergencyAccess: [] }).users).toEqual([user('ada'), user('ben'), user('carl')]);
  });
});
