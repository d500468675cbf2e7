import type { Tenant } from '../tenant.ts';
import type { DirectoryListName, JsonObject, ListName, SettingName, SlotChange } from './change.ts';

/** How an item of a list is told from the others: its id; a role assignment without one, by what it assigns to whom. */
export function slotId(item: object): string {
  const id: unknown = Reflect.get(item, 'id');
  if (typeof id === 'string') return id;
  return ['principalId', 'roleDefinitionId', 'directoryScopeId'].map((name) => Reflect.get(item, name)).join(' ');
}

/** An item as JSON sees it. */
export function asJson(item: object): JsonObject {
  return { ...item };
}

/** The name of a slot, such as `policies/<id>`. */
export function slotOf(change: SlotChange): string {
  return 'list' in change ? `${change.list}/${change.id}` : change.setting;
}

/** Absent settings read as null, as a plan writes them. */
export function settingOf(tenant: Tenant, setting: SettingName | DirectoryListName): unknown {
  return tenant[setting] ?? null;
}

/** Absent: the tenant does not know this list. */
export function listOf(tenant: Tenant, list: ListName): readonly object[] | undefined {
  if (list === 'deletedPolicies') return tenant.deletedItems.policies;
  return list === 'deletedNamedLocations' ? tenant.deletedItems.namedLocations : tenant[list];
}
