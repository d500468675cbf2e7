import type { Tenant } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import { ITEM_INDENT } from './compact-bytes.ts';
import type { TenantDocument } from './format.ts';
import { SCHEMA_VERSION } from './format.ts';
import type { ReadItem } from './list-bytes.ts';
import { readItemsOf } from './list-bytes.ts';

/**
 * The bytes of a tenant file: `JSON.stringify` with two spaces and a newline at the end, unknown members kept where they stood.
 * Items that were read and not changed, in `earlier` or in the tenant itself, are copied as they stand.
 */
export function tenantBytes({ serial, lineage, audit, tenant, members }: TenantDocument, earlier?: Tenant): Buffer {
  const known = isObject(members['audit']) ? members['audit'] : {};
  const all = { schemaVersion: SCHEMA_VERSION, ...members, serial, lineage, audit: { ...known, ...audit }, tenant };
  const pieces = new Pieces();
  pieces.addMembers(Object.entries(all), 1, (name, value) => {
    if (name !== 'tenant') pieces.addValue(value, 1);
    else addTenant(pieces, tenant, earlier);
  });
  pieces.addText('\n');
  return pieces.joined();
}

function addTenant(pieces: Pieces, tenant: Tenant, earlier: Tenant | undefined): void {
  pieces.addMembers(Object.entries(tenant), 2, (name, value) => {
    if (!Array.isArray(value)) pieces.addValue(value, 2);
    else pieces.addItems(value, readItemsOf(value, earlier === undefined ? undefined : Reflect.get(earlier, name)));
  });
}

/** A file while it is put together: texts, and bytes of another one. */
class Pieces {
  readonly #pieces: Buffer[] = [];
  /** Texts that come one after the other. */
  #text = '';
  /** Bytes of another file that go on as long as what follows stands behind them there too. */
  #copied: { readonly bytes: Buffer; readonly start: number; readonly end: number } | undefined;

  addText(text: string): void {
    this.#endCopy();
    this.#text += text;
  }

  addValue(value: unknown, level: number): void {
    this.addText(textAt(value, level));
    if (this.#text.length > LONG) this.#endText();
  }

  addMembers(all: readonly (readonly [string, unknown])[], level: number, add: (name: string, value: unknown) => void) {
    const members = all.filter(([, value]) => value !== undefined);
    const indent = '  '.repeat(level);
    for (const [at, [name, value]] of members.entries()) {
      this.addText(`${at === 0 ? '{' : ','}\n${indent}${JSON.stringify(name)}: `);
      add(name, value);
    }
    this.addText(members.length === 0 ? '{}' : `\n${indent.slice(2)}}`);
  }

  addItems(items: readonly unknown[], readAt: (at: number) => ReadItem | undefined): void {
    for (const [at, item] of items.entries()) {
      const read = readAt(at);
      const isCopied = read?.list.isLaidOut(read.index) === true;
      if (isCopied && at > 0 && this.#goOn(read)) continue;
      this.addText(`${at === 0 ? '[' : ','}${BEFORE_ITEM}`);
      if (isCopied) this.#copy(read);
      else this.addValue(item, 3);
    }
    this.addText(items.length === 0 ? '[]' : `\n${' '.repeat(ITEM_INDENT - 2)}]`);
  }

  #copy({ list, index }: ReadItem): void {
    const [start, end] = list.placeOf(index);
    this.#copied = { bytes: list.bytes, start, end };
  }

  /** Whether the item stands right behind what is being copied, with what is to stand between them: then it is copied too. */
  #goOn({ list, index }: ReadItem): boolean {
    const copied = this.#copied;
    const [start, end] = list.placeOf(index);
    if (copied?.bytes !== list.bytes || start - copied.end !== BETWEEN_ITEMS.length) return false;
    if (list.bytes.compare(BETWEEN_ITEMS, 0, BETWEEN_ITEMS.length, copied.end, start) !== 0) return false;
    this.#copied = { bytes: list.bytes, start: copied.start, end };
    return true;
  }

  #endCopy(): void {
    if (this.#copied === undefined) return;
    const { bytes, start, end } = this.#copied;
    this.#copied = undefined;
    this.#endText();
    this.#pieces.push(bytes.subarray(start, end));
  }

  #endText(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }

  joined(): Buffer {
    this.#endCopy();
    this.#endText();
    return Buffer.concat(this.#pieces);
  }
}

/** Letters of a text from which on it becomes bytes. */
const LONG = 1024 * 1024;

/** A value as it stands so many levels deep: inside of as many lists, without what stands around it. */
function textAt(value: unknown, level: number): string {
  let wrapped = value;
  for (let left = level; left > 0; left--) wrapped = [wrapped];
  const [before, behind] = [level * (level + 3), level * (level + 1)];
  return JSON.stringify(wrapped, null, 2).slice(before, -behind);
}

const BEFORE_ITEM = `\n${' '.repeat(ITEM_INDENT)}`;
const BETWEEN_ITEMS = Buffer.from(`,${BEFORE_ITEM}`);
