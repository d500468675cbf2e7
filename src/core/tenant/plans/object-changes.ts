import { compareTexts } from '../../values/compare-texts.ts';
import { isObject } from '../../values/is-object.ts';
import { isSameJson } from '../../values/same-json.ts';
import type { DirectoryListName, JsonObject, ListName, SettingName, SlotChange } from './change.ts';

/**
 * What becomes of one object: `deleted` is soft and `restored` takes that back, `removed` is for good; `restorable` and
 * `notRestorable` are changes to what was deleted before, which leave the tenant itself as it is.
 */
export type Fate = 'added' | 'changed' | 'deleted' | 'restored' | 'removed' | 'restorable' | 'notRestorable';

/** A change as people tell of it: one object or setting by its name, however many slots of the tenant it takes. */
export interface ObjectChange {
  readonly type: string;
  readonly id: string;
  readonly displayName: string;
  readonly change: Fate;
  /** The state that a policy had and will have; null where there is no policy. Absent for everything else. */
  readonly stateBefore?: string | null;
  readonly stateAfter?: string | null;
  /** What differs in an object that stays. */
  readonly members: readonly MemberChange[];
}

export interface MemberChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A target: what a step is about, as the audit log names it. */
type Target = { readonly id: string; readonly displayName: string; readonly type: string };

const TYPES: { readonly [list in ListName]: string } = {
  policies: 'Policy',
  deletedPolicies: 'Policy',
  namedLocations: 'NamedLocation',
  deletedNamedLocations: 'NamedLocation',
  users: 'User',
  groups: 'Group',
  roleAssignments: 'RoleAssignment',
  roleDefinitions: 'Role',
  servicePrincipals: 'ServicePrincipal',
};

const SETTINGS: { readonly [setting in SettingName | DirectoryListName]: string } = {
  displayName: 'Name of the tenant',
  tenantId: 'Tenant id',
  createdDateTime: 'Creation date of the tenant',
  mfaTrustedIps: 'MFA trusted IPs',
  applicationGroups: 'Application groups',
  globalSecureAccess: 'Global Secure Access',
  entraIdPlan: 'Entra ID plan',
  settings: 'Settings of the simulation',
  policiesKnown: 'Whether all policies are known',
  namedLocationsKnown: 'Whether all named locations are known',
  groupsKnown: 'Whether all groups are known',
  users: 'Whether the users are known',
  groups: 'Whether the groups are known',
  roleAssignments: 'Whether the role assignments are known',
  roleDefinitions: 'Whether the role definitions are known',
  servicePrincipals: 'Whether the service principals are known',
};

const SETTING = 'Setting';

/** The value of one object or setting before the first and after the last change of it. */
interface Slots {
  live?: { readonly before: unknown; readonly after: unknown };
  deleted?: { readonly before: unknown; readonly after: unknown };
}

/**
 * The objects and settings that these changes touch, by name, settings last. What ends as it began is left out. A setting is
 * called as the target of the step is, unless the step is about several things.
 */
export function objectChanges(changes: readonly SlotChange[], targets: readonly Target[] = []): ObjectChange[] {
  const slots = new Map<string, { readonly first: SlotChange; readonly slots: Slots }>();
  for (const change of changes) {
    const key = 'list' in change ? `${TYPES[change.list]} ${change.id}` : change.setting;
    const entry = slots.get(key) ?? { first: change, slots: {} };
    slots.set(key, entry);
    const slot = 'list' in change && isDeletedList(change.list) ? 'deleted' : 'live';
    entry.slots[slot] = { before: (entry.slots[slot] ?? change).before, after: change.after };
  }
  return [...slots.values()]
    .flatMap(({ first, slots: each }) =>
      'list' in first ? itemChange(first.list, first.id, each) : settingChange(first.setting, each, targets),
    )
    .sort(inOrder);
}

function inOrder(a: ObjectChange, b: ObjectChange): number {
  const settings = Number(a.type === SETTING) - Number(b.type === SETTING);
  return settings || compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id);
}

/** What an audit entry about several objects names as its targets. */
export function targetsOf(changes: readonly SlotChange[]): Target[] {
  return objectChanges(changes).map(({ id, displayName, type }) => ({ id, displayName, type }));
}

function isDeletedList(list: ListName): boolean {
  return list === 'deletedPolicies' || list === 'deletedNamedLocations';
}

function itemChange(list: ListName, id: string, { live, deleted }: Slots): ObjectChange[] {
  const change = fateOf(live, deleted);
  if (change === undefined) return [];
  const slot = live ?? deleted;
  const members = change === 'changed' ? memberChanges('', slot?.before, slot?.after) : [];
  const type = TYPES[list];
  const states =
    type === 'Policy' ? { stateBefore: textOf(live?.before, 'state'), stateAfter: textOf(live?.after, 'state') } : {};
  const displayName = [live?.after, live?.before, deleted?.after, deleted?.before]
    .map((item) => textOf(item, 'displayName'))
    .find((name) => name !== null);
  return [{ type, id, displayName: displayName ?? id, change, ...states, members }];
}

function fateOf(live: Slots['live'], deleted: Slots['deleted']): Fate | undefined {
  const here = live !== undefined && !isSameJson(live.before, live.after) ? live : undefined;
  const gone = deleted !== undefined && !isSameJson(deleted.before, deleted.after) ? deleted : undefined;
  if (here === undefined) {
    if (gone === undefined) return undefined;
    if (gone.before === null) return 'restorable';
    return gone.after === null ? 'notRestorable' : 'changed';
  }
  if (here.before === null) return gone !== undefined && gone.after === null ? 'restored' : 'added';
  if (here.after !== null) return 'changed';
  return deleted !== undefined && deleted.after !== null ? 'deleted' : 'removed';
}

function settingChange(
  setting: SettingName | DirectoryListName,
  { live }: Slots,
  targets: readonly Target[],
): ObjectChange[] {
  const members = [
    ...memberChanges(setting, live?.before, live?.after),
    ...knowledgeOfStatus(setting, live?.before, live?.after),
  ];
  if (members.length === 0) return [];
  const isSignaling = members.every(({ name }) => name === 'signalingStatus' || name === KNOWS_STATUS);
  const [target, ...others] = targets;
  const displayName =
    target !== undefined && others.length === 0 && target.type !== 'Transaction'
      ? target.displayName
      : isSignaling
        ? 'Conditional Access signaling'
        : SETTINGS[setting];
  return [{ type: SETTING, id: setting, displayName, change: 'changed', members }];
}

const KNOWS_STATUS = 'isSignalingStatusKnown';

/** That somebody said a signaling status which was taken for the tenant's before, or that this is taken back: the status itself stays. */
function knowledgeOfStatus(setting: string, before: unknown, after: unknown): MemberChange[] {
  if (setting !== 'globalSecureAccess' || !isObject(before) || !isObject(after)) return [];
  const [was, is] = [before, after].map((access) => access['signalingChange'] !== undefined);
  if (was === is || !isSameJson(before['conditionalAccess'], after['conditionalAccess'])) return [];
  return [{ name: KNOWS_STATUS, before: was, after: is }];
}

/** What differs between two values: whole objects by their members, and times of change not at all. */
function memberChanges(name: string, before: unknown, after: unknown): MemberChange[] {
  if (isSameJson(before, after) || /^(modifiedDateTime|signalingChange)$/.test(name)) return [];
  if (isObject(before) && isObject(after)) {
    const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return members.flatMap((member) => memberChanges(member, ownMember(before, member), ownMember(after, member)));
  }
  return [{ name, before: before ?? null, after: after ?? null }];
}

/** Own members only: `__proto__` is a name like any other in a file. */
function ownMember(object: JsonObject, member: string): unknown {
  return Object.hasOwn(object, member) ? object[member] : undefined;
}

function textOf(item: unknown, member: string): string | null {
  const value = isObject(item) ? item[member] : undefined;
  return typeof value === 'string' ? value : null;
}
