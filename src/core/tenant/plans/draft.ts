import type { Tenant } from '../tenant.ts';
import type { JsonObject, ListName, SlotChange } from './change.ts';
import { asJson, listOf, settingOf, slotId } from './slots.ts';

/**
 * A tenant while changes are made to it. Each list that a change touches is taken apart once and put together once, so that the
 * work grows with the items and the changes, not with their product. The tenant that it began with is untouched.
 */
export class TenantDraft {
  #tenant: Tenant;
  readonly #lists = new Map<ListName, ListDraft>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  /** What the slot of a change holds now; `null`: nothing. */
  slot(change: SlotChange): unknown {
    if ('list' in change) return this.#list(change.list).get(change.id);
    this.#settle(change.setting);
    return settingOf(this.#tenant, change.setting);
  }

  apply(change: SlotChange): void {
    if ('list' in change) this.#list(change.list).set(change.id, change.after);
    else {
      this.#settle(change.setting);
      this.#tenant = withMember(this.#tenant, change.setting, change.after ?? undefined);
    }
  }

  /** The tenant with all changes so far. */
  tenant(): Tenant {
    for (const list of [...this.#lists.keys()]) this.#settle(list);
    return this.#tenant;
  }

  #list(list: ListName): ListDraft {
    const open = this.#lists.get(list) ?? new ListDraft(listOf(this.#tenant, list) ?? []);
    this.#lists.set(list, open);
    return open;
  }

  /** A list can be changed as a setting too, when it becomes known: then its items come first. */
  #settle(member: string): void {
    for (const [list, draft] of this.#lists) {
      if (list !== member) continue;
      this.#tenant = withList(this.#tenant, list, draft.items());
      this.#lists.delete(list);
    }
  }
}

/** One list, its items by their ids. Of two items with one id the first counts. */
class ListDraft {
  readonly #items: (object | undefined)[];
  readonly #positions = new Map<string, number>();
  readonly #hasTwins: boolean;

  constructor(items: readonly object[]) {
    this.#items = [...items];
    for (const [at, item] of items.entries()) {
      const id = slotId(item);
      if (!this.#positions.has(id)) this.#positions.set(id, at);
    }
    this.#hasTwins = this.#positions.size < items.length;
  }

  get(id: string): JsonObject | null {
    const at = this.#positions.get(id);
    const item = at === undefined ? undefined : this.#items[at];
    return item === undefined ? null : asJson(item);
  }

  /** Sets an item: in its place when it is there, at the end when it is new, gone when `after` is null. */
  set(id: string, after: JsonObject | null): void {
    const at = this.#positions.get(id);
    if (after === null) this.#remove(id, at);
    else if (at === undefined) this.#positions.set(id, this.#items.push(after) - 1);
    else this.#items[at] = after;
  }

  items(): readonly object[] {
    return this.#items.filter((item) => item !== undefined);
  }

  #remove(id: string, at: number | undefined): void {
    if (at === undefined) return;
    this.#items[at] = undefined;
    this.#positions.delete(id);
    if (!this.#hasTwins) return;
    const twin = this.#items.findIndex((item) => item !== undefined && slotId(item) === id);
    if (twin >= 0) this.#positions.set(id, twin);
  }
}

function withList(tenant: Tenant, list: ListName, items: readonly object[]): Tenant {
  switch (list) {
    case 'deletedPolicies':
      return withMember(tenant, 'deletedItems', { ...tenant.deletedItems, policies: items });
    case 'deletedNamedLocations':
      return withMember(tenant, 'deletedItems', { ...tenant.deletedItems, namedLocations: items });
    default:
      return withMember(tenant, list, items);
  }
}

/** A plan holds plain JSON, made from a tenant's own items: here it becomes a tenant again. */
function withMember(tenant: Tenant, member: keyof Tenant, value: unknown): Tenant {
  const { [member]: _, ...others } = tenant;
  return (value === undefined ? others : { ...tenant, [member]: value }) as Tenant;
}
