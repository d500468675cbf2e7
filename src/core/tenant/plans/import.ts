import { isSameJson } from '../../values/same-json.ts';
import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../directory.ts';
import type { KnowableList, MarkedList } from '../knowledge.ts';
import { isListKnown, MARKS } from '../knowledge.ts';
import { isLive } from '../live.ts';
import type { NamedLocation } from '../named-location.ts';
import type { ConditionalAccessPolicy } from '../policy.ts';
import { idsOfNoGroup } from '../possible-groups.ts';
import type { ForwardingProfile, SignalingSettings, Tenant } from '../tenant.ts';
import { isSignalingStatusAssumed } from '../tenant.ts';
import type { Activity, JsonObject, ListName, Plan, SlotChange, Step } from './change.ts';
import { becomesKnown } from './edit.ts';
import { locationActivity } from './objects.ts';
import { asJson, slotId } from './slots.ts';

/** Parts of a tenant out of an export. A list without items, and a setting that is absent, was not in it. */
export interface TenantParts {
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly namedLocations: readonly NamedLocation[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly servicePrincipals: readonly ServicePrincipal[];
  /** The setting, with its members that gsa does not know. */
  readonly conditionalAccess?: SignalingSettings;
  readonly onboardingStatus?: string;
  readonly securityDefaults?: boolean;
  readonly forwardingProfiles?: readonly ForwardingProfile[];
  readonly mfaTrustedIps?: readonly string[];
  /** Lists that the export has although it holds nothing for them: they are known to be empty. */
  readonly emptyLists?: readonly KnowableList[];
  /** Lists of which the export has a part: it does not make them known. */
  readonly cutLists?: readonly KnowableList[];
  /** Whether the export says that there are no other groups. */
  readonly areAllGroups?: boolean;
}

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

/**
 * An export of a list has all of it, and from then on it is known; without a mark its items say so. One of a part does not, nor one of
 * what was deleted.
 */
function markStep(tenant: Tenant, list: MarkedList, parts: TenantParts): Step[] {
  const { emptyLists = [], cutLists = [] } = parts;
  const mark = MARKS[list];
  const before = tenant[mark];
  const isThere = parts[list].some(isLive);
  const isCut = cutLists.includes(list);
  const isNone = emptyLists.includes(list) && !isThere;
  const isOnlyDeleted = parts[list].length > 0 && !isThere && !isNone;
  const isKnown = isListKnown(tenant, list);
  // Without a mark what was deleted tells as well that the list was known (`isListKnown`).
  const learnsNone = isNone && !isKnown && (before === false || parts[list].length === 0);
  const learns = !isCut && ((isThere && before === false) || learnsNone);
  const staysOpen = (isCut || isOnlyDeleted) && before === undefined && !isKnown;
  if (!learns && !staysOpen) return [];
  const change: SlotChange = { setting: mark, before: before ?? null, after: learns };
  return [ofTheTenant(tenant, `Import ${list}`, { category: 'Policy', loggedByService: 'Conditional Access' }, change)];
}

/**
 * All groups are known where the export says so, and no longer where it has one that the tenant lacked, lacks one that it removes, or names
 * somebody new who may be one: a list of groups says nothing of others.
 */
function groupsMarkStep(tenant: Tenant, parts: TenantParts, isReplaced: boolean): Step[] {
  const before = tenant.groupsKnown ?? null;
  const present = idsIn(tenant.groups ?? []);
  const given = idsIn(parts.groups);
  const isTold = parts.areAllGroups === true && given.size > 0;
  const isThere = given.size > 0 || parts.emptyLists?.includes('groups') === true;
  const isOpen =
    !isWithin(given, present) ||
    (isReplaced && isThere && !isWithin(present, given)) ||
    (before === true && namesStrangers(tenant, parts));
  const after = isTold ? true : isOpen ? null : before;
  if (after === before) return [];
  const service = { category: 'DirectoryManagement', loggedByService: 'Core Directory' };
  return [ofTheTenant(tenant, 'Import groups', service, { setting: 'groupsKnown', before, after })];
}

/**
 * Whether a group gets a member, or a role a holder, whom nobody was before and of whom neither a list nor a type says that it is no group.
 */
function namesStrangers(tenant: Tenant, parts: TenantParts): boolean {
  const named = new Set([...possibleGroupsIn(parts)].map((id) => id.toLowerCase()));
  if (named.size === 0) return false;
  const told = [possibleGroupsIn(tenant), idsIn(tenant.groups ?? []), idsOfNoGroup(tenant), idsOfNoGroup(parts)];
  for (const ids of told) for (const id of ids) named.delete(id.toLowerCase());
  return named.size > 0;
}

/** The members of groups and holders of roles that may be groups as far as their types tell. */
function* possibleGroupsIn({ groups, roleAssignments }: Pick<Tenant, 'groups' | 'roleAssignments'>): Iterable<string> {
  for (const { members, nestedGroups } of groups ?? []) if (nestedGroups === undefined) yield* members ?? [];
  for (const { principalId } of roleAssignments ?? []) yield principalId;
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((id) => all.has(id));
}

function idsIn(items: readonly { readonly id: string }[]): Set<string> {
  return new Set(items.map(({ id }) => id.toLowerCase()));
}

function ofTheTenant(
  { tenantId, displayName }: Tenant,
  activityDisplayName: string,
  service: Pick<Activity, 'category' | 'loggedByService'>,
  change: SlotChange,
): Step {
  const targetResources = [{ id: tenantId, displayName, type: 'Tenant' }];
  return { activity: { activityDisplayName, ...service, operationType: 'Import', targetResources }, changes: [change] };
}

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
