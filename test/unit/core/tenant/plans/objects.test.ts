import { describe, expect, test } from 'vitest';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../../../src/core/graph/location-words.ts';
import type { Plan } from '../../../../../src/core/tenant/plans/change.ts';
import { applyChanges, applyPlan, conflictsOf, invert } from '../../../../../src/core/tenant/plans/edit.ts';
import type { Planned } from '../../../../../src/core/tenant/plans/objects.ts';
import {
  joinPlans,
  planDeletePolicies,
  planReportOnly,
  planRestorePolicies,
  planSetState,
  planSignaling,
} from '../../../../../src/core/tenant/plans/objects.ts';
import { sampleTenant } from '../../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';

const NOW = '2026-11-23T06:00:00Z';
const ADELE = 'adele.vance@contoso.com';
const tenant = sampleTenant();
const FINANCE_BLOCK = policyNamed('CA003');
const LEGACY = policyNamed('CA002');
const REPORT_ONLY = policyNamed('CA013');
const DISABLED = policyNamed('CA014');

function policyNamed(start: string) {
  const policy = tenant.policies.find(({ displayName }) => displayName.startsWith(start));
  if (policy === undefined) throw new Error(`the sample lacks ${start}`);
  return policy;
}

function made(planned: Planned): Plan {
  if ('refused' in planned) throw new Error(planned.refused);
  return planned;
}

const activities = (plan: Plan) => plan.steps.map(({ activity }) => activity.activityDisplayName);
const stateOf = ({ policies }: Tenant, wanted: string) => policies.find(({ id }) => id === wanted)?.state;

describe('switching signaling', () => {
  test('off is one entry of the audit log, and remembers who and when', () => {
    const plan = planSignaling(tenant, 'disabled', NOW, ADELE);
    expect(plan.steps.map(({ activity }) => activity)).toEqual([
      {
        activityDisplayName: 'Update Adaptive Access Policy',
        category: 'ObjectManagement',
        loggedByService: 'Global Secure Access',
        operationType: 'Update',
        targetResources: [
          {
            id: 'networkAccess/settings/conditionalAccess',
            displayName: 'Conditional Access signaling',
            type: 'Policy',
          },
        ],
      },
    ]);
    expect(applyPlan(tenant, plan).globalSecureAccess).toEqual({
      ...tenant.globalSecureAccess,
      conditionalAccess: { signalingStatus: 'disabled' },
      signalingChange: { changedDateTime: NOW, changedBy: ADELE },
    });
  });

  test('to what it is already is no work', () => {
    expect(planSignaling(tenant, 'enabled', NOW, ADELE)).toEqual({ steps: [] });
  });

  test('off keeps the compliant network location', () => {
    const off = applyPlan(tenant, planSignaling(tenant, 'disabled', NOW, ADELE));
    expect(off.namedLocations).toEqual(tenant.namedLocations);
  });

  test('on adds the compliant network location where it is missing, and takes it out of the deleted ones', () => {
    const location = tenant.namedLocations.filter(({ id }) => id === COMPLIANT_NETWORK_LOCATION_ID);
    const bare: Tenant = {
      ...sampleTenant({ createdDateTime: '2024-01-01' }),
      namedLocations: [],
      deletedItems: { policies: [], namedLocations: location },
    };
    const plan = planSignaling(bare, 'enabled', NOW, ADELE);
    expect(activities(plan)).toEqual(['Update Adaptive Access Policy', 'Add named location']);
    const on = applyPlan(bare, plan);
    expect(on.deletedItems.namedLocations).toEqual([]);
    expect(on.namedLocations).toEqual([
      {
        '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
        id: COMPLIANT_NETWORK_LOCATION_ID,
        displayName: 'All Compliant Network locations',
        createdDateTime: NOW,
        modifiedDateTime: NOW,
        compliantNetworkType: 'allTenantCompliantNetworks',
        isTrusted: false,
      },
    ]);
    expect(
      activities(
        planSignaling(applyPlan(tenant, planSignaling(tenant, 'disabled', NOW, ADELE)), 'enabled', NOW, ADELE),
      ),
    ).toEqual(['Update Adaptive Access Policy']);
  });
});

describe('deleting policies', () => {
  test('keeps them, whole, among the deleted ones: one audit entry each', () => {
    const plan = planDeletePolicies(tenant, [FINANCE_BLOCK.id.toUpperCase(), LEGACY.id], NOW);
    expect(
      plan.steps.map(({ activity }) => [activity.activityDisplayName, activity.targetResources[0]?.displayName]),
    ).toEqual([
      ['Delete conditional access policy', LEGACY.displayName],
      ['Delete conditional access policy', FINANCE_BLOCK.displayName],
    ]);
    expect(plan.steps[0]?.activity).toMatchObject({
      loggedByService: 'Conditional Access',
      category: 'Policy',
      operationType: 'Delete',
    });
    const after = applyPlan(tenant, plan);
    expect(after.policies).toEqual(tenant.policies.filter(({ id }) => id !== FINANCE_BLOCK.id && id !== LEGACY.id));
    expect(after.deletedItems.policies).toEqual([
      { ...LEGACY, deletedDateTime: NOW },
      { ...FINANCE_BLOCK, deletedDateTime: NOW },
    ]);
  });

  test('of ids that are not there is no work', () => {
    expect(planDeletePolicies(tenant, ['nothing'], NOW)).toEqual({ steps: [] });
  });

  test('takes the place of one of that id that was deleted before', () => {
    const before: Tenant = {
      ...tenant,
      deletedItems: { policies: [{ ...LEGACY, displayName: 'older' }], namedLocations: [] },
    };
    const after = applyPlan(before, planDeletePolicies(before, [LEGACY.id], NOW));
    expect(after.deletedItems.policies).toEqual([{ ...LEGACY, deletedDateTime: NOW }]);
  });
});

describe('setting the state of policies', () => {
  test('leaves alone what is in that state already', () => {
    const plan = planSetState(tenant, [FINANCE_BLOCK.id, DISABLED.id], 'disabled', NOW);
    expect(activities(plan)).toEqual(['Update conditional access policy']);
    expect(applyPlan(tenant, plan).policies.find(({ id }) => id === FINANCE_BLOCK.id)).toEqual({
      ...FINANCE_BLOCK,
      state: 'disabled',
      modifiedDateTime: NOW,
    });
  });

  test('report-only touches enforcing policies only', () => {
    const plan = planReportOnly(tenant, [FINANCE_BLOCK.id, REPORT_ONLY.id, DISABLED.id], NOW);
    const after = applyPlan(tenant, plan);
    expect(plan.steps.length).toBe(1);
    expect([FINANCE_BLOCK, REPORT_ONLY, DISABLED].map(({ id }) => stateOf(after, id))).toEqual([
      'enabledForReportingButNotEnforced',
      'enabledForReportingButNotEnforced',
      'disabled',
    ]);
  });
});

describe('restoring policies', () => {
  const deleted = applyPlan(tenant, planDeletePolicies(tenant, [FINANCE_BLOCK.id, LEGACY.id], NOW));

  test('brings them back report-only, with every other member as it was', () => {
    const plan = made(planRestorePolicies(deleted, [FINANCE_BLOCK.id], '2026-12-01T00:00:00Z'));
    expect(activities(plan)).toEqual(['Restore conditional access policy']);
    const after = applyPlan(deleted, plan);
    expect(after.policies.at(-1)).toEqual({
      ...FINANCE_BLOCK,
      state: 'enabledForReportingButNotEnforced',
      modifiedDateTime: '2026-12-01T00:00:00Z',
    });
    expect(after.deletedItems.policies.map(({ id }) => id)).toEqual([LEGACY.id]);
  });

  test('brings them back as they were when their own state is asked for', () => {
    const after = applyPlan(deleted, made(planRestorePolicies(deleted, [LEGACY.id], NOW, 'enabled')));
    expect(after.policies.at(-1)).toEqual(LEGACY);
  });

  test('is possible for 30 days by the clock, and not for longer', () => {
    expect(planRestorePolicies(deleted, [LEGACY.id], '2026-12-23T06:00:00Z')).toHaveProperty('steps');
    expect(planRestorePolicies(deleted, [LEGACY.id], '2026-12-23T06:00:01Z')).toEqual({
      refused: '`CA002 Block legacy authentication` was deleted more than 30 days ago',
    });
  });

  test('is refused where a policy of that id is there', () => {
    const both: Tenant = { ...deleted, policies: tenant.policies };
    expect(planRestorePolicies(both, [LEGACY.id], NOW)).toEqual({
      refused: `a policy with the id \`${LEGACY.id}\` is there already`,
    });
  });

  test('is refused where a location of the policy is gone, and names it', () => {
    const gone = policyNamed('CA010');
    const location = tenant.namedLocations.filter(({ displayName }) => displayName === 'Visitor network');
    const after = applyPlan(tenant, planDeletePolicies(tenant, [gone.id], NOW));
    const without: Tenant = {
      ...after,
      namedLocations: after.namedLocations.filter(({ displayName }) => displayName !== 'Visitor network'),
      deletedItems: { ...after.deletedItems, namedLocations: location },
    };
    expect(planRestorePolicies(without, [gone.id], NOW)).toEqual({
      refused:
        '`CA010 Block Finance from the visitor network` names the location `Visitor network`, which is gone; restore that first',
    });
  });

  test('is refused past 195 policies', () => {
    const many = Array.from({ length: 195 }, (_, at) => ({ ...LEGACY, id: `p${at}` }));
    expect(planRestorePolicies({ ...deleted, policies: many }, [LEGACY.id], NOW)).toEqual({
      refused: 'a tenant holds at most 195 policies; delete others first',
    });
  });

  test('is all or nothing', () => {
    const half: Tenant = { ...deleted, policies: [...deleted.policies, LEGACY] };
    expect(planRestorePolicies(half, [FINANCE_BLOCK.id, LEGACY.id], NOW)).toHaveProperty('refused');
  });
});

describe('a plan', () => {
  const plan = joinPlans([
    planDeletePolicies(tenant, [FINANCE_BLOCK.id], NOW),
    planSetState(tenant, [LEGACY.id], 'enabledForReportingButNotEnforced', NOW),
    planSignaling(tenant, 'disabled', NOW, ADELE),
  ]);
  const changes = plan.steps.flatMap((step) => step.changes);
  const after = applyPlan(tenant, plan);

  test('leaves the tenant that it was made from untouched', () => {
    expect(tenant).toEqual(sampleTenant());
  });

  test('is plain JSON: what the journal keeps is what was applied', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(applyPlan(tenant, JSON.parse(JSON.stringify(plan)))).toEqual(after);
  });

  test('is taken back by its inverse, up to the order of a list', () => {
    const inverse = invert(changes);
    expect(conflictsOf(after, inverse)).toEqual([]);
    const back = applyChanges(after, inverse);
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect({ ...back, policies: back.policies.toSorted(byId) }).toEqual({
      ...tenant,
      policies: tenant.policies.toSorted(byId),
    });
  });

  test('conflicts with what somebody changed since', () => {
    const renamed: Tenant = {
      ...after,
      policies: after.policies.map((policy) =>
        policy.id === LEGACY.id ? { ...policy, displayName: 'renamed' } : policy,
      ),
    };
    expect(conflictsOf(renamed, invert(changes)).map(({ slot }) => slot)).toEqual([`policies/${LEGACY.id}`]);
    expect(conflictsOf(tenant, invert(changes)).map(({ slot }) => slot)).toEqual([
      'globalSecureAccess',
      `policies/${LEGACY.id}`,
      `deletedPolicies/${FINANCE_BLOCK.id}`,
      `policies/${FINANCE_BLOCK.id}`,
    ]);
  });

  test('follows a slot that it changes twice', () => {
    const twice = [...changes, ...invert(changes)];
    expect(conflictsOf(tenant, twice)).toEqual([]);
  });

  test('sets and takes away a setting that was not there', () => {
    const { mfaTrustedIps: _, ...without } = tenant;
    const set = [{ setting: 'mfaTrustedIps', before: null, after: ['203.0.113.0/24'] }] as const;
    const withIps = applyChanges(without, set);
    expect(withIps.mfaTrustedIps).toEqual(['203.0.113.0/24']);
    expect(applyChanges(withIps, invert(set))).toEqual(without);
  });

  test('tells role assignments apart by what they assign to whom', () => {
    const [assignment] = tenant.roleAssignments ?? [];
    if (assignment === undefined) throw new Error('the sample has none');
    const id = `${assignment.principalId} ${assignment.roleDefinitionId} /`;
    const removal = { list: 'roleAssignments', id, before: { ...assignment }, after: null } as const;
    expect(conflictsOf(tenant, [removal])).toEqual([]);
    expect(applyChanges(tenant, [removal]).roleAssignments).toEqual(tenant.roleAssignments?.slice(1));
  });
});
