import { isSameJson } from '../../values/same-json.ts';
import type { Group } from '../directory.ts';
import type { KnowableList } from '../knowledge.ts';
import { isListKnown } from '../knowledge.ts';
import { isLive } from '../live.ts';
import type { NamedLocation } from '../named-location.ts';
import type { ConditionalAccessPolicy } from '../policy.ts';
import type { Tenant } from '../tenant.ts';
import { isSignalingStatusAssumed } from '../tenant.ts';
import type { Activity, JsonObject, ListName, Plan, SlotChange, Step } from './change.ts';
import { becomesKnown } from './edit.ts';
import { groupsMarkStep, markStep } from './import-marks.ts';
import { locationActivity } from './objects.ts';
import { asJson, slotId } from './slots.ts';
import type { TenantParts } from './tenant-parts.ts';

/** `replace` also removes what the export lacks, but only from lists that the export has. */
export type ImportMode = 'merge' | 'replace';

/** What an import changes: nothing for what is there already, so that a second import of the same files is empty. */
export function planImport(tenant: Tenant, parts: TenantParts, mode: ImportMode, dateTime: string): Plan {
  // What a part of a list lacks may be in the rest of it.
  const replaces = (list: string) => mode === 'replace' && !parts.cutLists?.some((each) => each === list);
  const steps = [
    ...markStep(tenant, 'namedLocations', parts),
    // Locations come first, because policies name them; they go last, for the same reason.
    ...itemSteps(tenant, LOCATIONS, parts.namedLocations),
    ...markStep(tenant, 'policies', parts),
    ...itemSteps(tenant, POLICIES, parts.policies),
    ...(replaces('policies') ? removals(tenant, POLICIES, parts.policies, dateTime) : []),
    ...(replaces('namedLocations') ? removals(tenant, LOCATIONS, parts.namedLocations, dateTime) : []),
    ...DIRECTORY.flatMap((list) => directoryStep(tenant, list, parts, replaces(list))),
    ...groupsMarkStep(tenant, parts, replaces('groups')),
    ...settingsStep(tenant, parts, dateTime),
  ];
  return { steps };
}

/** Ids that a policy may name because the tenant has them, in small letters, for the reader of exports. */
export function* knownIds({ namedLocations, users, groups, servicePrincipals }: Tenant): Iterable<string> {
  for (const list of [namedLocations, users ?? [], groups ?? [], servicePrincipals ?? []]) {
    for (const { id } of list) yield id.toLowerCase();
  }
}

type Verb = 'Add' | 'Update' | 'Delete';

/** A list whose items are deleted softly, and every change of which is an entry of the audit log. */
interface SoftList<T> {
  readonly list: 'policies' | 'namedLocations';
  readonly deletedList: 'deletedPolicies' | 'deletedNamedLocations';
  itemsOf(tenant: Pick<Tenant, 'policies' | 'namedLocations'>): readonly T[];
  activity(verb: Verb, item: T): Activity;
}

const POLICIES: SoftList<ConditionalAccessPolicy> = {
  list: 'policies',
  deletedList: 'deletedPolicies',
  itemsOf: ({ policies }) => policies,
  activity: (verb, { id, displayName }) => ({
    activityDisplayName: `${verb} conditional access policy`,
    category: 'Policy',
    loggedByService: 'Conditional Access',
    operationType: verb,
    targetResources: [{ id, displayName, type: 'Policy' }],
  }),
};

const LOCATIONS: SoftList<NamedLocation> = {
  list: 'namedLocations',
  deletedList: 'deletedNamedLocations',
  itemsOf: ({ namedLocations }) => namedLocations,
  activity: locationActivity,
};

type SoftItem = ConditionalAccessPolicy | NamedLocation;

/** A step for each item that is new or different. An item with `deletedDateTime` belongs to the deleted ones. */
function itemSteps<T extends SoftItem>(tenant: Tenant, soft: SoftList<T>, items: readonly T[]): Step[] {
  const present = byId(soft.itemsOf(tenant));
  const deleted = byId<SoftItem>(soft.itemsOf(tenant.deletedItems));
  return items.flatMap((item): Step[] => {
    const key = item.id.toLowerCase();
    const [here, gone] = [present.get(key), deleted.get(key)];
    const isDeleted = !isLive(item);
    const changes = [
      ...slotChange(soft.list, here, isDeleted ? undefined : item),
      ...slotChange(soft.deletedList, gone, isDeleted ? item : undefined),
    ];
    const verb = isDeleted ? 'Delete' : here === undefined ? 'Add' : 'Update';
    return changes.length === 0 ? [] : [{ activity: soft.activity(verb, item), changes }];
  });
}

/** What the tenant has and the export lacks is deleted as an administrator would: restorable. */
function removals<T extends SoftItem>(
  tenant: Tenant,
  soft: SoftList<T>,
  items: readonly T[],
  dateTime: string,
): Step[] {
  if (!items.some(isLive)) return [];
  const kept = byId(items);
  const deleted = byId<SoftItem>(soft.itemsOf(tenant.deletedItems));
  return soft
    .itemsOf(tenant)
    .filter(({ id }) => !kept.has(id.toLowerCase()))
    .map((item) => ({
      activity: soft.activity('Delete', item),
      changes: [
        ...slotChange(soft.list, item, undefined),
        ...slotChange(soft.deletedList, deleted.get(item.id.toLowerCase()), { ...item, deletedDateTime: dateTime }),
      ],
    }));
}

/** Lists of people and applications: one step each, however many items. */
const DIRECTORY = ['users', 'groups', 'roleDefinitions', 'roleAssignments', 'servicePrincipals'] as const;

const RESOURCE_TYPES = {
  users: 'User',
  groups: 'Group',
  roleDefinitions: 'Role',
  roleAssignments: 'RoleAssignment',
  servicePrincipals: 'ServicePrincipal',
} as const;

type DirectoryList = (typeof DIRECTORY)[number];

/**
 * Lists of which the export has a part and the tenant nothing: they are not taken. A directory has no mark beside its lists, and whoever is
 * not on a part of them would be taken for somebody without a role, or for nobody (invariant 11).
 */
export function leftOut(tenant: Tenant, { cutLists = [], ...parts }: TenantParts): readonly KnowableList[] {
  return WHOLE.filter((list) => cutLists.includes(list) && !isListKnown(tenant, list) && parts[list].length > 0);
}

const WHOLE = ['users', 'groups', 'roleAssignments', 'servicePrincipals'] as const;

function directoryStep(tenant: Tenant, list: DirectoryList, parts: TenantParts, isReplaced: boolean): Step[] {
  const items: readonly object[] = parts[list];
  if (leftOut(tenant, parts).some((each) => each === list)) return [];
  if (items.length === 0 && !parts.emptyLists?.some((each) => each === list)) return [];
  const isCut = parts.cutLists?.some((each) => each === list) ?? false;
  const key = (item: object) => slotId(item).toLowerCase();
  const before = new Map((tenant[list] ?? []).map((item: object) => [key(item), item]));
  const after = new Set(items.map(key));
  const ofItems = [
    ...items.flatMap((item) => {
      const old = before.get(key(item));
      return slotChange(list, old, withTheRest(old, item, isCut));
    }),
    ...[...before]
      .filter(([id]) => isReplaced && !after.has(id))
      .flatMap(([, item]) => slotChange(list, item, undefined)),
  ];
  const changes = [...(tenant[list] === undefined ? [becomesKnown(list)] : []), ...ofItems];
  if (changes.length === 0) return [];
  const activity: Activity = {
    activityDisplayName: `Import ${list}`,
    category: 'DirectoryManagement',
    loggedByService: 'Core Directory',
    operationType: 'Import',
    targetResources: ofItems.map(({ id, before: old, after: fresh }) => {
      const name = (fresh ?? old)?.['displayName'];
      return { id, displayName: typeof name === 'string' ? name : id, type: RESOURCE_TYPES[list] };
    }),
  };
  return [{ activity, changes }];
}

/**
 * The members of a group that came without it leave the rest of it as it is, but for what was known of other members. So does an object
 * of a part, such as a list of changes, which has of each what changed (GDOC delta-query-overview); who is in a group is then not
 * carried over, as a change of it would not be seen.
 */
function withTheRest(before: object | undefined, item: object, isOfPart: boolean): object {
  if (before === undefined) return item;
  const { nestedGroups: _, ...rest } = asJson(before);
  if (Object.keys(item).every((name) => MEMBERS_ALONE.has(name)))
    return { ...('members' in item ? rest : before), ...item };
  if (!isOfPart) return item;
  const { members: __, ...others } = rest;
  return { ...others, ...item };
}

const MEMBERS_ALONE: ReadonlySet<string> = new Set(['id', 'members', 'nestedGroups'] satisfies (keyof Group)[]);

/** The settings of the export, in one step. Forwarding profiles and trusted IPs replace what was there: each is one value. */
function settingsStep(tenant: Tenant, parts: TenantParts, dateTime: string): Step[] {
  const { conditionalAccess, onboardingStatus, forwardingProfiles, mfaTrustedIps } = parts;
  const before = tenant.globalSecureAccess;
  const isSaid =
    conditionalAccess !== undefined &&
    (conditionalAccess.signalingStatus !== before.conditionalAccess.signalingStatus ||
      isSignalingStatusAssumed(tenant));
  const after = {
    ...before,
    ...(onboardingStatus === undefined ? {} : { onboardingStatus }),
    ...(forwardingProfiles === undefined ? {} : { forwardingProfiles }),
    ...(conditionalAccess === undefined
      ? {}
      : { conditionalAccess: { ...before.conditionalAccess, ...conditionalAccess } }),
    ...(isSaid ? { signalingChange: { changedDateTime: dateTime, changedBy: 'import' } } : {}),
  };
  const changes: SlotChange[] = isSameJson(before, after) ? [] : [{ setting: 'globalSecureAccess', before, after }];
  const { securityDefaults } = parts;
  if (securityDefaults !== undefined && tenant.settings.securityDefaults !== securityDefaults) {
    changes.push({ setting: 'settings', before: tenant.settings, after: { ...tenant.settings, securityDefaults } });
  }
  if (mfaTrustedIps !== undefined && !isSameJson(tenant.mfaTrustedIps, mfaTrustedIps)) {
    changes.push({ setting: 'mfaTrustedIps', before: tenant.mfaTrustedIps ?? null, after: mfaTrustedIps });
  }
  const activity: Activity = {
    activityDisplayName: 'Import settings',
    category: 'Policy',
    loggedByService: 'Global Secure Access',
    operationType: 'Import',
    targetResources: [{ id: tenant.tenantId, displayName: tenant.displayName, type: 'Tenant' }],
  };
  return changes.length === 0 ? [] : [{ activity, changes }];
}

type ListChange = Extract<SlotChange, { readonly list: ListName }>;

/** No change where both mean the same. An id keeps the tenant's spelling: ids are compared without regard to case. */
function slotChange(list: ListName, before: object | undefined, after: object | undefined): ListChange[] {
  const old = before === undefined ? null : asJson(before);
  const id = slotId(before ?? after ?? {});
  const fresh = after === undefined ? null : withId(asJson(after), id);
  return isSameJson(old, fresh) ? [] : [{ list, id, before: old, after: fresh }];
}

function withId(item: JsonObject, id: string): JsonObject {
  return typeof item['id'] === 'string' && item['id'] !== id ? { ...item, id } : item;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id.toLowerCase(), item]));
}
