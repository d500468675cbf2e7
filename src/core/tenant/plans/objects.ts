import { COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID } from '../../graph/location-words.ts';
import type { PolicyState } from '../../graph/words.ts';
import { isPastRestore, MAXIMUM_POLICIES, RESTORABLE_DAYS } from '../limits.ts';
import { locationIdsNamed } from '../location-references.ts';
import type { NamedLocation } from '../named-location.ts';
import { isCompliantNetworkNamedLocation } from '../named-location.ts';
import type { ConditionalAccessPolicy } from '../policy.ts';
import type { SignalingStatus, Tenant } from '../tenant.ts';
import { isSignalingStatusAssumed } from '../tenant.ts';
import type { Activity, Plan, SlotChange, Step } from './change.ts';
import { othersNotKnown } from './edit.ts';
import { asJson } from './slots.ts';

/** A plan, or why there is none: a refusal is an answer, not an exception. */
export type Planned = Plan | { readonly refused: string };

const EMPTY_PLAN: Plan = { steps: [] };

/** One plan of several, applied together in this order. */
export function joinPlans(plans: readonly Plan[]): Plan {
  return { steps: plans.flatMap(({ steps }) => steps) };
}

/**
 * Switches signaling. Enabling adds the compliant network location where it is missing; disabling keeps it, although nobody
 * can satisfy it then (CN, G-CNNL; ZTA's sample report shows it in a tenant with signaling disabled).
 */
export function planSignaling(tenant: Tenant, to: SignalingStatus, dateTime: string, actor: string): Plan {
  const before = tenant.globalSecureAccess;
  // What was only taken for the status is known once somebody says it.
  if (before.conditionalAccess.signalingStatus === to && !isSignalingStatusAssumed(tenant)) return EMPTY_PLAN;
  const after = {
    ...before,
    conditionalAccess: { ...before.conditionalAccess, signalingStatus: to },
    signalingChange: { changedDateTime: dateTime, changedBy: actor },
  };
  const change: SlotChange = { setting: 'globalSecureAccess', before, after };
  const isMissing = to === 'enabled' && !tenant.namedLocations.some(isCompliantNetworkNamedLocation);
  return {
    steps: [{ activity: SIGNALING, changes: [change] }, ...(isMissing ? [addCompliantNetwork(tenant, dateTime)] : [])],
  };
}

/** Deletes softly: restorable for 30 days (RECOVER). Ids that the tenant lacks, or lacks by now, change nothing. */
export function planDeletePolicies(tenant: Tenant, ids: readonly string[], dateTime: string): Plan {
  return {
    steps: policiesOf(tenant.policies, ids).map((policy) => {
      const deletedBefore = tenant.deletedItems.policies.find(({ id }) => id === policy.id);
      return {
        activity: policyActivity('Delete', policy),
        changes: [
          { list: 'policies', id: policy.id, before: asJson(policy), after: null },
          {
            list: 'deletedPolicies',
            id: policy.id,
            before: deletedBefore === undefined ? null : asJson(deletedBefore),
            after: { ...policy, deletedDateTime: dateTime },
          },
        ],
      };
    }),
  };
}

/** Switches enforcing policies to report-only, as Microsoft's emergency script does (BREAK); others stay as they are. */
export function planReportOnly(tenant: Tenant, ids: readonly string[], dateTime: string): Plan {
  const enforcing = policiesOf(tenant.policies, ids).filter(({ state }) => state === 'enabled');
  return planSetState(
    tenant,
    enforcing.map(({ id }) => id),
    'enabledForReportingButNotEnforced',
    dateTime,
  );
}

/** Policies that are in that state already are left alone. */
export function planSetState(tenant: Tenant, ids: readonly string[], state: PolicyState, dateTime: string): Plan {
  const others = policiesOf(tenant.policies, ids).filter((policy) => policy.state !== state);
  return {
    steps: others.map((policy) => ({
      activity: policyActivity('Update', policy),
      changes: [
        {
          list: 'policies',
          id: policy.id,
          before: asJson(policy),
          after: { ...policy, state, modifiedDateTime: dateTime },
        },
      ],
    })),
  };
}

/**
 * Restores deleted policies, report-only unless told otherwise (RECOVER advises so). Refused as a whole when one cannot
 * come back: deleted over 30 days ago, its id is taken, a location of it is gone (Graph error 1040), or the limit is met.
 */
export function planRestorePolicies(
  tenant: Tenant,
  ids: readonly string[],
  dateTime: string,
  state: PolicyState = 'enabledForReportingButNotEnforced',
): Planned {
  const policies = policiesOf(tenant.deletedItems.policies, ids);
  for (const policy of policies) {
    const refused = whyNotRestored(tenant, policy, dateTime);
    if (refused !== undefined) return { refused };
  }
  if (tenant.policies.length + policies.length > MAXIMUM_POLICIES) {
    return { refused: `a tenant holds at most ${MAXIMUM_POLICIES} policies; delete others first` };
  }
  return {
    steps: policies.map((policy) => {
      const { deletedDateTime: _, ...kept } = policy;
      const after = policy.state === state ? kept : { ...kept, state, modifiedDateTime: dateTime };
      return {
        activity: policyActivity('Restore', policy),
        changes: [
          { list: 'deletedPolicies', id: policy.id, before: asJson(policy), after: null },
          { list: 'policies', id: policy.id, before: null, after: asJson(after) },
        ],
      };
    }),
  };
}

function whyNotRestored(tenant: Tenant, policy: ConditionalAccessPolicy, dateTime: string): string | undefined {
  if (isPastRestore(policy.deletedDateTime, dateTime)) {
    return `\`${policy.displayName}\` was deleted more than ${RESTORABLE_DAYS} days ago`;
  }
  if (tenant.policies.some(({ id }) => id === policy.id))
    return `a policy with the id \`${policy.id}\` is there already`;
  const present = new Set(tenant.namedLocations.map(({ id }) => id.toLowerCase())).add(MFA_TRUSTED_IPS_LOCATION_ID);
  const gone = locationIdsNamed(policy).find((id) => !present.has(id.toLowerCase()));
  if (gone === undefined) return undefined;
  const deleted = tenant.deletedItems.namedLocations.find(({ id }) => id === gone);
  return `\`${policy.displayName}\` names the location \`${deleted?.displayName ?? gone}\`, which is gone; restore that first`;
}

/** The policies of these ids, in the order of the list; ids are compared in any case. */
function policiesOf(policies: readonly ConditionalAccessPolicy[], ids: readonly string[]): ConditionalAccessPolicy[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return policies.filter(({ id }) => wanted.has(id.toLowerCase()));
}

/** Microsoft's own entry for the switch (D-ACTIVITIES, OPS); the 2026 category and target are UNVERIFIED. */
const SIGNALING: Activity = {
  activityDisplayName: 'Update Adaptive Access Policy',
  category: 'ObjectManagement',
  loggedByService: 'Global Secure Access',
  operationType: 'Update',
  targetResources: [
    { id: 'networkAccess/settings/conditionalAccess', displayName: 'Conditional Access signaling', type: 'Policy' },
  ],
};

function addCompliantNetwork(tenant: Tenant, dateTime: string): Step {
  const location: NamedLocation = {
    '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
    id: COMPLIANT_NETWORK_LOCATION_ID,
    displayName: 'All Compliant Network locations',
    createdDateTime: dateTime,
    modifiedDateTime: dateTime,
    compliantNetworkType: 'allTenantCompliantNetworks',
    isTrusted: false,
  };
  const deleted = tenant.deletedItems.namedLocations.find(isCompliantNetworkNamedLocation);
  return {
    activity: locationActivity('Add', location),
    changes: [
      ...(deleted === undefined
        ? []
        : [{ list: 'deletedNamedLocations', id: deleted.id, before: asJson(deleted), after: null } as const]),
      { list: 'namedLocations', id: location.id, before: null, after: asJson(location) },
      ...othersNotKnown(tenant, 'namedLocations'),
    ],
  };
}

/** `Delete conditional access policy` and its like, service Conditional Access, category Policy. */
export function policyActivity(
  verb: 'Add' | 'Update' | 'Delete' | 'Restore',
  { id, displayName }: ConditionalAccessPolicy,
): Activity {
  return {
    activityDisplayName: `${verb} conditional access policy`,
    category: 'Policy',
    loggedByService: 'Conditional Access',
    operationType: verb,
    targetResources: [{ id, displayName, type: 'Policy' }],
  };
}

/** `Add named location` and its like, service Conditional Access, category Policy. */
export function locationActivity(
  verb: 'Add' | 'Update' | 'Delete' | 'Restore',
  { id, displayName }: NamedLocation,
): Activity {
  return {
    activityDisplayName: `${verb} named location`,
    category: 'Policy',
    loggedByService: 'Conditional Access',
    operationType: verb,
    targetResources: [{ id, displayName, type: 'NamedLocation' }],
  };
}
