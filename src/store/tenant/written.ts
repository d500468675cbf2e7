import type { Tenant } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import { ITEM_INDENT } from './compact-bytes.ts';
import type { TenantDocument } from './format.ts';
import { SCHEMA_VERSION } from './format.ts';
import type { ReadItem } from './list-bytes.ts';
import { readItemsOf } from './list-bytes.ts';

/**
 * The bytes of a tenant file: `JSON.stringify` with two spaces and a newline at the end, unknown members kept where they stood.
 * Items that were read and not changed, in `earlier` or in the tenant itself, stand as they stood; they are pieces of what was read.
 */
export function tenantBytes(
  { serial, lineage, audit, tenant, members }: TenantDocument,
  earlier?: Tenant,
): readonly Buffer[] {
  const known = isObject(members['audit']) ? members['audit'] : {};
  const all = { schemaVersion: SCHEMA_VERSION, ...members, serial, lineage, audit: { ...known, ...audit }, tenant };
  const pieces = new Pieces();
  pieces.addMembers(Object.entries(all), 1, (name, value) => {
    if (name !== 'tenant') pieces.addValue(value, 1);
    else addTenant(pieces, tenant, earlier);
  });
  pieces.addText('\n');
  return pieces.all();
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
    this.#add(textAt(value, level));
  }

  #add(text: string): void {
    this.addText(text);
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
    const copiedAt = (at: number) => {
      const read = readAt(at);
      return read?.list.isLaidOut(read.index) === true ? read : undefined;
    };
    for (let at = 0, next = 1; at < items.length; at = next++) {
      const copied = copiedAt(at);
      if (copied !== undefined && at > 0 && this.#goOn(copied)) continue;
      this.addText(`${at === 0 ? '[' : ','}${BEFORE_ITEM}`);
      if (copied !== undefined) this.#copy(copied);
      else {
        while (next < items.length && next - at < TOGETHER && copiedAt(next) === undefined) next++;
        this.#add(itemsText(items.slice(at, next)));
      }
    }
    this.addText(items.length === 0 ? '[]' : AFTER_ITEMS);
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

  /** What was put together, in few pieces. */
  all(): readonly Buffer[] {
    this.#endCopy();
    this.#endText();
    return inLargePieces(this.#pieces);
  }
}

/** Joins short pieces, and leaves long ones where they lie: of a large tenant they are nearly all of another file. */
function inLargePieces(pieces: readonly Buffer[]): readonly Buffer[] {
  const large: Buffer[] = [];
  let short: Buffer[] = [];
  const join = () => {
    if (short.length > 0) large.push(Buffer.concat(short));
    short = [];
  };
  for (const piece of pieces) {
    if (piece.length < LONG) short.push(piece);
    else {
      join();
      large.push(piece);
    }
  }
  join();
  return large;
}

/** Letters of a text from which on it becomes bytes, and bytes of a piece from which on it is not copied. */
const LONG = 1024 * 1024;

/** A value as it stands so many levels deep: inside of as many lists, without what stands around it. */
function textAt(value: unknown, level: number): string {
  let wrapped = value;
  for (let left = level; left > 0; left--) wrapped = [wrapped];
  const [before, behind] = [level * (level + 3), level * (level + 1)];
  return JSON.stringify(wrapped, null, 2).slice(before, -behind);
}

/** New items that become text by one call: it takes as long to begin as a person takes. */
const TOGETHER = 16;

/** Items of a list of the tenant as they stand there, with what is between them. */
function itemsText(items: readonly unknown[]): string {
  return textAt(items, 2).slice(1 + BEFORE_ITEM.length, -AFTER_ITEMS.length);
}

const AFTER_ITEMS = `\n${' '.repeat(ITEM_INDENT - 2)}]`;
const BEFORE_ITEM = `\n${' '.repeat(ITEM_INDENT)}`;
const BETWEEN_ITEMS = Buffer.from(`,${BEFORE_ITEM}`);
