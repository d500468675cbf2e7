import { isSameJson } from '../../values/same-json.ts';
import { isListKnown } from '../knowledge.ts';
import type { Tenant } from '../tenant.ts';
import type { DirectoryListName, JsonObject, ListName, Plan, SettingName, SlotChange } from './change.ts';

/** A slot that does not hold what a change expects to find: somebody changed it since. */
export interface Conflict {
  /** Such as `policies/<id>` or `globalSecureAccess`. */
  readonly slot: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The tenant after all steps of the plan; the given one is untouched. */
export function applyPlan(tenant: Tenant, plan: Plan): Tenant {
  return applyChanges(
    tenant,
    plan.steps.flatMap(({ changes }) => changes),
  );
}

export function applyChanges(tenant: Tenant, changes: readonly SlotChange[]): Tenant {
  return changes.reduce(applyChange, tenant);
}

/** The changes that take these back: last first. An item that comes back stands at the end of its list. */
export function invert(changes: readonly SlotChange[]): SlotChange[] {
  return changes.map(invertOne).reverse();
}

/** Slots that would not be found as the changes expect them, one change after the other. Empty: nothing would be lost. */
export function conflictsOf(tenant: Tenant, changes: readonly SlotChange[]): Conflict[] {
  const conflicts: Conflict[] = [];
  let current = tenant;
  for (const change of changes) {
    const actual = 'list' in change ? itemOf(current, change.list, change.id) : settingOf(current, change.setting);
    if (!isSameJson(actual, change.before)) conflicts.push({ slot: slotOf(change), expected: change.before, actual });
    current = applyChange(current, change);
  }
  return conflicts;
}

/** How an item of a list is told from the others: its id; a role assignment without one, by what it assigns to whom. */
export function slotId(item: object): string {
  const { id, principalId, roleDefinitionId, directoryScopeId }: JsonObject = { ...item };
  return typeof id === 'string' ? id : [principalId, roleDefinitionId, directoryScopeId].join(' ');
}

/** A list that nobody knew is known from here on; what it holds follows. */
export function becomesKnown(list: DirectoryListName): SlotChange {
  return { setting: list, before: null, after: [] };
}

/** A location by hand does not make the others known, not in a file either that is from before there was the mark. */
export function othersNotKnown(tenant: Tenant): SlotChange[] {
  if (tenant.namedLocationsKnown !== undefined || isListKnown(tenant, 'namedLocations')) return [];
  return [{ setting: 'namedLocationsKnown', before: null, after: false }];
}

/** An item as JSON sees it. */
export function asJson(item: object): JsonObject {
  return { ...item };
}

function invertOne(change: SlotChange): SlotChange {
  return 'list' in change
    ? { ...change, before: change.after, after: change.before }
    : { ...change, before: change.after, after: change.before };
}

/** The name of a slot, such as `policies/<id>`. */
export function slotOf(change: SlotChange): string {
  return 'list' in change ? `${change.list}/${change.id}` : change.setting;
}

function itemOf(tenant: Tenant, list: ListName, id: string): JsonObject | null {
  const item = (listOf(tenant, list) ?? []).find((each) => slotId(each) === id);
  return item === undefined ? null : asJson(item);
}

/** Absent settings read as null, as a plan writes them. */
export function settingOf(tenant: Tenant, setting: SettingName | DirectoryListName): unknown {
  return tenant[setting] ?? null;
}

function applyChange(tenant: Tenant, change: SlotChange): Tenant {
  if ('setting' in change) return withMember(tenant, change.setting, change.after ?? undefined);
  const items = replaced(listOf(tenant, change.list) ?? [], change.id, change.after);
  switch (change.list) {
    case 'deletedPolicies':
      return withMember(tenant, 'deletedItems', { ...tenant.deletedItems, policies: items });
    case 'deletedNamedLocations':
      return withMember(tenant, 'deletedItems', { ...tenant.deletedItems, namedLocations: items });
    default:
      return withMember(tenant, change.list, items);
  }
}

/** Absent: the tenant does not know this list. */
export function listOf(tenant: Tenant, list: ListName): readonly object[] | undefined {
  if (list === 'deletedPolicies') return tenant.deletedItems.policies;
  return list === 'deletedNamedLocations' ? tenant.deletedItems.namedLocations : tenant[list];
}

/** In its place when it is there, at the end when it is new, gone when `after` is null. */
function replaced(items: readonly object[], id: string, after: JsonObject | null): readonly object[] {
  const at = items.findIndex((item) => slotId(item) === id);
  if (at < 0) return after === null ? items : [...items, after];
  return after === null ? items.toSpliced(at, 1) : items.with(at, after);
}

/** A plan holds plain JSON, made from a tenant's own items: here it becomes a tenant again. */
function withMember(tenant: Tenant, member: keyof Tenant, value: unknown): Tenant {
  const { [member]: _, ...others } = tenant;
  return (value === undefined ? others : { ...tenant, [member]: value }) as Tenant;
}
