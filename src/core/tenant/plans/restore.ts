import { isSameJson } from '../../values/same-json.ts';
import type { Tenant } from '../tenant.ts';
import type { ListName, Plan, SlotChange } from './change.ts';
import { DIRECTORY_LIST_NAMES, LIST_NAMES, SETTING_NAMES } from './change.ts';
import { applyChanges, becomesKnown } from './edit.ts';
import { targetsOf } from './object-changes.ts';
import { asJson, listOf, settingOf, slotId } from './slots.ts';

/** How a tenant becomes the one of a backup. */
export interface TenantRestoration {
  /** Empty when the tenant is so already. */
  readonly plan: Plan;
  /** Whether the plan does it all; else only the whole file does, for the backup differs where no slot is. */
  readonly complete: boolean;
}

/** One step with every slot that differs, so that the restoration can be shown, and taken back like any other change. */
export function planRestoreTenant(tenant: Tenant, backup: Tenant, serial: number): TenantRestoration {
  const changes = [
    ...DIRECTORY_LIST_NAMES.filter((list) => tenant[list] === undefined && backup[list] !== undefined).map(
      becomesKnown,
    ),
    ...LIST_NAMES.flatMap((list) => listChanges(list, tenant, backup)),
    ...DIRECTORY_LIST_NAMES.filter((list) => tenant[list] !== undefined && backup[list] === undefined).map(
      (list): SlotChange => ({ setting: list, before: [], after: null }),
    ),
    ...SETTING_NAMES.flatMap((setting): SlotChange[] => {
      const [before, after] = [settingOf(tenant, setting), settingOf(backup, setting)];
      return isSameJson(before, after) ? [] : [{ setting, before, after }];
    }),
  ];
  const complete = isSameJson(inOrder(applyChanges(tenant, changes)), inOrder(backup));
  if (complete && changes.length === 0) return { plan: { steps: [] }, complete };
  const activity = {
    activityDisplayName: `Restore tenant of serial ${serial}`,
    category: 'DirectoryManagement',
    loggedByService: 'Core Directory',
    operationType: 'Restore' as const,
    targetResources: [
      { id: backup.tenantId, displayName: backup.displayName, type: 'Directory' },
      ...targetsOf(changes),
    ],
  };
  return { plan: { steps: [{ activity, changes }] }, complete };
}

function listChanges(list: ListName, tenant: Tenant, backup: Tenant): SlotChange[] {
  const [before, after] = [tenant, backup].map(
    (each) => new Map((listOf(each, list) ?? []).map((item: object) => [slotId(item), asJson(item)])),
  );
  const ids = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return ids.flatMap((id): SlotChange[] => {
    const [old, fresh] = [before?.get(id) ?? null, after?.get(id) ?? null];
    return isSameJson(old, fresh) ? [] : [{ list, id, before: old, after: fresh }];
  });
}

/** The order of a list means nothing, and an item that comes back stands at its end. */
function inOrder(tenant: Tenant): object {
  return {
    ...tenant,
    ...Object.fromEntries(LIST_NAMES.map((list) => [list, byKey(listOf(tenant, list))])),
    deletedItems: { ...tenant.deletedItems, policies: null, namedLocations: null },
  };
}

/** Items that share an id are told apart by their order among each other: no slot can. */
function byKey(items: readonly object[] | undefined): object | undefined {
  if (items === undefined) return undefined;
  const keyed = new Map<string, object[]>();
  for (const item of items) {
    const id = slotId(item);
    keyed.set(id, [...(keyed.get(id) ?? []), item]);
  }
  return Object.fromEntries(keyed);
}
