import { isSameJson } from '../../values/same-json.ts';
import type { MarkedList } from '../knowledge.ts';
import { isListKnown, MARKS } from '../knowledge.ts';
import type { Tenant } from '../tenant.ts';
import type { DirectoryListName, Plan, SlotChange } from './change.ts';
import { TenantDraft } from './draft.ts';
import { slotOf } from './slots.ts';

/** A slot that does not hold what a change expects to find: somebody changed it since. */
export interface Conflict {
  /** The name of the slot, such as `policies/<id>` or `globalSecureAccess`. */
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
  const draft = new TenantDraft(tenant);
  for (const change of changes) draft.apply(change);
  return draft.tenant();
}

/** The changes that take these back: last first. An item that comes back stands at the end of its list. */
export function invert(changes: readonly SlotChange[]): SlotChange[] {
  return changes.map(invertOne).reverse();
}

/** Slots that would not be found as the changes expect them, one change after the other. Empty: nothing would be lost. */
export function conflictsOf(tenant: Tenant, changes: readonly SlotChange[]): Conflict[] {
  const conflicts: Conflict[] = [];
  const draft = new TenantDraft(tenant);
  for (const change of changes) {
    const actual = draft.slot(change);
    if (!isSameJson(actual, change.before)) conflicts.push({ slot: slotOf(change), expected: change.before, actual });
    draft.apply(change);
  }
  return conflicts;
}

/** Makes a list known that was not; what it holds follows. */
export function becomesKnown(list: DirectoryListName): SlotChange {
  return { setting: list, before: null, after: [] };
}

/** A policy or a location by hand does not make the others known, not in a file either that is from before there was the mark. */
export function othersNotKnown(tenant: Tenant, list: MarkedList): SlotChange[] {
  const mark = MARKS[list];
  if (tenant[mark] !== undefined || isListKnown(tenant, list)) return [];
  return [{ setting: mark, before: null, after: false }];
}

function invertOne(change: SlotChange): SlotChange {
  return 'list' in change
    ? { ...change, before: change.after, after: change.before }
    : { ...change, before: change.after, after: change.before };
}
