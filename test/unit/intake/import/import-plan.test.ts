import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../../src/core/tenant/plans/edit.ts';
import type { ExportKind } from '../../../../src/core/tenant/plans/export.ts';
import { planExport } from '../../../../src/core/tenant/plans/export.ts';
import { knownIds, planImport } from '../../../../src/core/tenant/plans/import.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { partsOf } from '../../../../src/intake/import/parts.ts';
import { GUID, importing, LOCATION, POLICY } from './importing.ts';

const NOW = '2026-11-23T08:00:00Z';

const EMPTY: Tenant = {
  tenantId: GUID(9),
  displayName: 'Contoso',
  createdDateTime: '2024-01-01T00:00:00Z',
  policies: [],
  namedLocations: [],
  deletedItems: { policies: [], namedLocations: [] },
  globalSecureAccess: { conditionalAccess: { signalingStatus: 'disabled' } },
  settings: {},
};

const partsOfFiles = (files: Readonly<Record<string, unknown>>) => partsOf(importing(files));
const namesOf = (tenant: Tenant, files: Readonly<Record<string, unknown>>, mode: 'merge' | 'replace') =>
  planImport(tenant, partsOfFiles(files), mode, NOW).steps.map(({ activity }) => activity.activityDisplayName);

describe('planning an import', () => {
  test('adds what is new, locations before the policies that name them', () => {
    const plan = planImport(EMPTY, partsOfFiles({ 'p.json': [POLICY], 'l.json': [LOCATION] }), 'merge', NOW);
    expect(plan.steps).toEqual([
      {
        activity: {
          activityDisplayName: 'Add named location',
          category: 'Policy',
          loggedByService: 'Conditional Access',
          operationType: 'Add',
          targetResources: [{ id: LOCATION.id, displayName: 'Headquarters', type: 'NamedLocation' }],
        },
        changes: [{ list: 'namedLocations', id: LOCATION.id, before: null, after: LOCATION }],
      },
      {
        activity: {
          activityDisplayName: 'Add conditional access policy',
          category: 'Policy',
          loggedByService: 'Conditional Access',
          operationType: 'Add',
          targetResources: [{ id: POLICY.id, displayName: 'Require MFA', type: 'Policy' }],
        },
        changes: [{ list: 'policies', id: POLICY.id, before: null, after: POLICY }],
      },
    ]);
  });

  test('updates what differs, and leaves alone what is the same, whatever the order of its members', () => {
    const turned = Object.fromEntries(Object.entries(LOCATION).reverse());
    const tenant: Tenant = { ...EMPTY, policies: [POLICY], namedLocations: [LOCATION] };
    const plan = planImport(
      tenant,
      partsOfFiles({ 'p.json': { ...POLICY, state: 'disabled' }, 'l.json': turned }),
      'merge',
      NOW,
    );
    expect(plan.steps.map(({ activity }) => activity.activityDisplayName)).toEqual([
      'Update conditional access policy',
    ]);
    expect(plan.steps[0]?.changes).toEqual([
      { list: 'policies', id: POLICY.id, before: POLICY, after: { ...POLICY, state: 'disabled' } },
    ]);
  });

  test('keeps the tenant’s spelling of an id', () => {
    const tenant: Tenant = { ...EMPTY, policies: [{ ...POLICY, id: 'CA-1' }] };
    expect(planImport(tenant, partsOfFiles({ 'p.json': { ...POLICY, id: 'ca-1' } }), 'merge', NOW).steps).toEqual([]);
  });

  test('merging never removes; replacing removes from the lists that the export has, restorably', () => {
    const other = { ...POLICY, id: GUID(4), displayName: 'Other' };
    const tenant: Tenant = { ...EMPTY, policies: [POLICY, other], namedLocations: [LOCATION], users: [{ id: 'u' }] };
    expect(namesOf(tenant, { 'p.json': POLICY }, 'merge')).toEqual([]);
    expect(namesOf(tenant, { 'p.json': [POLICY] }, 'replace')).toEqual(['Delete conditional access policy']);
    expect(namesOf(tenant, { 'p.json': POLICY }, 'replace')).toEqual([]);
    const after = applyPlan(tenant, planImport(tenant, partsOfFiles({ 'p.json': [POLICY] }), 'replace', NOW));
    expect(after).toEqual({
      ...tenant,
      policies: [POLICY],
      deletedItems: { policies: [{ ...other, deletedDateTime: NOW }], namedLocations: [] },
    });
  });

  test('an item that was deleted here and is alive in the export comes back', () => {
    const tenant: Tenant = {
      ...EMPTY,
      deletedItems: { policies: [{ ...POLICY, deletedDateTime: NOW }], namedLocations: [] },
    };
    const after = applyPlan(tenant, planImport(tenant, partsOfFiles({ 'p.json': POLICY }), 'merge', NOW));
    expect(after).toEqual({ ...EMPTY, policies: [POLICY] });
  });

  test('an item that the export shows as deleted goes to the deleted ones', () => {
    const deleted = { ...POLICY, deletedDateTime: NOW };
    const tenant: Tenant = { ...EMPTY, policies: [POLICY] };
    expect(namesOf(tenant, { 'p.json': deleted }, 'merge')).toEqual(['Delete conditional access policy']);
    const after = applyPlan(tenant, planImport(tenant, partsOfFiles({ 'p.json': deleted }), 'merge', NOW));
    expect(after).toEqual({ ...EMPTY, deletedItems: { policies: [deleted], namedLocations: [] } });
  });

  test('people come in one step for each list', () => {
    const files = {
      'u.json': [
        { id: 'u1', userPrincipalName: 'a@b.c' },
        { id: 'u2', userPrincipalName: 'd@e.f' },
      ],
    };
    expect(namesOf(EMPTY, files, 'merge')).toEqual(['Import users']);
    const tenant: Tenant = { ...EMPTY, users: [{ id: 'u3' }] };
    const replaced = applyPlan(tenant, planImport(tenant, partsOfFiles(files), 'replace', NOW));
    expect(replaced.users?.map(({ id }) => id)).toEqual(['u1', 'u2']);
  });

  test('settings come in one step, and a switch of signaling says where it came from', () => {
    const files = {
      'a.json': { signalingStatus: 'enabled' },
      'b.json': { onboardingStatus: 'onboarded' },
      'c.json': { mfaTrustedIps: ['203.0.113.0/24'] },
    };
    expect(namesOf(EMPTY, files, 'merge')).toEqual(['Import settings']);
    const after = applyPlan(EMPTY, planImport(EMPTY, partsOfFiles(files), 'merge', NOW));
    expect(after).toEqual({
      ...EMPTY,
      mfaTrustedIps: ['203.0.113.0/24'],
      globalSecureAccess: {
        onboardingStatus: 'onboarded',
        conditionalAccess: { signalingStatus: 'enabled' },
        signalingChange: { changedDateTime: NOW, changedBy: 'import' },
      },
    });
    expect(namesOf(after, files, 'replace')).toEqual([]);
  });
});

test('what the tenant has does not dangle in an import', () => {
  const tenant: Tenant = { ...EMPTY, namedLocations: [LOCATION], groups: [{ id: 'Admins' }] };
  const conditions = {
    users: { includeGroups: ['admins'] },
    applications: { includeApplications: ['All'] },
    locations: { includeLocations: [LOCATION.id] },
  };
  expect(importing({ 'p.json': { ...POLICY, conditions } }, { knownIds: knownIds(tenant) }).problems).toEqual([]);
});

/** Tenants as they come of imports: Graph's members, members that nobody knows, lists known and unknown. */
function tenants(): fc.Arbitrary<Tenant> {
  const id = fc.uuid();
  const displayName = fc.string({ maxLength: 20 });
  const extra = fc.dictionary(
    fc.string().map((name) => `x${name}`),
    fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 2 },
  );
  const ids = fc.array(id, { maxLength: 2 });
  const item = <T extends object>(members: fc.Arbitrary<T>) =>
    fc.tuple(extra, members).map(([more, known]) => ({ ...more, ...known }));
  const unique = <T extends { readonly id: string }>(items: fc.Arbitrary<T>) =>
    fc.uniqueArray(items, { maxLength: 3, selector: (each) => each.id });
  const deletedDateTime = fc.constant('2026-11-01T00:00:00Z');
  const policy = {
    id,
    displayName,
    state: fc.constantFrom('enabled', 'disabled', 'enabledForReportingButNotEnforced'),
    conditions: item(
      fc.record({
        users: item(fc.record({ includeUsers: ids, excludeGroups: ids })),
        applications: fc.record({ includeApplications: ids }),
        locations: fc.constantFrom(null, { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }),
      }),
    ),
    grantControls: fc.constantFrom(null, { operator: 'OR', builtInControls: ['block'] }),
    // Graph gives both members; where one is null and the other missing, an export has lost it.
    sessionControls: fc.constant(null),
  };
  const location = {
    '@odata.type': fc.constant('#microsoft.graph.ipNamedLocation'),
    id,
    displayName,
    isTrusted: fc.boolean(),
    ipRanges: fc.constantFrom([{ cidrAddress: '203.0.113.7/24' }], []),
  };
  const policies = unique(item(fc.record(policy)));
  const namedLocations = unique(item(fc.record(location)));
  // A list that is known to be empty cannot be told from one that is not in the export.
  const known = <T extends { readonly id: string }>(members: fc.Arbitrary<T>) =>
    fc.uniqueArray(item(members), { minLength: 1, maxLength: 3, selector: (each) => each.id });
  return fc
    .record(
      {
        policies,
        namedLocations,
        deletedItems: fc.record({
          policies: unique(item(fc.record({ ...policy, deletedDateTime }))),
          namedLocations: unique(item(fc.record({ ...location, deletedDateTime }))),
        }),
        users: known(fc.record({ id, displayName, userType: fc.constantFrom('Member', 'Guest', null) })),
        groups: known(fc.record({ id, members: ids }, { requiredKeys: ['id'] })),
        roleDefinitions: known(fc.record({ id, templateId: id })),
        servicePrincipals: known(fc.record({ id, appId: id })),
        roleAssignments: fc.uniqueArray(
          fc.record({
            principalId: id,
            roleDefinitionId: id,
            directoryScopeId: fc.constant('/'),
            status: fc.constantFrom('active', 'eligible'),
          }),
          { minLength: 1, maxLength: 2, selector: ({ principalId }) => principalId },
        ),
        mfaTrustedIps: fc.constantFrom(['203.0.113.0/24'], []),
        globalSecureAccess: fc.record(
          {
            conditionalAccess: fc.constantFrom({ signalingStatus: 'disabled' }, { signalingStatus: 'enabled' }),
            onboardingStatus: fc.constantFrom('onboarded', 'offboarded'),
            forwardingProfiles: fc.constant([{ id: 'p', state: 'enabled', trafficForwardingType: 'm365' }]),
          },
          { requiredKeys: ['conditionalAccess'] },
        ),
      },
      { requiredKeys: ['policies', 'namedLocations', 'deletedItems', 'globalSecureAccess'] },
    )
    .map((parts): Tenant => ({ ...EMPTY, ...JSON.parse(JSON.stringify(parts)) }))
    .filter(({ policies: alive, namedLocations: here, deletedItems: { policies: dead, namedLocations: gone } }) => {
      const all = [...alive, ...here, ...dead, ...gone].map((each) => each.id);
      return new Set(all).size === all.length;
    });
}

test('an export, imported again, gives the same tenant, and a second time nothing', () => {
  fc.assert(
    fc.property(tenants(), fc.constantFrom('merge', 'replace'), (tenant, mode) => {
      const files = Object.fromEntries(planExport(tenant).map(({ file, text }) => [file, text]));
      const imported = importing(files);
      expect(imported.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const parts = partsOf(imported);
      const start: Tenant = {
        ...EMPTY,
        globalSecureAccess: { conditionalAccess: tenant.globalSecureAccess.conditionalAccess },
      };
      const after = applyPlan(start, planImport(start, parts, mode, NOW));
      expect(after).toEqual(tenant);
      expect(planImport(after, parts, mode, NOW).steps).toEqual([]);
    }),
  );
});

const SAID = { changedDateTime: NOW, changedBy: 'import' };
const KNOWN = {
  policiesKnown: true,
  namedLocationsKnown: true,
  globalSecureAccess: { ...EMPTY.globalSecureAccess, signalingChange: SAID },
};

describe('an export', () => {
  test('leaves out a list that nobody knows, and marks one that may be a part', () => {
    expect(planExport(EMPTY)).toEqual([]);
    const part: Tenant = { ...EMPTY, policies: [POLICY], policiesKnown: false };
    const files = Object.fromEntries(planExport(part).map(({ file, text }) => [file, text]));
    const after = applyPlan(EMPTY, planImport(EMPTY, partsOf(importing(files)), 'merge', NOW));
    expect([after.policies.length, after.policiesKnown]).toEqual([1, false]);
  });

  test('has the status of signaling where somebody set it or an export said it, never one taken by the age of the tenant', () => {
    const known: Tenant = { ...EMPTY, globalSecureAccess: KNOWN.globalSecureAccess };
    expect(planExport(known, ['settings']).map(({ file }) => file)).toEqual(['conditionalAccessSettings.json']);
    expect(planExport(EMPTY, ['settings'])).toEqual([]);
  });

  test('has the shapes and contexts of Graph, under names of ours', () => {
    const tenant: Tenant = { ...EMPTY, ...KNOWN, policies: [POLICY], users: [] };
    expect(planExport(tenant).map(({ file }) => file)).toEqual([
      'policies.json',
      'namedLocations.json',
      'users.json',
      'conditionalAccessSettings.json',
    ]);
    expect(JSON.parse(planExport(tenant)[0]?.text ?? '')).toEqual({
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#identity/conditionalAccess/policies',
      value: [POLICY],
    });
  });

  test.each([
    [['policies'], ['policies.json']],
    [
      ['settings', 'locations'],
      ['namedLocations.json', 'conditionalAccessSettings.json'],
    ],
    [[], []],
  ] satisfies [ExportKind[], string[]][])('of the kinds %j has the files %j', (kinds, files) => {
    expect(planExport({ ...EMPTY, ...KNOWN }, kinds).map(({ file }) => file)).toEqual(files);
  });
});
