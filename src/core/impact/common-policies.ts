import { unreadFactsOf } from '../conditional-access/unread-facts.ts';
import { CONDITION_NAMES } from '../graph/conditions.ts';
import { logConditionsOf } from '../graph/policy-rows.ts';
import type { PolicyTestimony } from '../signaling/attempt.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isSameJson } from '../values/same-json.ts';
import type { World } from './world.ts';

/** What two worlds have in common, worked out once. */
export interface CommonPolicies {
  /** Ids of policies that ask the same of the same people in both: what is unknown of one is unknown of the other alike. */
  readonly alike: ReadonlySet<string>;
  /** Ids of policies with something undocumented or lost, which may hang on the switch between the two. */
  readonly open: ReadonlySet<string>;
  /** What a record says of a policy, as far as it still holds in the second world; policies without an entry: nothing. */
  readonly hearing: ReadonlyMap<string, Hearing>;
}

/** Conditions that were not touched since the record, and whether its word on the controls still counts. */
interface Hearing {
  readonly conditions: ReadonlySet<string> | 'all';
  readonly controls: boolean;
}

export function commonPolicies(before: World, after: World): CommonPolicies {
  const earlier = new Map(before.tenant.policies.map((policy) => [policy.id, policy]));
  const isSamePeople = sameMembers(before.tenant, after.tenant, PEOPLE);
  const isSamePlaces = sameMembers(before.tenant, after.tenant, PLACES);
  const alike = new Set<string>();
  const hearing = new Map<string, Hearing>();
  for (const policy of after.tenant.policies) {
    const was = earlier.get(policy.id);
    if (was === undefined) continue;
    if (was === policy || (isSamePeople && isSamePlaces && isWrittenAlike(was, policy))) {
      alike.add(policy.id);
      hearing.set(policy.id, EVERYTHING);
    } else hearing.set(policy.id, stillHeard(was, policy, isSamePeople, isSamePlaces));
  }
  return { alike, open: openBetween(before, after), hearing };
}

/** None where both have the same status of signaling: then nothing that hangs on it differs. */
function openBetween(before: World, after: World): ReadonlySet<string> {
  if (before.signalingStatus === after.signalingStatus) return new Set();
  const open = after.compiled.policies.filter(
    (each) => each.mode !== 'disabled' && each.mode !== 'reportOnly' && unreadFactsOf(each).length > 0,
  );
  return new Set(open.map(({ policy }) => policy.id));
}

const PEOPLE = [
  'users',
  'groups',
  'groupsKnown',
  'roleAssignments',
  'roleDefinitions',
  'servicePrincipals',
  'applicationGroups',
] as const satisfies readonly (keyof Tenant)[];
const PLACES = ['namedLocations', 'namedLocationsKnown', 'mfaTrustedIps'] as const satisfies readonly (keyof Tenant)[];
const DECIDING = [
  'state',
  'conditions',
  'grantControls',
  'sessionControls',
] as const satisfies readonly (keyof ConditionalAccessPolicy)[];

/** Whether both ask the same; two exports may have lost other entries of a list that is null in both. */
function isWrittenAlike(was: ConditionalAccessPolicy, policy: ConditionalAccessPolicy): boolean {
  const isLostAlike = was.conditions === policy.conditions || lostLists(policy.conditions).length === 0;
  return isLostAlike && sameMembers(was, policy, DECIDING);
}

const EVERYTHING: Hearing = { conditions: 'all', controls: true };

function sameMembers<T extends object, K extends keyof T>(a: T, b: T, members: readonly K[]): boolean {
  return members.every((member) => isSameJson(a[member], b[member]));
}

/** A record speaks of the policy and the lists as they were: what was changed since it says nothing of. */
function stillHeard(
  was: ConditionalAccessPolicy,
  policy: ConditionalAccessPolicy,
  isSamePeople: boolean,
  isSamePlaces: boolean,
): Hearing {
  const changed = new Set<string>();
  if (!isSamePeople) for (const name of ['application', 'users', 'servicePrincipals']) changed.add(name);
  if (!isSamePlaces) for (const name of logConditionsOf('locations') ?? []) changed.add(name);
  const members = new Set([...Object.keys(was.conditions), ...Object.keys(policy.conditions)]);
  const lost = new Set<string>(lostLists(policy.conditions).map(({ condition }) => condition));
  for (const member of members) {
    if (!lost.has(member) && isSameJson(memberOf(was.conditions, member), memberOf(policy.conditions, member)))
      continue;
    for (const name of logConditionsOf(member) ?? CONDITION_NAMES) changed.add(name);
  }
  return {
    conditions: new Set(CONDITION_NAMES.filter((name) => !changed.has(name))),
    controls: isSameJson(was.grantControls, policy.grantControls),
  };
}

function memberOf(conditions: object, member: string): unknown {
  return Object.getOwnPropertyDescriptor(conditions, member)?.value;
}

type Testimony = ReadonlyMap<string, PolicyTestimony>;

/** What of a record's testimony may be heard in the second world; `undefined` where that is nothing. */
export function heardLater(testimony: Testimony | undefined, { hearing }: CommonPolicies): Testimony | undefined {
  if (testimony === undefined) return undefined;
  const heard = new Map<string, PolicyTestimony>();
  let isWhole = true;
  for (const [id, said] of testimony) {
    const by = hearing.get(id);
    if (by !== EVERYTHING) isWhole = false;
    if (by !== undefined) heard.set(id, by === EVERYTHING ? said : partOf(said, by));
  }
  if (heard.size === 0) return undefined;
  return isWhole ? testimony : heard;
}

function partOf(said: PolicyTestimony, { conditions, controls }: Hearing): PolicyTestimony {
  const isHeard = (name: string) => conditions === 'all' || conditions.has(name);
  // A policy that applied had every condition met, whichever the record lists.
  const satisfied = said.applied === true ? [...said.satisfied, ...CONDITION_NAMES] : said.satisfied;
  return {
    result: said.result,
    satisfied: satisfied.filter(isHeard),
    notSatisfied: said.notSatisfied.filter(isHeard),
    applied: undefined,
    controlsSatisfied: controls ? said.controlsSatisfied : undefined,
  };
}
