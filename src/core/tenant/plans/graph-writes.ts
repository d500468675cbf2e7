import { MFA_TRUSTED_IPS_LOCATION_ID } from '../../graph/location-words.ts';
import { isListKnown } from '../knowledge.ts';
import { MAXIMUM_POLICIES, MAXIMUM_RANGES } from '../limits.ts';
import { readIpRange } from '../location-ranges.ts';
import { locationIdsNamed } from '../location-references.ts';
import type { NamedLocation } from '../named-location.ts';
import { isIpNamedLocation } from '../named-location.ts';
import type { ConditionalAccessPolicy } from '../policy.ts';
import { unknownValuesOf } from '../policy-values.ts';
import type { Tenant } from '../tenant.ts';
import type { SlotChange } from './change.ts';
import { othersNotKnown } from './edit.ts';
import type { Planned } from './objects.ts';
import { locationActivity, policyActivity } from './objects.ts';
import { asJson } from './slots.ts';

/** Writes that Graph takes for single objects: a whole policy or location, new or in place of what is there. */

/** Adds a policy; refused where Graph refuses: a location that is gone, a word that it does not know, the limit. */
export function planAddPolicy(tenant: Tenant, policy: ConditionalAccessPolicy, dateTime: string): Planned {
  const refused = whyNotTaken(tenant, policy, undefined);
  if (refused !== undefined) return { refused };
  if (tenant.policies.length >= MAXIMUM_POLICIES) {
    return { refused: `a tenant holds at most ${MAXIMUM_POLICIES} policies; delete others first` };
  }
  const after = { ...asJson(policy), createdDateTime: dateTime, modifiedDateTime: null };
  return oneStep(
    policyActivity('Add', policy),
    { list: 'policies', id: policy.id, before: null, after },
    ...othersNotKnown(tenant, 'policies'),
  );
}

/** Puts a policy in the place of the one of its id; what was wrong with that one already is not held against the new one. */
export function planUpdatePolicy(
  tenant: Tenant,
  before: ConditionalAccessPolicy,
  policy: ConditionalAccessPolicy,
  dateTime: string,
): Planned {
  const refused = whyNotTaken(tenant, policy, before);
  if (refused !== undefined) return { refused };
  const after = { ...asJson(policy), modifiedDateTime: dateTime };
  return oneStep(policyActivity('Update', policy), { list: 'policies', id: before.id, before: asJson(before), after });
}

/** Puts a location in the place of the one of its id; refused for ranges that are none, or too many. */
export function planUpdateLocation(before: NamedLocation, location: NamedLocation, dateTime: string): Planned {
  const refused = whyNotRanges(location);
  if (refused !== undefined) return { refused };
  const after = { ...asJson(location), modifiedDateTime: dateTime };
  return oneStep(locationActivity('Update', location), {
    list: 'namedLocations',
    id: before.id,
    before: asJson(before),
    after,
  });
}

/** Removes a deleted policy for good: nothing brings it back. */
export function planPurgePolicy(policy: ConditionalAccessPolicy): Planned {
  const activity = {
    ...policyActivity('Delete', policy),
    activityDisplayName: 'Hard Delete conditional access policy',
  };
  return oneStep(activity, { list: 'deletedPolicies', id: policy.id, before: asJson(policy), after: null });
}

/** Removes a deleted location for good. */
export function planPurgeLocation(location: NamedLocation): Planned {
  const activity = { ...locationActivity('Delete', location), activityDisplayName: 'Hard Delete named location' };
  return oneStep(activity, { list: 'deletedNamedLocations', id: location.id, before: asJson(location), after: null });
}

function oneStep(activity: ReturnType<typeof policyActivity>, ...changes: readonly SlotChange[]): Planned {
  return { steps: [{ activity, changes }] };
}

/** Graph takes a policy only with locations that are there (error 1040) and with words of its own. */
function whyNotTaken(
  tenant: Tenant,
  policy: ConditionalAccessPolicy,
  before: ConditionalAccessPolicy | undefined,
): string | undefined {
  const unknown = newIn(unknownValues(policy), before === undefined ? [] : unknownValues(before));
  if (unknown !== undefined) return `\`${unknown}\` is no value that Microsoft Graph knows there`;
  if (!isListKnown(tenant, 'namedLocations')) return undefined;
  const present = new Set([...tenant.namedLocations.map(({ id }) => id.toLowerCase()), MFA_TRUSTED_IPS_LOCATION_ID]);
  const named = locationIdsNamed(policy).filter((id) => !present.has(id.toLowerCase()));
  const gone = newIn(named, before === undefined ? [] : locationIdsNamed(before));
  return gone === undefined ? undefined : `1040: NamedLocation with id ${gone} does not exist in the directory`;
}

function unknownValues(policy: ConditionalAccessPolicy): readonly string[] {
  return unknownValuesOf(policy).map(({ value }) => value);
}

function newIn(values: readonly string[], old: readonly string[]): string | undefined {
  return values.find((value) => !old.includes(value));
}

function whyNotRanges(location: NamedLocation): string | undefined {
  if (!isIpNamedLocation(location)) return undefined;
  if (location.ipRanges.length > MAXIMUM_RANGES) return `a named location holds at most ${MAXIMUM_RANGES} ranges`;
  for (const ipRange of location.ipRanges) {
    const reading = readIpRange(ipRange);
    if ('problem' in reading) return reading.problem;
  }
  return undefined;
}
